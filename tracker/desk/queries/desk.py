"""What waits for a person, by the roles they hold: counts that lead to lists, and the first of each list."""

from __future__ import annotations

from collections.abc import Container, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import aliased

from tracker.accounts.roles import UNIT_ROLES, WHOLE_VIEW, Role, Viewer
from tracker.assessment.queries.invitations import Invitation, Marking, invitations, markings
from tracker.assessment.queries.notices import NoticeRow as Deduction, notices_on_desk
from tracker.assessment.queries.runs import RunRow, runs
from tracker.assessment.queries.schemes import SchemeRow, schemes
from tracker.db import session, table_of
from tracker.drafts.queries import DraftRow, drafts
from tracker.outbox.models import Job
from tracker.plans.models import Plan, Task
from tracker.plans.queries import ChangeRow, PlanRow, plans, unread_changes, unread_count
from tracker.progress.models import Obligation, Return
from tracker.progress.queries import (
    Counts,
    DeskCounts,
    RequestRow,
    WorkFilter,
    WorkRow,
    assignment_counts,
    assignment_page,
    check_queue,
    counts_for_desk,
    hand_backs,
    requests,
    review_queue,
    summary_total,
    work_page,
)
from tracker.progress.queries.answers import AnswerRow, answers
from tracker.progress.queries.assignments import AssignmentRow
from tracker.progress.queries.hand_backs import HandBackRow
from tracker.progress.queries.kits import KitRow, waiting_kits
from tracker.progress.queries.passed_on import TaskBelow, tasks_below, waiting_below
from tracker.progress.queries.questions import QuestionRow, questions
from tracker.progress.queries.scope import SEEING, archived_plans, unit_ids, within
from tracker.progress.queries.summaries import LateUnit, latest_units
from tracker.progress.queries.waiting import QueueRow
from tracker.rectification.queries import FindingRow, findings_waiting, struck_off, waiting_findings
from tracker.reminders.queries.notices import NoticeRow, notices, unread_notices
from tracker.reminders.queries.slips import SlipRow, slips_to_answer
from tracker.units.models import Unit

FIRST = 6
"""How many of a list the desk shows; the tile above leads to all of it."""
CHANGES = 30
"""How many changes of tasks are shown, and said to have been read, at once."""


@dataclass(frozen=True, slots=True)
class BegunRow:
    """A return of the viewer's units not handed in: begun, taken back, or sent back by their own reviewer."""

    obligation_id: int
    task: str
    unit: str
    due_on: date
    saved_at: datetime
    state: str


@dataclass(frozen=True, slots=True)
class Afoot:
    """What goes on without an entry in the record, and so is asked each time: the rest is the same until somebody acts."""

    begun: tuple[BegunRow, ...]
    drafts: tuple[DraftRow, ...]
    jobs_running: int


@dataclass(frozen=True, slots=True)
class Desk:
    """Counts are 0 and lists empty where the viewer's roles have nothing to do with them."""

    counts: DeskCounts
    lights: Counts
    """Of all obligations in the viewer's scope."""
    drafts_open: int = 0
    plans: int = 0
    """Plans that were issued, in the whole city."""
    archived: int = 0
    """Plans that are archived (归档) and in none of the numbers, for whoever sees the whole city."""
    to_sign: list[AssignmentRow] = field(default_factory=list)
    overdue: list[WorkRow] = field(default_factory=list)
    late: list[LateUnit] = field(default_factory=list)
    """Whom the lead office has to chase: the units with the most that is overdue."""
    near: list[WorkRow] = field(default_factory=list)
    returned: list[WorkRow] = field(default_factory=list)
    in_review: frozenset[int] = frozenset()
    """Obligations among these that wait for their unit's own reviewer: nobody writes them now."""
    begun: tuple[BegunRow, ...] = ()
    under_way: int = 0
    """Tasks in progress of the units that the viewer reports for; the way to any report that is not listed here."""
    coming: list[AssignmentRow] = field(default_factory=list)
    """Those of them whose next report stands in no other list of the desk, by its date."""
    reviews: list[QueueRow] = field(default_factory=list)
    checks: list[QueueRow] = field(default_factory=list)
    hand_backs: list[HandBackRow] = field(default_factory=list)
    questions: list[QuestionRow] = field(default_factory=list)
    below: list[TaskBelow] = field(default_factory=list)
    """What a unit above passed down to the viewer's units and they have to report."""
    below_total: int = 0
    from_below: list[TaskBelow] = field(default_factory=list)
    """Of what the viewer's units passed down: reports to be taken up into their own, and those that are late."""
    from_below_total: int = 0
    slips: list[SlipRow] = field(default_factory=list)
    """Supervision slips that the viewer's units have to answer."""
    deductions: list[Deduction] = field(default_factory=list)
    """Notices of deductions that the viewer's unit has to answer, or the viewer may decide."""
    objections: list[Deduction] = field(default_factory=list)
    """What was decided on objections of the viewer's units within the last days."""
    to_mark: list[Invitation] = field(default_factory=list)
    """What the viewer is invited to mark and has not."""
    markings: list[Marking] = field(default_factory=list)
    """What others mark at the viewer's invitation."""
    kits: list[KitRow] = field(default_factory=list)
    """Kits (填报包) that came back and that the viewer has to take in."""
    findings: list[FindingRow] = field(default_factory=list)
    """To be assigned, verified or put right by the viewer."""
    findings_total: int = 0
    struck_off: list[FindingRow] = field(default_factory=list)
    """Findings of the viewer's units that were struck off (销号) within the last days."""
    drafts: tuple[DraftRow, ...] = ()
    to_issue: list[PlanRow] = field(default_factory=list)
    runs: list[RunRow] = field(default_factory=list)
    """Runs that are not yet published."""
    schemes: list[SchemeRow] = field(default_factory=list)
    """In use: what an evaluator enters facts for."""
    jobs_running: int = 0
    requests: list[RequestRow] = field(default_factory=list)
    """What units ask the lead office for."""
    answers: list[AnswerRow] = field(default_factory=list)
    """What the lead office answered the viewer's units within the last days."""
    changes: list[ChangeRow] = field(default_factory=list)
    """What revised editions changed for the viewer's units, not yet said to have been read."""
    changes_total: int = 0
    notice: NoticeRow | None = None
    """The newest reminder that the viewer has not read."""
    notices_total: int = 0

    @property
    def is_idle(self) -> bool:
        """Whether nothing at all waits."""
        lists = (
            self.to_sign, self.overdue, self.late, self.near, self.returned, self.reviews, self.checks, self.hand_backs,
            self.requests, self.questions, self.below, self.from_below, self.findings, self.kits, self.slips,
            self.deductions, self.to_mark, self.markings,
        )  # fmt: skip
        return (
            not any(lists)
            and not self.changes
            and not self.begun
            and not self.drafts
            and not self.to_issue
            and not self.runs
        )


def afoot(viewer: Viewer) -> Afoot:
    """One statement, and one more for each of two roles."""
    return Afoot(
        begun=tuple(_begun(viewer)) if viewer.has(Role.REPORTER) else (),
        drafts=tuple(_open_drafts(viewer)) if viewer.has(Role.LEAD_OFFICE) else (),
        jobs_running=_jobs_running(viewer),
    )


def desk(viewer: Viewer, today: date, going_on: Afoot) -> Desk:
    """A fixed number of statements for each role, and a few for each panel of evaluators."""
    unit, lead = viewer.has(*UNIT_ROLES), viewer.has(Role.LEAD_OFFICE)
    returned = _work(viewer, today, WorkFilter(state="returned"), size=5 * FIRST) if unit else []
    overdue = (
        _work(viewer, today, WorkFilter(light="overdue")) if unit or (viewer.has(*WHOLE_VIEW) and not lead) else []
    )
    near = _work(viewer, today, WorkFilter(light="near")) if unit else []
    in_review = _in_review((*returned, *overdue, *near)) if unit else frozenset[int]()
    under_way = assignment_counts(viewer).get("in_progress", 0) if viewer.has(Role.REPORTER) else 0
    listed = {*(row.id for row in (*returned, *overdue, *near)), *(row.obligation_id for row in going_on.begun)}
    counts, findings_total = counts_for_desk(viewer, today), findings_waiting(viewer)
    below = tasks_below(viewer, today=today) if unit else []
    from_below = waiting_below(viewer, today=today) if unit else []
    deductions, objections = notices_on_desk(viewer, today) if unit or viewer.has(Role.EVALUATOR) else ([], [])
    return Desk(
        counts=counts,
        lights=summary_total(None, today, viewer=viewer) if viewer.has(*SEEING) else Counts(),
        drafts_open=len(going_on.drafts), drafts=going_on.drafts, begun=going_on.begun,
        runs=[run for run in runs(viewer) if run.state == "preview"] if viewer.has(Role.EVALUATOR) else [],
        schemes=schemes(viewer, state="in_use") if viewer.has(Role.EVALUATOR) else [],
        to_mark=invitations(viewer, today) if viewer.has(Role.EVALUATOR) else [],
        markings=markings(viewer, today) if viewer.has(Role.EVALUATOR) else [],
        plans=_issued(), archived=len(archived_plans()) if viewer.has(Role.LEADER) else 0,
        to_sign=list(assignment_page(viewer, "to_sign", today=today, size=FIRST).rows) if counts.to_sign else [],
        overdue=overdue, near=near, in_review=in_review,
        under_way=under_way, coming=_coming(viewer, today, listed) if under_way else [],
        returned=[row for row in returned if row.id not in in_review][:FIRST],
        late=latest_units(today, viewer=viewer, limit=FIRST) if lead else [],
        reviews=list(review_queue(viewer, size=FIRST).rows) if counts.to_review else [],
        checks=list(check_queue(viewer, size=FIRST).rows) if counts.to_check else [],
        hand_backs=hand_backs(viewer)[:FIRST] if counts.hand_backs else [],
        requests=requests(viewer)[:FIRST] if counts.requests else [],
        answers=answers(viewer, today, limit=FIRST) if unit else [],
        below=below[:FIRST], below_total=len(below),
        from_below=from_below[:FIRST], from_below_total=len(from_below),
        questions=questions(viewer)[:FIRST] if counts.questions else [],
        slips=slips_to_answer(viewer, today) if unit else [],
        deductions=deductions, objections=objections,
        kits=waiting_kits(viewer) if viewer.has(Role.REPORTER, Role.LEAD_OFFICE) else [],
        findings=waiting_findings(viewer, today=today) if findings_total else [], findings_total=findings_total,
        struck_off=struck_off(viewer, today=today) if unit else [],
        to_issue=[plan for plan in plans(viewer) if plan.state == "adopted"] if counts.to_issue else [],
        jobs_running=going_on.jobs_running,
        changes=unread_changes(viewer, limit=CHANGES) if unit else [], changes_total=unread_count(viewer) if unit else 0,
        notice=next(iter(notices(viewer, unread=True, limit=1)), None), notices_total=unread_notices(viewer),
    )  # fmt: skip


def _work(viewer: Viewer, today: date, wanted: WorkFilter, size: int = FIRST) -> list[WorkRow]:
    return list(work_page(viewer, wanted, today=today, size=size).rows)


def _coming(viewer: Viewer, today: date, listed: Container[int]) -> list[AssignmentRow]:
    """What may be written and stands nowhere else: not what waits for the unit's own reviewer."""
    soonest = assignment_page(viewer, "in_progress", today=today, size=5 * FIRST).rows
    return [
        row
        for row in soonest
        if row.next is not None and row.next.obligation_id not in listed and row.next.draft != "own_review"
    ][:FIRST]


def _in_review(rows: Iterable[WorkRow]) -> frozenset[int]:
    ids = [row.id for row in rows]
    return frozenset(
        session.scalars(select(Return.obligation_id).where(Return.obligation_id.in_(ids), Return.state == "own_review"))
    )


def _open_drafts(viewer: Viewer) -> list[DraftRow]:
    return [row for row in drafts(viewer).rows if row.state in {"reading", "review"}]


def _begun(viewer: Viewer) -> list[BegunRow]:
    later = aliased(Return)
    superseded = select(later.id).where(
        later.obligation_id == Return.obligation_id, later.version_no > Return.version_no
    )  # fmt: skip
    statement = (
        select(
            Return.obligation_id, Return.state, Return.saved_at, Obligation.due_on, Task.name.label("task"),
            Unit.name.label("unit"),
        )
        .join(Obligation, Obligation.id == Return.obligation_id)
        .join(Task, Task.id == Obligation.task_id)
        .join(Unit, Unit.id == Obligation.unit_id)
        .where(
            within(Obligation.unit_id, unit_ids(viewer, Role.REPORTER)), Obligation.state.in_(("open", "returned")),
            Return.state.in_(("draft", "own_returned", "withdrawn")), ~superseded.exists(),
        )
        .order_by(Obligation.due_on, Return.id)
        .limit(FIRST)
    )  # fmt: skip
    return [
        BegunRow(row.obligation_id, row.task, row.unit, row.due_on, row.saved_at, row.state)
        for row in session.execute(statement)
    ]


def _issued() -> int:
    return session.scalar(select(func.count()).select_from(Plan).where(Plan.state == "issued")) or 0


_JOB = table_of(Job).c
_RUNNING = (
    select(func.count())
    .select_from(_JOB.id.table)
    .where(_JOB.created_by == bindparam("person"), _JOB.state.in_(("waiting", "running")))
)
"""Made once: the desk asks it each time."""


def _jobs_running(viewer: Viewer) -> int:
    return session.connection().execute(_RUNNING, {"person": viewer.person_id}).scalar_one()
