"""What earlier rounds did: when they were made, and whom their digests did not reach, so that the next one tells them."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import func, or_, select

from tracker.clock import start_of
from tracker.db import session
from tracker.reminders.models import ReminderRound, ReminderSending
from tracker.reminders.schedule import LOOKS_BACK

MISSED = ("waiting", "failed")
"""States of what has certainly not arrived."""


class To(NamedTuple):
    """A recipient: one of both is None."""

    person_id: int | None
    robot_id: int | None


def unreached(today: date) -> dict[To, date]:
    """Whom nothing has reached since a digest that did not, and the day of the round before that one: what it told of, and
    what has come since, is to be told now. Two statements, mostly one."""
    missed = session.execute(
        select(ReminderSending.person_id, ReminderSending.robot_id, ReminderSending.day, ReminderRound.since)
        .join(ReminderRound, ReminderRound.day == ReminderSending.day)
        .where(
            ReminderSending.day < today, ReminderSending.day >= today - LOOKS_BACK, ReminderSending.state.in_(MISSED)
        )
        .order_by(ReminderSending.day.desc(), ReminderSending.id)
    ).all()  # fmt: skip
    if not missed:
        return {}
    last = _last_reached(today)
    return {
        to: max(row.since, today - LOOKS_BACK)
        for row in missed
        for to in (To(row.person_id, row.robot_id),)
        if to not in last or last[to] < row.day
    }  # the earliest comes last, and stays


def _last_reached(today: date) -> dict[To, date]:
    rows = session.execute(
        select(ReminderSending.person_id, ReminderSending.robot_id, func.max(ReminderSending.day))
        .where(ReminderSending.day >= today - LOOKS_BACK, ReminderSending.state.not_in(MISSED))
        .group_by(ReminderSending.person_id, ReminderSending.robot_id)
    )
    return {To(person_id, robot_id): day for person_id, robot_id, day in rows}


def made_after(since: date) -> datetime:
    """The moment of a day's round; the day's beginning where there was none."""
    return session.scalar(select(ReminderRound.made_at).where(ReminderRound.day == since)) or start_of(since)


def told_later(ids: Collection[int], day: date) -> set[int]:
    """Those of a day's sendings after which their recipients were sent, or are to be sent, a later digest: it tells of what
    theirs did. Two statements."""
    mine = session.execute(
        select(ReminderSending.id, ReminderSending.person_id, ReminderSending.robot_id).where(
            ReminderSending.id.in_(ids)
        )
    ).all()
    people = {row.person_id for row in mine} - {None}
    robots = {row.robot_id for row in mine} - {None}
    later = session.execute(
        select(ReminderSending.person_id, ReminderSending.robot_id)
        .where(
            ReminderSending.day > day, ReminderSending.day <= day + LOOKS_BACK,
            or_(ReminderSending.person_id.in_(people), ReminderSending.robot_id.in_(robots)),
        )
        .distinct()
    )  # fmt: skip
    found = {To(*row) for row in later}
    return {row.id for row in mine if To(row.person_id, row.robot_id) in found}
