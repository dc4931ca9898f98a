"""Asking that a task be closed (申请办结), and closing it (销号): a unit asks, another person in the lead office decides."""

from __future__ import annotations

from datetime import datetime

from flask_babel import gettext as _
from sqlalchemy import func, select

from tracker.accounts.models import Person
from tracker.accounts.roles import Viewer
from tracker.audit.service import record
from tracker.db import session
from tracker.errors import Conflict, DomainError, NotFound
from tracker.plans.models import Assignment
from tracker.progress.models import Closing, Obligation
from tracker.progress.service.acting import Held, hold_assignment, walk
from tracker.progress.service.assigning import cancel_unfinished
from tracker.progress.workflow import LEAD_OFFICE, REPORTER, REVIEWER, Facts


def ask_closing(assignment_id: int, *, summary: str, by: Viewer, at: datetime) -> Closing:
    """A unit whose accepted report says 100 % asks that the task be closed. One request waits at a time.

    Raises NotFound for whoever is not of the unit, DomainError(field="summary"), Conflict where one waits.
    """
    held = hold_assignment(assignment_id, by)
    if not held.roles & {REPORTER, REVIEWER}:
        raise NotFound
    waiting = select(Closing.id).where(Closing.assignment_id == assignment_id, Closing.state == "asked")
    if session.scalar(waiting) is not None:
        raise Conflict(_("这项任务已有一件办结申请等待审批，不必重复申请。"))
    state = _walk(held.assignment, "unasked", "ask", _facts(held, by, reason=summary))
    asked = Closing(
        assignment_id=assignment_id, state=state, summary=summary.strip(), asked_by=by.person_id, asked_at=at
    )
    session.add(asked)
    session.flush()
    record("申请办结", by=by, at=at, subject=("assignment", assignment_id), unit_id=held.assignment.unit_id,
           detail={"办结情况": asked.summary})  # fmt: skip
    return asked


def take_back_closing(closing_id: int, *, by: Viewer, at: datetime) -> Closing:
    """The unit takes its request back before it is decided."""
    held, asked = _hold(closing_id, by)
    asked.state = walk("closing", asked.state, "take_back", _facts(held, by))
    session.flush()
    record("撤回办结申请", by=by, at=at, subject=("assignment", asked.assignment_id), unit_id=held.assignment.unit_id)
    return asked


def close_task(closing_id: int, *, note: str, by: Viewer, at: datetime, seen: int | None = None) -> Closing:
    """The lead office closes the task; what was still to be reported is cancelled. A report that waits is checked first."""
    held, asked = _decided_by_lead(closing_id, by, seen)
    assignment, facts = held.assignment, _facts(held, by, hands={asked.asked_by})
    state = walk("closing", asked.state, "close", facts)
    waiting = select(func.count()).where(Obligation.assignment_id == assignment.id, Obligation.state == "reported")
    if session.scalar(waiting):
        raise DomainError(_("这项任务还有报送待核，请先核验，再办结。"))
    assignment.state = walk("assignment", assignment.state, "close", facts)
    _decide(asked, state, note, by, at)
    cancelled = len(cancel_unfinished(assignment.id, ("open", "returned"), at=at))
    session.flush()
    record("办结销号", by=by, at=at, subject=("assignment", assignment.id), unit_id=assignment.unit_id,
           changes={"状态": ("办理中", "已办结")}, detail={"批复意见": asked.note, "取消报送": cancelled})  # fmt: skip
    return asked


def refuse_closing(closing_id: int, *, reason: str, by: Viewer, at: datetime, seen: int | None = None) -> Closing:
    """The lead office does not close the task, and says what is missing; the unit may ask again."""
    held, asked = _decided_by_lead(closing_id, by, seen)
    state = walk("closing", asked.state, "refuse", _facts(held, by, reason=reason, hands={asked.asked_by}))
    _decide(asked, state, reason, by, at)
    session.flush()
    record("不同意办结", by=by, at=at, subject=("assignment", asked.assignment_id), unit_id=held.assignment.unit_id,
           detail={"理由": asked.note})  # fmt: skip
    return asked


def _walk(assignment: Assignment, state: str, verb: str, facts: Facts) -> str:
    """As `walk`, with a missing reason said at the field that asks for it."""
    try:
        return walk("closing", state, verb, facts)
    except DomainError as error:
        if error.field == "reason":
            raise DomainError(_("请写明办结情况。"), field="summary") from error
        if assignment.state == "in_progress" and assignment.percent < 100:
            raise DomainError(
                _("最近一次核收的进度是 %(n)s%%：核收进度达到 100%% 后才能申请办结。", n=assignment.percent)
            ) from error
        raise


def _facts(held: Held, by: Viewer, *, reason: str = "", hands: set[int] | None = None) -> Facts:
    return Facts(
        roles=held.roles, actor=by.person_id, hands=frozenset(hands or ()), reason=reason,
        percent=held.assignment.percent, assignment=held.assignment.state,
    )  # fmt: skip


def _hold(closing_id: int, by: Viewer) -> tuple[Held, Closing]:
    """Raises Conflict, naming who was faster, where it is decided, taken back or has lapsed."""
    asked = session.get(Closing, closing_id)
    if asked is None:
        raise NotFound
    held = hold_assignment(asked.assignment_id, by)
    session.refresh(asked)
    if asked.state != "asked":
        raise Conflict(_decided(asked))
    return held, asked


def _decided(asked: Closing) -> str:
    what = {
        "closed": _("已办结销号"), "refused": _("已答复不同意"), "taken_back": _("已由申请单位撤回"),
        "lapsed": _("因任务已随报送办结而失效"),
    }[asked.state]  # fmt: skip
    who = session.get(Person, asked.decided_by) if asked.decided_by else None
    if who is None:
        return _("这件办结申请%(what)s，您的操作没有执行。", what=what)
    return _("这件办结申请%(what)s（%(who)s），您的操作没有执行。", what=what, who=who.name)


def _decided_by_lead(closing_id: int, by: Viewer, seen: int | None) -> tuple[Held, Closing]:
    asked = session.get(Closing, closing_id)
    if asked is None or LEAD_OFFICE not in hold_assignment(asked.assignment_id, by).roles:
        raise NotFound
    held, asked = _hold(closing_id, by)
    if seen is not None and seen != asked.version:
        raise Conflict(_("这件办结申请在您查看之后有改动，请核对后再办理。"))
    return held, asked


def _decide(asked: Closing, state: str, note: str, by: Viewer, at: datetime) -> None:
    asked.state, asked.note, asked.decided_by, asked.decided_at = state, note.strip(), by.person_id, at
