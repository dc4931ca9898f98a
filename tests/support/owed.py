"""Reports that units still owe: tasks that were signed for, each with a report due on 20 March."""

from __future__ import annotations

from collections.abc import Sequence

from tests.support.issued import Issued, TaskSpec, issued
from tests.support.place import AT, Place
from tracker.progress import service


def signed_for(place: Place, tasks: Sequence[TaskSpec], hands: Sequence[str]) -> Issued:
    """The tasks issued, and each signed for by the one of `hands` that stands at its place."""
    made = issued(place, tasks)
    for spec, hand in zip(tasks, hands, strict=True):
        service.sign(made.assignment(spec.name, spec.units[0][0]).id, by=made.viewer(hand), at=AT)
    return made


def due_in_march(made: Issued, tasks: Sequence[TaskSpec]) -> dict[str, int]:
    """Ids of what is due on 20 March, by task."""
    return {
        spec.name: next(one.id for one in made.obligations(spec.name, spec.units[0][0]) if one.due_on.month == 3)
        for spec in tasks
    }
