"""Plans: the list, and one with its facts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute

from tracker.accounts.roles import Viewer
from tracker.db import session
from tracker.errors import NotFound
from tracker.plans.models import Assignment, Plan, PlanEdition, Task
from tracker.plans.policy import Policy, read_policy
from tracker.plans.queries.visible import nobody_has, plans_of, runs_plan, sees_plan
from tracker.units.models import Unit


@dataclass(frozen=True, slots=True)
class PlanRow:
    id: int
    name: str
    year: int
    state: str
    owner: str
    document_number: str
    adopted_at: datetime
    issued_at: datetime | None
    tasks: int
    assignments: int


def plans(viewer: Viewer) -> list[PlanRow]:
    """Plans the viewer may know of, the newest year first. A fixed number of statements."""
    found = session.execute(
        select(Plan, Unit.name)
        .join(Unit, Unit.id == Plan.owner_unit_id)
        .where(plans_of(viewer))
        .order_by(Plan.year.desc(), Plan.id.desc())
    ).all()
    ids = [plan.id for plan, _ in found]
    tasks = _counts(Task.plan_id, ids, Task.ended_in.is_(None))
    assignments = _counts(Assignment.plan_id, ids)
    return [
        PlanRow(
            plan.id, plan.name, plan.year, plan.state, owner, plan.document_number, plan.adopted_at, plan.issued_at,
            tasks.get(plan.id, 0), assignments.get(plan.id, 0),
        )
        for plan, owner in found
    ]  # fmt: skip


def _counts(column: InstrumentedAttribute[int], ids: Iterable[int], *where: ColumnElement[bool]) -> dict[int, int]:
    """How many rows have each of these ids in the column."""
    statement = select(column, func.count()).where(column.in_(list(ids)), *where).group_by(column)
    return dict(session.execute(statement).tuples().all())


@dataclass(frozen=True, slots=True)
class PlanView:
    id: int
    name: str
    year: int
    state: str
    owner_unit_id: int
    owner: str
    document_title: str
    document_number: str
    document_issuer: str
    document_issued_on: date | None
    draft_id: int | None
    policy: Policy
    adopted_at: datetime
    issued_at: datetime | None
    version: int
    tasks: int
    chapters: int
    assignments: int
    units: int
    unclaimed: int
    """Tasks that no unit has yet (待认领)."""
    whole: bool
    """Whether the viewer sees all of it."""
    runs: bool
    """Whether the viewer is its lead office."""
    ended: int
    """Tasks that a later edition has no more."""
    waiting: int
    """Assignments of an issued plan that wait to be issued (待下发)."""


def plan_view(plan_id: int, viewer: Viewer) -> PlanView:
    """Raises NotFound where there is none or the viewer may not know of it."""
    found = session.execute(
        select(Plan, Unit.name).join(Unit, Unit.id == Plan.owner_unit_id).where(Plan.id == plan_id, plans_of(viewer))
    ).first()
    if found is None:
        raise NotFound
    plan, owner = found
    standing = Task.ended_in.is_(None)
    counts = session.execute(
        select(
            select(func.count()).select_from(Task).where(Task.plan_id == plan_id, standing).scalar_subquery(),
            select(func.count(Task.chapter_id.distinct())).where(Task.plan_id == plan_id, standing).scalar_subquery(),
            select(func.count()).select_from(Assignment).where(Assignment.plan_id == plan_id).scalar_subquery(),
            select(func.count(Assignment.unit_id.distinct())).where(Assignment.plan_id == plan_id).scalar_subquery(),
            select(func.count()).select_from(Task).where(Task.plan_id == plan_id, nobody_has()).scalar_subquery(),
            select(func.count()).select_from(Task).where(Task.plan_id == plan_id, ~standing).scalar_subquery(),
            select(func.count())
            .select_from(Assignment)
            .where(Assignment.plan_id == plan_id, Assignment.state == "draft")
            .scalar_subquery(),
        )
    ).one()
    tasks, chapters, assignments, units, unclaimed, ended, waiting = counts
    return PlanView(
        plan.id, plan.name, plan.year, plan.state, plan.owner_unit_id, owner, plan.document_title,
        plan.document_number, plan.document_issuer, plan.document_issued_on, plan.draft_id, read_policy(plan.policy),
        plan.adopted_at, plan.issued_at, plan.version, tasks, chapters, assignments, units, unclaimed,
        sees_plan(viewer, plan.owner_unit_id), runs_plan(viewer, plan.owner_unit_id),
        ended, waiting if plan.state == "issued" else 0,
    )  # fmt: skip


def plan_choices(viewer: Viewer) -> list[tuple[int, str]]:
    """(id, name) for a list to choose from, the newest year first."""
    statement = select(Plan.id, Plan.name).where(plans_of(viewer)).order_by(Plan.year.desc(), Plan.id.desc())
    return [(row.id, row.name) for row in session.execute(statement)]


def plans_of_document(number: str, title: str, viewer: Viewer) -> list[tuple[int, str]]:
    """(id, name) of the plans that were adopted from a document: told by its number (文号), or else by its title."""
    same = Plan.document_number == number if number else Plan.document_title == title
    statement = select(Plan.id, Plan.name).where(same, plans_of(viewer)).order_by(Plan.id)
    return [(row.id, row.name) for row in session.execute(statement)]


def plan_of_draft(draft_id: int) -> tuple[int, str] | None:
    """(id, name) of the plan that was adopted from a draft, or whose edition it became."""
    edition = select(PlanEdition.plan_id).where(PlanEdition.draft_id == draft_id)
    row = session.execute(
        select(Plan.id, Plan.name).where(or_(Plan.draft_id == draft_id, Plan.id.in_(edition)))
    ).first()
    return (row.id, row.name) if row else None
