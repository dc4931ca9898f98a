"""What the checks have to see of a draft: all tasks that stand, or the neighbours of one; and what a person corrected."""

from __future__ import annotations

import json
from dataclasses import dataclass

from sqlalchemy import Text, select, type_coerce

from tracker.db import session
from tracker.drafts.bodies import Body
from tracker.drafts.models import DraftTask
from tracker.drafts.near import HAS_UNITS, marks


@dataclass(frozen=True, slots=True)
class Corrected:
    """A task that is not as it was read: corrected, or removed."""

    body: Body
    read: Body
    removed: bool


def corrected(draft_id: int) -> dict[int, Corrected]:
    """By the id of the task; those that a person added were never read otherwise."""
    statement = (
        select(DraftTask.id, DraftTask.body, DraftTask.original, DraftTask.removed)
        .where(DraftTask.draft_id == draft_id, DraftTask.original.is_not(None))
        .where(DraftTask.removed | (DraftTask.body != DraftTask.original))
        .order_by(DraftTask.position, DraftTask.id)
    )
    return {row.id: Corrected(row.body, row.original, row.removed) for row in session.execute(statement)}


Standing = list[tuple[int, Body]]
"""(id, body) of tasks that were not removed, in order."""


def all_standing(draft_id: int) -> Standing:
    statement = select(DraftTask.id, DraftTask.body).where(DraftTask.draft_id == draft_id, DraftTask.removed.is_(False))
    return [(number, body) for number, body in session.execute(statement.order_by(DraftTask.position, DraftTask.id))]


def neighbours(draft_id: int, task_id: int, before: Body, after: Body) -> Standing | None:
    """A task that was corrected with those on which it depends what the checks say of it, and with one that has units.

    None where no other has: the checks then speak of all tasks together. Bodies are looked through as the texts that they
    are stored as, so that only the few that count are read.
    """
    wanted = marks(before, after)
    statement = select(DraftTask.id, type_coerce(DraftTask.body, Text)).where(
        DraftTask.draft_id == draft_id, DraftTask.removed.is_(False)
    )
    found: Standing = []
    witnessed = False
    for number, text in session.execute(statement.order_by(DraftTask.position, DraftTask.id)):
        witness = not witnessed and number != task_id and any(mark in text for mark in HAS_UNITS)
        if witness or number == task_id or any(mark in text for mark in wanted):
            found.append((number, json.loads(text)))
        witnessed = witnessed or witness
    return found if witnessed else None
