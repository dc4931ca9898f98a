"""Questions about reports (询问): one with its thread, those that wait for somebody, and how many."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import aliased

from tracker.accounts.models import Person
from tracker.accounts.roles import UNIT_ROLES, Role, Viewer
from tracker.db import session
from tracker.errors import NotFound
from tracker.plans.models import Assignment, Plan, Task
from tracker.progress.models import Obligation, Question, QuestionEntry
from tracker.progress.queries.scope import held, led_plans, unit_ids, within
from tracker.progress.states import QUESTION_OPEN
from tracker.progress.workflow import ASKER, LEAD_OFFICE, REPORTER, REVIEWER, Facts, allowed
from tracker.units.models import Unit
from tracker.web.paging import PAGE_SIZE

TABS = ("waiting", "open", "ended")
"""What waits for the viewer, what else is open, what has ended."""
VERBS = ("answer", "ask_again", "settle", "dispute", "decide")

_asking, _asking_unit, _owner = aliased(Assignment), aliased(Unit), aliased(Unit)


@dataclass(frozen=True, slots=True)
class QuestionRow:
    id: int
    kind: str
    state: str
    due_on: date
    """By when an answer is wanted."""
    moved_at: datetime
    version: int
    obligation_id: int
    plan: str
    number: str | None
    task: str
    unit: str
    """Who is asked."""
    asker: str
    """The unit that asks, empty where it is the lead office."""
    question: str
    """What is asked."""
    due_kind: str
    """What follows is of the report it is about."""
    text: str
    period: str


@dataclass(frozen=True, slots=True)
class EntryView:
    """One thing said in the thread."""

    verb: str
    text: str
    who: str
    unit: str
    """Whom they spoke for; empty for the lead office."""
    at: datetime


@dataclass(frozen=True, slots=True)
class QuestionView:
    row: QuestionRow
    entries: list[EntryView]
    may: frozenset[str]
    """Steps that the viewer may take."""
    inside: bool
    """Whether the viewer is of the unit that is asked, and so may open its report."""
    leads: bool
    """Whether the viewer belongs to the lead office."""
    asks_from: int | None
    """The viewer's own report for the same date, where their unit asks."""


def roles_towards(
    viewer: Viewer, *, unit_path: str, asker_path: str | None, owner_path: str
) -> frozenset[str]:  # fmt: skip
    """What the viewer is to a question: of the asked unit, of the lead office, the one who asks (`asker`)."""
    found = {
        name
        for name, role in ((REPORTER, Role.REPORTER), (REVIEWER, Role.REVIEWER))
        if held(viewer, unit_path, role)
    }  # fmt: skip
    leads = held(viewer, owner_path, Role.LEAD_OFFICE)
    if leads:
        found.add(LEAD_OFFICE)
    if leads if asker_path is None else held(viewer, asker_path, *UNIT_ROLES):
        found.add(ASKER)
    return frozenset(found)


def _rows() -> Select[Any]:
    first = (
        select(QuestionEntry.text)
        .where(QuestionEntry.question_id == Question.id)
        .order_by(QuestionEntry.id)
        .limit(1)
        .scalar_subquery()
    )
    return (
        select(
            Question, first.label("asked"), Obligation, Plan.name.label("plan"), Task.number, Task.name.label("task"),
            Unit.name.label("unit"), Unit.path.label("unit_path"), _asking_unit.name.label("asker"),
            _asking_unit.path.label("asker_path"), _owner.path.label("owner_path"),
        )
        .join(Obligation, Obligation.id == Question.obligation_id)
        .join(Plan, Plan.id == Obligation.plan_id)
        .join(Task, Task.id == Obligation.task_id)
        .join(Unit, Unit.id == Obligation.unit_id)
        .join(_owner, _owner.id == Plan.owner_unit_id)
        .outerjoin(_asking, _asking.id == Question.asker_id)
        .outerjoin(_asking_unit, _asking_unit.id == _asking.unit_id)
    )  # fmt: skip


def _row(row: Any) -> QuestionRow:
    one: Question = row.Question
    about: Obligation = row.Obligation
    return QuestionRow(
        one.id, one.kind, one.state, one.due_on, one.moved_at, one.version, about.id, row.plan, row.number, row.task,
        row.unit, row.asker or "", row.asked, about.kind, about.text, about.period,
    )  # fmt: skip


def open_questions(obligation_ids: Sequence[int], *, of: int) -> dict[int, QuestionRow]:
    """Obligation → what an assignment's unit has asked about it last and is still open."""
    statement = _rows().where(
        Question.obligation_id.in_(obligation_ids), Question.asker_id == of, Question.state.in_(QUESTION_OPEN)
    )
    return {row.Question.obligation_id: _row(row) for row in session.execute(statement.order_by(Question.id))}


def checking_questions(obligation_ids: Sequence[int]) -> dict[int, str]:
    """Obligation → how the newest question stands that the lead office asks about it and that has not ended. One statement."""
    if not obligation_ids:
        return {}
    statement = select(Question.obligation_id, Question.state).where(
        Question.obligation_id.in_(obligation_ids), Question.kind == "check", Question.state.in_(QUESTION_OPEN)
    )
    return {row.obligation_id: row.state for row in session.execute(statement.order_by(Question.id))}


def questions_about(obligation_id: int, viewer: Viewer) -> list[QuestionRow]:
    """What was asked about a report, the newest first, as far as the viewer is of the asked unit, the asking one or the
    lead office."""
    rows = session.execute(_rows().where(Question.obligation_id == obligation_id).order_by(Question.id.desc()))
    return [_row(row) for row in rows if _roles(viewer, row)]


def _roles(viewer: Viewer, row: Any) -> frozenset[str]:
    return roles_towards(viewer, unit_path=row.unit_path, asker_path=row.asker_path, owner_path=row.owner_path)


def question_view(question_id: int, viewer: Viewer) -> QuestionView:
    """Raises NotFound for whoever is neither asked, nor asks, nor of the lead office."""
    row = session.execute(_rows().where(Question.id == question_id)).first()
    roles = _roles(viewer, row) if row is not None else frozenset()
    if row is None or not roles:
        raise NotFound
    one = _row(row)
    facts = Facts(roles=roles, reason="-", between_units=one.kind != "check")
    return QuestionView(
        one, _entries(question_id), frozenset(verb for verb in VERBS if allowed("question", one.state, verb, facts)),
        inside=bool(roles & {REPORTER, REVIEWER}), leads=LEAD_OFFICE in roles, asks_from=_beside(row) if ASKER in roles else None,
    )  # fmt: skip


def _entries(question_id: int) -> list[EntryView]:
    rows = session.execute(
        select(QuestionEntry, Person.name, Unit.name.label("unit"))
        .join(Person, Person.id == QuestionEntry.person_id)
        .outerjoin(Unit, Unit.id == QuestionEntry.unit_id)
        .where(QuestionEntry.question_id == question_id)
        .order_by(QuestionEntry.id)
    )
    return [EntryView(one.verb, one.text, name, unit or "", one.at) for one, name, unit in rows]


def _beside(row: Any) -> int | None:
    """The asking unit's report for the same printed date."""
    about: Obligation = row.Obligation
    if row.Question.asker_id is None:
        return None
    statement = select(Obligation.id).where(
        Obligation.assignment_id == row.Question.asker_id, Obligation.original_due_on == about.original_due_on
    )
    return session.scalar(statement.limit(1))


def _asked_of(viewer: Viewer) -> ColumnElement[bool]:
    return within(Obligation.unit_id, unit_ids(viewer, *UNIT_ROLES))


def _asked_by(viewer: Viewer) -> ColumnElement[bool]:
    by_office = and_(Question.asker_id.is_(None), _before_office(viewer))
    return or_(within(func.coalesce(_asking.unit_id, 0), unit_ids(viewer, *UNIT_ROLES)), by_office)


def _before_office(viewer: Viewer) -> ColumnElement[bool]:
    return Obligation.plan_id.in_(led_plans(viewer))


def _waits_for(viewer: Viewer) -> ColumnElement[bool]:
    """To be answered by the viewer's units, to be looked at where they asked, to be decided by their office."""
    return or_(
        and_(Question.state == "asked", _asked_of(viewer)),
        and_(Question.state == "answered", _asked_by(viewer)),
        and_(Question.state == "disputed", _before_office(viewer)),
    )


def questions(viewer: Viewer, tab: str = "waiting") -> list[QuestionRow]:
    """Questions of a tab: what is open by the date it is wanted for, what has ended the newest first."""
    mine = or_(_asked_of(viewer), _asked_by(viewer), _before_office(viewer))
    is_open = Question.state.in_(QUESTION_OPEN)
    which = {
        "waiting": _waits_for(viewer), "open": and_(mine, is_open, ~_waits_for(viewer)), "ended": and_(mine, ~is_open),
    }[tab]  # fmt: skip
    order = (Question.moved_at.desc(), Question.id.desc()) if tab == "ended" else (Question.due_on, Question.id)
    return [_row(row) for row in session.execute(_rows().where(which).order_by(*order).limit(PAGE_SIZE * 4))]


def count_questions(viewer: Viewer) -> int:
    """How many wait for the viewer."""
    statement = (
        select(func.count())
        .select_from(Question)
        .join(Obligation, Obligation.id == Question.obligation_id)
        .outerjoin(_asking, _asking.id == Question.asker_id)
    )
    return session.scalar(statement.where(_waits_for(viewer))) or 0
