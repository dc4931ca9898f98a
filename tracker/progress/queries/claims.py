"""Tasks without an owner (待认领), and what units offered for them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import aliased

from tracker.accounts.models import Person
from tracker.accounts.roles import UNIT_ROLES, Viewer
from tracker.db import session
from tracker.errors import Conflict, NotFound
from tracker.plans.models import Chapter, Plan, Task, TaskTarget, TaskText
from tracker.plans.queries import nobody_has
from tracker.progress.models import Claim
from tracker.progress.queries.scope import led_plans
from tracker.units.models import Unit
from tracker.web.paging import PAGE_SIZE

_decider = aliased(Person)


@dataclass(frozen=True, slots=True)
class ClaimRow:
    id: int
    task_id: int
    number: str | None
    task: str
    plan: str
    unit_id: int
    unit: str
    state: str
    words: str
    role: str | None
    asker: str
    asked_at: datetime
    decider: str
    decided_at: datetime | None
    note: str
    version: int


@dataclass(frozen=True, slots=True)
class OwnerlessTask:
    """A task that nobody has, as a unit must read it to offer itself."""

    id: int
    plan_id: int
    plan: str
    chapter: str
    number: str | None
    name: str
    requirement: str
    deadlines: list[dict[str, Any]]
    leads: bool
    """Whether the viewer belongs to its lead office."""
    units: tuple[tuple[int, str], ...]
    """Units of the viewer's that may take it."""
    targets: list[str] = field(default_factory=list)
    claims: list[ClaimRow] = field(default_factory=list)
    """What waits, as far as the viewer may read it: the lead office all, a unit its own."""
    offers: int = 0
    """How many units have offered themselves."""


def _granted(viewer: Viewer) -> list[tuple[int, str, str]]:
    """(id, name, path) of the living units that the viewer stands for."""
    rows = session.execute(
        select(Unit.id, Unit.name, Unit.path)
        .where(Unit.id.in_(viewer.units(*UNIT_ROLES)), Unit.valid_to.is_(None))
        .order_by(Unit.sort_key, Unit.id)
    )
    return [(row.id, row.name, row.path) for row in rows]


def _above(path: str) -> set[int]:
    """The units that one of this path stands below."""
    return {int(part) for part in path.strip("/").split("/")[:-1]}


def _readable(viewer: Viewer, units: list[tuple[int, str, str]]) -> ColumnElement[bool]:
    """A condition on Plan: the viewer's office leads it, or it reaches down to a unit of theirs."""
    above = {number for _id, _name, path in units for number in _above(path)}
    return or_(Plan.id.in_(led_plans(viewer)), Plan.owner_unit_id.in_(above))


def _is_given(task_id: int, viewer: Viewer) -> bool:
    """Whether somebody has a task of a plan that reaches down to the viewer, to whom it was offered while nobody had it."""
    statement = select(Task.id).join(Plan, Plan.id == Task.plan_id)
    known = statement.where(Task.id == task_id, Plan.state == "issued", _readable(viewer, _granted(viewer)))
    return session.scalar(known) is not None


def _tasks(viewer: Viewer, units: list[tuple[int, str, str]]) -> Select[Any]:
    return (
        select(Task, Plan, Chapter.title, TaskText.requirement, TaskText.deadlines)
        .join(Plan, Plan.id == Task.plan_id)
        .join(Chapter, Chapter.id == Task.chapter_id)
        .join(TaskText, TaskText.task_id == Task.id)
        .where(Plan.state == "issued", nobody_has(), _readable(viewer, units))
        .order_by(Plan.year.desc(), Plan.id.desc(), Task.position)
    )


def ownerless(viewer: Viewer, *, task_id: int | None = None) -> list[OwnerlessTask]:
    """Tasks of issued plans that nobody has and the viewer may take or give away, as printed. At most six statements."""
    units = _granted(viewer)
    statement = _tasks(viewer, units)
    rows = session.execute(statement.where(Task.id == task_id) if task_id else statement.limit(PAGE_SIZE * 4)).all()
    ids = [row.Task.id for row in rows]
    led = set(session.scalars(led_plans(viewer)))
    targets, claims = _targets(ids), _waiting(ids)
    found = []
    for row in rows:
        task, plan, asked = row.Task, row.Plan, claims.get(row.Task.id, [])
        mine = tuple((number, name) for number, name, path in units if plan.owner_unit_id in _above(path))
        read = asked if plan.id in led else [one for one in asked if one.unit_id in {number for number, _name in mine}]
        found.append(
            OwnerlessTask(
                task.id, plan.id, plan.name, row.title, task.number, task.name, row.requirement, row.deadlines,
                plan.id in led, mine, targets.get(task.id, []), read, len(asked),
            )
        )  # fmt: skip
    return found


def ownerless_task(task_id: int, viewer: Viewer) -> OwnerlessTask:
    """Raises Conflict where somebody has it by now, NotFound where the viewer may not know of it."""
    found = ownerless(viewer, task_id=task_id)
    if not found and _is_given(task_id, viewer):
        raise Conflict(_("这项任务已有责任单位，或已被取消，不能认领。"))
    if not found:
        raise NotFound
    return found[0]


def _targets(task_ids: list[int]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    rows = session.scalars(
        select(TaskTarget)
        .where(TaskTarget.task_id.in_(task_ids), TaskTarget.ended.is_(False))
        .order_by(TaskTarget.task_id, TaskTarget.position)
    )
    for one in rows:
        found.setdefault(one.task_id, []).append(one.text)
    return found


def _claims() -> Select[Any]:
    return (
        select(
            Claim, Task.number, Task.name.label("task"), Plan.name.label("plan"), Unit.name.label("unit"),
            Person.name.label("asker"), _decider.name.label("decider"),
        )
        .join(Task, Task.id == Claim.task_id)
        .join(Plan, Plan.id == Task.plan_id)
        .join(Unit, Unit.id == Claim.unit_id)
        .join(Person, Person.id == Claim.asked_by)
        .outerjoin(_decider, _decider.id == Claim.decided_by)
    )  # fmt: skip


def _row(row: Any) -> ClaimRow:
    one: Claim = row.Claim
    return ClaimRow(
        one.id, one.task_id, row.number, row.task, row.plan, one.unit_id, row.unit, one.state, one.words, one.role,
        row.asker, one.asked_at, row.decider or "", one.decided_at, one.note, one.version,
    )  # fmt: skip


def _waiting(task_ids: list[int]) -> dict[int, list[ClaimRow]]:
    found: dict[int, list[ClaimRow]] = {}
    statement = _claims().where(Claim.task_id.in_(task_ids), Claim.state == "asked").order_by(Claim.asked_at, Claim.id)
    for row in session.execute(statement):
        found.setdefault(row.Claim.task_id, []).append(_row(row))
    return found


def claim_view(claim_id: int, viewer: Viewer) -> ClaimRow:
    """Raises NotFound where the viewer's office does not lead its plan."""
    row = session.execute(_claims().where(Claim.id == claim_id, Plan.id.in_(led_plans(viewer)))).first()
    if row is None:
        raise NotFound
    return _row(row)


def claims_decided(viewer: Viewer) -> list[ClaimRow]:
    """What was offered by the viewer's units, or to their office, and waits no more: the newest first."""
    mine = Claim.unit_id.in_([number for number, _name, _path in _granted(viewer)])
    statement = _claims().where(Claim.state != "asked", or_(mine, Plan.id.in_(led_plans(viewer))))
    rows = session.execute(statement.order_by(Claim.decided_at.desc(), Claim.id.desc()).limit(PAGE_SIZE))
    return [_row(row) for row in rows]


def count_ownerless(viewer: Viewer) -> int:
    """How many tasks nobody has that a unit of the viewer's may take."""
    above = {number for _id, _name, path in _granted(viewer) for number in _above(path)}
    statement = select(func.count()).select_from(Task).join(Plan, Plan.id == Task.plan_id)
    statement = statement.where(Plan.state == "issued", Plan.owner_unit_id.in_(above), nobody_has())
    return session.scalar(statement) or 0


def count_claims(viewer: Viewer) -> int:
    """How many offers wait for the viewer's office."""
    statement = (
        select(func.count())
        .select_from(Claim)
        .join(Task, Task.id == Claim.task_id)
        .where(Claim.state == "asked", nobody_has(), Task.plan_id.in_(led_plans(viewer)))
    )
    return session.scalar(statement) or 0
