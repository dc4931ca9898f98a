"""Issuing (下发): what every task of a plan would owe, and the picture of it before it is done."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import select

from tracker.accounts.roles import Role, Viewer
from tracker.db import canonical_json, session
from tracker.errors import NotFound
from tracker.plans.models import Assignment, Plan, Task, TaskText
from tracker.plans.policy import Policy, read_policy
from tracker.plans.states import REPORTING_ROLES
from tracker.progress.calendar import uncovered
from tracker.progress.obligations import Dated, for_plan, read_phrases
from tracker.progress.queries.calendar import workdays
from tracker.units.models import Unit
from tracker.units.queries import covers


@dataclass(slots=True)
class UnitLoad:
    """What one unit is about to get."""

    unit_id: int
    unit: str
    roles: dict[str, int] = field(default_factory=dict)
    """Role → number of tasks."""
    tasks: int = 0
    obligations: int = 0
    past: int = 0
    """Obligations whose date has already passed."""


@dataclass(frozen=True, slots=True)
class IssuePreview:
    plan_id: int
    plan: str
    state: str
    version: int
    policy: Policy
    tasks: int
    assignments: int
    obligations: int
    past: int
    units: list[UnitLoad]
    unclaimed: list[tuple[int, str | None, str]]
    """Tasks that no unit would report on: (id, number, name)."""
    uncovered_years: tuple[int, ...]


def due_by_task(plan: Plan, issued: date) -> dict[int, tuple[Dated, ...]]:
    """What each task of a plan owes when it is issued on a day. Equal deadlines are worked out once."""
    policy, calendar = read_policy(plan.policy), workdays()
    rows = session.execute(
        select(TaskText.task_id, TaskText.deadlines)
        .join(Task, Task.id == TaskText.task_id)
        .where(Task.plan_id == plan.id)
        .order_by(Task.position)
    )
    known: dict[str, tuple[Dated, ...]] = {}
    found: dict[int, tuple[Dated, ...]] = {}
    for task_id, deadlines in rows:
        key = canonical_json(deadlines)
        if key not in known:
            known[key] = for_plan(
                read_phrases(deadlines), year=plan.year, proof=policy.proof, roll=policy.roll, workdays=calendar,
                issued=issued,
            )  # fmt: skip
        found[task_id] = known[key]
    return found


def issue_preview(plan_id: int, viewer: Viewer, *, today: date) -> IssuePreview:
    """Raises NotFound where the viewer is not the plan's lead office. A fixed number of statements."""
    plan = session.get(Plan, plan_id)
    if plan is None or not covers(viewer, plan.owner_unit_id, Role.LEAD_OFFICE):
        raise NotFound
    due = due_by_task(plan, today)
    rows = session.execute(
        select(Assignment.task_id, Assignment.unit_id, Assignment.role, Unit.name)
        .join(Unit, Unit.id == Assignment.unit_id)
        .where(Assignment.plan_id == plan_id, Assignment.state == "draft")
        .order_by(Unit.sort_key, Unit.id, Assignment.id)
    ).all()
    loads = _loads(rows, due, today)
    reporting = {row.task_id for row in rows if row.role in REPORTING_ROLES}
    tasks = session.execute(
        select(Task.id, Task.number, Task.name).where(Task.plan_id == plan_id).order_by(Task.position)
    ).all()
    days = [one.printed for dated in due.values() for one in dated]
    policy = read_policy(plan.policy)
    return IssuePreview(
        plan.id, plan.name, plan.state, plan.version, policy, len(tasks), len(rows),
        sum(load.obligations for load in loads), sum(load.past for load in loads), loads,
        [(task.id, task.number, task.name) for task in tasks if task.id not in reporting],
        uncovered(days, workdays().covers) if policy.roll != "none" else (),
    )  # fmt: skip


def _loads(rows: Any, due: Mapping[int, tuple[Dated, ...]], today: date) -> list[UnitLoad]:
    loads: dict[int, UnitLoad] = {}
    for row in rows:
        load = loads.setdefault(row.unit_id, UnitLoad(row.unit_id, row.name))
        load.tasks += 1
        load.roles[row.role] = load.roles.get(row.role, 0) + 1
        if row.role in REPORTING_ROLES:
            dated = due.get(row.task_id, ())
            load.obligations += len(dated)
            load.past += sum(1 for one in dated if one.due < today)
    return list(loads.values())
