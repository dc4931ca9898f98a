"""One obligation with the versions of its return: for writing, reviewing, checking and reading again."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import aliased

from tracker.accounts.models import Person
from tracker.accounts.roles import UNIT_ROLES, Role, Viewer
from tracker.db import session
from tracker.errors import NotFound
from tracker.plans.models import Assignment, Chapter, Plan, Task, TaskText
from tracker.plans.queries import EarlierWording, earlier_wordings, wording_at
from tracker.progress.lights import LightKind
from tracker.progress.milestones import Said
from tracker.progress.models import Obligation, Return, ReturnFigure, ReturnSignature, ReturnText
from tracker.progress.queries.chains import Signed, signatures
from tracker.progress.queries.files import FileView, files_of
from tracker.progress.queries.milestones import Statement, statements
from tracker.progress.queries.of_obligation import of_accepted_before
from tracker.progress.queries.scope import ARRIVED, SEEING, held, lights_by_plan
from tracker.progress.workflow import REOPENS
from tracker.units.models import Unit


@dataclass(frozen=True, slots=True)
class ObligationView:
    """An obligation with what it is about, and what the viewer may do for it."""

    id: int
    assignment_id: int
    assignment_state: str
    plan_id: int
    plan: str
    task_id: int
    number: str | None
    task: str
    chapter: str
    requirement: str
    unit_id: int
    unit: str
    role: str
    due_on: date
    original_due_on: date
    kind: str
    text: str
    period: str
    milestone: bool
    state: str
    timing: str
    excuse: str
    """Why scoring does not hold it against the unit: see the model."""
    percent: int
    submitted_at: datetime | None
    accepted_at: datetime | None
    light: LightKind
    days_left: int
    """Calendar days to its date, negative once it has passed."""
    reports: bool
    """Whether the viewer reports for this unit."""
    reviews: bool
    leads: bool
    """Whether the viewer belongs to the plan's lead office."""
    inside: bool
    """Whether the viewer is of the unit, and so sees versions that have not left it."""


def obligation_view(obligation_id: int, viewer: Viewer, *, today: date) -> ObligationView:
    """Raises NotFound where there is none or the viewer may not know of it."""
    owner = aliased(Unit)
    row = session.execute(
        select(
            Obligation, Assignment, Plan, Task, Chapter.title, TaskText.requirement, Unit.name, Unit.path,
            owner.path.label("owner"),
        )
        .join(Assignment, Assignment.id == Obligation.assignment_id)
        .join(Plan, Plan.id == Obligation.plan_id)
        .join(Task, Task.id == Obligation.task_id)
        .join(Chapter, Chapter.id == Obligation.chapter_id)
        .join(TaskText, TaskText.task_id == Obligation.task_id)
        .join(Unit, Unit.id == Obligation.unit_id)
        .join(owner, owner.id == Plan.owner_unit_id)
        .where(Obligation.id == obligation_id)
    ).first()  # fmt: skip
    if row is None or not held(viewer, row.path, *SEEING):
        raise NotFound
    one, assignment, plan, task = row.Obligation, row.Assignment, row.Plan, row.Task
    return ObligationView(
        one.id, assignment.id, assignment.state, plan.id, plan.name, task.id, task.number,
        task.name, row.title, row.requirement, one.unit_id, row.name, assignment.role, one.due_on, one.original_due_on,
        one.kind, one.text, one.period, one.milestone, one.state, one.timing, one.excuse, one.percent, one.submitted_at,
        one.accepted_at,
        lights_by_plan(today)[plan.id].of(one.state, one.timing, one.due_on, one.excuse),
        (one.due_on - today).days, reports=held(viewer, row.path, Role.REPORTER), reviews=held(viewer, row.path, Role.REVIEWER),
        leads=held(viewer, row.owner, Role.LEAD_OFFICE), inside=held(viewer, row.path, *UNIT_ROLES),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class VersionView:
    """One version of a return, whole."""

    id: int
    obligation_id: int
    version_no: int
    state: str
    version: int
    percent: int
    of_milestones: tuple[int, int]
    """How many milestones (节点) are reached, of how many: what its percent comes from; (0, 0) where it was typed."""
    done: str
    problems: str
    next_step: str
    reason: str
    setback: str
    """Why its percent is lower than last time, or a milestone not reached any more; empty where neither is so."""
    author_id: int
    author: str
    editor: str
    """The page that saved it last, by a name of its own (`tracker.progress.service.drafting`)."""
    saved_at: datetime
    handed_in_at: datetime | None
    approver: str
    submitted_at: datetime | None
    seen_at: datetime | None
    checker: str
    checked_at: datetime | None
    figures: dict[int, Decimal]
    """Target id → figure."""
    milestones: tuple[Statement, ...]
    """Its own milestone first."""
    files: tuple[FileView, ...]
    step: int
    """Of the unit's own review: where it waits, or the last one."""
    steps: int
    signed: tuple[Signed, ...]
    """The steps that were taken, the last one with who approved it."""

    def says(self, obligation_id: int) -> Said | None:
        """What it says of a milestone."""
        return next((one.said for one in self.milestones if one.id == obligation_id), None)

    def by(self, person_id: int) -> bool:
        """Whether somebody has written, signed or approved it, so that another decides."""
        return person_id in {self.author_id, *(one.person_id for one in self.signed)}


def versions(obligation_id: int, *, inside: bool) -> list[VersionView]:
    """Versions of an obligation's return, newest first; from outside the unit only those that have left it."""
    return _versions([obligation_id], inside=inside)


def arrived_versions(obligation_ids: Sequence[int]) -> dict[int, VersionView]:
    """Obligation → the newest version of its return that has left the unit."""
    found: dict[int, VersionView] = {}
    for one in _versions(obligation_ids, inside=False):
        found.setdefault(one.obligation_id, one)
    return found


def newest_versions(obligation_ids: Sequence[int]) -> dict[int, VersionView]:
    """Obligation → the newest version of its return, for those inside the unit."""
    found: dict[int, VersionView] = {}
    for one in _versions(obligation_ids, inside=True):
        found.setdefault(one.obligation_id, one)
    return found


def going_on(newest: VersionView | None) -> VersionView | None:
    """The version to go on with: a draft, or the ended one that a new draft begins as a copy of."""
    return newest if newest is not None and (newest.state == "draft" or newest.state in REOPENS) else None


def version_view(return_id: int, viewer: Viewer, *, today: date) -> tuple[ObligationView, VersionView]:
    """Raises NotFound where the viewer may not see that version."""
    obligation_id = session.scalar(select(Return.obligation_id).where(Return.id == return_id))
    if obligation_id is None:
        raise NotFound

    found = obligation_view(obligation_id, viewer, today=today)
    for one in versions(obligation_id, inside=found.inside):
        if one.id == return_id:
            return found, one
    raise NotFound


def _versions(obligation_ids: Sequence[int], *, inside: bool) -> list[VersionView]:
    author, approver, checker = aliased(Person), aliased(Person), aliased(Person)
    statement = (
        select(
            Return,
            ReturnText,
            author.name.label("author"),
            approver.name.label("approver"),
            checker.name.label("checker"),
        )
        .join(ReturnText, ReturnText.return_id == Return.id)
        .join(author, author.id == Return.author_id)
        .outerjoin(approver, approver.id == Return.approved_by)
        .outerjoin(checker, checker.id == Return.checked_by)
        .where(Return.obligation_id.in_(obligation_ids))
        .order_by(Return.obligation_id, Return.version_no.desc())
    )
    if not inside:
        statement = statement.where(Return.state.in_(ARRIVED))
    rows = session.execute(statement).all()
    ids = [row.Return.id for row in rows]
    figures, files = _figures(ids), files_of(ids)
    said = statements([row.Return.id for row in rows if row.Return.milestones])
    several = [row.Return.id for row in rows if row.Return.review_steps > 1]
    signed = signatures(ReturnSignature, ReturnSignature.return_id, several)
    return [
        _version(
            row, figures.get(row.Return.id, {}), said.get(row.Return.id, ()), files.get(row.Return.id, ()),
            signed.get(row.Return.id, ()),
        )
        for row in rows
    ]  # fmt: skip


def _version(
    row: Any, figures: dict[int, Decimal], said: tuple[Statement, ...], files: Iterable[FileView], signed: Iterable[Signed]
) -> VersionView:  # fmt: skip
    one: Return = row.Return
    text: ReturnText = row.ReturnText
    if one.approved_by is not None and one.submitted_at is not None:
        signed = [*signed, Signed(one.review_step, one.approved_by, row.approver, one.submitted_at)]
    return VersionView(
        one.id, one.obligation_id, one.version_no, one.state, one.version, one.percent,
        (one.milestones_reached, one.milestones), text.done, text.problems,
        text.next_step, text.reason, text.setback, one.author_id, row.author, one.editor, one.saved_at,
        one.handed_in_at,
        row.approver or "", one.submitted_at, one.seen_at, row.checker or "", one.checked_at, figures, said, tuple(files),
        one.review_step, one.review_steps, tuple(signed),
    )  # fmt: skip


def _figures(return_ids: Sequence[int]) -> dict[int, dict[int, Decimal]]:
    found: dict[int, dict[int, Decimal]] = {}
    statement = select(ReturnFigure).where(ReturnFigure.return_id.in_(return_ids))
    for one in session.scalars(statement.order_by(ReturnFigure.return_id, ReturnFigure.target_id)):
        found.setdefault(one.return_id, {})[one.target_id] = one.value
    return found


def last_accepted(found: ObligationView) -> VersionView | None:
    """The return accepted for the latest earlier obligation of the same assignment: what a new one is compared with."""
    return accepted_before([found.id]).get(found.id)


def accepted_of(assignment_id: int) -> VersionView | None:
    """The return accepted for the latest date of an assignment."""
    accepted = select(Obligation.id).where(Obligation.assignment_id == assignment_id, Obligation.state == "accepted")
    latest = session.scalar(accepted.order_by(Obligation.due_on.desc(), Obligation.id.desc()).limit(1))
    found = _versions([latest], inside=False) if latest is not None else []
    return next((one for one in found if one.state == "accepted"), None)


def accepted_before(obligation_ids: Sequence[int]) -> dict[int, VersionView]:
    """Obligation → the return accepted for the latest earlier one of the same assignment."""
    last = of_accepted_before("id").label("last")
    statement = select(Obligation.id, last).where(Obligation.id.in_(obligation_ids))
    rows = session.execute(statement.order_by(Obligation.id)).all()
    ids = sorted({row.last for row in rows if row.last is not None})
    accepted = (
        {one.obligation_id: one for one in _versions(ids, inside=False) if one.state == "accepted"} if ids else {}
    )
    return {row.id: accepted[row.last] for row in rows if row.last in accepted}


def answered(task_id: int, versions: Iterable[VersionView]) -> dict[int, EarlierWording | None]:
    """Version → what the task asked for when it was handed in, where an edition has changed that since."""
    wordings = earlier_wordings(task_id)
    return {one.id: wording_at(wordings, one.handed_in_at or one.saved_at) for one in versions}
