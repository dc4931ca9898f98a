"""What was told to whom, when and why: notices in the application and what left it, a day at a time."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, func, literal, or_, select, true, union_all

from tracker.accounts.models import Grant, Person
from tracker.accounts.roles import Role, Viewer
from tracker.db import session
from tracker.reminders.models import ReminderNotice, ReminderRobot, ReminderRound, ReminderSending
from tracker.reminders.queries.unreached import told_later
from tracker.units.queries import visible_to
from tracker.web.paging import PAGE_SIZE, Page, decode, page_of

UNDELIVERED, NOTICES, SENDINGS = 0, 1, 2
"""The kinds of rows, in the order of the list: what somebody may have to see to comes first."""


@dataclass(frozen=True, slots=True)
class SentRow:
    kind: int
    id: int
    channel: str
    """`notice`, or a channel."""
    who: str
    """The person, or the robot."""
    counts: dict[str, int]
    state: str
    """Of a notice `read` or `unread`."""
    at: datetime
    """When it was read, sent or given up; while it waits, when it was put down."""
    fault: str
    told_later: bool = False
    """Whether a later digest told of what this one did not bring."""

    @property
    def may_repeat(self) -> bool:
        return self.state in {"failed", "unknown"} and not self.told_later


def overseen(viewer: Viewer) -> Select[tuple[int]] | None:
    """Units whose people's reminders a viewer looks after; None for all."""
    return visible_to(viewer, Role.LEAD_OFFICE, Role.ADMIN)


def is_shown_to(viewer: Viewer, table: Any) -> ColumnElement[bool]:
    """The condition that a notice or a sending went to people, or to a robot, of the units that the viewer looks after."""
    units = overseen(viewer)
    if units is None:
        return true()
    people: ColumnElement[bool] = table.person_id.in_(select(Grant.person_id).where(Grant.unit_id.in_(units)))
    if table is ReminderNotice:
        return people
    robots = table.robot_id.in_(select(ReminderRobot.id).where(ReminderRobot.unit_id.in_(units)))
    return or_(people, robots)


def rounds() -> list[date]:
    """The days on which there was a round, the newest first; three months of them."""
    return list(session.scalars(select(ReminderRound.day).order_by(ReminderRound.day.desc()).limit(92)))


def sent_page(viewer: Viewer, day: date, *, cursor: str | None = None, size: int = PAGE_SIZE) -> Page[SentRow]:
    """The day's list: what was not delivered, notices, then what else left the application, each in the order in which it
    was put down."""
    listed = union_all(_notices(viewer, day), _sendings(viewer, day)).subquery()
    rows = listed.c
    backwards, key = (decode(cursor, 2) if cursor else None) or (False, [])
    statement = select(listed).limit(size + 1)
    if key:
        kind, last = int(key[0]), int(key[1])
        beyond = (rows.kind < kind, rows.id < last) if backwards else (rows.kind > kind, rows.id > last)
        statement = statement.where(or_(beyond[0], and_(rows.kind == kind, beyond[1])))
    order = (rows.kind.desc(), rows.id.desc()) if backwards else (rows.kind, rows.id)
    found = [SentRow(*row) for row in session.execute(statement.order_by(*order))]
    total = session.scalar(select(func.count()).select_from(listed)) or 0
    failed = [row.id for row in found if row.state == "failed"]
    later = told_later(failed, day) if failed else set[int]()
    found = [replace(row, told_later=True) if row.kind == UNDELIVERED and row.id in later else row for row in found]
    return page_of(found, lambda row: (row.kind, row.id), size=size, came_from=cursor if key else None,
                   backwards=backwards, total=total)  # fmt: skip


def _notices(viewer: Viewer, day: date) -> Select[Any]:
    notice = ReminderNotice
    state = case((notice.read_at.is_(None), "unread"), else_="read").label("state")
    return (
        select(
            literal(NOTICES).label("kind"), notice.id, literal("notice").label("channel"), Person.name.label("who"),
            notice.counts, state, func.coalesce(notice.read_at, notice.created_at).label("at"),
            literal("").label("fault"),
        )
        .join(Person, Person.id == notice.person_id)
        .where(notice.day == day, is_shown_to(viewer, notice))
    )  # fmt: skip


def _sendings(viewer: Viewer, day: date) -> Select[Any]:
    sending = ReminderSending
    kind = case((sending.state.in_(("failed", "unknown")), UNDELIVERED), else_=SENDINGS)
    return (
        select(
            kind.label("kind"), sending.id, sending.channel,
            func.coalesce(Person.name, ReminderRobot.name).label("who"), sending.counts, sending.state,
            func.coalesce(sending.ended_at, sending.created_at).label("at"), sending.fault,
        )
        .outerjoin(Person, Person.id == sending.person_id)
        .outerjoin(ReminderRobot, ReminderRobot.id == sending.robot_id)
        .where(sending.day == day, is_shown_to(viewer, sending))
    )  # fmt: skip
