"""Units that share a task (牵头、配合): what the others reported for the date that the leading unit reports on."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select

from tracker.accounts.roles import UNIT_ROLES, Role, Viewer
from tracker.db import session
from tracker.errors import NotFound
from tracker.plans.models import Assignment, Plan, Task
from tracker.plans.states import LIVE
from tracker.progress.joining import Asked, Gathered, Part, gathered, leading, partners
from tracker.progress.lights import IN_HAND, LightKind
from tracker.progress.milestones import together
from tracker.progress.models import Obligation
from tracker.progress.queries.figures import TargetView
from tracker.progress.queries.passing import BelowRow, reported_below
from tracker.progress.queries.questions import QuestionRow, open_questions
from tracker.progress.queries.returns import ObligationView, VersionView, arrived_versions
from tracker.progress.queries.scope import held, lights_by_plan
from tracker.units.models import Unit
from tracker.units.queries import covers


@dataclass(frozen=True, slots=True)
class PartnerReport:
    """What one of the other units has to report for the date, and what of it has reached the lead office."""

    id: int
    """Of its obligation."""
    assignment_id: int
    unit: str
    role: str
    due_on: date
    original_due_on: date
    state: str
    timing: str
    excuse: str
    light: LightKind
    days_left: int
    version: VersionView | None
    """The newest version that has left the unit."""
    question: QuestionRow | None
    """What the leading unit has asked about it and is not settled."""


def roles_in(task_id: int) -> dict[int, str]:
    """Assignment → role, of all that are live in a task."""
    statement = select(Assignment.id, Assignment.role).where(Assignment.task_id == task_id, Assignment.state.in_(LIVE))
    return {row.id: row.role for row in session.execute(statement.order_by(Assignment.id))}


def leads_by(task_id: int, viewer: Viewer) -> int | None:
    """The assignment by which the viewer's unit leads a task; None where it does not."""
    first = leading(roles_in(task_id))
    rows = session.execute(
        select(Assignment.id, Unit.path)
        .join(Unit, Unit.id == Assignment.unit_id)
        .where(Assignment.id.in_(first))
        .order_by(Assignment.id)
    )
    return next((row.id for row in rows if held(viewer, row.path, *UNIT_ROLES)), None)


def partner_reports(found: ObligationView, *, today: date) -> list[PartnerReport]:
    """Of the units that report to the one whose obligation this is, in printed order; none where it does not lead.

    The same printed date belongs together, whatever more time was granted to one of them. At most six statements.
    """
    roles = roles_in(found.task_id)
    if found.assignment_id not in leading(roles):
        return []
    rows = session.execute(
        select(Obligation, Unit.name)
        .join(Unit, Unit.id == Obligation.unit_id)
        .where(
            Obligation.task_id == found.task_id, Obligation.original_due_on == found.original_due_on,
            Obligation.assignment_id.in_(partners(roles)), Obligation.state != "cancelled",
        )
        .order_by(Unit.sort_key, Unit.id)
    ).all()  # fmt: skip
    ids = [row.Obligation.id for row in rows]
    versions, asked = arrived_versions(ids), open_questions(ids, of=found.assignment_id)
    lights = lights_by_plan(today)[found.plan_id]
    return [
        PartnerReport(
            one.id, one.assignment_id, unit, roles[one.assignment_id], one.due_on, one.original_due_on, one.state,
            one.timing, one.excuse, lights.of(one.state, one.timing, one.due_on, one.excuse),
            (one.due_on - today).days, versions.get(one.id), asked.get(one.id),
        )
        for one, unit in rows
    ]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Askable:
    """A report that the viewer may ask about, with what they may ask."""

    obligation_id: int
    number: str | None
    task: str
    unit: str
    due_on: date
    original_due_on: date
    state: str
    timing: str
    excuse: str
    light: LightKind
    days_left: int
    kind: str
    period: str
    text: str
    kinds: tuple[str, ...]
    """催报, 请补充 for the unit that leads the task, 核验询问 for the lead office."""


def askable(obligation_id: int, viewer: Viewer, *, today: date) -> Askable:
    """Raises NotFound for whoever neither leads the task nor is of its lead office."""
    row = session.execute(
        select(Obligation, Task, Unit.name, Plan.owner_unit_id)
        .join(Task, Task.id == Obligation.task_id)
        .join(Plan, Plan.id == Obligation.plan_id)
        .join(Unit, Unit.id == Obligation.unit_id)
        .where(Obligation.id == obligation_id, Obligation.state != "cancelled")
    ).first()  # fmt: skip
    kinds = _kinds(row, viewer) if row is not None else ()
    if row is None or not kinds:
        raise NotFound
    one, task = row.Obligation, row.Task
    lights = lights_by_plan(today)[one.plan_id]
    return Askable(
        one.id, task.number, task.name, row.name, one.due_on, one.original_due_on, one.state, one.timing, one.excuse,
        lights.of(one.state, one.timing, one.due_on, one.excuse), (one.due_on - today).days, one.kind,
        one.period, one.text, kinds,
    )  # fmt: skip


def _kinds(row: Any, viewer: Viewer) -> tuple[str, ...]:
    one: Obligation = row.Obligation
    found: tuple[str, ...] = ()
    if one.assignment_id in partners(roles_in(one.task_id)) and leads_by(one.task_id, viewer) is not None:
        found = ("urge", "supplement") if one.state in IN_HAND else ("supplement",)
    return (*found, "check") if covers(viewer, row.owner_unit_id, Role.LEAD_OFFICE) else found


def gather(reports: Iterable[PartnerReport], below: Iterable[BelowRow], targets: Sequence[TargetView]) -> Gathered:
    """What a unit may take over: from those that report to it in the task, and from those it passed the task down to."""
    reports, below = tuple(reports), tuple(below)
    parts = [
        Part(
            one.unit,
            {"done": one.version.done, "problems": one.version.problems, "next_step": one.version.next_step},
            one.version.figures,
        )
        for one in reports
        if one.version is not None
    ]
    milestone = together([
        *(one.version.says(one.id) if one.version else None for one in reports),
        *(one.said if one.arrived else None for one in below),
    ])  # fmt: skip
    asked = [Asked(one.id, one.unit, one.op) for one in targets]
    return gathered([*parts, *reported_below(below)], asked, milestone)
