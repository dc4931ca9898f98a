"""The editions (版次) of a plan's document: their history, what each said of a task, what they changed for a unit."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select, true

from tracker.accounts.models import Person
from tracker.accounts.roles import UNIT_ROLES, Viewer
from tracker.audit.models import AuditEntry
from tracker.db import session
from tracker.plans.editions.item import Item, plain
from tracker.plans.models import (
    Assignment,
    EditionChange,
    Plan,
    PlanEdition,
    Task,
    TaskTarget,
    TaskText,
    TaskWording,
)
from tracker.units.models import Unit
from tracker.units.queries import visible_to
from tracker.web.numbers import whole_number
from tracker.web.paging import PAGE_SIZE, Page, decode, page_of

TAKEN_OVER = "承接改派任务"
"""The entry in the record of an assignment that the lead office gave to a unit which the document does not name."""


def deadline_mark(one: Mapping[str, Any]) -> str:
    """What a deadline asks: a date or a period, else its words; with what is to be done by then."""
    return f"{one.get('date') or one.get('recurrence') or plain(str(one.get('text') or ''))}{one.get('action') or ''}"


@dataclass(frozen=True, slots=True)
class HeldAssignment:
    """An assignment as the document and the lead office made it."""

    id: int
    task_id: int
    unit_id: int
    role: str
    state: str
    printed: bool
    """Whether the edition that is in force names the unit: not what it was given by the lead office, nor what an edition
    took from it."""
    ended: bool
    """Whether an edition took it from the unit."""


def assignments_of(plan_id: int) -> dict[int, list[HeldAssignment]]:
    """Task → its assignments. Three statements."""
    mine = select(Assignment.id).where(Assignment.plan_id == plan_id)
    given = set(
        session.scalars(
            select(AuditEntry.subject_id).where(
                AuditEntry.action == TAKEN_OVER,
                AuditEntry.subject_kind == "assignment",
                AuditEntry.subject_id.in_(mine),
            )
        )
    )
    newest = select(func.max(EditionChange.id)).where(EditionChange.assignment_id.in_(mine))
    ended = set(
        session.scalars(
            select(EditionChange.assignment_id).where(
                EditionChange.id.in_(newest.group_by(EditionChange.assignment_id)),
                EditionChange.kind.in_(("off", "ended")),
            )
        )
    )
    found: dict[int, list[HeldAssignment]] = {}
    rows = session.execute(
        select(Assignment.id, Assignment.task_id, Assignment.unit_id, Assignment.role, Assignment.state)
        .where(Assignment.plan_id == plan_id).order_by(Assignment.id)
    )  # fmt: skip
    for row in rows:
        found.setdefault(row.task_id, []).append(_held(row, given, ended))
    return found


def _held(row: Any, given: Collection[int | None], ended: Collection[int]) -> HeldAssignment:
    printed = row.id not in given and row.id not in ended
    return HeldAssignment(row.id, row.task_id, row.unit_id, row.role, row.state, printed, row.id in ended)


def standing_items(plan_id: int, held: Mapping[int, list[HeldAssignment]]) -> list[Item]:
    """The tasks of the edition in force, as they are compared. Two statements."""
    targets: dict[int, list[str]] = {}
    rows = session.execute(
        select(TaskTarget.task_id, TaskTarget.text).join(Task, Task.id == TaskTarget.task_id)
        .where(Task.plan_id == plan_id, TaskTarget.ended.is_(False)).order_by(TaskTarget.task_id, TaskTarget.position)
    )  # fmt: skip
    for row in rows:
        targets.setdefault(row.task_id, []).append(plain(row.text))
    tasks = session.execute(
        select(Task, TaskText).join(TaskText, TaskText.task_id == Task.id)
        .where(Task.plan_id == plan_id, Task.ended_in.is_(None)).order_by(Task.position)
    )  # fmt: skip
    return [
        Item(
            task.id, task.position, task.name, text.requirement, tuple(text.path), task.number,
            frozenset((one.role, one.unit_id) for one in held.get(task.id, ()) if one.printed),
            tuple(sorted(map(deadline_mark, text.deadlines))), tuple(targets.get(task.id, ())),
        )
        for task, text in tasks
    ]  # fmt: skip


@dataclass(frozen=True, slots=True)
class EditionRow:
    id: int
    number: int
    draft_id: int | None
    title: str
    document_number: str
    issuer: str
    issued_on: date | None
    reason: str
    counts: dict[str, int]
    by: str
    at: datetime


def editions(plan_id: int) -> list[EditionRow]:
    """Every edition, the newest first; none where the plan has had one only."""
    rows = session.execute(
        select(PlanEdition, Person.name)
        .outerjoin(Person, Person.id == PlanEdition.adopted_by)
        .where(PlanEdition.plan_id == plan_id)
        .order_by(PlanEdition.number.desc())
    )
    return [
        EditionRow(
            one.id, one.number, one.draft_id, one.document_title, one.document_number, one.document_issuer,
            one.document_issued_on, one.reason, one.counts, name or "", one.adopted_at,
        )
        for one, name in rows
    ]  # fmt: skip


@dataclass(frozen=True, slots=True)
class EarlierWording:
    """A task as an earlier edition had it."""

    task_id: int
    edition: int
    draft_id: int | None
    document: str
    number: str | None
    name: str
    path: list[str]
    requirement: str
    deadlines: list[str]
    targets: list[str]
    units: list[list[str]]
    locator: str
    until: datetime
    reworded: bool


def _wordings(where: ColumnElement[bool]) -> list[EarlierWording]:
    rows = session.execute(
        select(TaskWording, PlanEdition.number, PlanEdition.draft_id, PlanEdition.document_title)
        .join(PlanEdition, PlanEdition.id == TaskWording.edition_id)
        .where(where)
        .order_by(TaskWording.task_id, PlanEdition.number.desc())
    )
    return [
        EarlierWording(
            one.task_id, number, draft_id, title, one.number, one.name, one.path, one.requirement,
            [str(deadline["text"]) for deadline in one.deadlines], one.targets, one.units, one.locator, one.until,
            one.reworded,
        )
        for one, number, draft_id, title in rows
    ]  # fmt: skip


def earlier_wordings(task_id: int) -> list[EarlierWording]:
    """What earlier editions said of a task, the newest first. Whether the viewer may read the task, the page has asked."""
    return _wordings(TaskWording.task_id == task_id)


def wording_at(wordings: Iterable[EarlierWording], moment: datetime) -> EarlierWording | None:
    """What a task asked for at a moment, where that is not what it asks for now."""
    later = [one for one in wordings if one.until > moment]
    if not any(one.reworded for one in later):
        return None
    return min(later, key=lambda one: one.until)


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """What an edition changed for a unit."""

    id: int
    edition: int
    plan: str
    plan_id: int
    task_id: int
    task: str
    assignment_id: int
    unit: str
    kind: str
    facts: dict[str, Any]
    at: datetime
    seen_at: datetime | None


def _statement(where: ColumnElement[bool]) -> Select[Any]:
    return (
        select(EditionChange, PlanEdition.number, PlanEdition.adopted_at, Plan.id, Plan.name, Task.name, Unit.name)
        .join(PlanEdition, PlanEdition.id == EditionChange.edition_id)
        .join(Plan, Plan.id == PlanEdition.plan_id)
        .join(Task, Task.id == EditionChange.task_id)
        .join(Unit, Unit.id == EditionChange.unit_id)
        .where(where)
    )


def _changes(statement: Select[Any]) -> list[ChangeRow]:
    return [
        ChangeRow(
            one.id, number, plan, plan_id, one.task_id, task, one.assignment_id, unit, one.kind, one.facts, at, one.seen_at
        )
        for one, number, at, plan_id, plan, task, unit in session.execute(statement)
    ]  # fmt: skip


def _unread(viewer: Viewer) -> ColumnElement[bool]:
    units = visible_to(viewer, *UNIT_ROLES)
    mine = true() if units is None else EditionChange.unit_id.in_(units)
    return EditionChange.seen_at.is_(None) & mine


def unread_changes(viewer: Viewer, *, limit: int) -> list[ChangeRow]:
    """What editions changed for the viewer's own units that nobody there has said to have read, the newest first."""
    if not viewer.has(*UNIT_ROLES):
        return []
    return _changes(_statement(_unread(viewer)).order_by(EditionChange.id.desc()).limit(limit))


def unread_count(viewer: Viewer) -> int:
    if not viewer.has(*UNIT_ROLES):
        return 0
    return session.scalar(select(func.count()).select_from(EditionChange).where(_unread(viewer))) or 0


def changes_of_assignment(assignment_id: int) -> list[ChangeRow]:
    """What editions changed for a unit in a task, the newest first."""
    return _changes(_statement(EditionChange.assignment_id == assignment_id).order_by(EditionChange.id.desc()))


def changes_of_edition(edition_id: int, *, cursor: str | None = None, size: int = PAGE_SIZE) -> Page[ChangeRow]:
    """What an edition changed, unit by unit as it was written."""
    backwards, key = decode(cursor, 1) or (False, []) if cursor else (False, [])
    after = whole_number(key[0]) if key else None
    statement = _statement(EditionChange.edition_id == edition_id)
    if after is not None:
        statement = statement.where(EditionChange.id < after if backwards else EditionChange.id > after)
    ordered = statement.order_by(EditionChange.id.desc() if backwards else EditionChange.id).limit(size + 1)
    total = session.scalar(
        select(func.count()).select_from(EditionChange).where(EditionChange.edition_id == edition_id)
    )
    return page_of(
        _changes(ordered), lambda row: [row.id], size=size, came_from=cursor if after is not None else None,
        backwards=backwards, total=total,
    )  # fmt: skip
