"""Requests (申请): of one task or report, those that wait for the lead office, and those it has decided."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import aliased

from tracker.accounts.models import Person
from tracker.accounts.roles import Viewer
from tracker.db import session
from tracker.errors import NotFound
from tracker.plans.models import Assignment, Plan, Task
from tracker.progress.models import Obligation, Request
from tracker.progress.queries.narrowing import EVERYTHING, Narrowed
from tracker.progress.queries.scope import led_plans
from tracker.progress.states import REQUESTS, RequestKind
from tracker.units.models import Unit
from tracker.web.paging import PAGE_SIZE

DECIDED = ("granted", "refused", "ended")
RECENT = 20
"""So many of the last decided are listed; the pages of tasks and reports have them all."""


@dataclass(frozen=True, slots=True)
class RequestRow:
    id: int
    kind: RequestKind
    assignment_id: int
    obligation_id: int | None
    state: str
    reason: str
    progress: str
    condition: str
    due_before: date | None
    """Of the report: as it is while the request waits, then as it was when it was asked for."""
    until: date | None
    granted_until: date | None
    ended_on: date | None
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
    """Of the task, as last accepted."""
    due_on: date | None
    """What follows is of the report it is about; empty for one about the whole task."""
    original_due_on: date | None
    due_kind: str
    text: str
    period: str
    timing: str

    def suspends(self, today: date) -> bool:
        """Whether the task is suspended by it as of a day."""
        lasts = self.granted_until is None or self.granted_until >= today
        return self.kind == "suspension" and self.state == "granted" and lasts


def _rows() -> Select[Any]:
    asker, decider = aliased(Person), aliased(Person)
    return (
        select(
            Request, asker.name.label("asker"), decider.name.label("decider"), Plan.name.label("plan"),
            Task.id.label("task_id"), Task.number, Task.name.label("task"), Unit.name.label("unit"), Assignment.percent,
            Obligation.due_on, Obligation.original_due_on, Obligation.kind.label("due_kind"), Obligation.text,
            Obligation.period, Obligation.timing,
        )
        .join(Assignment, Assignment.id == Request.assignment_id)
        .outerjoin(Obligation, Obligation.id == Request.obligation_id)
        .join(Plan, Plan.id == Assignment.plan_id)
        .join(Task, Task.id == Assignment.task_id)
        .join(Unit, Unit.id == Assignment.unit_id)
        .join(asker, asker.id == Request.asked_by)
        .outerjoin(decider, decider.id == Request.decided_by)
    )  # fmt: skip


def _row(row: Any) -> RequestRow:
    one: Request = row.Request
    due = row.due_on if one.state == "asked" else one.due_before
    return RequestRow(
        one.id, one.kind, one.assignment_id, one.obligation_id, one.state, one.reason, one.progress, one.condition,
        due, one.until, one.granted_until, one.ended_on, row.asker, one.asked_at, row.decider or "",
        one.decided_at, one.note, one.version, row.plan, row.task_id, row.number, row.task, row.unit, row.percent,
        row.due_on, row.original_due_on, row.due_kind or "", row.text or "", row.period or "", row.timing or "",
    )  # fmt: skip


def requests_for_task(assignment_id: int) -> list[RequestRow]:
    """About the whole task, the newest first; whoever may see the task may see them."""
    return _of(Request.assignment_id == assignment_id, Request.obligation_id.is_(None))


def requests_for_report(obligation_id: int) -> list[RequestRow]:
    """About one report, the newest first; whoever may see the report may see them."""
    return _of(Request.obligation_id == obligation_id)


def _of(*conditions: ColumnElement[bool]) -> list[RequestRow]:
    return [_row(row) for row in session.execute(_rows().where(*conditions).order_by(Request.id.desc()))]


def requests(
    viewer: Viewer, kind: RequestKind | None = None, wanted: Narrowed = EVERYTHING, *, decided: bool = False
) -> list[RequestRow]:
    """Requests to the lead office the viewer belongs to, of one kind or of all: those that wait, the earliest date of a
    report first, then the longest waiting; or the last decided."""
    asked = (Assignment.plan_id.in_(led_plans(viewer)), *([Request.kind == kind] if kind else ()))
    statement = _rows().where(*asked, *wanted.of(Assignment))
    if decided:
        statement = statement.where(Request.state.in_(DECIDED)).order_by(Request.decided_at.desc(), Request.id.desc())
    else:
        statement = statement.where(Request.state == "asked").order_by(*_waiting_order())
    return [_row(row) for row in session.execute(statement.limit(RECENT if decided else PAGE_SIZE * 4))]


def _waiting_order() -> tuple[Any, ...]:
    return Request.due_before.is_(None), Request.due_before, Request.asked_at, Request.id


def request_view(request_id: int, viewer: Viewer) -> RequestRow:
    """Raises NotFound where the viewer's office does not lead its plan."""
    row = session.execute(
        _rows().where(Request.id == request_id, Assignment.plan_id.in_(led_plans(viewer)))
    ).first()  # fmt: skip
    if row is None:
        raise NotFound
    return _row(row)


def _waiting(viewer: Viewer, *what: Any) -> Select[Any]:
    """`what` of the requests that wait for the lead office the viewer belongs to."""
    return (
        select(*what)
        .select_from(Request)
        .join(Assignment, Assignment.id == Request.assignment_id)
        .where(Request.state == "asked", Assignment.plan_id.in_(led_plans(viewer)))
    )


def next_request(viewer: Viewer, kind: RequestKind, wanted: Narrowed = EVERYTHING) -> int | None:
    """The request to decide next: one of this kind first, since like is decided with like."""
    order = (Request.kind != kind, *_waiting_order())
    waiting = _waiting(viewer, Request.id).where(*wanted.of(Assignment))
    found: int | None = session.scalar(waiting.order_by(*order).limit(1))
    return found


def requests_waiting(viewer: Viewer, wanted: Narrowed = EVERYTHING) -> dict[RequestKind, int]:
    """Kind → how many wait for the viewer's office, every kind named."""
    counted = _waiting(viewer, Request.kind, func.count()).where(*wanted.of(Assignment)).group_by(Request.kind)
    found: dict[RequestKind, int] = {row[0]: row[1] for row in session.execute(counted.order_by(Request.kind))}
    return {kind: found.get(kind, 0) for kind in REQUESTS}


def count_requests(viewer: Viewer) -> int:
    return sum(requests_waiting(viewer).values())
