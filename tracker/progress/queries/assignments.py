"""Tasks in the hands of units: the list of one's own, and one whole."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Date, Select, and_, exists, func, literal, or_, select
from sqlalchemy.orm import InstrumentedAttribute

from tracker.accounts.models import Person
from tracker.accounts.roles import Role, Viewer
from tracker.db import session
from tracker.errors import NotFound
from tracker.plans.models import Assignment, AssignmentSource, Chapter, HandBack, Plan, Task, TaskText
from tracker.progress.light_rules import Lights
from tracker.progress.lights import LightKind
from tracker.progress.models import Obligation, Request, Return
from tracker.progress.queries.of_obligation import of_newest
from tracker.progress.queries.scope import SEEING, lights_by_plan, unit_ids, within
from tracker.units.models import Unit
from tracker.units.queries import covers
from tracker.web.kept import newest
from tracker.web.paging import PAGE_SIZE, Page, decode, page_of

TABS = ("to_sign", "in_progress", "done", "handed_back")
ORDERS = ("due", "-due", "plan", "-plan")


@dataclass(frozen=True, slots=True)
class NextDue:
    """The next report that an assignment owes."""

    obligation_id: int
    due_on: date
    state: str
    period: str
    light: LightKind
    draft: str
    """State of the newest version of its return, empty where nothing is written yet."""


@dataclass(frozen=True, slots=True)
class AssignmentRow:
    id: int
    plan: str
    number: str | None
    task: str
    chapter: str
    unit: str
    role: str
    state: str
    percent: int
    suspended: bool
    """Under a suspension (挂账) as of the day."""
    next: NextDue | None


def own_units(viewer: Viewer) -> tuple[int, ...] | None:
    return unit_ids(viewer, Role.REPORTER, Role.REVIEWER)


def assignment_page(
    viewer: Viewer, tab: str, *, today: date, order: str = "due", cursor: str | None = None, size: int = PAGE_SIZE
) -> Page[AssignmentRow]:
    """Tasks of the viewer's own units in one state. Those under way stand by the date of their next report, what owes none
    last; the others, and by the order "plan" those too, as they stand in their plans, the newest plan first. "-" turns it."""
    first = _NEXT_DATE if tab == "in_progress" and order.endswith("due") else _NEWEST_PLAN
    backwards, key = _place(cursor, first)
    wanted = select(Assignment.id, first.label("first")).where(
        within(Assignment.unit_id, own_units(viewer)), Assignment.state == tab
    )
    down = order.startswith("-") != backwards
    ids = _paged(wanted, first, key, down).limit(size + 1).subquery().c
    statement = (
        select(
            Assignment.id, Assignment.plan_id, Assignment.role, Assignment.state, Assignment.percent, ids.first,
            Plan.name.label("plan"), Task.number, Task.name.label("task"), Chapter.title, Unit.name.label("unit"),
            _suspended(today).label("suspended"),
        )
        .select_from(ids.id.table)
        .join(Assignment, Assignment.id == ids.id)
        .join(Plan, Plan.id == Assignment.plan_id)
        .join(Task, Task.id == Assignment.task_id)
        .join(Chapter, Chapter.id == Assignment.chapter_id)
        .join(Unit, Unit.id == Assignment.unit_id)
        .order_by(*_order(ids.first, down))
    )  # fmt: skip
    rows = session.execute(statement).all()
    due = _next_due([row.id for row in rows], today) if tab == "in_progress" else {}
    shown = [
        (row.first, AssignmentRow(row.id, row.plan, row.number, row.task, row.title, row.unit, row.role, row.state,
                                  row.percent, row.suspended, due.get(row.id)))
        for row in rows
    ]  # fmt: skip
    cut = page_of(
        shown, lambda pair: (pair[0], pair[1].id), size=size, came_from=cursor if key else None, backwards=backwards
    )
    return Page([row for _, row in cut.rows], cut.next, cut.previous, None)


_NEVER = date(9999, 12, 31)
_NEWEST_PLAN: ColumnElement[int] = -Assignment.plan_id
_NEXT_DATE: ColumnElement[date] = func.coalesce(
    select(func.min(Obligation.due_on))
    .where(Obligation.assignment_id == Assignment.id, Obligation.state.in_(("open", "returned")))
    .correlate(Assignment)
    .scalar_subquery(),
    literal(_NEVER, Date),
)
"""When the next report of an assignment is due that the unit still has to make."""


def _suspended(today: date) -> ColumnElement[bool]:
    """Whether an assignment is under a suspension: `RequestRow.suspends` in SQL."""
    lasts = or_(Request.granted_until.is_(None), Request.granted_until >= today)
    return exists().where(
        Request.assignment_id == Assignment.id, Request.kind == "suspension", Request.state == "granted", lasts
    )


def _place(cursor: str | None, first: ColumnElement[Any]) -> tuple[bool, tuple[Any, int] | None]:
    """(backwards, the first value and the id that a page goes on from); from the beginning where the cursor is of none."""
    backwards, key = decode(cursor, 2) or (False, []) if cursor else (False, [])
    if not key:
        return False, None
    read = date.fromisoformat if first is _NEXT_DATE else int
    try:
        return backwards, (read(key[0]), int(key[1]))
    except (TypeError, ValueError):
        return False, None


def _paged(statement: Select[Any], first: ColumnElement[Any], key: tuple[Any, int] | None, down: bool) -> Select[Any]:
    if key:
        at, last = key
        if down:
            beyond = or_(first < at, and_(first == at, Assignment.id < last))
        else:
            beyond = or_(first > at, and_(first == at, Assignment.id > last))
        statement = statement.where(beyond)
    return statement.order_by(*_order(first, down))


def _order(first: ColumnElement[Any], down: bool) -> tuple[ColumnElement[Any] | InstrumentedAttribute[Any], ...]:
    return (first.desc(), Assignment.id.desc()) if down else (first, Assignment.id)


def _next_due(assignment_ids: Sequence[int], today: date) -> dict[int, NextDue]:
    """The earliest report of each assignment that the unit still has to make."""
    rows = session.execute(
        select(
            Obligation.assignment_id, Obligation.id, Obligation.due_on, Obligation.state, Obligation.timing,
            Obligation.period, Obligation.plan_id, of_newest(Return.state).label("draft"),
        )
        .where(Obligation.assignment_id.in_(assignment_ids), Obligation.state.in_(("open", "returned")))
        .order_by(Obligation.assignment_id, Obligation.due_on)
    )  # fmt: skip
    lights, found = lights_by_plan(today), dict[int, NextDue]()
    for row in rows:
        kind = lights[row.plan_id].of(row.state, row.timing, row.due_on)
        found.setdefault(row.assignment_id, NextDue(row.id, row.due_on, row.state, row.period, kind, row.draft or ""))
    return found


def assignment_counts(viewer: Viewer) -> dict[str, int]:
    """State → number of tasks of the viewer's own units; kept until somebody acts."""
    return newest(("assignment counts", viewer.grants), lambda: _assignment_counts(viewer))


def _assignment_counts(viewer: Viewer) -> dict[str, int]:
    statement = (
        select(Assignment.state, func.count())
        .where(within(Assignment.unit_id, own_units(viewer)), Assignment.state.in_(TABS))
        .group_by(Assignment.state)
        .order_by(Assignment.state)
    )
    return {row[0]: row[1] for row in session.execute(statement)}


@dataclass(frozen=True, slots=True)
class ObligationRow:
    id: int
    due_on: date
    original_due_on: date
    kind: str
    text: str
    period: str
    state: str
    timing: str
    excuse: str
    percent: int
    light: LightKind
    draft: str
    """State of the newest version, shown inside the unit only."""


@dataclass(frozen=True, slots=True)
class AssignmentView:
    id: int
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
    state: str
    percent: int
    signed_by: str
    signed_at: datetime | None
    expression: str
    locator: str
    document: str
    obligations: list[ObligationRow]
    hand_back: str
    """Reason of the hand-back that waits, empty where none does."""
    signs: bool
    """Whether the viewer may sign for it or hand it back."""
    reports: bool
    reviews: bool
    leads: bool
    inside: bool


def assignment_view(assignment_id: int, viewer: Viewer, *, today: date) -> AssignmentView:
    """Raises NotFound where there is none, the viewer may not know of it, or it is not issued yet."""
    row = session.execute(
        select(
            Assignment,
            Plan,
            Task,
            Chapter.title,
            TaskText.requirement,
            Unit.name,
            AssignmentSource,
            Person.name.label("signer"),
        )
        .join(Plan, Plan.id == Assignment.plan_id)
        .join(Task, Task.id == Assignment.task_id)
        .join(Chapter, Chapter.id == Assignment.chapter_id)
        .join(TaskText, TaskText.task_id == Assignment.task_id)
        .join(Unit, Unit.id == Assignment.unit_id)
        .outerjoin(AssignmentSource, AssignmentSource.assignment_id == Assignment.id)
        .outerjoin(Person, Person.id == Assignment.signed_by)
        .where(Assignment.id == assignment_id)
    ).first()
    if row is None or not covers(viewer, row.Assignment.unit_id, *SEEING):
        raise NotFound
    one, plan, task, source = row.Assignment, row.Plan, row.Task, row.AssignmentSource
    inside = covers(viewer, one.unit_id, Role.REPORTER, Role.REVIEWER)
    leads = covers(viewer, plan.owner_unit_id, Role.LEAD_OFFICE)
    if one.state == "draft" and not leads:
        raise NotFound
    return AssignmentView(
        one.id, plan.id, plan.name, task.id, task.number, task.name, row.title, row.requirement, one.unit_id, row.name,
        one.role, one.state, one.percent, row.signer or "", one.signed_at, source.expression if source else "",
        source.locator if source else "", plan.document_title,
        _obligations(one.id, lights_by_plan(today)[plan.id], inside=inside), _waiting_hand_back(one.id),
        signs=inside, reports=covers(viewer, one.unit_id, Role.REPORTER),
        reviews=covers(viewer, one.unit_id, Role.REVIEWER), leads=leads, inside=inside,
    )  # fmt: skip


def _obligations(assignment_id: int, lights: Lights, *, inside: bool) -> list[ObligationRow]:
    rows = session.execute(
        select(Obligation, of_newest(Return.state).label("draft"))
        .where(Obligation.assignment_id == assignment_id)
        .order_by(Obligation.due_on)
    )
    return [
        ObligationRow(
            one.id, one.due_on, one.original_due_on, one.kind, one.text, one.period, one.state, one.timing,
            one.excuse, one.percent, lights.of(one.state, one.timing, one.due_on, one.excuse),
            (draft or "") if inside else "",
        )
        for one, draft in rows
    ]  # fmt: skip


def _waiting_hand_back(assignment_id: int) -> str:
    statement = select(HandBack.reason).where(HandBack.assignment_id == assignment_id, HandBack.decision.is_(None))
    return session.scalar(statement.order_by(HandBack.id.desc()).limit(1)) or ""
