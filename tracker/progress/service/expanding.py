"""Asking a plan's collectives anew (重新展开集合称谓): an act of the lead office, of just what it saw and ticked."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from flask_babel import gettext as _
from sqlalchemy import or_, select

from tracker import clock
from tracker.accounts.roles import Viewer
from tracker.audit.service import record
from tracker.db import session
from tracker.errors import Conflict, DomainError
from tracker.plans.models import Assignment, AssignmentSource, Plan
from tracker.plans.states import REPORTING_ROLES
from tracker.progress.models import Obligation
from tracker.progress.queries.expanding import HELD, OPEN, Difference, expansion
from tracker.progress.service.acting import FOLLOWING, walk
from tracker.progress.service.assigning import cancel_unfinished
from tracker.progress.service.counting import change, create
from tracker.progress.service.ending import end_assignment
from tracker.progress.service.issuing import ISSUING, obligation_row
from tracker.progress.service.revising import lock_plan
from tracker.units.kinds import group_of
from tracker.units.models import Unit


def expand_again(
    plan_id: int, chosen: Collection[str], *, reason: str, seen: str, by: Viewer, at: datetime
) -> tuple[int, int]:
    """Gives the plan's tasks to units that joined a collective, and takes them off those that left it; how many of each.

    `chosen` are keys of differences. Raises NotFound, Conflict where others are shown by now, DomainError.
    """
    day = clock.day_of(at)
    plan = lock_plan(expansion(plan_id, by, today=day).plan_id)
    found = expansion(plan_id, by, today=day)
    if found.mark != seen:
        raise Conflict(_("单位或任务有变化，没有调整。请核对下面的最新差别后再确认。"))
    if not reason.strip():
        raise DomainError(_("请写明理由。"), field="reason")
    wanted = [one for one in found.differences if one.key in chosen]
    if not wanted:
        raise DomainError(_("请至少勾选一个单位。"))
    joined = sum(_join(plan, one, task, reason, by, at) for one in wanted if one.joins for task in one.tasks)
    left = sum(_leave(one, task, reason, by, at) for one in wanted if not one.joins for task in one.tasks)
    record("重新展开集合称谓", by=by, at=at, subject=("plan", plan.id), unit_id=plan.owner_unit_id,
           detail={"称谓": list(dict.fromkeys(one.phrase for one in wanted)), "新增单位": [one.unit for one in wanted if one.joins],
                   "减少单位": [one.unit for one in wanted if not one.joins], "理由": reason.strip()})  # fmt: skip
    return joined, left


def _join(plan: Plan, one: Difference, task_id: int, reason: str, by: Viewer, at: datetime) -> int:
    """The unit gets the task as the others of its collective have it, with the dates that are still to come."""
    found = session.execute(
        select(Assignment, AssignmentSource)
        .join(AssignmentSource, AssignmentSource.assignment_id == Assignment.id)
        .where(Assignment.task_id == task_id, AssignmentSource.expression == one.phrase, Assignment.state.in_(HELD))
        .order_by(Assignment.state == "draft", Assignment.id)
        .limit(1)
    )
    beside, source = found.tuples().one()
    held = session.scalar(
        select(Assignment).where(Assignment.task_id == task_id, Assignment.unit_id == one.unit_id).with_for_update()
    )
    issued = beside.state != "draft"
    if held is None:
        unit = session.get_one(Unit, one.unit_id)
        held = Assignment(
            plan_id=plan.id, task_id=task_id, chapter_id=beside.chapter_id, unit_id=unit.id,
            unit_group=group_of(unit.kind), role=beside.role, state="draft",
        )  # fmt: skip
        session.add(held)
        session.flush()
        session.add(
            AssignmentSource(assignment_id=held.id, expression=one.phrase, collective=True, locator=source.locator)
        )
        if issued:
            held.state = walk("assignment", "draft", "issue", ISSUING)
    else:
        verb = "take_over" if issued or held.state == "moved" else "wait_again"
        held.state, held.role = walk("assignment", held.state, verb, FOLLOWING), beside.role
        held.signed_by, held.signed_at = None, None
    session.flush()
    if issued and beside.role in REPORTING_ROLES:
        _owe_alike(plan, held, beside, at)
    record("集合称谓新派任务", by=by, at=at, subject=("assignment", held.id), unit_id=one.unit_id,
           detail={"称谓": one.phrase, "理由": reason.strip()})  # fmt: skip
    return 1


def _owe_alike(plan: Plan, held: Assignment, beside: Assignment, at: datetime) -> None:
    """What the other one owes from today on, this one owes, too; what it was once relieved of comes back."""
    day = clock.day_of(at)
    of = select(Obligation).order_by(Obligation.due_on)
    is_owed = or_(Obligation.state != "cancelled", Obligation.excuse != "")  # what it alone is let off, too
    owed = Obligation.assignment_id == beside.id, Obligation.original_due_on >= day, is_owed
    theirs = session.scalars(of.where(*owed)).all()
    mine = {one.original_due_on: one for one in session.scalars(of.where(Obligation.assignment_id == held.id))}
    wanted = {one.original_due_on: one for one in theirs}
    back = [mine[due] for due in wanted if due in mine and mine[due].state == "cancelled" and not mine[due].excuse]
    change(back, state=walk("obligation", "cancelled", "restore", FOLLOWING), timing="none")
    create(obligation_row(plan.id, held, due, one) for due, one in wanted.items() if due not in mine)


def _leave(one: Difference, task_id: int, reason: str, by: Viewer, at: datetime) -> int:
    held = session.scalars(
        select(Assignment)
        .where(Assignment.task_id == task_id, Assignment.unit_id == one.unit_id, Assignment.state.in_(OPEN))
        .with_for_update()
    ).one()
    cancelled = len(cancel_unfinished(held.id, at=at))
    end_assignment(held, reason.strip(), by, at)
    record("集合称谓撤下任务", by=by, at=at, subject=("assignment", held.id), unit_id=one.unit_id,
           detail={"称谓": one.phrase, "取消报送": cancelled, "理由": reason.strip()})  # fmt: skip
    return 1
