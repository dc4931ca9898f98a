"""The tasks of a plan, page by page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import ColumnElement, exists, func, select
from sqlalchemy.orm import aliased

from tracker.accounts.roles import Viewer
from tracker.db import session
from tracker.plans.models import Assignment, AssignmentSource, Chapter, Plan, Task, TaskText
from tracker.plans.queries.visible import nobody_has, tasks_of
from tracker.plans.states import ASSIGNMENT_STATES, ROLE_ORDER
from tracker.plans.wording import is_cut, rest_of
from tracker.units.kinds import group_of
from tracker.units.models import Unit
from tracker.web.numbers import whole_number
from tracker.web.paging import PAGE_SIZE, Page, decode, page_of


@dataclass(frozen=True, slots=True)
class TaskFilter:
    chapter_id: int | None = None
    unit_id: int | None = None
    text: str = ""
    unclaimed: bool = False
    """Tasks that no unit has yet (待认领) only."""
    ended: bool = False
    """Tasks that a later edition has no more, instead of those that stand."""


@dataclass(frozen=True, slots=True)
class TaskRow:
    id: int
    position: int
    chapter_id: int
    chapter: str
    number: str | None
    name: str
    requirement: str
    deadlines: list[dict[str, Any]]
    expressions: list[tuple[str, str]] = field(default_factory=list)
    """(role, expression as printed), the strongest role first."""
    states: list[tuple[str, int]] = field(default_factory=list)
    """(state, how many assignments), in the order of the work."""

    @property
    def is_cut(self) -> bool:
        return is_cut(self.name, self.requirement)

    @property
    def rest(self) -> str:
        return rest_of(self.name, self.requirement)


def task_page(
    plan_id: int, viewer: Viewer, wanted: TaskFilter, *, cursor: str | None = None, size: int = PAGE_SIZE
) -> Page[TaskRow]:
    """A page of a plan's tasks in printed order. Four statements, whatever the size."""
    where = [Task.plan_id == plan_id, tasks_of(viewer), *conditions(wanted)]
    total = session.scalar(
        select(func.count()).select_from(Task).join(Plan).join(TaskText, TaskText.task_id == Task.id).where(*where)
    )
    after = decode(cursor, 1) if cursor else None
    backwards = bool(after and after[0])
    statement = (
        select(Task, Chapter.title, TaskText.requirement, TaskText.deadlines)
        .join(Plan, Plan.id == Task.plan_id)
        .join(Chapter, Chapter.id == Task.chapter_id)
        .join(TaskText, TaskText.task_id == Task.id)
        .where(*where)
        .order_by(Task.position.desc() if backwards else Task.position)
        .limit(size + 1)
    )
    if after:
        position = whole_number(after[1][0]) or 0
        statement = statement.where(Task.position < position if backwards else Task.position > position)
    rows = [
        TaskRow(task.id, task.position, task.chapter_id, chapter, task.number, task.name, requirement, deadlines)
        for task, chapter, requirement, deadlines in session.execute(statement)
    ]
    page = page_of(
        rows,
        lambda row: [row.position],
        size=size,
        came_from=cursor if after else None,
        backwards=backwards,
        total=total,
    )
    fill(page.rows)
    return page


def conditions(wanted: TaskFilter) -> list[ColumnElement[bool]]:
    """On Task joined with its TaskText."""
    where: list[ColumnElement[bool]] = [Task.ended_in.is_not(None) if wanted.ended else Task.ended_in.is_(None)]
    if wanted.chapter_id is not None:
        where.append(Task.chapter_id == wanted.chapter_id)
    if wanted.unit_id is not None:
        where.append(
            exists(select(Assignment.id).where(Assignment.task_id == Task.id, Assignment.unit_id == wanted.unit_id))
        )
    if wanted.unclaimed:
        where.append(nobody_has())
    where.extend(
        Task.name.contains(word, autoescape=True)
        | TaskText.requirement.contains(word, autoescape=True)
        | (Task.number == word)
        for word in wanted.text.split()
    )
    return where


def fill(rows: Sequence[TaskRow]) -> None:
    """Adds who has each task, and how far they are. Two statements."""
    by_id = {row.id: row for row in rows}
    expressions = (
        select(Assignment.task_id, Assignment.role, AssignmentSource.expression, func.min(Assignment.id))
        .join(AssignmentSource, AssignmentSource.assignment_id == Assignment.id)
        .where(Assignment.task_id.in_(by_id))
        .group_by(Assignment.task_id, Assignment.role, AssignmentSource.expression)
        .order_by(func.min(Assignment.id))
    )
    for task_id, role, expression, _first in session.execute(expressions):
        by_id[task_id].expressions.append((role, expression))
    states = (
        select(Assignment.task_id, Assignment.state, func.count())
        .where(Assignment.task_id.in_(by_id))
        .group_by(Assignment.task_id, Assignment.state)
        .order_by(Assignment.task_id, Assignment.state)
    )
    for task_id, state, count in session.execute(states):
        by_id[task_id].states.append((state, count))
    for row in rows:
        row.expressions.sort(key=lambda pair: ROLE_ORDER[pair[0]])
        row.states.sort(key=lambda pair: ASSIGNMENT_STATES.index(pair[0]))


def chapters(plan_id: int, viewer: Viewer) -> list[tuple[int, str, int]]:
    """(id, title, tasks the viewer sees) in printed order."""
    statement = (
        select(Chapter.id, Chapter.title, func.count(Task.id))
        .join(Task, Task.chapter_id == Chapter.id)
        .join(Plan, Plan.id == Task.plan_id)
        .where(Chapter.plan_id == plan_id, Task.ended_in.is_(None), tasks_of(viewer))
        .group_by(Chapter.id, Chapter.title, Chapter.position)
        .order_by(Chapter.position)
    )
    return [(row[0], row[1], row[2]) for row in session.execute(statement)]


def units_of(plan_id: int, viewer: Viewer) -> list[tuple[int, str]]:
    """(id, name) of the units that have a part in the tasks of a plan that the viewer sees, in printed order."""
    each = aliased(Assignment)  # `tasks_of` asks for the viewer's own
    part = select(each.unit_id).join(Task, Task.id == each.task_id).join(Plan, Plan.id == Task.plan_id)
    part = part.where(each.plan_id == plan_id, tasks_of(viewer))
    statement = select(Unit.id, Unit.name).where(Unit.id.in_(part)).order_by(Unit.sort_key, Unit.id)
    return [(row.id, row.name) for row in session.execute(statement)]


@dataclass(frozen=True, slots=True)
class UnitShare:
    """What a plan asks of one unit."""

    unit_id: int
    unit: str
    group: str
    roles: tuple[tuple[str, int], ...]
    """(role, in how many tasks), the strongest role first."""

    @property
    def assignments(self) -> int:
        return sum(count for _role, count in self.roles)


def unit_shares(plan_id: int) -> list[UnitShare]:
    """Every unit of a plan with its part in it, in printed order. One statement."""
    statement = (
        select(Unit.id, Unit.name, Unit.kind, Assignment.role, func.count())
        .join(Unit, Unit.id == Assignment.unit_id)
        .where(Assignment.plan_id == plan_id)
        .group_by(Unit.id, Unit.name, Unit.kind, Unit.sort_key, Assignment.role)
        .order_by(Unit.sort_key, Unit.id)
    )
    found: dict[tuple[int, str, str], list[tuple[str, int]]] = {}
    for unit_id, name, kind, role, count in session.execute(statement):
        found.setdefault((unit_id, name, group_of(kind)), []).append((role, count))
    return [
        UnitShare(unit_id, name, group, tuple(sorted(roles, key=lambda pair: ROLE_ORDER[pair[0]])))
        for (unit_id, name, group), roles in found.items()
    ]
