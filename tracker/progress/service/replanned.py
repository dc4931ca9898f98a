"""Dates that were planned anew, written: what moves, what is owed again, what is owed no more. What is added is new rows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from sqlalchemy import select

from tracker.db import session
from tracker.progress.models import Obligation
from tracker.progress.replanning import Replan
from tracker.progress.service.acting import FOLLOWING, walk
from tracker.progress.service.counting import change
from tracker.progress.service.lapsing import lapse_extensions

CHUNK = 500


def put_dates(plans: Sequence[Replan], *, at: datetime) -> None:
    """All of one sort at once, so that counts are written once. A granted extension stays where it reaches further."""
    owed = _obligations(_touched(plans))
    restored = [pair for one in plans for pair in one.restored]
    change([owed[held.id] for held, _due in restored],
           state=walk("obligation", "cancelled", "restore", FOLLOWING), timing="none")  # fmt: skip
    dropped = [owed[held.id] for one in plans for held in one.cancelled]
    for one in dropped:
        one.excuse = ""  # what a suspension had let off is not owed when it ends
    cancelled = [one for one in dropped if one.state != "cancelled"]
    for one in cancelled:
        walk("obligation", one.state, "cancel", FOLLOWING)
    change(cancelled, state="cancelled")
    lapse_extensions([one.id for one in cancelled], at=at)
    moved = [pair for one in plans for pair in one.moved]
    by_date: dict[date, list[Obligation]] = {}
    for held, due in moved:
        one = owed[held.id]
        extended = one.due_on if one.due_on > one.original_due_on else due.due
        one.original_due_on = due.due
        by_date.setdefault(max(due.due, extended), []).append(one)
    for due_on, obligations in sorted(by_date.items()):
        change(obligations, due_on=due_on)
    for held, due in (*restored, *moved, *(pair for one in plans for pair in one.reworded)):
        one = owed[held.id]
        one.kind, one.text, one.period, one.milestone = due.kind, due.text, due.period, due.milestone
    session.flush()


def _touched(plans: Iterable[Replan]) -> list[int]:
    return [
        held.id
        for one in plans
        for held in (*(held for held, _due in (*one.moved, *one.restored, *one.reworded)), *one.cancelled)
    ]


def _obligations(ids: Sequence[int]) -> dict[int, Obligation]:
    found: dict[int, Obligation] = {}
    for start in range(0, len(ids), CHUNK):
        rows = session.scalars(select(Obligation).where(Obligation.id.in_(ids[start : start + CHUNK])))
        found |= {one.id: one for one in rows}
    return found
