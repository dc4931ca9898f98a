"""What a person's calendar holds: what their units still have to hand in, reports to whom they are asked by, replies to slips,
rectifications."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Literal, NamedTuple

from flask_babel import gettext as _
from sqlalchemy import Row, and_, select

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
from tracker.progress.models import Obligation, Part, Passed
from tracker.progress.queries.calendar import workdays
from tracker.progress.queries.passed_on import is_owed_below
from tracker.progress.queries.scope import unit_ids, within
from tracker.rectification.models import Finding
from tracker.rectification.states import WITH_UNIT
from tracker.reminders.ics import Event
from tracker.reminders.models import CalendarAddress
from tracker.reminders.queries.slips import slips_to_answer
from tracker.units.models import Unit

MOST = 1_000
"""Dates of a kind in a calendar at most, the earliest first."""

Kind = Literal["obligation", "part", "slip", "finding"]
"""What a date is of: a report, one that a unit above has passed down (转办下级), a supervision slip (督办单), a finding (整改)."""

Ids = Mapping[str, int]
"""What names the thing: as the address of its page does."""


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


def duties(viewer: Viewer, *, today: date, place: str, href: Callable[[Kind, Ids], str]) -> list[Event]:
    """What the units that the viewer reports or reviews for have before them, by date; each rings on the last workday
    before. `place` makes their ids those of this installation."""
    calendar = workdays()
    found = [*_reports(viewer), *_parts(viewer), *_slips(viewer, today), *_findings(viewer)]
    return [
        Event(
            f"{one.name}@{place}", one.day, one.summary, one.description, href(one.kind, one.ids), one.version,
            calendar.previous_workday(one.day),
        )
        for one in sorted(found, key=lambda one: (one.day, one.name))
    ]  # fmt: skip


class _Duty(NamedTuple):
    kind: Kind
    ids: Ids
    day: date
    summary: str
    description: str
    version: int

    @property
    def name(self) -> str:
        """The same whenever the calendar is read."""
        return "-".join(map(str, (self.kind, *self.ids.values())))


def _reports(viewer: Viewer) -> Iterator[_Duty]:
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
    for row in rows:
        yield _Duty(
            "obligation", {"obligation_id": row.id}, row.due_on,
            _("报送：%(task)s（%(unit)s）", task=_task(row), unit=row.unit),
            f"{row.plan}\n{period_label(row.period) if row.period else row.text}", row.version,
        )  # fmt: skip


def _parts(viewer: Viewer) -> Iterator[_Duty]:
    """What units above have passed down: each by its own date, so many days before that of the unit above."""
    rows = session.execute(
        select(
            Passed.id, Obligation.id.label("obligation_id"), Obligation.due_on, Passed.days_before, Passed.words,
            Obligation.version, Passed.version.label("passed_version"), Task.number, Task.name.label("task"),
            Unit.name.label("unit"),
        )
        .join(Obligation, Obligation.assignment_id == Passed.assignment_id)
        .join(Assignment, Assignment.id == Passed.assignment_id)
        .join(Task, Task.id == Obligation.task_id)
        .join(Unit, Unit.id == Passed.unit_id)
        .outerjoin(Part, and_(Part.passed_id == Passed.id, Part.obligation_id == Obligation.id))
        .where(Passed.unit_id.in_(viewer.units(*sorted(UNIT_ROLES))), is_owed_below())
        .order_by(Obligation.due_on, Obligation.id, Passed.id)
        .limit(MOST)
    )  # fmt: skip
    for row in rows:
        yield _Duty(
            "part", {"passed_id": row.id, "obligation_id": row.obligation_id},
            row.due_on - timedelta(days=row.days_before),
            _("转办报送：%(task)s（%(unit)s）", task=_task(row), unit=row.unit), row.words,
            row.version + row.passed_version,
        )  # fmt: skip


def _task(row: Row[Any]) -> str:
    return f"{row.number or ''} {row.task}".strip()


def _slips(viewer: Viewer, today: date) -> Iterator[_Duty]:
    for slip in slips_to_answer(viewer, today)[:MOST]:
        words = _("督办单回执：%(slip)s（%(unit)s）", slip=slip.name, unit=slip.unit)
        yield _Duty("slip", {"slip_id": slip.id}, slip.reply_by, words, slip.demand, slip.version)


def _findings(viewer: Viewer) -> Iterator[_Duty]:
    """Findings that the units have in hand, in their own review too."""
    mine = within(Finding.unit_id, unit_ids(viewer, *sorted(UNIT_ROLES)))
    rows = session.execute(
        select(Finding, Unit.name.label("unit"))
        .join(Unit, Unit.id == Finding.unit_id)
        .where(mine, Finding.state.in_(WITH_UNIT))
        .order_by(Finding.due_on, Finding.id)
        .limit(MOST)
    )
    for one, unit in rows:
        words = _("整改：%(finding)s（%(unit)s）", finding=one.title, unit=unit)
        yield _Duty("finding", {"finding_id": one.id}, one.due_on, words, one.text, one.version)
