"""Issuing a plan (下发): its assignments go out to be signed for, and every duty to report gets its date."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import Row, func, select, update

from tracker import clock
from tracker.accounts.roles import Role, Viewer
from tracker.audit.service import record
from tracker.db import session
from tracker.errors import Conflict, DomainError, NotFound
from tracker.outbox.models import Job
from tracker.outbox.room import poke_after_commit
from tracker.outbox.service import enqueue
from tracker.plans.models import Assignment, Plan
from tracker.plans.states import REPORTING_ROLES
from tracker.progress.models import Obligation
from tracker.progress.obligations import Dated
from tracker.progress.queries.issuing import due_by_task, is_large
from tracker.progress.service.acting import lock_assignments, walk
from tracker.progress.service.counting import create
from tracker.progress.workflow import LEAD_OFFICE, Facts
from tracker.units.queries import covers


@dataclass(frozen=True, slots=True)
class Issued:
    plan_id: int
    assignments: int
    obligations: int
    units: int


JOB = "progress.issue"
ISSUING = Facts(roles=frozenset({LEAD_OFFICE}))


def start_issue(plan_id: int, *, by: Viewer, at: datetime, version: int | None = None) -> Issued | Job:
    """Issues a plan, or puts a job down where that takes longer. Raises as `issue_plan` does."""
    plan = _ready(plan_id, by, version)
    count = select(func.count()).select_from(Assignment)
    count = count.where(Assignment.plan_id == plan_id, Assignment.state == "draft")
    if not is_large(session.scalar(count) or 0):
        return issue_plan(plan_id, by=by, at=at, version=version)
    payload = {"plan": plan_id, "version": plan.version, "at": at.isoformat()}
    key = f"{JOB}:{plan_id}:{plan.version}:{by.person_id}:{at:%Y%m%d%H%M}"
    job = enqueue(JOB, payload, key=key, by=by, at=at)
    poke_after_commit()
    return job


def reckon(plan_id: int, *, by: Viewer, at: datetime, tell: Callable[[int, int], None]) -> Mapping[int, Any]:
    """The dates of every task of a plan, worked out before the transaction that writes them. `tell` may raise to stop."""
    plan = session.get(Plan, plan_id)
    if plan is None or not covers(by, plan.owner_unit_id, Role.LEAD_OFFICE):
        raise NotFound
    return due_by_task(plan, clock.day_of(at), tell=tell)


def issued_at(plan_id: int) -> datetime | None:
    """When a plan was issued."""
    return session.scalar(select(Plan.issued_at).where(Plan.id == plan_id))


def _ready(plan_id: int, by: Viewer, version: int | None) -> Plan:
    """The plan, locked, where it may be issued. Raises NotFound, Conflict."""
    plan = session.scalar(
        select(Plan).where(Plan.id == plan_id).with_for_update().execution_options(populate_existing=True)
    )
    if plan is None or not covers(by, plan.owner_unit_id, Role.LEAD_OFFICE):
        raise NotFound
    if plan.state != "adopted":
        raise Conflict(_("“%(name)s”已经下发，不能重复下发。", name=plan.name))
    if version is not None and version != plan.version:
        raise Conflict(_("计划刚刚有改动，请核对新的下发清单后再下发。"))
    return plan


def issue_plan(
    plan_id: int, *, by: Viewer, at: datetime, version: int | None = None, due: Mapping[int, Any] | None = None
) -> Issued:
    """Issues a plan: assignments wait to be signed for, lead, responsible and support units owe their returns.

    `version` is the plan's as it was shown, None where nobody looked; `due` what `reckon` made of that version.
    Raises NotFound, Conflict, DomainError.
    """
    plan = _ready(plan_id, by, version)
    lock_assignments(Assignment.plan_id == plan_id, Assignment.state == "draft")
    rows = session.execute(
        select(
            Assignment.id, Assignment.task_id, Assignment.chapter_id, Assignment.unit_id, Assignment.unit_group,
            Assignment.role,
        )
        .where(Assignment.plan_id == plan_id, Assignment.state == "draft")
        .order_by(Assignment.id)
    ).all()  # fmt: skip
    if not rows:
        raise DomainError(_("这个计划还没有责任单位，不能下发。请先为任务确定责任单位。"))
    if due is None:
        due = due_by_task(plan, clock.day_of(at))
    target = walk("assignment", "draft", "issue", ISSUING)
    session.execute(
        update(Assignment)
        .where(Assignment.plan_id == plan_id, Assignment.state == "draft")
        .values(state=target, version=Assignment.version + 1)
        .execution_options(synchronize_session=False)
    )
    session.expire_all()
    plan.state, plan.issued_at = walk("plan", plan.state, "issue", ISSUING), at
    count = create(_rows(plan_id, rows, due))
    units = len({row.unit_id for row in rows})
    record("下发计划", by=by, at=at, subject=("plan", plan_id), unit_id=plan.owner_unit_id,
           changes={"状态": ("已入库", "已下发")},
           detail={"计划": plan.name, "责任落实数": len(rows), "单位数": units, "报送义务数": count})  # fmt: skip
    return Issued(plan_id, len(rows), count, units)


def _rows(
    plan_id: int, assignments: list[Row[Any]] | Any, due: Mapping[int, tuple[Dated, ...]]
) -> Iterator[dict[str, Any]]:
    for row in assignments:
        if row.role in REPORTING_ROLES:
            for one in due.get(row.task_id, ()):
                yield obligation_row(plan_id, row, one.due, one)


def obligation_row(plan_id: int, assignment: Any, due_on: date, of: Dated | Obligation) -> dict[str, Any]:
    """The columns of a new obligation of an assignment: what is reported is that of a date, or of another one's."""
    return {
        "assignment_id": assignment.id, "plan_id": plan_id, "task_id": assignment.task_id,
        "chapter_id": assignment.chapter_id, "unit_id": assignment.unit_id, "unit_group": assignment.unit_group,
        "due_on": due_on, "original_due_on": due_on, "kind": of.kind, "text": of.text, "period": of.period,
        "milestone": of.milestone,
    }  # fmt: skip
