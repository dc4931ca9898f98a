"""Reading one task again after a person has corrected its requirement: what its old text said goes, what is new comes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TypeVar

from imports.draft import DraftTask
from imports.phrases.deadlines import parse_deadlines
from imports.phrases.targets import parse_targets
from imports.recognise.tasks import same_deadline, short_title

_T = TypeVar("_T")


def reread_task(task: DraftTask, requirement: str, year: int | None) -> DraftTask:
    """The task with another requirement. Pure; `task` is not changed.

    Deadlines and targets that the old text gave are replaced by those of the new one. Those that a cell, a note or a
    person gave are kept, and so is what a person took out. A name that was only the text's first clause follows it.
    `year` is the document's.
    """
    said = parse_deadlines(requirement, year)
    deadlines = _renewed(task.deadlines, parse_deadlines(task.requirement, year), said)
    kept = [one for one in deadlines if one in said or not any(same_deadline(one, other) for other in said)]
    return replace(
        task,
        requirement=requirement,
        name=short_title(requirement) if task.name == short_title(task.requirement) else task.name,
        deadlines=kept,
        targets=_renewed(task.targets, parse_targets(task.requirement, year), parse_targets(requirement, year)),
    )


def _renewed(current: Sequence[_T], before: Sequence[_T], after: Sequence[_T]) -> list[_T]:
    """What the text says now, in printed order, then what did not come from it. What it said before and a person took out
    stays out."""
    removed = [one for one in before if one not in current]
    return [
        *(one for one in after if one not in removed),
        *(one for one in current if one not in before and one not in after),
    ]
