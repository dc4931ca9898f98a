"""What a plan would ask its units again (重复收集): tasks like those that they answer in plans that run already."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, exists, func, select

from tracker.accounts.roles import Viewer
from tracker.db import session
from tracker.plans.editions import Item
from tracker.plans.models import Assignment, Plan, Task, TaskText
from tracker.plans.states import LIVE, REPORTING_ROLES
from tracker.progress.asked_again import tasks_alike
from tracker.progress.models import Obligation, Return, ReturnText
from tracker.progress.queries.issuing import own_plan
from tracker.progress.queries.scope import ARRIVED, unit_ids, within
from tracker.progress.states import UNFINISHED
from tracker.units.models import Unit
from tracker.web.kept import settled
from tracker.web.paging import PAGE_SIZE, Page, page_at


@dataclass(frozen=True, slots=True)
class Answered:
    """What a unit reported last on a task, as it left the unit."""

    obligation_id: int
    percent: int
    done: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Running:
    """A task of a running plan in the hands of a unit."""

    assignment_id: int
    plan: str
    number: str | None
    task: str
    answered: Answered | None


@dataclass(frozen=True, slots=True)
class AskedAgain:
    """A task that is about to go to a unit, and the running one that asks the unit the same."""

    task_id: int
    number: str | None
    task: str
    unit: str
    running: Running


def asked_again(plan_id: int, viewer: Viewer, *, cursor: str | None = None, size: int = PAGE_SIZE) -> Page[AskedAgain]:
    """In printed order, each with the most alike of the running tasks. Raises NotFound where the viewer is not the plan's
    lead office. At most six statements; what is alike is sought once, until a plan changes."""
    page = page_at(_pairs(own_plan(plan_id, viewer), viewer), cursor, size)
    running = _tasks_running([there for _row, there in page.rows])
    rows = [AskedAgain(row.id, row.number, row.name, row.unit, running[there]) for row, there in page.rows]
    return Page(rows, page.next, page.previous, page.total)


def _pairs(plan: Plan, viewer: Viewer) -> list[tuple[Row[Any], int]]:
    """(task that goes to a unit, the unit's assignment under the running plan)."""
    first = date(plan.year, 1, 1)
    alike = settled(
        ("tasks alike", plan.id), lambda: tasks_alike(_running(plan, first), _items(Task.plan_id == plan.id))
    )
    held = _held(plan, {key for those in alike.values() for key in those}, viewer, first) if alike else {}
    statement = (
        select(Task.id, Task.number, Task.name, Assignment.unit_id, Unit.name.label("unit"))
        .join(Assignment, Assignment.task_id == Task.id)
        .join(Unit, Unit.id == Assignment.unit_id)
        .where(Task.id.in_(alike), Assignment.state == "draft", Assignment.role.in_(REPORTING_ROLES))
        .order_by(Task.position, Unit.sort_key, Unit.id)
    )
    found = []
    for row in session.execute(statement) if held else ():
        there = next((held[key, row.unit_id] for key in alike[row.id] if (key, row.unit_id) in held), None)
        if there is not None:
            found.append((row, there))
    return found


def _running(plan: Plan, first: date) -> list[Item]:
    """Tasks of other plans under which anything is owed from the first day of the plan's year on."""
    owed = exists().where(Obligation.plan_id == Plan.id, *_owed_since(first))
    others = select(Plan.id).where(Plan.state == "issued", Plan.id != plan.id, owed)
    return _items(Task.plan_id.in_(others))


def _owed_since(first: date) -> tuple[ColumnElement[bool], ...]:
    return Obligation.state.in_((*UNFINISHED, "accepted")), Obligation.due_on >= first


def _items(which: ColumnElement[bool]) -> list[Item]:
    """Tasks by what they ask for."""
    rows = session.execute(
        select(Task.id, Task.position, Task.name, TaskText.requirement, TaskText.path)
        .join(TaskText, TaskText.task_id == Task.id)
        .where(which, Task.ended_in.is_(None))
        .order_by(Task.id)
    )
    return [Item(row.id, row.position, row.name, row.requirement, tuple(row.path)) for row in rows]


def _held(plan: Plan, task_ids: Collection[int], viewer: Viewer, first: date) -> dict[tuple[int, int], int]:
    """(running task, unit that the plan goes to) → the assignment by which the unit reports on it."""
    units = select(Assignment.unit_id).where(Assignment.plan_id == plan.id, Assignment.state == "draft")
    statement = select(Assignment.id, Assignment.task_id, Assignment.unit_id).where(
        Assignment.task_id.in_(task_ids), Assignment.unit_id.in_(units), within(Assignment.unit_id, unit_ids(viewer)),
        Assignment.state.in_(LIVE), Assignment.role.in_(REPORTING_ROLES),
        exists().where(Obligation.assignment_id == Assignment.id, *_owed_since(first)),
    )  # fmt: skip
    return {(row.task_id, row.unit_id): row.id for row in session.execute(statement.order_by(Assignment.id))}


def _tasks_running(assignment_ids: Sequence[int]) -> dict[int, Running]:
    last = (
        select(Obligation.assignment_id, func.max(Return.id).label("id"))
        .join(Return, Return.obligation_id == Obligation.id)
        .where(Obligation.assignment_id.in_(assignment_ids), Return.state.in_(ARRIVED))
        .group_by(Obligation.assignment_id)
        .subquery()
    )
    statement = (
        select(Assignment.id, Plan.name.label("plan"), Task.number, Task.name, Return, ReturnText.done)
        .join(Plan, Plan.id == Assignment.plan_id)
        .join(Task, Task.id == Assignment.task_id)
        .outerjoin(last, last.c.assignment_id == Assignment.id)
        .outerjoin(Return, Return.id == last.c.id)
        .outerjoin(ReturnText, ReturnText.return_id == Return.id)
        .where(Assignment.id.in_(assignment_ids))
        .order_by(Assignment.id)
    )
    return {
        row.id: Running(row.id, row.plan, row.number, row.name, _answered(row.Return, row.done))
        for row in session.execute(statement)
    }


def _answered(version: Return | None, done: str) -> Answered | None:
    if version is None or version.submitted_at is None:
        return None
    return Answered(version.obligation_id, version.percent, done, version.submitted_at)
