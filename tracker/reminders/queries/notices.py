"""A person's own notices."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select

from tracker.accounts.roles import Viewer
from tracker.db import session
from tracker.reminders.digest import Item
from tracker.reminders.models import ReminderNotice

SHOWN = 30
"""How many days' notices the page has."""


@dataclass(frozen=True, slots=True)
class NoticeRow:
    id: int
    day: date
    counts: dict[str, int]
    items: list[Item]
    is_read: bool

    @property
    def left(self) -> int:
        """How many reports are not named."""
        return sum(self.counts.values()) - len(self.items)


def notices(viewer: Viewer, *, unread: bool = False, limit: int = SHOWN) -> list[NoticeRow]:
    """The newest first."""
    statement = select(ReminderNotice).where(ReminderNotice.person_id == viewer.person_id)
    if unread:
        statement = statement.where(ReminderNotice.read_at.is_(None))
    return [
        NoticeRow(row.id, row.day, row.counts, [Item(*one) for one in row.items], row.read_at is not None)
        for row in session.scalars(statement.order_by(ReminderNotice.day.desc()).limit(limit))
    ]


def unread_notices(viewer: Viewer) -> int:
    statement = select(func.count()).select_from(ReminderNotice)
    mine = ReminderNotice.person_id == viewer.person_id
    return session.scalar(statement.where(mine, ReminderNotice.read_at.is_(None))) or 0
