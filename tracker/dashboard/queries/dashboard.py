"""What leaders see: one plan, or all of them, as of a day. Sums come from the kept summary: a fixed number of
statements, whatever the size."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement, Select, bindparam, func, select, union_all

from tracker.accounts.roles import Viewer
from tracker.assessment.models import Run, RunUnit, Scheme
from tracker.db import session
from tracker.errors import NotFound
from tracker.plans.models import Plan, Task
from tracker.plans.queries import plan_choices, plans_of
from tracker.progress.models import Obligation
from tracker.progress.queries import (
    ChapterCounts,
    Counts,
    MonthCounts,
    PlanCounts,
    UnitCounts,
    summary_by_chapter,
    summary_by_month,
    summary_by_plan,
    summary_by_unit,
    summary_total,
)
from tracker.progress.queries.scope import archived_plans, light_is, unit_ids, within
from tracker.progress.states import UNFINISHED
from tracker.units.models import Unit
from tracker.web.kept import newest

EXCEPTIONS = 8
"""How many tasks with something overdue stand on the page, the longest overdue first."""
NAMED = 6
"""How many units of each are named."""


@dataclass(frozen=True, slots=True)
class Grades:
    """The grades of a published run: how many units of each group got which."""

    run_id: int
    scheme: str
    as_of: date
    published_at: datetime | None
    grades: list[str]
    """Best first."""
    counts: dict[str, dict[str, int]]
    """Group → grade → units."""


@dataclass(frozen=True, slots=True)
class LateUnit:
    """A unit with what it owes of one task."""

    unit_id: int
    unit: str
    items: int
    since: date
    """The earliest date that it missed."""


@dataclass(frozen=True, slots=True)
class LateTask:
    """A task with something overdue."""

    task_id: int
    plan: str
    number: str | None
    task: str
    since: date
    """The earliest date that was missed."""
    items: int
    """Obligations that are overdue."""
    all_units: int
    units: list[LateUnit] = field(default_factory=list)
    """The longest overdue first, six at most."""


@dataclass(frozen=True, slots=True)
class MonthShare:
    """What was due in a month, up to today."""

    first: date
    last: date
    counts: Counts


@dataclass(frozen=True, slots=True)
class Dashboard:
    plan_id: int | None
    archived: frozenset[int]
    """Plans that are archived (归档)."""
    with_archived: bool
    """Whether they are counted where no plan is chosen."""
    plans: list[tuple[int, str]]
    tasks: int
    total: Counts
    units: list[UnitCounts]
    chapters: list[ChapterCounts]
    """Of the chosen plan; empty for all plans."""
    by_plan: list[PlanCounts]
    """Where no plan is chosen; empty for one."""
    months: list[MonthCounts]
    overdue: list[LateTask]
    overdue_tasks: int
    """How many tasks have something overdue, shown or not."""
    grades: Grades | None
    today: date

    @property
    def groups(self) -> list[tuple[str, list[UnitCounts]]]:
        """Units apart by group (部门, 县区), within each the ones with most overdue first, then the least done."""
        found: dict[str, list[UnitCounts]] = {}
        for unit in self.units:
            found.setdefault(unit.group, []).append(unit)
        for units in found.values():
            units.sort(key=lambda one: (-one.counts.overdue, one.counts.done_rate))
        return sorted(found.items(), key=lambda item: -len(item[1]))

    @property
    def late_units(self) -> list[UnitCounts]:
        """Units with something overdue, most first."""
        return sorted((one for one in self.units if one.counts.overdue), key=lambda one: -one.counts.overdue)

    @property
    def this_month(self) -> MonthShare:
        return self._share(self.today.replace(day=1), self.today)

    @property
    def last_month(self) -> MonthShare:
        last = self.today.replace(day=1) - timedelta(days=1)
        return self._share(last.replace(day=1), last)

    def _share(self, first: date, last: date) -> MonthShare:
        counts = {one.month: one.counts for one in self.months}
        return MonthShare(first, last, counts.get(f"{first:%Y-%m}", Counts()))


def dashboard(viewer: Viewer, *, plan_id: int | None, archived: bool = False, today: date) -> Dashboard:
    """Of one plan, or of all that are live, with `archived` of those too. Kept until somebody acts. Raises NotFound for a
    plan the viewer may not know of."""
    asked = ("dashboard", viewer.grants, plan_id, archived, today)
    return newest(asked, lambda: _dashboard(viewer, plan_id, today, archived=archived))


def _dashboard(viewer: Viewer, plan_id: int | None, today: date, *, archived: bool) -> Dashboard:
    plans = plan_choices(viewer)
    if plan_id is not None and plan_id not in {number for number, _ in plans}:
        raise NotFound
    late, late_tasks = _overdue(viewer, plan_id, today)
    apart = frozenset(archived_plans()) & {number for number, _name in plans}
    return Dashboard(
        plan_id, apart, archived, plans, _tasks(viewer, plan_id, frozenset() if archived else apart),
        summary_total(plan_id, today, viewer=viewer, archived=archived),
        summary_by_unit(plan_id, today, viewer=viewer, archived=archived),
        summary_by_chapter(plan_id, today, viewer=viewer) if plan_id is not None else [],
        summary_by_plan(today, viewer=viewer, archived=archived) if plan_id is None else [],
        summary_by_month(plan_id, today, viewer=viewer, archived=archived), late, late_tasks, _grades(viewer, plan_id), today,
    )  # fmt: skip


_UNFINISHED = Obligation.state.in_(bindparam("unfinished", UNFINISHED, expanding=True, literal_execute=True))
"""Written into the statement: a database takes the index of what is unfinished only where it reads the same words."""


def _overdue(viewer: Viewer, plan_id: int | None, today: date) -> tuple[list[LateTask], int]:
    """The tasks longest overdue with their units, and how many tasks there are in all."""
    late = [_UNFINISHED, Obligation.due_on < today, light_is("overdue", today)]
    late.append(within(Obligation.unit_id, unit_ids(viewer)))
    of_task = (Obligation.task_id == Task.id, *late)
    since = select(func.min(Obligation.due_on)).where(*of_task).scalar_subquery()
    items = select(func.count()).select_from(Obligation).where(*of_task).scalar_subquery()
    by_task = select(Task.id, Task.plan_id, Task.number, Task.name, since.label("since"), items.label("n"))
    if plan_id is not None:
        by_task = by_task.where(Task.plan_id == plan_id)
    task = by_task.subquery().c
    statement = (
        select(task.id, Plan.name.label("plan"), task.number, task.name, task.since, task.n,
               func.count().over().label("tasks"))
        .join(Plan, Plan.id == task.plan_id)
        .where(task.n > 0)
        .order_by(task.since, task.n.desc(), task.id)
        .limit(EXCEPTIONS)
    )  # fmt: skip
    rows = session.execute(statement).all()
    units = _late_units([row.id for row in rows], late)
    found = [LateTask(row.id, row.plan, row.number, row.name, row.since, row.n, *units[row.id]) for row in rows]
    return found, rows[0].tasks if rows else 0


def _late_units(tasks: list[int], late: list[ColumnElement[bool]]) -> dict[int, tuple[int, list[LateUnit]]]:
    """Of each task how many units there are, and the first few of them, the longest overdue first."""
    if not tasks:
        return {}
    first = union_all(*(select(_first_units(task_id, late).subquery()) for task_id in tasks)).subquery()
    statement = (
        select(first, Unit.name)
        .join(Unit, Unit.id == first.c.unit_id)
        .order_by(first.c.task_id, first.c.since, first.c.n.desc(), first.c.unit_id)
    )
    found: dict[int, tuple[int, list[LateUnit]]] = {}
    for row in session.execute(statement):
        _, named = found.setdefault(row.task_id, (row.units, []))
        named.append(LateUnit(row.unit_id, row.name, row.n, row.since))
    return found


def _first_units(task_id: int, late: list[ColumnElement[bool]]) -> Select[tuple[int, int, date, int, int]]:
    """Of one task; task by task, since no database sorts thousands of units only as far as the sixth of each of many."""
    since, items = func.min(Obligation.due_on).label("since"), func.count().label("n")
    return (
        select(Obligation.task_id, Obligation.unit_id, since, items, func.count().over().label("units"))
        .where(Obligation.task_id == task_id, *late)
        .group_by(Obligation.task_id, Obligation.unit_id)
        .order_by(since, items.desc(), Obligation.unit_id)
        .limit(NAMED)
    )


def _tasks(viewer: Viewer, plan_id: int | None, apart: Collection[int]) -> int:
    statement = select(func.count()).select_from(Task).join(Plan, Plan.id == Task.plan_id)
    statement = statement.where(plans_of(viewer), Task.ended_in.is_(None))
    if plan_id is not None:
        statement = statement.where(Plan.id == plan_id)
    elif apart:
        statement = statement.where(Plan.id.not_in(apart))
    return session.scalar(statement) or 0


def _grades(viewer: Viewer, plan_id: int | None) -> Grades | None:
    """Of the run that was published last."""
    statement = (
        select(Run.id, Run.as_of, Run.published_at, Scheme.name, Scheme.body)
        .join(Scheme, Scheme.id == Run.scheme_id)
        .join(Plan, Plan.id == Run.plan_id)
        .where(Run.state == "published", plans_of(viewer))
        .order_by(Run.published_at.desc(), Run.id.desc())
        .limit(1)
    )
    if plan_id is not None:
        statement = statement.where(Run.plan_id == plan_id)
    run = session.execute(statement).first()
    if run is None:
        return None
    counts: dict[str, dict[str, int]] = {}
    rows = session.execute(
        select(RunUnit.unit_group, RunUnit.grade, func.count())
        .where(RunUnit.run_id == run.id, RunUnit.grade.is_not(None))
        .group_by(RunUnit.unit_group, RunUnit.grade)
        .order_by(RunUnit.unit_group, RunUnit.grade)
    )
    for group, grade, count in rows:
        counts.setdefault(group, {})[grade] = count
    return Grades(run.id, run.name, run.as_of, run.published_at, _best_first(run.body, counts), counts)


def _best_first(scheme: dict[str, object], counts: dict[str, dict[str, int]]) -> list[str]:
    """Grades in the order of their thresholds; one that only a veto gives comes last."""
    found = {grade for by_grade in counts.values() for grade in by_grade}
    listed = scheme.get("grades")
    named = [str(grade["name"]) for grade in listed if isinstance(grade, dict)] if isinstance(listed, list) else []
    return [name for name in named if name in found] + sorted(found - set(named))
