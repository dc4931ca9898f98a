"""What waits for whom: queues of the reviewer and the lead office, and their counts for badges and the desk."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select

from tracker.accounts.models import Person
from tracker.accounts.roles import UNIT_ROLES, Role, Viewer
from tracker.db import session
from tracker.plans.models import Assignment, Plan, Task
from tracker.progress.models import Obligation, Return, ReturnSignature, ReturnText
from tracker.progress.queries.branches import branches, owed_in
from tracker.progress.queries.chains import is_turn
from tracker.progress.queries.claims import count_claims, count_ownerless
from tracker.progress.queries.hand_backs import count_hand_backs
from tracker.progress.queries.milestones import Statement, statements
from tracker.progress.queries.narrowing import EVERYTHING, Narrowed
from tracker.progress.queries.questions import checking_questions, count_questions
from tracker.progress.queries.requests import count_requests
from tracker.progress.queries.scope import led_plans, unit_ids, within
from tracker.units.models import Unit
from tracker.web.paging import PAGE_SIZE, Page, decode, page_of

SOON = 7
"""Days ahead that the desk counts as due soon, whatever a plan calls near."""


@dataclass(frozen=True, slots=True)
class QueueRow:
    """A version of a return that waits for a decision."""

    return_id: int
    version_no: int
    obligation_id: int
    plan: str
    number: str | None
    task: str
    unit: str
    due_on: date
    period: str
    kind: str
    text: str
    """The document's words for the date."""
    timing: str
    percent: int
    of_milestones: tuple[int, int]
    """How many milestones (节点) are reached, of how many: what its percent comes from; (0, 0) where it was typed."""
    milestones: tuple[Statement, ...]
    """What it says of them, its own first."""
    setback: bool
    """Whether its percent is lower than last time."""
    author: str
    since: datetime
    """When it came into this queue."""
    own: bool
    """Written or approved by the viewer: somebody else decides it."""
    question: str | None = None
    """How a question (核验询问) stands that the lead office asked about it and has not settled; None where there is none."""


def review_queue(
    viewer: Viewer, wanted: Narrowed = EVERYTHING, *, cursor: str | None = None, size: int = PAGE_SIZE
) -> Page[QueueRow]:
    """What the viewer's units have handed in for their own review and is at the viewer's step, the earliest due first."""
    return _queue(and_(_own_review(viewer), *wanted.of(Obligation)), Return.handed_in_at, viewer, cursor, size)


def check_queue(
    viewer: Viewer, wanted: Narrowed = EVERYTHING, *, cursor: str | None = None, size: int = PAGE_SIZE
) -> Page[QueueRow]:
    """What waits for the lead office the viewer belongs to, the earliest due first."""
    return _queue(and_(_to_check(viewer), *wanted.of(Obligation)), Return.submitted_at, viewer, cursor, size)


def _own_review(viewer: Viewer) -> ColumnElement[bool]:
    ids = unit_ids(viewer, Role.REVIEWER)
    return and_(
        Return.state == "own_review", Obligation.state.in_(("open", "returned")), within(Obligation.unit_id, ids),
        is_turn(viewer, Obligation.unit_id, Return, ReturnSignature, ReturnSignature.return_id == Return.id),
    )  # fmt: skip


def _to_check(viewer: Viewer) -> ColumnElement[bool]:
    return and_(Return.state == "to_check", Obligation.state == "reported", Obligation.plan_id.in_(led_plans(viewer)))


def _queue(condition: ColumnElement[bool], since: Any, viewer: Viewer, cursor: str | None, size: int) -> Page[QueueRow]:
    total = _counted(condition)
    backwards, key = decode(cursor, 2) or (False, []) if cursor else (False, [])
    statement = (
        select(
            Return.id, Return.version_no, Return.percent, Return.milestones, Return.milestones_reached,
            Return.author_id, Return.approved_by, since.label("since"),
            Obligation.id.label("obligation_id"), Obligation.due_on, Obligation.period, Obligation.kind,
            Obligation.text, Obligation.timing, (ReturnText.setback != "").label("setback"),
            Plan.name.label("plan"), Task.number, Task.name.label("task"), Unit.name.label("unit"), Person.name.label("author"),
        )
        .join(Obligation, Obligation.id == Return.obligation_id)
        .join(ReturnText, ReturnText.return_id == Return.id)
        .join(Task, Task.id == Obligation.task_id)
        .join(Plan, Plan.id == Obligation.plan_id)
        .join(Unit, Unit.id == Obligation.unit_id)
        .join(Person, Person.id == Return.author_id)
        .where(condition)
    )  # fmt: skip
    rows = session.execute(_paged(statement, key, backwards).limit(size + 1)).all()
    said = statements([row.id for row in rows if row.milestones])
    asked = checking_questions([row.obligation_id for row in rows])
    me = viewer.person_id
    shown = [
        QueueRow(
            row.id, row.version_no, row.obligation_id, row.plan, row.number, row.task, row.unit, row.due_on,
            row.period, row.kind, row.text, row.timing, row.percent,
            (row.milestones_reached, row.milestones), said.get(row.id, ()), row.setback, row.author, row.since,
            me in {row.author_id, row.approved_by}, asked.get(row.obligation_id),
        )
        for row in rows
    ]  # fmt: skip
    return page_of(
        shown, lambda row: (row.due_on.isoformat(), row.return_id), size=size, came_from=cursor if key else None,
        backwards=backwards, total=total,
    )  # fmt: skip


def _paged(statement: Select[Any], key: list[Any], backwards: bool) -> Select[Any]:
    if key:
        day, last = date.fromisoformat(str(key[0])), int(key[1])
        if backwards:
            beyond = or_(Obligation.due_on < day, and_(Obligation.due_on == day, Return.id < last))
        else:
            beyond = or_(Obligation.due_on > day, and_(Obligation.due_on == day, Return.id > last))
        statement = statement.where(beyond)
    if backwards:
        return statement.order_by(Obligation.due_on.desc(), Return.id.desc())
    return statement.order_by(Obligation.due_on, Return.id)


def _counted(condition: ColumnElement[bool]) -> int:
    statement = select(func.count()).select_from(Return).join(Obligation, Obligation.id == Return.obligation_id)
    return session.scalar(statement.where(condition)) or 0


def decidable(viewer: Viewer, queue: str) -> ColumnElement[bool]:
    """What the viewer may decide in a queue: two people (两人原则) leaves out what they wrote or approved."""
    condition = _own_review(viewer) if queue == "reviews" else _to_check(viewer)
    me = viewer.person_id
    return and_(condition, Return.author_id != me, or_(Return.approved_by.is_(None), Return.approved_by != me))


def next_in_queue(
    viewer: Viewer, queue: str, wanted: Narrowed = EVERYTHING, *, after: tuple[date, int] | None = None
) -> int | None:
    """The version to decide next: the one after (date, version) that the viewer may decide; behind the last the first, so
    that what was passed over comes when the rest is done. None where there is no other. One statement, or two."""
    statement = (
        select(Return.id)
        .join(Obligation, Obligation.id == Return.obligation_id)
        .where(decidable(viewer, queue), *wanted.of(Obligation))
        .order_by(Obligation.due_on, Return.id)
        .limit(1)
    )
    if after is None:
        return session.scalar(statement)
    day, passed = after
    beyond = or_(Obligation.due_on > day, and_(Obligation.due_on == day, Return.id > passed))
    return session.scalar(statement.where(beyond)) or session.scalar(statement.where(Return.id != passed))


def left_in_queue(viewer: Viewer, queue: str, wanted: Narrowed = EVERYTHING) -> int:
    """How many versions the viewer may still decide in a queue."""
    return _counted(and_(decidable(viewer, queue), *wanted.of(Obligation)))


def count_reviews(viewer: Viewer) -> int:
    return _counted(_own_review(viewer))


def count_checks(viewer: Viewer) -> int:
    return _counted(_to_check(viewer))


@dataclass(frozen=True, slots=True)
class DeskCounts:
    """What waits for a viewer, each counted only for the roles they hold (0 otherwise)."""

    to_sign: int = 0
    overdue: int = 0
    """Reports of the viewer's units that are past their date and not handed in."""
    due_soon: int = 0
    """Reports due within seven days."""
    returned: int = 0
    """Reports that came back (退办) and must be done again."""
    to_review: int = 0
    to_check: int = 0
    hand_backs: int = 0
    requests: int = 0
    """Requests of units (申请) that wait for the viewer's office."""
    to_issue: int = 0
    claims: int = 0
    """Units that offer to take a task without an owner (认领)."""
    ownerless: int = 0
    """Tasks that nobody has and a unit of the viewer's may take."""
    questions: int = 0
    """Questions (询问) to be answered, looked at after the answer, or decided."""


def counts_for_desk(viewer: Viewer, today: date) -> DeskCounts:
    """Counts for the desk and the badges of the side bar. At most seven statements, each along an index."""
    unit = viewer.has(*UNIT_ROLES)
    lead = viewer.has(Role.LEAD_OFFICE)
    overdue, soon, returned = _owed(viewer, today, *UNIT_ROLES) if unit else (0, 0, 0)
    return DeskCounts(
        to_sign=count_to_sign(viewer) if unit else 0,
        overdue=overdue, due_soon=soon, returned=returned,
        to_review=count_reviews(viewer) if viewer.has(Role.REVIEWER) else 0,
        to_check=count_checks(viewer) if lead else 0,
        hand_backs=count_hand_backs(viewer) if lead else 0,
        requests=count_requests(viewer) if lead else 0,
        to_issue=_to_issue(viewer) if lead else 0,
        claims=count_claims(viewer) if lead else 0,
        ownerless=count_ownerless(viewer) if unit else 0,
        questions=count_questions(viewer) if lead or unit else 0,
    )  # fmt: skip


def count_to_sign(viewer: Viewer) -> int:
    ids = unit_ids(viewer, Role.REPORTER, Role.REVIEWER)
    statement = select(func.count()).select_from(Assignment)
    return session.scalar(statement.where(within(Assignment.unit_id, ids), Assignment.state == "to_sign")) or 0


def _owed(viewer: Viewer, today: date, *roles: Role) -> tuple[int, int, int]:
    """What the units that the viewer stands for by these roles still have to report, without what lies before their own
    reviewers: past its date, due soon, and sent back."""
    whole = branches(viewer, *roles)
    if whole is not None:
        return owed_in(whole, today, today + timedelta(days=SOON))
    ids = unit_ids(viewer, *roles)
    row = session.execute(
        select(
            func.count().filter(Obligation.due_on < today).label("overdue"),
            func.count().filter(Obligation.due_on >= today).label("soon"),
            func.count().filter(Obligation.state == "returned").label("returned"),
        ).where(within(Obligation.unit_id, ids), _is_owed(today))
    ).one()
    return row.overdue, row.soon, row.returned


def _is_owed(today: date) -> ColumnElement[bool]:
    """To be reported by a unit soon, by now, or again; not what lies before its own reviewer."""
    handed_in = exists().where(Return.obligation_id == Obligation.id, Return.state == "own_review")
    return and_(
        Obligation.state.in_(("open", "returned")),
        or_(Obligation.due_on <= today + timedelta(days=SOON), Obligation.state == "returned"), ~handed_in,
    )  # fmt: skip


def count_mine(viewer: Viewer, today: date) -> int:
    """The badge of 我的任务: to sign for; and of what is signed for what is due within seven days, overdue or sent back."""
    to_sign = count_to_sign(viewer)
    if not viewer.has(Role.REPORTER):
        return to_sign
    if to_sign:
        return to_sign + _signed_for(viewer, today)
    overdue, soon, _returned = _owed(viewer, today, Role.REPORTER)
    return overdue + soon


def _signed_for(viewer: Viewer, today: date) -> int:
    """How much of what is owed belongs to tasks that do not wait to be signed for: those are one thing to do, and counted as
    that."""
    statement = (
        select(func.count())
        .select_from(Obligation)
        .join(Assignment, Assignment.id == Obligation.assignment_id)
        .where(
            within(Obligation.unit_id, unit_ids(viewer, Role.REPORTER)), Assignment.state != "to_sign", _is_owed(today)
        )
    )  # fmt: skip
    return session.scalar(statement) or 0


def _to_issue(viewer: Viewer) -> int:
    statement = select(func.count()).select_from(Plan)
    return session.scalar(statement.where(Plan.state == "adopted", Plan.id.in_(led_plans(viewer)))) or 0
