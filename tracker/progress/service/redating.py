"""Changing the time limits of a task (调整完成时限): only what lies ahead is planned anew; what was due stays due as it was."""

from __future__ import annotations

from datetime import datetime

from flask_babel import gettext as _
from sqlalchemy import select

from tracker import clock
from tracker.accounts.roles import Viewer
from tracker.audit.service import Entry, record, record_all
from tracker.db import session
from tracker.errors import Conflict, DomainError
from tracker.plans.models import Assignment, Plan, TaskText
from tracker.progress.queries.redating import Redating, UnitDates, in_words, redating
from tracker.progress.replanning import REDATED
from tracker.progress.service.counting import create
from tracker.progress.service.issuing import obligation_row
from tracker.progress.service.replanned import put_dates
from tracker.progress.service.revising import lock_plan
from tracker.progress.service.suspending import hold_to_suspensions


def redate(task_id: int, typed: str, *, reason: str, seen: str, by: Viewer, at: datetime) -> Redating:
    """Writes what was seen. Raises NotFound, DomainError where nothing of time is read or nothing changes, Conflict where
    what would be done is not what was `seen` any more."""
    today = clock.day_of(at)
    lock_plan(redating(task_id, None, by, today=today).plan_id)
    found = redating(task_id, typed, by, today=today)
    _check(found, reason, seen)
    text = session.get_one(TaskText, task_id)
    plan = session.get_one(Plan, found.plan_id)
    record("调整时限", by=by, at=at, subject=("task", task_id), unit_id=plan.owner_unit_id,
           changes={"完成时限": (_in_a_line(found.words), _in_a_line(in_words(found.deadlines)))},
           detail={"理由": reason.strip(), "单位数": len(found.units)})  # fmt: skip
    text.deadlines = found.deadlines
    put_dates([one.plan for one in found.units], at=at)
    ids = [one.assignment_id for one in found.units]
    held = {one.id: one for one in session.scalars(select(Assignment).where(Assignment.id.in_(ids)))}
    create([
        obligation_row(plan.id, held[one.assignment_id], due.due, due) for one in found.units for due in one.plan.added
    ])  # fmt: skip
    words = _in_a_line(in_words(found.deadlines))
    record_all([_told(one, held[one.assignment_id], words, reason) for one in found.units], by=by, at=at)
    hold_to_suspensions(ids, at=at)
    return found


def check_read(found: Redating) -> None:
    """Raises DomainError where nothing of time is read."""
    if not found.deadlines:
        raise DomainError(_("没有读出时限，请写明日期或周期，例如“9月底前”“每季度末”“持续推进”。"), field="words")


def _check(found: Redating, reason: str, seen: str) -> None:
    check_read(found)
    if not reason.strip():
        raise DomainError(_("请写明调整理由，责任单位看得到，也会留在审计记录里。"), field="reason")
    if in_words(found.deadlines) == found.words and not found.units:
        raise DomainError(_("时限没有变化，无需调整。"), field="words")
    if found.mark != seen:
        raise Conflict(_("请核对下面的影响后再确认：时限有改动，或您查看之后有人报送、签收。"))


def _told(one: UnitDates, assignment: Assignment, words: str, reason: str) -> Entry:
    plan = one.plan
    detail = {
        "完成时限": words if plan.is_empty else "",
        "期限调整": "、".join(f"{held.due_on}→{due.due}" for held, due in one.moved),
        "新增期限": "、".join(map(str, one.added)),
        "挂账免报": "、".join(str(due) for _was, due in one.let_off),
        "取消期限": "、".join(str(held.due_on) for held in plan.cancelled),
        "理由": reason.strip(),
    }
    return Entry(REDATED, ("assignment", assignment.id), assignment.unit_id, None, detail)


def _in_a_line(words: str) -> str:
    return "；".join(words.splitlines())
