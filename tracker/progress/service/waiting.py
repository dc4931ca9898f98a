"""What an edition added and left waiting to be issued; and that units have read what it changed."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime

from flask_babel import gettext as _
from sqlalchemy import select

from tracker import clock
from tracker.accounts.roles import Role, Viewer
from tracker.audit.service import record
from tracker.db import session
from tracker.errors import Conflict, NotFound
from tracker.plans import service as plans
from tracker.plans.models import Assignment, Plan, Task
from tracker.plans.states import REPORTING_ROLES
from tracker.progress.models import Obligation
from tracker.progress.obligations import Dated
from tracker.progress.queries.assignments import own_units
from tracker.progress.queries.issuing import due_by_task
from tracker.progress.service.acting import FOLLOWING, walk
from tracker.progress.service.counting import change, create
from tracker.progress.service.issuing import ISSUING, obligation_row
from tracker.progress.service.revised_work import CHUNK
from tracker.progress.service.revising import lock_plan
from tracker.units.queries import covers


def issue_waiting(plan_id: int, *, by: Viewer, at: datetime) -> int:
    """Issues what an edition added and left waiting. Returns how many assignments."""
    plan = session.get(Plan, plan_id)
    if plan is None or not covers(by, plan.owner_unit_id, Role.LEAD_OFFICE):
        raise NotFound
    plan = lock_plan(plan_id)
    rows = session.scalars(
        select(Assignment).join(Task, Task.id == Assignment.task_id)
        .where(Assignment.plan_id == plan_id, Assignment.state == "draft", Task.ended_in.is_(None)).order_by(Assignment.id)
    ).all()  # fmt: skip
    if plan.state != "issued" or not rows:
        raise Conflict(_("没有等待下发的任务，请刷新页面查看。"))
    due = due_by_task(plan, clock.day_of(at))
    for one in rows:
        one.state = walk("assignment", one.state, "issue", ISSUING)
    session.flush()
    count = owe_all(rows, due)
    record("下发新增任务", by=by, at=at, subject=("plan", plan_id), unit_id=plan.owner_unit_id,
           detail={"计划": plan.name, "责任落实数": len(rows), "报送义务数": count})  # fmt: skip
    return len(rows)


def owe_all(assignments: Sequence[Assignment], due: Mapping[int, Sequence[Dated]]) -> int:
    """What they owe from now on; what they were relieved of once comes back instead of standing twice."""
    there: dict[tuple[int, date], Obligation] = {}
    ids = [one.id for one in assignments]
    for start in range(0, len(ids), CHUNK):
        held = select(Obligation).where(Obligation.assignment_id.in_(ids[start : start + CHUNK]))
        there |= {(one.assignment_id, one.due_on): one for one in session.scalars(held.order_by(Obligation.id))}
    wanted = [(one, dated) for one in assignments if one.role in REPORTING_ROLES for dated in due.get(one.task_id, ())]
    back = [
        there[key]
        for one, dated in wanted
        if (key := (one.id, dated.due)) in there and there[key].state == "cancelled" and not there[key].excuse
    ]
    change(back, state=walk("obligation", "cancelled", "restore", FOLLOWING), timing="none")
    rows = (
        obligation_row(one.plan_id, one, dated.due, dated) for one, dated in wanted if (one.id, dated.due) not in there
    )
    return create(rows) + len(back)


def mark_seen(change_ids: Collection[int], *, by: Viewer, at: datetime) -> int:
    """Somebody of the units has read what an edition changed for them. Returns how many changes that were."""
    return plans.mark_seen(own_units(by), change_ids, by=by, at=at)
