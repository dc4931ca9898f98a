"""Requests that a task be closed (办结申请): of one task, and those that wait for the lead office."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import aliased

from tracker.accounts.models import Person
from tracker.accounts.roles import Viewer
from tracker.db import session
from tracker.errors import NotFound
from tracker.plans.models import Assignment, Plan, Task
from tracker.progress.models import Closing
from tracker.progress.queries.scope import led_plans
from tracker.units.models import Unit
from tracker.web.paging import PAGE_SIZE


@dataclass(frozen=True, slots=True)
class ClosingRow:
    id: int
    assignment_id: int
    state: str
    summary: str
    asker: str
    asked_at: datetime
    decider: str
    decided_at: datetime | None
    note: str
    version: int
    plan: str
    task_id: int
    number: str | None
    task: str
    unit: str
    percent: int


def _rows() -> Select[Any]:
    asker, decider = aliased(Person), aliased(Person)
    return (
        select(
            Closing, asker.name.label("asker"), decider.name.label("decider"), Plan.name.label("plan"),
            Task.id.label("task_id"), Task.number, Task.name.label("task"), Unit.name.label("unit"), Assignment.percent,
        )
        .join(Assignment, Assignment.id == Closing.assignment_id)
        .join(Plan, Plan.id == Assignment.plan_id)
        .join(Task, Task.id == Assignment.task_id)
        .join(Unit, Unit.id == Assignment.unit_id)
        .join(asker, asker.id == Closing.asked_by)
        .outerjoin(decider, decider.id == Closing.decided_by)
    )  # fmt: skip


def _row(row: Any) -> ClosingRow:
    one: Closing = row.Closing
    return ClosingRow(
        one.id, one.assignment_id, one.state, one.summary, row.asker, one.asked_at, row.decider or "", one.decided_at,
        one.note, one.version, row.plan, row.task_id, row.number, row.task, row.unit, row.percent,
    )  # fmt: skip


def closings_of(assignment_id: int) -> list[ClosingRow]:
    """All requests for one task, the newest first; whoever may see the task may see them."""
    statement = _rows().where(Closing.assignment_id == assignment_id).order_by(Closing.id.desc())
    return [_row(row) for row in session.execute(statement)]


def closings(viewer: Viewer, *, decided: bool = False) -> list[ClosingRow]:
    """Requests to the lead office the viewer belongs to: those that wait, the oldest first; or the last decided."""
    statement = _rows().where(Assignment.plan_id.in_(led_plans(viewer)))
    if decided:
        statement = statement.where(Closing.state.in_(("closed", "refused")))
        statement = statement.order_by(Closing.decided_at.desc(), Closing.id.desc())
    else:
        statement = statement.where(Closing.state == "asked").order_by(Closing.asked_at, Closing.id)
    return [_row(row) for row in session.execute(statement.limit(PAGE_SIZE * 4))]


def closing_view(closing_id: int, viewer: Viewer) -> ClosingRow:
    """Raises NotFound where the viewer's office does not lead its plan."""
    row = session.execute(_rows().where(Closing.id == closing_id, Assignment.plan_id.in_(led_plans(viewer)))).first()
    if row is None:
        raise NotFound
    return _row(row)


def _waiting(viewer: Viewer, what: Any) -> Select[Any]:
    """`what` of the requests that wait for the lead office the viewer belongs to."""
    return (
        select(what)
        .select_from(Closing)
        .join(Assignment, Assignment.id == Closing.assignment_id)
        .where(Closing.state == "asked", Assignment.plan_id.in_(led_plans(viewer)))
    )


def next_closing(viewer: Viewer) -> int | None:
    """The request to decide next: the one that waits longest."""
    found: int | None = session.scalar(_waiting(viewer, Closing.id).order_by(Closing.asked_at, Closing.id).limit(1))
    return found


def count_closings(viewer: Viewer) -> int:
    return session.scalar(_waiting(viewer, func.count())) or 0
