"""Counts for dashboards. Who sees everything reads the summary that is kept with every change; who sees a few units has
their obligations counted along the units' own index."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, case, func, literal, select

from tracker.accounts.roles import Viewer
from tracker.db import session
from tracker.plans.models import Chapter, Plan
from tracker.progress.models import Obligation, ObligationSummary
from tracker.progress.queries.scope import light_is, unit_ids, within
from tracker.units.kinds import group_of
from tracker.units.models import Unit


@dataclass(frozen=True, slots=True)
class Counts:
    """How obligations stand; `total` is done + on_time + near + overdue, cancelled ones are in none of them."""

    total: int = 0
    done: int = 0
    on_time: int = 0
    near: int = 0
    overdue: int = 0
    late: int = 0
    """Whose first return came after its date (逾期报送), whatever became of it."""
    reported: int = 0
    """Waiting at the lead office (待核)."""
    due: int = 0
    """Whose date has passed or is today: what the timeliness rate is a share of."""
    percent_sum: int = 0
    punctual: int = 0
    """Of those due, whose first return came by its date (按时报送)."""

    @property
    def punctual_rate(self) -> int | None:
        """Share of what was due that came by its date, in whole percent, rounded half up; None where nothing was due."""
        return (200 * self.punctual + self.due) // (2 * self.due) if self.due else None

    @property
    def percent(self) -> int:
        """Mean progress in whole percent, rounded half up; what is not yet accepted counts with what it had."""
        return (2 * self.percent_sum + self.total) // (2 * self.total) if self.total else 0

    @property
    def done_rate(self) -> int:
        """Share accepted, in whole percent, rounded half up."""
        return (200 * self.done + self.total) // (2 * self.total) if self.total else 0


@dataclass(frozen=True, slots=True)
class UnitCounts:
    unit_id: int
    unit: str
    group: str
    counts: Counts


@dataclass(frozen=True, slots=True)
class ChapterCounts:
    chapter_id: int
    chapter: str
    counts: Counts


@dataclass(frozen=True, slots=True)
class MonthCounts:
    month: str
    """`2026-03`: the month in which they are due."""
    counts: Counts


def _sum(table: Any, condition: ColumnElement[bool]) -> Any:
    return func.coalesce(func.sum(case((condition, table.n), else_=0)), 0)


def _measures(today: date, table: Any) -> list[Any]:
    live = table.state != "cancelled"
    return [
        _sum(table, live).label("total"), _sum(table, table.state == "accepted").label("done"),
        _sum(table, light_is("on_time", today, table)).label("on_time"),
        _sum(table, light_is("near", today, table)).label("near"),
        _sum(table, light_is("overdue", today, table)).label("overdue"),
        _sum(table, live & (table.timing == "late")).label("late"),
        _sum(table, table.state == "reported").label("reported"),
        _sum(table, live & (table.due_on <= today)).label("due"),
        func.coalesce(func.sum(case((live, table.percent_sum), else_=0)), 0).label("percent_sum"),
        _sum(table, live & (table.timing == "on_time") & (table.due_on <= today)).label("punctual"),
    ]  # fmt: skip


def _counts(row: Any) -> Counts:
    return Counts(
        int(row.total), int(row.done), int(row.on_time), int(row.near), int(row.overdue), int(row.late),
        int(row.reported), int(row.due), int(row.percent_sum), int(row.punctual),
    )  # fmt: skip


def _table(plan_id: int | None, viewer: Viewer | None) -> Any:
    """What is summed up: the kept summary, or a scoped viewer's obligations in the same columns."""
    scope = None if viewer is None else unit_ids(viewer)
    if scope is None:
        kept = ObligationSummary
        columns: list[Any] = [kept.branch_id.label("unit_id"), kept.n, kept.percent_sum]
        statement, source = select(*columns, *_shared(kept)).where(kept.n > 0), kept.plan_id
    else:
        columns = [Obligation.unit_id, literal(1).label("n"), Obligation.percent.label("percent_sum")]
        statement = select(*columns, *_shared(Obligation)).where(within(Obligation.unit_id, scope))
        source = Obligation.plan_id
    return (statement if plan_id is None else statement.where(source == plan_id)).subquery().c


def _shared(table: Any) -> list[Any]:
    return [table.plan_id, table.unit_group, table.chapter_id, table.due_on, table.state, table.timing]


def summary_total(plan_id: int | None, today: date, *, viewer: Viewer | None = None) -> Counts:
    """Of one plan or of all, in the viewer's scope; without a viewer (jobs) of everything."""
    return _counts(session.execute(select(*_measures(today, _table(plan_id, viewer)))).one())


def summary_by_unit(
    plan_id: int | None, today: date, *, viewer: Viewer | None = None, groups: Sequence[str] = ()
) -> list[UnitCounts]:  # fmt: skip
    """One row a unit that owes something, by group and printed order. Scoped as above.

    Who sees everything gets the units directly below the root, each with everything below it, in that unit's own group.
    """
    table = _table(plan_id, viewer)
    part = select(table.unit_id, *_measures(today, table)).group_by(table.unit_id).subquery()
    rows = session.execute(
        select(Unit.name, Unit.kind, part).join(Unit, Unit.id == part.c.unit_id).where(part.c.total > 0)
        .order_by(Unit.sort_key, Unit.id)
    )  # fmt: skip
    found = [UnitCounts(row.unit_id, row.name, group_of(row.kind), _counts(row)) for row in rows]
    return sorted((one for one in found if not groups or one.group in groups), key=lambda one: one.group)


def summary_by_chapter(plan_id: int, today: date, *, viewer: Viewer | None = None) -> list[ChapterCounts]:
    """One row a chapter of the plan, in printed order. Scoped as above."""
    table = _table(plan_id, viewer)
    part = select(table.chapter_id, *_measures(today, table)).group_by(table.chapter_id).subquery()
    rows = session.execute(
        select(Chapter.title, part).join(Chapter, Chapter.id == part.c.chapter_id).where(part.c.total > 0)
        .order_by(Chapter.position)
    )  # fmt: skip
    return [ChapterCounts(row.chapter_id, row.title, _counts(row)) for row in rows]


@dataclass(frozen=True, slots=True)
class PlanCounts:
    plan_id: int
    plan: str
    counts: Counts


def summary_by_plan(today: date, *, viewer: Viewer | None = None) -> list[PlanCounts]:
    """One row a plan that was issued, the newest first. Scoped as above."""
    table = _table(None, viewer)
    part = select(table.plan_id, *_measures(today, table)).group_by(table.plan_id).subquery()
    rows = session.execute(
        select(Plan.name, part).join(Plan, Plan.id == part.c.plan_id).where(part.c.total > 0)
        .order_by(Plan.year.desc(), Plan.id.desc())
    )  # fmt: skip
    return [PlanCounts(row.plan_id, row.name, _counts(row)) for row in rows]


def summary_by_month(plan_id: int | None, today: date, *, viewer: Viewer | None = None) -> list[MonthCounts]:
    """One row a month in which something is due, in order. Scoped as above."""
    table = _table(plan_id, viewer)
    rows = session.execute(select(table.due_on, *_measures(today, table)).group_by(table.due_on).order_by(table.due_on))
    months: dict[str, list[Counts]] = {}
    for row in rows:
        months.setdefault(f"{row.due_on:%Y-%m}", []).append(_counts(row))
    found = [MonthCounts(month, _added(parts)) for month, parts in months.items()]
    return [one for one in found if one.counts.total]


def _added(parts: list[Counts]) -> Counts:
    return Counts(*(sum(getattr(part, name) for part in parts) for name in Counts.__dataclass_fields__))
