"""Where in the source something of a task was read: its own cell rather than the task's."""

from __future__ import annotations

from imports.draft import DraftTask


def place_of(task: DraftTask, field: str, text: str) -> str:
    """Locator of the piece of a field that prints this text; of the field's first piece, else of the task."""
    pieces = task.sources.get(field, ())
    for place, raw in pieces:
        if text in raw:
            return place
    return pieces[0][0] if pieces and text not in task.requirement else task.locator
