"""One task, whole: its words, its units, where each was read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import aliased

from tracker.accounts.roles import UNIT_ROLES, WHOLE_VIEW, Viewer
from tracker.db import session
from tracker.errors import NotFound
from tracker.plans.models import Assignment, AssignmentSource, Chapter, Plan, PlanEdition, Task, TaskTarget, TaskText
from tracker.plans.queries.visible import runs_plan, sees_plan, tasks_of
from tracker.plans.states import ROLE_ORDER
from tracker.plans.wording import Wording
from tracker.units.models import Unit
from tracker.units.queries import visible_to

FIELDS = ("path", "number", "name", "requirement", "units", "deadlines", "targets")
"""Fields of a task in the order of the table."""


@dataclass(frozen=True, slots=True)
class AssignmentRow:
    id: int
    unit_id: int
    unit: str
    role: str
    state: str
    percent: int
    expression: str
    collective: bool
    locator: str
    shown: bool
    """Whether the viewer may see how far it is: their own unit's, or the whole plan."""

    @property
    def reads(self) -> bool:
        """Whether its page says how far it is: not before it is issued, nor where it has gone to another unit."""
        return self.shown and self.state not in {"draft", "moved", "withdrawn"}


@dataclass(frozen=True, slots=True)
class TaskView:
    id: int
    plan_id: int
    plan: str
    plan_state: str
    owner_unit_id: int
    chapter: str
    path: list[str]
    wording: Wording
    deadlines: list[dict[str, Any]]
    targets: list[str]
    locator: str
    sources: list[tuple[str, list[tuple[str, str]]]]
    """Field → pieces of the document as (locator, text)."""
    document_title: str
    document_number: str
    document_issuer: str
    document_issued_on: date | None
    draft_id: int | None
    assignments: list[AssignmentRow]
    previous_id: int | None
    next_id: int | None
    whole: bool
    runs: bool
    edition: int | None
    """Number of the edition that its words are of; None where the plan has had one only."""
    ended_in: int | None
    """Number of the edition that has it no more."""


def task_view(task_id: int, viewer: Viewer) -> TaskView:
    """Raises NotFound where there is none or the viewer may not read it."""
    ending = aliased(PlanEdition)
    found = session.execute(
        select(Task, Plan, Chapter.title, TaskText, PlanEdition, ending.number)
        .join(Plan, Plan.id == Task.plan_id)
        .join(Chapter, Chapter.id == Task.chapter_id)
        .join(TaskText, TaskText.task_id == Task.id)
        .outerjoin(PlanEdition, PlanEdition.id == TaskText.edition_id)
        .outerjoin(ending, ending.id == Task.ended_in)
        .where(Task.id == task_id, tasks_of(viewer))
    ).first()
    if found is None:
        raise NotFound
    task, plan, chapter, text, edition, ended_in = found
    document = edition or plan
    whole = sees_plan(viewer, plan.owner_unit_id)
    previous_id, next_id = _neighbours(task, viewer)
    return TaskView(
        id=task.id, plan_id=plan.id, plan=plan.name, plan_state=plan.state, owner_unit_id=plan.owner_unit_id,
        chapter=chapter, path=text.path, wording=Wording(task.number, task.name, text.requirement, task.weight),
        deadlines=text.deadlines, targets=_targets(task_id), locator=text.locator,
        sources=[(name, [(place["locator"], place["text"]) for place in places])
                 for name, places in sorted(text.sources.items(), key=_printed_order) if places],
        document_title=document.document_title, document_number=document.document_number,
        document_issuer=document.document_issuer, document_issued_on=document.document_issued_on,
        draft_id=document.draft_id,
        assignments=_assignments(task_id, viewer, whole=whole), previous_id=previous_id, next_id=next_id, whole=whole,
        runs=runs_plan(viewer, plan.owner_unit_id), edition=edition.number if edition else None, ended_in=ended_in,
    )  # fmt: skip


def _printed_order(source: tuple[str, Any]) -> int:
    return FIELDS.index(source[0]) if source[0] in FIELDS else len(FIELDS)


def _targets(task_id: int) -> list[str]:
    statement = (
        select(TaskTarget.text)
        .where(TaskTarget.task_id == task_id, TaskTarget.ended.is_(False))
        .order_by(TaskTarget.position)
    )
    return list(session.scalars(statement))


def _assignments(task_id: int, viewer: Viewer, *, whole: bool) -> list[AssignmentRow]:
    own: set[int] | None = None
    if not whole:
        units = visible_to(viewer, *WHOLE_VIEW, *UNIT_ROLES)
        own = None if units is None else set(session.scalars(units))
    statement = (
        select(Assignment, Unit.name, AssignmentSource)
        .join(Unit, Unit.id == Assignment.unit_id)
        .join(AssignmentSource, AssignmentSource.assignment_id == Assignment.id, isouter=True)
        .where(Assignment.task_id == task_id)
        .order_by(Assignment.id)
    )
    rows = [
        AssignmentRow(
            held.id, held.unit_id, unit, held.role, held.state, held.percent,
            source.expression if source else "", bool(source and source.collective), source.locator if source else "",
            own is None or held.unit_id in own,
        )
        for held, unit, source in session.execute(statement)
    ]  # fmt: skip
    return sorted(rows, key=lambda row: ROLE_ORDER[row.role])


def _neighbours(task: Task, viewer: Viewer) -> tuple[int | None, int | None]:
    """The tasks before and after it in printed order, of those the viewer reads."""
    seen = select(Task.id).join(Plan, Plan.id == Task.plan_id).where(Task.plan_id == task.plan_id, tasks_of(viewer))
    before = seen.where(Task.position < task.position).order_by(Task.position.desc()).limit(1)
    after = seen.where(Task.position > task.position).order_by(Task.position).limit(1)
    return session.scalar(before), session.scalar(after)
