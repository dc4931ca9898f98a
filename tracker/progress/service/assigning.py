"""Signing for tasks (签收), handing them back (退回), and what the lead office makes of that."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from flask_babel import gettext as _
from sqlalchemy import select

from tracker.accounts.roles import Viewer
from tracker.audit.service import record
from tracker.db import session
from tracker.errors import Conflict, DomainError, NotFound
from tracker.plans.models import Assignment, AssignmentSource, HandBack
from tracker.progress.models import Obligation
from tracker.progress.service.acting import FOLLOWING, Held, hold_assignment, lock_assignments, walk
from tracker.progress.service.counting import change, create
from tracker.progress.service.issuing import obligation_row
from tracker.progress.service.lapsing import lapse_extensions, lapse_questions
from tracker.progress.states import UNFINISHED
from tracker.progress.workflow import REPORTER, REVIEWER, Facts
from tracker.units.kinds import group_of
from tracker.units.models import Unit


def sign(assignment_id: int, *, by: Viewer, at: datetime) -> Assignment:
    """Signs for a task. Signing again for what is signed for changes nothing."""
    held = hold_assignment(assignment_id, by)
    assignment = held.assignment
    if assignment.state == "in_progress":
        return assignment
    assignment.state = walk("assignment", assignment.state, "sign", Facts(roles=held.roles, actor=by.person_id))
    assignment.signed_by, assignment.signed_at = by.person_id, at
    session.flush()
    record("签收任务", by=by, at=at, subject=("assignment", assignment.id), unit_id=assignment.unit_id,
           changes={"状态": ("待签收", "办理中")})  # fmt: skip
    return assignment


def sign_many(assignment_ids: Iterable[int], *, by: Viewer, at: datetime) -> int:
    """Signs for several tasks at once: all of them or none. Returns how many."""
    wanted = sorted(set(assignment_ids))
    if not wanted:
        raise DomainError(_("请先勾选要签收的任务。"))
    lock_assignments(Assignment.id.in_(wanted))
    for assignment_id in wanted:
        sign(assignment_id, by=by, at=at)
    return len(wanted)


def hand_back(
    assignment_id: int, *, reason: str, proposed_unit_id: int | None, by: Viewer, at: datetime
) -> HandBack:  # fmt: skip
    """Hands a task back before it is signed for, with a reason and, where known, whose it may be."""
    held = hold_assignment(assignment_id, by)
    facts = Facts(roles=held.roles, actor=by.person_id, reason=reason)
    target = walk("assignment", held.assignment.state, "hand_back", facts)
    if proposed_unit_id == held.assignment.unit_id:
        raise DomainError(_("建议承办单位不能是本单位。"), field="proposed_unit")
    proposed = session.get(Unit, proposed_unit_id) if proposed_unit_id is not None else None
    if proposed_unit_id is not None and proposed is None:
        raise DomainError(_("没有这个单位，请从列表中选择。"), field="proposed_unit")
    held.assignment.state = target
    handed = HandBack(
        assignment_id=assignment_id, reason=reason.strip(), proposed_unit_id=proposed_unit_id, by_id=by.person_id, at=at
    )
    session.add(handed)
    session.flush()
    record("退回任务", by=by, at=at, subject=("assignment", assignment_id), unit_id=held.assignment.unit_id,
           changes={"状态": ("待签收", "已退回")},
           detail={"理由": reason.strip(), "建议承办单位": proposed.name if proposed else ""})  # fmt: skip
    return handed


def take_back_hand_back(assignment_id: int, *, by: Viewer, at: datetime) -> Assignment:
    """The unit takes back what it handed back, until that is decided: the task waits to be signed for again.

    Raises NotFound for whoever is not of the unit, Conflict where nothing waits any more.
    """
    held = hold_assignment(assignment_id, by)
    if not held.roles & {REPORTER, REVIEWER}:
        raise NotFound
    statement = select(HandBack).where(HandBack.assignment_id == assignment_id).order_by(HandBack.id.desc()).limit(1)
    handed = session.scalar(statement.execution_options(populate_existing=True))
    if handed is None:
        raise Conflict(_("这项任务没有退回，无需撤回。"))
    if handed.decision is not None:
        raise Conflict(_handled(handed))
    held.assignment.state = walk("assignment", held.assignment.state, "take_back", Facts(roles=held.roles))
    _decide(handed, "taken_back", "", by, at)
    session.flush()
    record("撤回退回", by=by, at=at, subject=("assignment", assignment_id), unit_id=held.assignment.unit_id,
           changes={"状态": ("已退回", "待签收")})  # fmt: skip
    return held.assignment


def _handled(handed: HandBack) -> str:
    what = {
        "kept": _("已维持原单位"), "moved": _("已改派"), "withdrawn": _("已撤销"), "taken_back": _("单位已撤回退回"),
    }[handed.decision or ""]  # fmt: skip
    return _("这件退回已处理：%(what)s。您的操作没有执行。", what=what)


def _hold_hand_back(hand_back_id: int, by: Viewer) -> tuple[Held, HandBack]:
    handed = session.get(HandBack, hand_back_id)
    if handed is None:
        raise NotFound
    held = hold_assignment(handed.assignment_id, by)
    session.refresh(handed)
    if handed.decision is not None:
        raise Conflict(_handled(handed))
    return held, handed


def _decide(handed: HandBack, decision: str, note: str, by: Viewer, at: datetime) -> None:
    handed.decision, handed.decision_note = decision, note.strip()
    handed.decided_by, handed.decided_at = by.person_id, at


def keep(hand_back_id: int, *, reason: str, by: Viewer, at: datetime) -> Assignment:
    """The task stays with the unit; it signs for it after all."""
    held, handed = _hold_hand_back(hand_back_id, by)
    facts = Facts(roles=held.roles, actor=by.person_id, reason=reason)
    held.assignment.state = walk("assignment", held.assignment.state, "keep", facts)
    _decide(handed, "kept", reason, by, at)
    session.flush()
    record("维持原承办单位", by=by, at=at, subject=("assignment", held.assignment.id), unit_id=held.assignment.unit_id,
           changes={"状态": ("已退回", "待签收")}, detail={"理由": reason.strip()})  # fmt: skip
    return held.assignment


def withdraw(hand_back_id: int, *, reason: str, by: Viewer, at: datetime) -> Assignment:
    """The unit is let off the task; what it still owed is cancelled."""
    held, handed = _hold_hand_back(hand_back_id, by)
    facts = Facts(roles=held.roles, actor=by.person_id, reason=reason)
    held.assignment.state = walk("assignment", held.assignment.state, "withdraw", facts)
    _decide(handed, "withdrawn", reason, by, at)
    cancelled = len(cancel_unfinished(held.assignment.id, at=at))
    record("撤销任务", by=by, at=at, subject=("assignment", held.assignment.id), unit_id=held.assignment.unit_id,
           changes={"状态": ("已退回", "已撤销")}, detail={"理由": reason.strip(), "取消报送": cancelled})  # fmt: skip
    return held.assignment


def move(hand_back_id: int, *, unit_id: int, note: str = "", by: Viewer, at: datetime) -> Assignment:
    """Gives the task to another unit: what the first one still owed is cancelled there and owed here, by the same dates.

    Raises DomainError(field="unit") where that unit has the task already. Returns the new assignment.
    """
    held, handed = _hold_hand_back(hand_back_id, by)
    target = session.get(Unit, unit_id)
    if target is None or unit_id == held.assignment.unit_id:
        raise DomainError(_("请选择另一个单位。"), field="unit")
    facts = Facts(roles=held.roles, actor=by.person_id)
    state = walk("assignment", held.assignment.state, "move", facts)
    new = _give(held, target, facts)
    held.assignment.state = state
    moved = cancel_unfinished(held.assignment.id, at=at)
    take_over(new, moved)
    _decide(handed, "moved", note, by, at)
    session.flush()
    record("改派任务", by=by, at=at, subject=("assignment", held.assignment.id), unit_id=held.assignment.unit_id,
           changes={"承办单位": (held.unit, target.name)}, detail={"说明": note.strip(), "报送义务": len(moved)})  # fmt: skip
    record("承接改派任务", by=by, at=at, subject=("assignment", new.id), unit_id=unit_id,
           detail={"原承办单位": held.unit, "报送义务": len(moved)})  # fmt: skip
    return new


def _give(held: Held, unit: Unit, facts: Facts) -> Assignment:
    """The assignment of the other unit: a new one, or the one it was once relieved of."""
    old = held.assignment
    there = session.scalar(
        select(Assignment).where(Assignment.task_id == old.task_id, Assignment.unit_id == unit.id).with_for_update()
    )
    if there is not None and there.state not in {"moved", "withdrawn"}:
        raise DomainError(_("“%(name)s”已经承担这项任务，请选择其他单位或撤销。", name=unit.name), field="unit")
    if there is not None:
        there.state, there.role = walk("assignment", there.state, "reassign", facts), old.role
        there.signed_by, there.signed_at = None, None
        session.flush()
        return there
    new = Assignment(
        plan_id=old.plan_id, task_id=old.task_id, chapter_id=old.chapter_id, unit_id=unit.id,
        unit_group=group_of(unit.kind), role=old.role, state="to_sign",
    )  # fmt: skip
    session.add(new)
    session.flush()
    source = session.get(AssignmentSource, old.id)
    if source is not None:
        session.add(
            AssignmentSource(
                assignment_id=new.id, expression=source.expression, collective=source.collective, locator=source.locator
            )
        )
    return new


def take_over(new: Assignment, moved: list[Obligation]) -> None:
    """The new unit owes what the old one owed; what it was once relieved of comes back instead of standing twice. What it
    was excused from (挂账免报) stays so."""
    there = {one.due_on: one for one in _obligations(new.id)}
    mine = [there[one.due_on] for one in moved if one.due_on in there]
    back = [one for one in mine if one.state == "cancelled" and not one.excuse]
    change(back, state=walk("obligation", "cancelled", "restore", FOLLOWING), timing="none")
    create(obligation_row(new.plan_id, new, one.due_on, one) for one in moved if one.due_on not in there)


def cancel_unfinished(assignment_id: int, states: tuple[str, ...] = UNFINISHED, *, at: datetime) -> list[Obligation]:
    """Cancels what an assignment still owes, in these states. Returns what was cancelled."""
    ended = [one for one in _obligations(assignment_id) if one.state in states]
    for one in ended:
        walk("obligation", one.state, "cancel", FOLLOWING)
    change(ended, state="cancelled")
    lapse_extensions([one.id for one in ended], at=at)
    lapse_questions([one.id for one in ended], at=at)
    return ended


def _obligations(assignment_id: int) -> list[Obligation]:
    statement = select(Obligation).where(Obligation.assignment_id == assignment_id).order_by(Obligation.due_on)
    return list(session.scalars(statement.execution_options(populate_existing=True)))
