"""Requests for more time (延期申请): of one report, and those that wait for the lead office."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import aliased

from tracker.accounts.models import Person
from tracker.accounts.roles import Viewer
from tracker.db import session
from tracker.errors import NotFound
from tracker.plans.models import Plan, Task
from tracker.progress.models import Extension, Obligation
from tracker.progress.queries.scope import led_plans
from tracker.units.models import Unit
from tracker.web.paging import PAGE_SIZE


@dataclass(frozen=True, slots=True)
class ExtensionRow:
    id: int
    obligation_id: int
    state: str
    reason: str
    progress: str
    due_before: date
    until: date
    granted_until: date | None
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
    original_due_on: date
    kind: str
    text: str
    period: str


def _rows() -> Select[Any]:
    asker, decider = aliased(Person), aliased(Person)
    return (
        select(
            Extension, asker.name.label("asker"), decider.name.label("decider"), Plan.name.label("plan"),
            Task.id.label("task_id"), Task.number, Task.name.label("task"), Unit.name.label("unit"),
            Obligation.original_due_on, Obligation.kind, Obligation.text, Obligation.period,
        )
        .join(Obligation, Obligation.id == Extension.obligation_id)
        .join(Plan, Plan.id == Obligation.plan_id)
        .join(Task, Task.id == Obligation.task_id)
        .join(Unit, Unit.id == Obligation.unit_id)
        .join(asker, asker.id == Extension.asked_by)
        .outerjoin(decider, decider.id == Extension.decided_by)
    )  # fmt: skip


def _row(row: Any) -> ExtensionRow:
    one: Extension = row.Extension
    return ExtensionRow(
        one.id, one.obligation_id, one.state, one.reason, one.progress, one.due_before, one.until, one.granted_until,
        row.asker, one.asked_at, row.decider or "", one.decided_at, one.note, one.version, row.plan, row.task_id,
        row.number, row.task, row.unit, row.original_due_on, row.kind, row.text, row.period,
    )  # fmt: skip


def extensions_of(obligation_id: int) -> list[ExtensionRow]:
    """All requests for one report, the newest first; whoever may see the report may see them."""
    statement = _rows().where(Extension.obligation_id == obligation_id).order_by(Extension.id.desc())
    return [_row(row) for row in session.execute(statement)]


def extensions(viewer: Viewer, *, decided: bool = False) -> list[ExtensionRow]:
    """Requests to the lead office the viewer belongs to: those that wait, the earliest date first; or the last decided."""
    statement = _rows().where(Obligation.plan_id.in_(led_plans(viewer)))
    if decided:
        statement = statement.where(Extension.state.in_(("granted", "refused")))
        statement = statement.order_by(Extension.decided_at.desc(), Extension.id.desc())
    else:
        statement = statement.where(Extension.state == "asked").order_by(Extension.due_before, Extension.id)
    return [_row(row) for row in session.execute(statement.limit(PAGE_SIZE * 4))]


def extension_view(extension_id: int, viewer: Viewer) -> ExtensionRow:
    """Raises NotFound where the viewer's office does not lead its plan."""
    statement = _rows().where(Extension.id == extension_id, Obligation.plan_id.in_(led_plans(viewer)))
    row = session.execute(statement).first()
    if row is None:
        raise NotFound
    return _row(row)


def _waiting(viewer: Viewer, what: Any) -> Select[Any]:
    """`what` of the requests that wait for the lead office the viewer belongs to."""
    return (
        select(what)
        .select_from(Extension)
        .join(Obligation, Obligation.id == Extension.obligation_id)
        .where(Extension.state == "asked", Obligation.plan_id.in_(led_plans(viewer)))
    )


def next_extension(viewer: Viewer) -> int | None:
    """The request to decide next: the one with the earliest date."""
    found: int | None = session.scalar(
        _waiting(viewer, Extension.id).order_by(Extension.due_before, Extension.id).limit(1)
    )
    return found


def count_extensions(viewer: Viewer) -> int:
    return session.scalar(_waiting(viewer, func.count())) or 0
