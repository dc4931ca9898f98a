"""What reports are made of: the ledger and the overdue list, row by row in flat memory."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, select, union_all

from tracker.accounts.roles import Viewer
from tracker.db import session
from tracker.plans.models import Assignment, AssignmentSource, Chapter, Plan, Task, TaskTarget, TaskText
from tracker.progress.content import figure_words
from tracker.progress.light_rules import Lights
from tracker.progress.lights import LightKind, days_late
from tracker.progress.models import Evidence, Obligation, Return, ReturnEvidence, ReturnFigure, ReturnText
from tracker.progress.queries.milestones import Statement, statements
from tracker.progress.queries.scope import ARRIVED, lights_by_plan, unit_ids, within
from tracker.progress.states import PUNCTUAL, UNFINISHED
from tracker.units.models import Unit

CHUNK = 500


@dataclass(frozen=True, slots=True)
class LedgerEntry:
    """One obligation with the newest version of its return that reached the lead office."""

    obligation_id: int
    plan: str
    path: tuple[str, ...]
    number: str | None
    task_id: int
    task: str
    requirement: str
    unit_id: int
    unit: str
    group: str
    role: str
    due_on: date
    kind: str
    text: str
    """The document's words for the date."""
    period: str
    state: str
    timing: str
    percent: int
    light: LightKind
    done: str
    problems: str
    next_step: str
    figures: tuple[tuple[str, str], ...]
    """(the target's words, the figure reported with its unit)."""
    milestones: tuple[Statement, ...]
    evidence: tuple[tuple[str, str], ...]
    """(public id, name)."""
    submitted_at: datetime | None
    accepted_at: datetime | None
    document: str
    locator: str
    expression: str


def ledger_rows(
    plan_id: int | None, *, today: date, viewer: Viewer | None = None, unit_id: int | None = None,
    chapter_id: int | None = None,
) -> Iterator[LedgerEntry]:  # fmt: skip
    """The ledger in the document's order, unit after unit, date after date; without a viewer (jobs) of everything.

    Streamed in chunks within the transaction that is open, so that twenty thousand rows need the memory of five hundred.
    """
    lights = lights_by_plan(today)
    scope = None if viewer is None else unit_ids(viewer)
    statement = _ledger(plan_id, scope, unit_id, chapter_id).execution_options(yield_per=CHUNK)
    for rows in session.execute(statement).partitions():
        yield from _entries(rows, lights)


def _ledger(
    plan_id: int | None, scope: Sequence[int] | None, unit_id: int | None, chapter_id: int | None
) -> Select[Any]:
    statement = (
        select(
            Obligation, Plan.name.label("plan"), Plan.document_title, Task.number, Task.name.label("task"),
            TaskText.path, TaskText.requirement, TaskText.locator, Unit.name.label("unit"), Assignment.role,
            AssignmentSource.expression, AssignmentSource.locator.label("unit_locator"),
        )
        .join(Plan, Plan.id == Obligation.plan_id)
        .join(Task, Task.id == Obligation.task_id)
        .join(TaskText, TaskText.task_id == Obligation.task_id)
        .join(Unit, Unit.id == Obligation.unit_id)
        .join(Assignment, Assignment.id == Obligation.assignment_id)
        .outerjoin(AssignmentSource, AssignmentSource.assignment_id == Obligation.assignment_id)
        .where(Obligation.state != "cancelled", within(Obligation.unit_id, scope))
        .order_by(Obligation.plan_id, Task.position, Assignment.id, Obligation.due_on)
    )  # fmt: skip
    if plan_id is not None:
        statement = statement.where(Obligation.plan_id == plan_id)
    if unit_id is not None:
        statement = statement.where(Obligation.unit_id == unit_id)
    return statement if chapter_id is None else statement.where(Obligation.chapter_id == chapter_id)


def _entries(rows: Sequence[Any], lights: Mapping[int, Lights]) -> Iterator[LedgerEntry]:
    returns = _newest([row.Obligation.id for row in rows])
    ids = [version.id for version, _ in returns.values()]
    figures, files = _figures(ids), _files(ids)
    said = statements([version.id for version, _ in returns.values() if version.milestones])
    for row in rows:
        one: Obligation = row.Obligation
        version, text = returns.get(one.id, (None, None))
        key = version.id if version else 0
        yield LedgerEntry(
            one.id, row.plan, tuple(row.path), row.number, one.task_id, row.task, row.requirement, one.unit_id, row.unit,
            one.unit_group, row.role, one.due_on, one.kind, one.text, one.period, one.state, one.timing, one.percent,
            lights[one.plan_id].of(one.state, one.timing, one.due_on, one.excuse),
            text.done if text else "", text.problems if text else "", text.next_step if text else "",
            tuple(figures.get(key, ())), said.get(key, ()), tuple(files.get(key, ())), one.submitted_at, one.accepted_at,
            row.document_title, row.unit_locator or row.locator, row.expression or "",
        )  # fmt: skip


def _newest(obligation_ids: Sequence[int]) -> dict[int, tuple[Return, ReturnText]]:
    statement = (
        select(Return, ReturnText)
        .join(ReturnText, ReturnText.return_id == Return.id)
        .where(Return.obligation_id.in_(obligation_ids), Return.state.in_(ARRIVED))
        .order_by(Return.obligation_id, Return.version_no)
    )
    return {version.obligation_id: (version, text) for version, text in session.execute(statement)}


def _figures(return_ids: Sequence[int]) -> dict[int, list[tuple[str, str]]]:
    found: dict[int, list[tuple[str, str]]] = {}
    statement = (
        select(ReturnFigure.return_id, TaskTarget.words, TaskTarget.text, ReturnFigure.value, TaskTarget.unit)
        .join(TaskTarget, TaskTarget.id == ReturnFigure.target_id)
        .where(ReturnFigure.return_id.in_(return_ids))
        .order_by(ReturnFigure.return_id, TaskTarget.position)
    )
    for return_id, words, text, value, unit in session.execute(statement):
        found.setdefault(return_id, []).append((words or text, figure_words(value, unit)))
    return found


def _files(return_ids: Sequence[int]) -> dict[int, list[tuple[str, str]]]:
    found: dict[int, list[tuple[str, str]]] = {}
    statement = (
        select(ReturnEvidence.return_id, Evidence.public_id, Evidence.name)
        .join(Evidence, Evidence.id == ReturnEvidence.evidence_id)
        .where(ReturnEvidence.return_id.in_(return_ids))
        .order_by(ReturnEvidence.return_id, Evidence.id)
    )
    for return_id, public_id, name in session.execute(statement):
        found.setdefault(return_id, []).append((public_id, name))
    return found


@dataclass(frozen=True, slots=True)
class OverdueEntry:
    obligation_id: int
    plan: str
    chapter: str
    number: str | None
    task_id: int
    task: str
    unit_id: int
    unit: str
    group: str
    role: str
    due_on: date
    days: int
    """Calendar days since the due date."""
    percent: int
    state: str
    timing: str
    document: str
    locator: str


def overdue(
    viewer: Viewer | None,
    *,
    today: date,
    plan_id: int | None = None,
    unit_id: int | None = None,
    limit: int | None = None,
) -> list[OverdueEntry]:
    """What is overdue as of a day in the viewer's scope, the longest overdue first; without a viewer all of it."""
    conditions = [within(Obligation.unit_id, None if viewer is None else unit_ids(viewer))]
    if plan_id is not None:
        conditions.append(Obligation.plan_id == plan_id)
    if unit_id is not None:
        conditions.append(Obligation.unit_id == unit_id)
    late = union_all(*(_overdue_run(state, conditions, today, limit) for state in UNFINISHED)).subquery("late")
    statement = (
        select(
            Obligation, Plan.name.label("plan"), Plan.document_title, Chapter.title, Task.number,
            Task.name.label("task"), Unit.name.label("unit"), Assignment.role, AssignmentSource.locator,
        )
        .join(late, late.c.id == Obligation.id)
        .join(Plan, Plan.id == Obligation.plan_id)
        .join(Chapter, Chapter.id == Obligation.chapter_id)
        .join(Task, Task.id == Obligation.task_id)
        .join(Unit, Unit.id == Obligation.unit_id)
        .join(Assignment, Assignment.id == Obligation.assignment_id)
        .outerjoin(AssignmentSource, AssignmentSource.assignment_id == Assignment.id)
        .order_by(Obligation.due_on, Obligation.id)
        .limit(limit)
    )  # fmt: skip
    return [_overdue(row, today) for row in session.execute(statement)]


def _overdue_run(state: str, conditions: Sequence[ColumnElement[bool]], today: date, limit: int | None) -> Select[Any]:
    """The overdue obligations in one state, along the index of states and dates."""
    run = select(Obligation.id).where(Obligation.state == state, Obligation.due_on < today, *conditions)
    if state == "reported":
        run = run.where(Obligation.timing.not_in(PUNCTUAL))
    return select(run.order_by(Obligation.due_on, Obligation.id).limit(limit).subquery().c.id)


def _overdue(row: Any, today: date) -> OverdueEntry:
    one: Obligation = row.Obligation
    return OverdueEntry(
        one.id, row.plan, row.title, row.number, one.task_id, row.task, one.unit_id, row.unit, one.unit_group, row.role,
        one.due_on, days_late(one.due_on, today), one.percent, one.state, one.timing, row.document_title, row.locator or "",
    )  # fmt: skip
