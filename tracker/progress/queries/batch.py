"""The reports that a person still has to make for their units, to be written many at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, or_, select

from tracker.accounts.roles import Role, Viewer
from tracker.db import session
from tracker.plans.models import Assignment, Plan, Task
from tracker.progress.lights import IN_HAND, LightKind
from tracker.progress.models import Obligation, Return
from tracker.progress.queries.choices import Pairs
from tracker.progress.queries.figures import TargetView, targets_of_tasks
from tracker.progress.queries.milestones import Asked, asked_of
from tracker.progress.queries.of_obligation import of_newest
from tracker.progress.queries.passing import BelowRow, below
from tracker.progress.queries.returns import (
    VersionView,
    accepted_before,
    arrived_versions,
    going_on,
    newest_versions,
)
from tracker.progress.queries.scope import led_plans, lights_by_plan, unit_ids, within
from tracker.progress.workflow import REOPENS
from tracker.units.models import Unit
from tracker.web.paging import PAGE_SIZE, Page, decode, page_of


@dataclass(frozen=True, slots=True)
class OwedFilter:
    plan_id: int | None = None
    due_before: date | None = None
    """The first day that is too late to be listed."""
    written: str = ""
    """`empty`: nothing yet; `draft`: begun; `back`: returned, or taken back."""


@dataclass(frozen=True, slots=True)
class OwedRow:
    """A report to be made, with all that its form is made of."""

    id: int
    assignment_id: int
    plan: str
    task_id: int
    number: str | None
    task: str
    unit: str
    due_on: date
    original_due_on: date
    kind: str
    text: str
    period: str
    state: str
    timing: str
    excuse: str
    light: LightKind
    days_left: int
    targets: tuple[TargetView, ...]
    newest: VersionView | None
    before: VersionView | None
    """What was accepted last for the same task."""
    lower: Sequence[BelowRow]
    asked: Asked | None
    """Milestones, where it is reported on by them."""

    @property
    def going_on(self) -> VersionView | None:
        return going_on(self.newest)


_newest = of_newest(Return.state)


def owed_page(
    viewer: Viewer, wanted: OwedFilter, *, today: date, cursor: str | None = None, size: int = PAGE_SIZE
) -> Page[OwedRow]:
    """Reports that the viewer still has to make: signed for and not on their way, the earliest date first."""
    backwards, key = decode(cursor, 2) or (False, []) if cursor else (False, [])
    after = _after(key)
    conditions = [*_owed(viewer), *_asked(wanted)]
    statement = select(Obligation.id, Obligation.due_on).join(Assignment, Assignment.id == Obligation.assignment_id)
    statement = statement.where(*conditions)
    total = session.scalar(select(func.count()).select_from(statement.subquery()))
    order = (Obligation.due_on.desc(), Obligation.id.desc()) if backwards else (Obligation.due_on, Obligation.id)
    paged = statement.where(_beyond(*after, backwards)) if after else statement
    found = session.execute(paged.order_by(*order).limit(size + 1)).all()
    cut = page_of(
        found, lambda row: (row.due_on.isoformat(), row.id), size=size, came_from=cursor if after else None,
        backwards=backwards, total=total,
    )  # fmt: skip
    rows = _rows(Obligation.id.in_([row.id for row in cut.rows]), today=today)
    return Page(rows, cut.next, cut.previous, total)


def owed_rows(viewer: Viewer, obligation_ids: Sequence[int], *, today: date) -> list[OwedRow]:
    """Those reports among these that are the viewer's to make, whatever has become of them meanwhile."""
    return _rows(Obligation.id.in_(obligation_ids), _own(viewer), today=today)


def owed_plans(viewer: Viewer) -> Pairs:
    """The plans in which the viewer still has reports to make."""
    statement = (
        select(Plan.id, Plan.name)
        .join(Obligation, Obligation.plan_id == Plan.id)
        .join(Assignment, Assignment.id == Obligation.assignment_id)
        .where(*_owed(viewer))
    )
    rows = session.execute(statement.distinct().order_by(Plan.id.desc()))
    return tuple((row.id, row.name) for row in rows)


@dataclass(frozen=True, slots=True)
class Owing:
    """A unit that has reports to make."""

    unit_id: int
    unit: str
    reports: int
    first: date
    """The earliest date."""


def owing(viewer: Viewer, wanted: OwedFilter, *, inside: bool) -> list[Owing]:
    """Units with reports to make, in printed order: the viewer's own, or from outside all whose plans the viewer leads."""
    statement = (
        select(Unit.id, Unit.name, func.count().label("reports"), func.min(Obligation.due_on).label("first"))
        .join(Obligation, Obligation.unit_id == Unit.id)
        .join(Assignment, Assignment.id == Obligation.assignment_id)
        .where(_scope(viewer, inside=inside), *_still_owed(), *_asked(wanted))
        .group_by(Unit.id, Unit.name, Unit.sort_key)
        .order_by(Unit.sort_key, Unit.id)
    )
    return [Owing(row.id, row.name, row.reports, row.first) for row in session.execute(statement)]


def owed_by(unit_id: int, viewer: Viewer, wanted: OwedFilter, *, inside: bool, today: date) -> list[OwedRow]:
    """Reports that one unit still has to make. From outside only those of plans that the viewer leads, and of what is
    written for them only what has left the unit."""
    owed = select(Obligation.id).join(Assignment, Assignment.id == Obligation.assignment_id)
    owed = owed.where(Obligation.unit_id == unit_id, _scope(viewer, inside=inside), *_still_owed(), *_asked(wanted))
    return _rows(Obligation.id.in_(owed), today=today, inside=inside)


def reports_of(obligation_ids: Sequence[int], *, inside: bool, today: date) -> list[OwedRow]:
    """These reports, whatever has become of them; who may see them is asked by the caller."""
    return _rows(Obligation.id.in_(obligation_ids), today=today, inside=inside)


def _own(viewer: Viewer) -> ColumnElement[bool]:
    return within(Obligation.unit_id, unit_ids(viewer, Role.REPORTER))


def _scope(viewer: Viewer, *, inside: bool) -> ColumnElement[bool]:
    if inside:
        return _own(viewer)
    led = within(Obligation.unit_id, unit_ids(viewer, Role.LEAD_OFFICE))
    return and_(led, Obligation.plan_id.in_(led_plans(viewer)))


def _owed(viewer: Viewer) -> tuple[ColumnElement[bool], ...]:
    return _own(viewer), *_still_owed()


def _still_owed() -> tuple[ColumnElement[bool], ...]:
    not_on_its_way = or_(_newest.is_(None), _newest != "own_review")
    return Obligation.state.in_(IN_HAND), Assignment.state == "in_progress", not_on_its_way


def _asked(wanted: OwedFilter) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if wanted.plan_id is not None:
        found.append(Obligation.plan_id == wanted.plan_id)
    if wanted.due_before is not None:
        found.append(Obligation.due_on < wanted.due_before)
    if wanted.written:
        states = {"empty": _newest.is_(None), "draft": _newest == "draft", "back": _newest.in_(REOPENS)}
        found.append(states[wanted.written])
    return found


def _after(key: Sequence[Any]) -> tuple[date, int] | None:
    try:
        return date.fromisoformat(key[0]), int(key[1])
    except (IndexError, TypeError, ValueError):
        return None


def _beyond(day: date, last: int, backwards: bool) -> ColumnElement[bool]:
    if backwards:
        return or_(Obligation.due_on < day, and_(Obligation.due_on == day, Obligation.id < last))
    return or_(Obligation.due_on > day, and_(Obligation.due_on == day, Obligation.id > last))


def _joined() -> Select[Any]:
    return (
        select(Obligation, Plan.name.label("plan"), Task.number, Task.name.label("task"), Unit.name.label("unit"))
        .join(Plan, Plan.id == Obligation.plan_id)
        .join(Task, Task.id == Obligation.task_id)
        .join(Unit, Unit.id == Obligation.unit_id)
        .order_by(Obligation.due_on, Obligation.id)
    )


def _rows(*conditions: ColumnElement[bool], today: date, inside: bool = True) -> list[OwedRow]:
    rows = session.execute(_joined().where(*conditions)).all()
    ids = [row.Obligation.id for row in rows]
    targets, lights = targets_of_tasks(row.Obligation.task_id for row in rows), lights_by_plan(today)
    newest, before = (newest_versions if inside else arrived_versions)(ids), accepted_before(ids)
    lower = below(ids, today=today) if inside else {}
    asked = asked_of({row.Obligation.id: row.Obligation.assignment_id for row in rows if row.Obligation.milestone})
    return [
        OwedRow(
            one.id, one.assignment_id, row.plan, one.task_id, row.number, row.task, row.unit, one.due_on,
            one.original_due_on, one.kind, one.text, one.period, one.state, one.timing, one.excuse,
            lights[one.plan_id].of(one.state, one.timing, one.due_on, one.excuse), (one.due_on - today).days,
            targets.get(one.task_id, ()), newest.get(one.id), before.get(one.id), lower.get(one.id, ()),
            asked.get(one.id),
        )
        for row in rows
        for one in [row.Obligation]
    ]  # fmt: skip
