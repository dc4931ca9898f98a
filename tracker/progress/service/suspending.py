"""Suspension (挂账): suspended time owes nothing; what falls due after it is owed, whoever changes the dates meanwhile."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime

from sqlalchemy import select

from tracker import clock
from tracker.db import session
from tracker.progress.models import Obligation, Request
from tracker.progress.queries.suspensions import suspensions
from tracker.progress.service.acting import FOLLOWING, walk
from tracker.progress.service.counting import change
from tracker.progress.service.lapsing import lapse_extensions


def suspended(assignment_id: int, today: date) -> Request | None:
    """The suspension that a task is under as of a day."""
    return suspensions([assignment_id], today).get(assignment_id)


def let_off(assignment_id: int, first: date, last: date | None, *, at: datetime) -> int:
    """What falls due from the first to the last day of a suspension is cancelled, and excused: it shows no light, and
    scoring leaves it out. What waits at the lead office, or was due before, stays as it is. Returns how many."""
    statement = select(Obligation).where(
        Obligation.assignment_id == assignment_id,
        Obligation.state.in_(("open", "returned")),
        Obligation.due_on >= first,
    )
    if last is not None:
        statement = statement.where(Obligation.due_on <= last)
    found = session.scalars(statement.order_by(Obligation.due_on).execution_options(populate_existing=True)).all()
    for one in found:
        walk("obligation", one.state, "cancel", FOLLOWING)
        one.excuse = "suspended"
    change(found, state="cancelled")
    lapse_extensions([one.id for one in found], at=at)
    return len(found)


def restore(assignment_id: int, *, after: date) -> int:
    """What a suspension had let off and falls due after a day is owed again. Returns how many."""
    statement = select(Obligation).where(
        Obligation.assignment_id == assignment_id, Obligation.state == "cancelled", Obligation.excuse == "suspended",
        Obligation.due_on > after,
    )  # fmt: skip
    back = session.scalars(statement.order_by(Obligation.due_on).execution_options(populate_existing=True)).all()
    for one in back:
        one.excuse = ""
    change(back, state=walk("obligation", "cancelled", "restore", FOLLOWING))
    return len(back)


def hold_to_suspensions(assignment_ids: Collection[int], *, at: datetime) -> None:
    """After the dates of tasks have changed: those that lie within a suspension are let off, those beyond it are owed."""
    for assignment_id, asked in sorted(suspensions(assignment_ids, clock.day_of(at)).items()):
        let_off(assignment_id, clock.day_of(asked.asked_at), asked.granted_until, at=at)
        if asked.granted_until is not None:
            restore(assignment_id, after=asked.granted_until)
