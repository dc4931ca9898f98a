"""Tasks that units handed back (退回), for the lead office to rule on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import aliased

from tracker.accounts.models import Person
from tracker.accounts.roles import Viewer
from tracker.db import session
from tracker.errors import NotFound
from tracker.plans.models import Assignment, HandBack, Plan, Task
from tracker.progress.models import Obligation
from tracker.progress.queries.narrowing import EVERYTHING, Narrowed
from tracker.progress.queries.scope import led_plans
from tracker.progress.states import UNFINISHED
from tracker.units.models import Unit
from tracker.units.queries import root_id
from tracker.web.paging import PAGE_SIZE


@dataclass(frozen=True, slots=True)
class HandBackRow:
    id: int
    assignment_id: int
    plan: str
    plan_id: int
    number: str | None
    task: str
    task_id: int
    unit: str
    unit_id: int
    role: str
    reason: str
    proposed_unit_id: int | None
    proposed: str
    who: str
    at: datetime
    decision: str | None
    decision_note: str
    decided_at: datetime | None
    decider: str


def _hand_backs(viewer: Viewer) -> Select[Any]:
    proposed, decider = aliased(Unit), aliased(Person)
    return (
        select(
            HandBack, Assignment.role, Assignment.unit_id, Assignment.task_id, Assignment.plan_id, Plan.name.label("plan"),
            Task.number, Task.name.label("task"), Unit.name.label("unit"), proposed.name.label("proposed"),
            Person.name.label("who"), decider.name.label("decider"),
        )
        .join(Assignment, Assignment.id == HandBack.assignment_id)
        .join(Plan, Plan.id == Assignment.plan_id)
        .join(Task, Task.id == Assignment.task_id)
        .join(Unit, Unit.id == Assignment.unit_id)
        .join(Person, Person.id == HandBack.by_id)
        .outerjoin(proposed, proposed.id == HandBack.proposed_unit_id)
        .outerjoin(decider, decider.id == HandBack.decided_by)
        .where(Assignment.plan_id.in_(led_plans(viewer)))
    )  # fmt: skip


def _hand_back(row: Any) -> HandBackRow:
    one: HandBack = row.HandBack
    return HandBackRow(
        one.id, one.assignment_id, row.plan, row.plan_id, row.number, row.task, row.task_id, row.unit, row.unit_id,
        row.role, one.reason, one.proposed_unit_id, row.proposed or "", row.who, one.at, one.decision,
        one.decision_note, one.decided_at, row.decider or "",
    )  # fmt: skip


def hand_backs(viewer: Viewer, wanted: Narrowed = EVERYTHING, *, decided: bool = False) -> list[HandBackRow]:
    """Hand-backs of the plans the viewer's office leads: those that wait, oldest first; or the last decided ones."""
    statement = _hand_backs(viewer).where(*wanted.of(Assignment))
    if decided:
        statement = statement.where(HandBack.decision.is_not(None)).order_by(HandBack.decided_at.desc(), HandBack.id)
    else:
        statement = statement.where(HandBack.decision.is_(None)).order_by(HandBack.at, HandBack.id)
    return [_hand_back(row) for row in session.execute(statement.limit(PAGE_SIZE * 4))]


def hand_back_view(hand_back_id: int, viewer: Viewer) -> HandBackRow:
    row = session.execute(_hand_backs(viewer).where(HandBack.id == hand_back_id)).first()
    if row is None:
        raise NotFound
    return _hand_back(row)


def unfit_for(found: HandBackRow) -> frozenset[int]:
    """Units that cannot take over what was handed back: who did, those that carry the task already, and the one at the top.

    None once it is decided: then there is nothing left to take over, and that is what is said.
    """
    if found.decision is not None:
        return frozenset()
    statement = select(Assignment.unit_id).where(
        Assignment.task_id == found.task_id, Assignment.state.not_in(("moved", "withdrawn"))
    )
    top = root_id()
    return frozenset((found.unit_id, *session.scalars(statement), *((top,) if top is not None else ())))


def past_dates(assignment_id: int, today: date) -> list[date]:
    """The dates that have passed of what a unit still owes: another unit that is given the task owes them at once."""
    statement = select(Obligation.due_on).where(
        Obligation.assignment_id == assignment_id, Obligation.state.in_(UNFINISHED), Obligation.due_on < today
    )
    return list(session.scalars(statement.order_by(Obligation.due_on, Obligation.id)))


def next_hand_back(viewer: Viewer, wanted: Narrowed = EVERYTHING) -> int | None:
    """The hand-back to decide next: the one that waits longest."""
    waiting = (HandBack.decision.is_(None), *wanted.of(Assignment))
    statement = _hand_backs(viewer).with_only_columns(HandBack.id).where(*waiting)
    return session.scalar(statement.order_by(HandBack.at, HandBack.id).limit(1))


def count_hand_backs(viewer: Viewer) -> int:
    waiting = select(HandBack.assignment_id).where(HandBack.decision.is_(None))
    led = (Assignment.plan_id + 0).in_(led_plans(viewer))  # asked of those few, not sought along a plan's thousands
    return session.scalar(select(func.count()).where(Assignment.id.in_(waiting), led)) or 0
