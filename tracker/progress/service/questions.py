"""Asking a unit about its report without returning it (询问), answering, and bringing it before the lead office (协调)."""

from __future__ import annotations

from datetime import date, datetime
from typing import NamedTuple

from flask_babel import gettext as _
from sqlalchemy import select

from tracker import clock
from tracker.accounts.roles import Viewer
from tracker.audit.service import record
from tracker.db import session
from tracker.errors import Conflict, DomainError, NotFound
from tracker.plans.models import Assignment, Plan
from tracker.progress.asked_again import already_answered
from tracker.progress.content import LONGEST_WORDS
from tracker.progress.joining import partners
from tracker.progress.lights import IN_HAND
from tracker.progress.models import Question, QuestionEntry
from tracker.progress.queries.asked import asked_before
from tracker.progress.queries.partners import leads_by, roles_in
from tracker.progress.queries.questions import roles_towards
from tracker.progress.service.acting import HeldObligation, hold_obligation, walk
from tracker.progress.service.archiving import not_archived
from tracker.progress.states import QUESTION_OPEN
from tracker.progress.workflow import ASKER, LEAD_OFFICE, REPORTER, REVIEWER, Facts
from tracker.units.models import Unit

"""Characters of one thing said."""
ASKED = {"urge": "催报", "supplement": "请补充", "check": "核验询问"}
SAID = {
    "answer": "答复询问", "ask_again": "追问", "settle": "了结询问", "dispute": "提请协调", "decide": "协调决定",
}  # fmt: skip
"""What the audit record calls the steps; their English is in `tracker.audit.words`."""


class Ask(NamedTuple):
    kind: str
    text: str
    due_on: date | None
    """By when an answer is wanted."""
    knows: bool = False
    """Whether who asks has seen that the same was answered before, and asks it all the same."""


def ask(obligation_id: int, asked: Ask, *, by: Viewer, at: datetime) -> Question:
    """The unit that leads a task urges one of the others to report, or asks it to add something (催报, 请补充); the lead
    office asks about what it checks (核验询问). The report stays where it is.

    Raises NotFound for everybody else, DomainError naming the field, Conflict where the same is asked and open.
    """
    held = hold_obligation(obligation_id, by, by_others=True)
    asker = None if asked.kind == "check" else leads_by(held.assignment.task_id, by)
    if asked.kind == "check" and LEAD_OFFICE not in held.roles:
        raise NotFound
    if asked.kind != "check" and (
        asker is None or held.assignment.id not in partners(roles_in(held.assignment.task_id))
    ):
        raise NotFound
    not_archived(held.assignment.plan_id)
    day = _checked(held, asked, asker, clock.day_of(at))
    if not asked.knows and asked.kind != "urge" and already_answered(asked.text, asked_before(obligation_id), at):
        raise DomainError(
            _("对方已经答复过相近的询问，请先看下面的答复；仍需询问的，请勾选确认后发出。"), field="knows"
        )
    state = _walk("unasked", "ask", Facts(roles=frozenset({ASKER}), reason=asked.text))
    made = Question(kind=asked.kind, obligation_id=obligation_id, asker_id=asker, state=state, due_on=day, moved_at=at)
    session.add(made)
    session.flush()
    _enter(made, "ask", asked.text, held, by, at)
    record(ASKED[asked.kind], by=by, at=at, subject=("obligation", obligation_id), unit_id=held.assignment.unit_id,
           detail={"内容": asked.text.strip(), "答复期限": day, "询问单位": _name_of(asker)})  # fmt: skip
    return made


def _checked(held: HeldObligation, asked: Ask, asker: int | None, today: date) -> date:
    """The day by which an answer is wanted, where the question makes sense now."""
    state = held.obligation.state
    if state == "cancelled":
        raise DomainError(_("这项报送已取消，不必再问。"))
    if asked.kind == "urge" and state not in IN_HAND:
        raise DomainError(_("这个单位已经报送，不必催报；有疑问的，请选“请补充”。"))
    if asked.due_on is None or asked.due_on < today:
        raise DomainError(_("请填写今天或以后的日期。"), field="due_on")
    same = select(Question.id).where(
        Question.obligation_id == held.obligation.id, Question.kind == asked.kind, Question.state.in_(QUESTION_OPEN),
        Question.asker_id.is_(None) if asker is None else Question.asker_id == asker,
    )  # fmt: skip
    if session.scalar(same.limit(1)) is not None:
        raise Conflict(_("同类询问还没有了结，请在原来的询问中继续。"))
    return asked.due_on


def say(question_id: int, verb: str, text: str, *, by: Viewer, at: datetime, seen: int | None = None) -> Question:
    """Answers a question, asks again, settles it, brings it before the lead office, or decides it there (`verb`: see
    `tracker.progress.workflow`). Raises NotFound, Conflict where something was said since it was shown, DomainError.
    """
    asked = session.get(Question, question_id)
    if asked is None:
        raise NotFound
    held = hold_obligation(asked.obligation_id, by, by_others=True)
    session.refresh(asked)
    roles = _roles(asked, held, by)
    if not roles:
        raise NotFound
    if seen is not None and seen != asked.version:
        raise Conflict(_("您查看之后对方又有新的内容，请看过再办理。您填写的文字仍在本页。"))
    before = asked.state
    asked.state = _walk(before, verb, Facts(roles=roles, reason=text, between_units=asked.kind != "check"))
    asked.moved_at = at
    session.flush()
    _enter(asked, verb, text, held, by, at)
    record(SAID[verb], by=by, at=at, subject=("obligation", asked.obligation_id), unit_id=held.assignment.unit_id,
           detail={"内容": text.strip(), "询问单位": _name_of(asked.asker_id)})  # fmt: skip
    return asked


def _roles(asked: Question, held: HeldObligation, by: Viewer) -> frozenset[str]:
    path = select(Unit.path).join(Assignment, Assignment.unit_id == Unit.id).where(Assignment.id == asked.asker_id)
    owner = select(Unit.path).join(Plan, Plan.owner_unit_id == Unit.id).where(Plan.id == held.assignment.plan_id)
    return roles_towards(
        by, unit_path=held.unit_path, asker_path=session.scalar(path), owner_path=session.scalars(owner).one()
    )


def _walk(state: str, verb: str, facts: Facts) -> str:
    """As `walk`, with missing words said at the field of the form."""
    if len(facts.reason) > LONGEST_WORDS:
        raise DomainError(_("文字过长，请控制在 %(n)s 字以内。", n=LONGEST_WORDS), field="text")
    try:
        return walk("question", state, verb, facts)
    except DomainError as error:
        if error.field == "reason":
            raise DomainError(_("请写明内容。"), field="text") from error
        raise


def _enter(asked: Question, verb: str, text: str, held: HeldObligation, by: Viewer, at: datetime) -> None:
    session.add(
        QuestionEntry(
            question_id=asked.id, verb=verb, text=text.strip(), person_id=by.person_id, at=at,
            unit_id=_spoken_for(asked, verb, held),
        )
    )  # fmt: skip
    session.flush()


def _spoken_for(asked: Question, verb: str, held: HeldObligation) -> int | None:
    """The unit that somebody speaks for with a step; None for the lead office."""
    if verb == "decide":
        return None
    is_asked = bool(held.roles & {REPORTER, REVIEWER}) and verb in {"answer", "dispute"}
    if is_asked or asked.asker_id is None:
        return held.assignment.unit_id if is_asked else None
    return session.scalars(select(Assignment.unit_id).where(Assignment.id == asked.asker_id)).one()


def _name_of(assignment_id: int | None) -> str:
    """The unit of an assignment; the lead office where there is none."""
    if assignment_id is None:
        return "牵头办公室"
    statement = select(Unit.name).join(Assignment, Assignment.unit_id == Unit.id)
    return session.scalars(statement.where(Assignment.id == assignment_id)).one()
