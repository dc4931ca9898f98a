"""What a person's calendar holds: reports that their units still have to hand in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from flask_babel import gettext as _
from sqlalchemy import select

from tracker.accounts.models import Person
from tracker.accounts.queries import viewer_for
from tracker.accounts.roles import UNIT_ROLES, Viewer
from tracker.accounts.tokens import token_hash
from tracker.db import session
from tracker.errors import NotFound
from tracker.plans.models import Assignment, Plan, Task
from tracker.plans.states import LIVE
from tracker.progress.labels_periods import period_label
from tracker.progress.lights import IN_HAND
from tracker.progress.models import Obligation
from tracker.progress.queries.scope import unit_ids, within
from tracker.reminders.ics import Event
from tracker.reminders.models import CalendarAddress
from tracker.units.models import Unit

MOST = 1_000
"""Dates in a calendar at most, the earliest first."""


@dataclass(frozen=True, slots=True)
class Holder:
    viewer: Viewer
    locale: str
    """The language they chose; empty where they have not."""


def holder(token: str, *, today: date) -> Holder:
    """Whose calendar a secret address is, with the rights they have today. Raises NotFound where it is nobody's."""
    found = session.execute(
        select(Person.id, Person.locale)
        .join(CalendarAddress, CalendarAddress.person_id == Person.id)
        .where(CalendarAddress.token_hash == token_hash(token), Person.is_active.is_(True))
    ).first()
    if found is None:
        raise NotFound
    return Holder(viewer_for(found.id, today=today), found.locale)


def address_made_at(viewer: Viewer) -> datetime | None:
    """When the person's address was made; None where they have none."""
    return session.scalar(select(CalendarAddress.made_at).where(CalendarAddress.person_id == viewer.person_id))


def duties(viewer: Viewer, *, uid: Callable[[int], str], href: Callable[[int], str]) -> list[Event]:
    """The open reports of the units that the viewer reports or reviews for; `uid` and `href` by obligation."""
    rows = session.execute(
        select(
            Obligation.id, Obligation.due_on, Obligation.period, Obligation.text, Obligation.version, Task.number,
            Task.name.label("task"), Unit.name.label("unit"), Plan.name.label("plan"),
        )
        .join(Task, Task.id == Obligation.task_id)
        .join(Unit, Unit.id == Obligation.unit_id)
        .join(Plan, Plan.id == Obligation.plan_id)
        .join(Assignment, Assignment.id == Obligation.assignment_id)
        .where(
            within(Obligation.unit_id, unit_ids(viewer, *sorted(UNIT_ROLES))), Obligation.state.in_(IN_HAND),
            Assignment.state.in_(LIVE),
        )
        .order_by(Obligation.due_on, Obligation.id)
        .limit(MOST)
    )  # fmt: skip
    return [
        Event(
            uid(row.id), row.due_on,
            _("报送：%(task)s（%(unit)s）", task=f"{row.number or ''} {row.task}".strip(), unit=row.unit),
            f"{row.plan}\n{period_label(row.period) if row.period else row.text}", href(row.id), row.version,
        )
        for row in rows
    ]  # fmt: skip
