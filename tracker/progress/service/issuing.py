"""Issuing a plan (下发): its assignments go out to be signed for, and every duty to report gets its date."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import Row, select, update

from tracker import clock
from tracker.accounts.roles import Role, Viewer
from tracker.audit.service import record
from tracker.db import session
from tracker.errors import Conflict, DomainError, NotFound
from tracker.plans.models import Assignment, Plan
from tracker.plans.states import REPORTING_ROLES
from tracker.progress.obligations import Dated
from tracker.progress.queries.issuing import due_by_task
from tracker.progress.service.acting import walk
from tracker.progress.service.counting import create
from tracker.progress.workflow import LEAD_OFFICE, Facts
from tracker.units.queries import covers


@dataclass(frozen=True, slots=True)
class Issued:
    plan_id: int
    assignments: int
    obligations: int
    units: int


def issue_plan(plan_id: int, *, by: Viewer, at: datetime, version: int | None = None) -> Issued:
    """Issues a plan: assignments wait to be signed for, lead, responsible and support units owe their returns.

    `version` is the plan's as it was shown, None where nobody looked. Raises NotFound, Conflict, DomainError.
    """
    plan = session.scalar(
        select(Plan).where(Plan.id == plan_id).with_for_update().execution_options(populate_existing=True)
    )
    if plan is None or not covers(by, plan.owner_unit_id, Role.LEAD_OFFICE):
        raise NotFound
    if plan.state != "adopted":
        raise Conflict(_("“%(name)s”已经下发，不能重复下发。", name=plan.name))
    if version is not None and version != plan.version:
        raise Conflict(_("计划刚刚有改动，请核对新的下发清单后再下发。"))
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
    due = due_by_task(plan, clock.day_of(at))
    target = walk("assignment", "draft", "issue", Facts(roles=frozenset({LEAD_OFFICE})))
    session.execute(
        update(Assignment)
        .where(Assignment.plan_id == plan_id, Assignment.state == "draft")
        .values(state=target, version=Assignment.version + 1)
        .execution_options(synchronize_session=False)
    )
    session.expire_all()
    plan.state, plan.issued_at = "issued", at
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
                yield obligation_row(plan_id, row, one.due, one.kind, one.text, one.period)


def obligation_row(plan_id: int, assignment: Any, due_on: date, kind: str, text: str, period: str) -> dict[str, Any]:
    """The columns of a new obligation of an assignment."""
    return {
        "assignment_id": assignment.id, "plan_id": plan_id, "task_id": assignment.task_id,
        "chapter_id": assignment.chapter_id, "unit_id": assignment.unit_id, "unit_group": assignment.unit_group,
        "due_on": due_on, "original_due_on": due_on, "kind": kind, "text": text, "period": period,
    }  # fmt: skip
