"""Counts for dashboards. Who sees everything reads the summary that is kept with every change; who sees a few units has
their obligations counted along the units' own index."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import case, func, literal, select

from tracker.accounts.roles import Viewer
from tracker.db import session
from tracker.plans.models import Chapter, Plan
from tracker.progress.lights import light
from tracker.progress.models import Obligation, ObligationSummary
from tracker.progress.queries.branches import branches
from tracker.progress.queries.scope import archived_plans, is_near, light_is, unit_ids, within
from tracker.units.kinds import group_of
from tracker.units.models import Unit
from tracker.web.kept import newest


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
class PlanCounts:
    plan_id: int
    plan: str
    counts: Counts


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


PAST, TODAY, NEAR, FAR = range(4)
"""Where a due date lies as of a day; `NEAR` as the plan calls it."""


def _counts(
    by: str, plan_id: int | None, today: date, viewer: Viewer | None, *, archived: bool = False
) -> Mapping[Any, Counts]:
    """The counts by a column of the summary, in the viewer's scope; kept until somebody acts. Without a plan those of live
    plans, and with `archived` of archived ones (归档) too."""
    asked = ("counts", by, plan_id, archived, today, None if viewer is None else viewer.grants)
    return newest(asked, lambda: _counted(by, plan_id, today, viewer, archived=archived))


def _counted(by: str, plan_id: int | None, today: date, viewer: Viewer | None, *, archived: bool) -> dict[Any, Counts]:
    table = _table(plan_id, viewer, by_unit=by == "unit_id", archived=archived)
    return _summed(table, table[by], today)


def _summed(table: Any, dimension: Any, today: date) -> dict[Any, Counts]:
    """The counts by a dimension, in one pass: the database groups by what a light depends on, the rule tells which it is."""
    where = case((table.due_on < today, PAST), (table.due_on == today, TODAY), (is_near(today, table), NEAR), else_=FAR)
    groups = (dimension, table.state, table.timing, where)
    rows = session.execute(
        select(
            dimension, table.state, table.timing, where.label("where"), func.sum(table.n), func.sum(table.percent_sum)
        )
        .where(table.state != "cancelled")
        .group_by(*groups)
        .order_by(*groups)
    )
    found: dict[Any, Counter[str]] = {}
    for value, state, timing, place, n, percent in rows:
        _add(found.setdefault(value, Counter()), state, timing, (place, today), int(n), int(percent))
    return {value: Counts(**one) for value, one in found.items()}


def _add(counts: Counter[str], state: str, timing: str, when: tuple[int, date], n: int, percent: int) -> None:
    place, today = when
    sample = today + timedelta(days=place - TODAY)
    counts["total"] += n
    counts["percent_sum"] += percent
    counts[light(state, timing, sample, today=today, near_days=1)] += n
    counts["late"] += n * (timing == "late")
    counts["reported"] += n * (state == "reported")
    counts["due"] += n * (place <= TODAY)
    counts["punctual"] += n * (place <= TODAY and timing == "on_time")


def _table(plan_id: int | None, viewer: Viewer | None, *, by_unit: bool = False, archived: bool = False) -> Any:
    """What is summed up: the kept summary as far as it is the viewer's, or their obligations in the same columns."""
    scope = None if viewer is None else unit_ids(viewer)
    whole = None if viewer is None or scope is None or by_unit else branches(viewer)
    if scope is None or whole is not None:
        kept = ObligationSummary
        columns: list[Any] = [kept.branch_id.label("unit_id"), kept.n, kept.percent_sum]
        statement, source = select(*columns, *_shared(kept)).where(kept.n > 0), kept.plan_id
        if whole is not None:
            statement = statement.where(kept.branch_id.in_(whole))
    else:
        columns = [Obligation.unit_id, literal(1).label("n"), Obligation.percent.label("percent_sum")]
        statement = select(*columns, *_shared(Obligation)).where(within(Obligation.unit_id, scope))
        source = Obligation.plan_id
    if plan_id is not None:
        statement = statement.where(source == plan_id)
    elif not archived and (apart := archived_plans()):
        statement = statement.where(source.not_in(apart))
    return statement.subquery().c


def _shared(table: Any) -> list[Any]:
    return [table.plan_id, table.unit_group, table.chapter_id, table.due_on, table.state, table.timing]


def summary_total(
    plan_id: int | None, today: date, *, viewer: Viewer | None = None, archived: bool = False
) -> Counts:  # fmt: skip
    """Of one plan or of all live ones, with `archived` of those too; in the viewer's scope, without a viewer (jobs) of
    everything."""
    return _added(list(_counts("plan_id", plan_id, today, viewer, archived=archived).values()))


def summary_by_plan(today: date, *, viewer: Viewer | None = None, archived: bool = False) -> list[PlanCounts]:
    """One row a plan under which something is owed, the newest year first. Scoped as above."""
    counts = _counts("plan_id", None, today, viewer, archived=archived)
    plans = select(Plan.id, Plan.name).where(Plan.id.in_(counts)).order_by(Plan.year.desc(), Plan.id.desc())
    return [PlanCounts(row.id, row.name, counts[row.id]) for row in session.execute(plans)]


def summary_by_unit(
    plan_id: int | None, today: date, *, viewer: Viewer | None = None, groups: Sequence[str] = (), archived: bool = False,
) -> list[UnitCounts]:  # fmt: skip
    """One row a unit that owes something, by group and printed order. Scoped as above.

    Who sees everything gets the units directly below the root, each with everything below it, in that unit's own group.
    """
    counts = _counts("unit_id", plan_id, today, viewer, archived=archived)
    units = select(Unit.id, Unit.name, Unit.kind).where(Unit.id.in_(counts)).order_by(Unit.sort_key, Unit.id)
    found = [UnitCounts(row.id, row.name, group_of(row.kind), counts[row.id]) for row in session.execute(units)]
    return sorted((one for one in found if not groups or one.group in groups), key=lambda one: one.group)


@dataclass(frozen=True, slots=True)
class LateUnit:
    """A unit, with everything below it where it stands for that (`summary_by_unit`), that has something overdue."""

    unit_id: int
    unit: str
    overdue: int
    since: date
    """The date of what is overdue longest."""


def latest_units(today: date, *, viewer: Viewer, limit: int) -> list[LateUnit]:
    """Units with the most that is overdue, then with the longest overdue. Scoped as above; one statement on top."""
    late = {one.unit_id: one for one in summary_by_unit(None, today, viewer=viewer) if one.counts.overdue}
    if not late:
        return []
    table = _table(None, viewer, by_unit=True)
    first = func.min(table.due_on)
    rows = session.execute(
        select(table.unit_id, first.label("since"))
        .where(table.unit_id.in_(late), light_is("overdue", today, table))
        .group_by(table.unit_id)
    )
    found = [LateUnit(row.unit_id, late[row.unit_id].unit, late[row.unit_id].counts.overdue, row.since) for row in rows]
    return sorted(found, key=lambda one: (-one.overdue, one.since, one.unit_id))[:limit]


def summary_by_chapter(plan_id: int, today: date, *, viewer: Viewer | None = None) -> list[ChapterCounts]:
    """One row a chapter of the plan, in printed order. Scoped as above."""
    counts = _counts("chapter_id", plan_id, today, viewer)
    chapters = select(Chapter.id, Chapter.title).where(Chapter.id.in_(counts)).order_by(Chapter.position)
    return [ChapterCounts(row.id, row.title, counts[row.id]) for row in session.execute(chapters)]


def summary_by_month(
    plan_id: int | None, today: date, *, viewer: Viewer | None = None, archived: bool = False
) -> list[MonthCounts]:
    """One row a month in which something is due, in order. Scoped as above."""
    months: dict[str, list[Counts]] = {}
    for due_on, counts in _counts("due_on", plan_id, today, viewer, archived=archived).items():
        months.setdefault(f"{due_on:%Y-%m}", []).append(counts)
    return [MonthCounts(month, _added(parts)) for month, parts in sorted(months.items())]


def _added(parts: list[Counts]) -> Counts:
    return Counts(*(sum(getattr(part, name) for part in parts) for name in Counts.__dataclass_fields__))
