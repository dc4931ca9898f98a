"""Counts for dashboards, from the summary that is kept with every change: no obligation is counted one by one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, case, func, select

from tracker.accounts.roles import Viewer
from tracker.db import session
from tracker.plans.models import Chapter
from tracker.progress.models import ObligationSummary
from tracker.progress.queries.scope import light_is, unit_ids, within
from tracker.units.models import Unit

S = ObligationSummary


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


def _sum(condition: ColumnElement[bool]) -> Any:
    return func.coalesce(func.sum(case((condition, S.n), else_=0)), 0)


def _measures(today: date) -> list[Any]:
    live = S.state != "cancelled"
    return [
        _sum(live).label("total"), _sum(S.state == "accepted").label("done"),
        _sum(light_is("on_time", today, S)).label("on_time"), _sum(light_is("near", today, S)).label("near"),
        _sum(light_is("overdue", today, S)).label("overdue"), _sum(live & (S.timing == "late")).label("late"),
        _sum(S.state == "reported").label("reported"), _sum(live & (S.due_on <= today)).label("due"),
        func.coalesce(func.sum(case((live, S.percent_sum), else_=0)), 0).label("percent_sum"),
    ]  # fmt: skip


def _counts(row: Any) -> Counts:
    return Counts(
        int(row.total), int(row.done), int(row.on_time), int(row.near), int(row.overdue), int(row.late),
        int(row.reported), int(row.due), int(row.percent_sum),
    )  # fmt: skip


def _scoped(plan_id: int | None, viewer: Viewer | None) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = [S.n > 0]
    if plan_id is not None:
        found.append(S.plan_id == plan_id)
    if viewer is not None:
        found.append(within(S.unit_id, unit_ids(viewer)))
    return found


def summary_total(plan_id: int | None, today: date, *, viewer: Viewer | None = None) -> Counts:
    """Of one plan or of all, in the viewer's scope; without a viewer (jobs) of everything."""
    return _counts(session.execute(select(*_measures(today)).where(*_scoped(plan_id, viewer))).one())


def summary_by_unit(
    plan_id: int | None, today: date, *, viewer: Viewer | None = None, groups: Sequence[str] = ()
) -> list[UnitCounts]:  # fmt: skip
    """One row a unit that owes something, by group and printed order. Scoped as above."""
    where = _scoped(plan_id, viewer) + ([S.unit_group.in_(groups)] if groups else [])
    part = (
        select(S.unit_id, func.min(S.unit_group).label("unit_group"), *_measures(today))
        .where(*where)
        .group_by(S.unit_id)
        .subquery()
    )
    rows = session.execute(
        select(Unit.name, part).join(Unit, Unit.id == part.c.unit_id).where(part.c.total > 0)
        .order_by(part.c.unit_group, Unit.sort_key, Unit.id)
    )  # fmt: skip
    return [UnitCounts(row.unit_id, row.name, row.unit_group, _counts(row)) for row in rows]


def summary_by_chapter(plan_id: int, today: date, *, viewer: Viewer | None = None) -> list[ChapterCounts]:
    """One row a chapter of the plan, in printed order. Scoped as above."""
    part = select(S.chapter_id, *_measures(today)).where(*_scoped(plan_id, viewer)).group_by(S.chapter_id).subquery()
    rows = session.execute(
        select(Chapter.title, part).join(Chapter, Chapter.id == part.c.chapter_id).where(part.c.total > 0)
        .order_by(Chapter.position)
    )  # fmt: skip
    return [ChapterCounts(row.chapter_id, row.title, _counts(row)) for row in rows]


def summary_by_month(plan_id: int | None, today: date, *, viewer: Viewer | None = None) -> list[MonthCounts]:
    """One row a month in which something is due, in order. Scoped as above."""
    rows = session.execute(
        select(S.due_on, *_measures(today)).where(*_scoped(plan_id, viewer)).group_by(S.due_on).order_by(S.due_on)
    )
    months: dict[str, list[Counts]] = {}
    for row in rows:
        months.setdefault(f"{row.due_on:%Y-%m}", []).append(_counts(row))
    found = [MonthCounts(month, _added(parts)) for month, parts in months.items()]
    return [one for one in found if one.counts.total]


def _added(parts: list[Counts]) -> Counts:
    return Counts(*(sum(getattr(part, name) for part in parts) for name in Counts.__dataclass_fields__))
