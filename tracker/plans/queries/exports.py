"""A plan as the table it was issued as, task by task in flat memory."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select

from tracker.accounts.roles import Viewer
from tracker.db import session
from tracker.plans.models import Assignment, AssignmentSource, Plan, Task, TaskTarget, TaskText
from tracker.plans.queries.visible import tasks_of
from tracker.plans.states import ROLES

CHUNK = 500


@dataclass(frozen=True, slots=True)
class BreakdownShape:
    """What the columns of the table depend on."""

    levels: int
    roles: tuple[str, ...]
    has_targets: bool
    tasks: int


@dataclass(frozen=True, slots=True)
class BreakdownEntry:
    task_id: int
    path: tuple[str, ...]
    number: str | None
    name: str
    requirement: str
    units: dict[str, tuple[str, ...]]
    """Role → unit expressions as the document has them, in printed order."""
    deadlines: tuple[str, ...]
    targets: tuple[str, ...]
    locator: str


def _seen(viewer: Viewer | None) -> list[Any]:
    return [] if viewer is None else [tasks_of(viewer)]


def breakdown_shape(plan_id: int, viewer: Viewer | None) -> BreakdownShape:
    """Three statements; without a viewer (jobs) of all tasks."""
    paths = session.scalars(
        select(TaskText.path).join(Task, Task.id == TaskText.task_id).join(Plan, Plan.id == Task.plan_id)
        .where(Task.plan_id == plan_id, Task.ended_in.is_(None), *_seen(viewer)).order_by(Task.position)
    ).all()  # fmt: skip
    held = set(
        session.scalars(
            select(Assignment.role).where(Assignment.plan_id == plan_id).distinct().order_by(Assignment.role)
        )
    )
    targets = session.scalar(
        select(func.count()).select_from(TaskTarget).join(Task, Task.id == TaskTarget.task_id)
        .where(Task.plan_id == plan_id, TaskTarget.ended.is_(False))
    )  # fmt: skip
    roles = tuple(role for role in ROLES if role in held)
    return BreakdownShape(max((len(path) for path in paths), default=0), roles, bool(targets), len(paths))


def breakdown_rows(plan_id: int, viewer: Viewer | None) -> Iterator[BreakdownEntry]:
    """Tasks in printed order."""
    statement = (
        select(
            Task.id, Task.number, Task.name, TaskText.path, TaskText.requirement, TaskText.deadlines, TaskText.locator
        )
        .join(TaskText, TaskText.task_id == Task.id)
        .join(Plan, Plan.id == Task.plan_id)
        .where(Task.plan_id == plan_id, Task.ended_in.is_(None), *_seen(viewer))
        .order_by(Task.position)
        .execution_options(yield_per=CHUNK)
    )
    for rows in session.execute(statement).partitions():
        ids = [row.id for row in rows]
        units, targets = _units(ids), _targets(ids)
        for row in rows:
            yield BreakdownEntry(
                row.id, tuple(row.path), row.number, row.name, row.requirement,
                {role: tuple(names) for role, names in units.get(row.id, {}).items()},
                tuple(deadline["text"] for deadline in row.deadlines), tuple(targets.get(row.id, ())), row.locator,
            )  # fmt: skip


def _units(task_ids: Sequence[int]) -> dict[int, dict[str, list[str]]]:
    """The expressions of each task by role, each once: a collective of twelve counties is one."""
    found: dict[int, dict[str, list[str]]] = {}
    statement = (
        select(Assignment.task_id, Assignment.role, AssignmentSource.expression, func.min(Assignment.id))
        .join(AssignmentSource, AssignmentSource.assignment_id == Assignment.id)
        .where(Assignment.task_id.in_(task_ids))
        .group_by(Assignment.task_id, Assignment.role, AssignmentSource.expression)
        .order_by(func.min(Assignment.id))
    )
    for task_id, role, expression, _first in session.execute(statement):
        found.setdefault(task_id, {}).setdefault(role, []).append(expression)
    return found


def _targets(task_ids: Sequence[int]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    statement = (
        select(TaskTarget.task_id, TaskTarget.text)
        .where(TaskTarget.task_id.in_(task_ids), TaskTarget.ended.is_(False))
        .order_by(TaskTarget.task_id, TaskTarget.position)
    )
    for task_id, text in session.execute(statement):
        found.setdefault(task_id, []).append(text)
    return found
