"""Who is told: the people who hold a role for a unit, or for the nearest one above it for which somebody does."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from sqlalchemy import select

from tracker.accounts.models import Grant, Person
from tracker.accounts.roles import Role
from tracker.db import session
from tracker.reminders.models import ReminderChoice, ReminderRound, ReminderSending
from tracker.reminders.schedule import LOOKS_BACK

TOLD = (Role.REPORTER, Role.REVIEWER, Role.LEAD_OFFICE, Role.LEADER)


class Holders:
    """Everybody who holds a role that is told of something, as of a day. One statement."""

    def __init__(self, day: date) -> None:
        rows = session.execute(
            select(Grant.role, Grant.unit_id, Grant.person_id)
            .join(Person, Person.id == Grant.person_id)
            .where(
                Grant.role.in_([role.value for role in TOLD]), Person.is_active.is_(True), Grant.held_on(day),
            )
            .order_by(Grant.person_id)
        )  # fmt: skip
        self._held: dict[tuple[str, int], set[int]] = {}
        for role, unit_id, person_id in rows:
            self._held.setdefault((role, unit_id), set()).add(person_id)

    def of(self, role: str, path: str, *, below: str = "/") -> set[int]:
        """The people of a unit, by its path from the root; of the nearest above it where it has none, as far as that lies
        `below` another."""
        for unit in reversed(list(filter(None, path.removeprefix(below).split("/")))):
            found = self._held.get((role, int(unit)))
            if found:
                return found
        return set()


@dataclass(frozen=True, slots=True)
class Recipient:
    locale: str
    email: str
    """Where letters go; empty where none are wanted."""


def recipients(person_ids: Iterable[int]) -> dict[int, Recipient]:
    """Those of them whose accounts are open."""
    rows = session.execute(
        select(Person.id, Person.locale, ReminderChoice.email, ReminderChoice.by_email)
        .outerjoin(ReminderChoice, ReminderChoice.person_id == Person.id)
        .where(Person.id.in_(sorted(person_ids)), Person.is_active.is_(True))
        .order_by(Person.id)
    )
    return {row.id: Recipient(row.locale, row.email if row.by_email else "") for row in rows}


def choice(person_id: int) -> tuple[str, bool]:
    """(address, whether letters are wanted) as the person chose."""
    found = session.get(ReminderChoice, person_id)
    return (found.email, found.by_email) if found else ("", False)


class Undelivered(NamedTuple):
    day: date
    fault: str
    """In the words of the mail server."""


def undelivered(person_id: int) -> Undelivered | None:
    """The last letter to a person within some days, where the server refused it and they still want letters there. Two
    statements, along indexes."""
    days = session.scalars(select(ReminderRound.day).order_by(ReminderRound.day.desc()).limit(LOOKS_BACK.days))
    last = session.execute(
        select(ReminderSending.day, ReminderSending.fault, ReminderSending.address, ReminderSending.state)
        .where(ReminderSending.key.in_([letter_key(day, person_id) for day in days]))
        .order_by(ReminderSending.day.desc())
        .limit(1)
    ).first()
    if last is None or last.state == "sent" or not last.fault or (last.address, True) != choice(person_id):
        return None
    return Undelivered(last.day, last.fault)


def letter_key(day: date, person_id: int) -> str:
    """What makes a letter the same twice."""
    return f"digest:{day}:person:{person_id}"
