"""What a finding is registered from: a report, or an evaluator's deduction."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from tracker.accounts.roles import Role, Viewer
from tracker.db import session
from tracker.errors import NotFound
from tracker.plans.models import Plan, Task
from tracker.progress.models import Obligation
from tracker.progress.queries.scope import unit_ids, within
from tracker.rectification.queries.finding import deduction
from tracker.units.models import Unit


@dataclass(frozen=True, slots=True)
class Origin:
    source: str
    unit_id: int
    unit: str
    plan: str
    text: str = ""
    """What is said there already, as a beginning."""
    obligation_id: int | None = None
    fact_id: int | None = None
    task: str = ""
    due_on: date | None = None
    """Of the report."""


def origin_of(viewer: Viewer, *, obligation_id: int | None, fact_id: int | None) -> Origin | None:
    """None where neither is named. Raises NotFound for what there is not, or is not the viewer's to oversee."""
    if obligation_id is not None:
        return _report(obligation_id, viewer)
    return _deduction(fact_id, viewer) if fact_id is not None else None


def _report(obligation_id: int, viewer: Viewer) -> Origin:
    row = session.execute(
        select(Unit.id, Unit.name, Plan.name.label("plan"), Task.name.label("task"), Obligation.due_on)
        .join(Obligation, Obligation.unit_id == Unit.id)
        .join(Plan, Plan.id == Obligation.plan_id)
        .join(Task, Task.id == Obligation.task_id)
        .where(Obligation.id == obligation_id, within(Plan.owner_unit_id, _overseen(viewer)))
    ).first()
    if row is None:
        raise NotFound
    return Origin(
        "report", row.id, row.name, row.plan, obligation_id=obligation_id, task=row.task, due_on=row.due_on
    )  # fmt: skip


def _deduction(fact_id: int, viewer: Viewer) -> Origin:
    fact = deduction(fact_id)
    row = session.execute(
        select(Unit.name, Plan.name.label("plan"))
        .join(Plan, Plan.id == (fact["plan_id"] if fact else 0))
        .where(Unit.id == (fact["unit_id"] if fact else 0), within(Plan.owner_unit_id, _overseen(viewer)))
    ).first()
    if fact is None or row is None:
        raise NotFound
    return Origin("deduction", fact["unit_id"], row.name, row.plan, text=fact["reason"], fact_id=fact_id)


def _overseen(viewer: Viewer) -> tuple[int, ...] | None:
    return unit_ids(viewer, Role.LEAD_OFFICE, Role.EVALUATOR)
