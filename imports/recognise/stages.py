"""Chapters of stages (实施步骤): each stage is a milestone, not a task."""

from __future__ import annotations

from imports.draft import Milestone
from imports.phrases.deadlines import parse_deadlines, parse_time_cell
from imports.recognise.items import stage_of
from imports.recognise.nodes import Node
from imports.recognise.tasks import short_title


def milestone_of(node: Node, year: int | None) -> Milestone:
    """A stage of the work (准备阶段) with its last day, as the heading, its note or its text says."""
    text = "".join(group.text for group in node.groups)
    noted = "".join(raw for group in node.groups for _, raw in group.notes)
    name, moment = stage_of(node.title or short_title(text), year)
    if moment is None:
        times = (*parse_time_cell(noted, year), *parse_deadlines(text, year))
        found = [deadline.date for deadline in times if deadline.date]
        moment = found[0] if found and noted else found[-1] if found else None
    pieces = [
        *node.pieces,
        *(piece for group in node.groups for piece in [*group.texts, *group.notes]),
        *node.trailing,
    ]
    for child in node.walk():
        pieces += [
            *child.pieces,
            *(piece for group in child.groups for piece in [*group.texts, *group.notes]),
            *child.trailing,
        ]
        text += child.title + "".join(group.text for group in child.groups)
    return Milestone(node.locator, name, moment, text, tuple(pieces))
