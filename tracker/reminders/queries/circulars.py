"""Circulars (通报) that the rules of lights ask for: what is overdue in a plan, unit by unit."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, and_, func, select

from reports.document import document_bytes
from reports.supervision import Circular, circular
from tracker.accounts.roles import Viewer
from tracker.db import session
from tracker.errors import NotFound
from tracker.plans.models import Plan, Task
from tracker.progress.models import Obligation
from tracker.progress.queries.scope import led_plans
from tracker.reminders.queries.subjects import is_overdue, plans_with
from tracker.units.models import Unit
from tracker.web.locale import html_lang, translate


@dataclass(frozen=True, slots=True)
class DueCircular:
    """A plan with something overdue that its rules want told to all."""

    plan_id: int
    plan: str
    items: int
    units: int


@dataclass(frozen=True, slots=True)
class CircularView:
    plan: str
    owner: str
    items: list[tuple[str, str, date]]
    """(unit, task with its number, date that was missed), unit by unit in printed order."""


def due_circulars(viewer: Viewer, today: date) -> list[DueCircular]:
    statement = (
        select(Plan.id, Plan.name, func.count(), func.count(Obligation.unit_id.distinct()))
        .join(Obligation, Obligation.plan_id == Plan.id)
        .where(Plan.id.in_(plans_with("circular", today, late=True)), Plan.id.in_(led_plans(viewer)), _is_told(today))
        .group_by(Plan.id, Plan.name)
        .order_by(Plan.id)
    )
    return [DueCircular(*row) for row in session.execute(statement)]


def circular_view(plan_id: int, viewer: Viewer | None, today: date) -> CircularView:
    """`viewer` is None for commands, which see all. Raises NotFound where the plan is not run by the viewer's office."""
    asked = (
        select(Plan.name, Unit.name.label("owner")).join(Unit, Unit.id == Plan.owner_unit_id).where(Plan.id == plan_id)
    )
    owner = session.execute(asked if viewer is None else asked.where(Plan.id.in_(led_plans(viewer)))).first()
    if owner is None:
        raise NotFound
    rows = session.execute(
        select(Unit.name.label("unit"), Task.number, Task.name.label("task"), Obligation.due_on)
        .join(Task, Task.id == Obligation.task_id)
        .join(Unit, Unit.id == Obligation.unit_id)
        .where(Obligation.plan_id == plan_id, _is_told(today))
        .order_by(Unit.sort_key, Unit.id, Obligation.due_on, Obligation.id)
    )
    items = [(row.unit, f"{row.number or ''} {row.task}".strip(), row.due_on) for row in rows]
    return CircularView(owner.name, owner.owner, items)


def circular_bytes(found: CircularView, *, at: datetime, today: date) -> bytes:
    """The circular as a .docx."""
    model = Circular(found.plan, found.owner, found.items, at, today)
    return document_bytes(circular(model, translate, language=html_lang()))


def _is_told(today: date) -> ColumnElement[bool]:
    """What is overdue and not excused."""
    return and_(is_overdue(today), Obligation.excuse != "waived")
