"""What leaders see: one plan, or all of them, as of a day. Sums come from the kept summary: a fixed number of
statements, whatever the size."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select

from tracker.accounts.roles import Viewer
from tracker.assessment.models import Run, RunUnit, Scheme
from tracker.db import session
from tracker.errors import NotFound
from tracker.plans.models import Plan, Task
from tracker.plans.queries import plan_choices, plans_of
from tracker.progress.queries import (
    ChapterCounts,
    Counts,
    MonthCounts,
    PlanCounts,
    UnitCounts,
    WorkFilter,
    WorkRow,
    summary_by_chapter,
    summary_by_month,
    summary_by_plan,
    summary_by_unit,
    summary_total,
    work_page,
)

EXCEPTIONS = 12
"""How many overdue obligations stand on the page, the longest overdue first."""


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
class Dashboard:
    plan_id: int | None
    plans: list[tuple[int, str]]
    tasks: int
    total: Counts
    units: list[UnitCounts]
    chapters: list[ChapterCounts]
    """Of the chosen plan; empty for all plans."""
    by_plan: list[PlanCounts]
    """Where no plan is chosen; empty for one."""
    months: list[MonthCounts]
    overdue: list[WorkRow]
    grades: Grades | None

    @property
    def groups(self) -> list[tuple[str, list[UnitCounts]]]:
        """Units apart by group (部门, 县区), within each the ones with most overdue first, then the least done."""
        found: dict[str, list[UnitCounts]] = {}
        for unit in self.units:
            found.setdefault(unit.group, []).append(unit)
        for units in found.values():
            units.sort(key=lambda one: (-one.counts.overdue, one.counts.done_rate))
        return sorted(found.items(), key=lambda item: -len(item[1]))


def dashboard(viewer: Viewer, *, plan_id: int | None, today: date) -> Dashboard:
    """Raises NotFound for a plan the viewer may not know of."""
    plans = plan_choices(viewer)
    if plan_id is not None and plan_id not in {number for number, _ in plans}:
        raise NotFound
    exceptions = work_page(viewer, WorkFilter(plan_id=plan_id, light="overdue"), today=today, size=EXCEPTIONS)
    return Dashboard(
        plan_id, plans, _tasks(viewer, plan_id), summary_total(plan_id, today, viewer=viewer),
        summary_by_unit(plan_id, today, viewer=viewer),
        summary_by_chapter(plan_id, today, viewer=viewer) if plan_id is not None else [],
        summary_by_plan(today, viewer=viewer) if plan_id is None else [],
        summary_by_month(plan_id, today, viewer=viewer), list(exceptions.rows), _grades(viewer, plan_id),
    )  # fmt: skip


def _tasks(viewer: Viewer, plan_id: int | None) -> int:
    statement = select(func.count()).select_from(Task).join(Plan, Plan.id == Task.plan_id).where(plans_of(viewer))
    if plan_id is not None:
        statement = statement.where(Plan.id == plan_id)
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
