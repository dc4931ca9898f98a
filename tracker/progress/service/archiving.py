"""Archiving a plan (归档) once nothing of it is open any more, and taking it up again (恢复)."""

from __future__ import annotations

from datetime import datetime

from flask_babel import gettext as _
from sqlalchemy import select

from tracker.accounts.roles import Role, Viewer
from tracker.audit.service import record
from tracker.clock import day_of
from tracker.db import session
from tracker.errors import Conflict, NotFound
from tracker.plans.models import Assignment, Plan
from tracker.progress.queries.archiving import ARCHIVED, REOPENED, is_archived, unsettled
from tracker.progress.service.acting import lock_assignments, walk
from tracker.progress.workflow import LEAD_OFFICE, Facts
from tracker.units.queries import covers

ACTING = frozenset({LEAD_OFFICE})


def archive_plan(plan_id: int, *, by: Viewer, at: datetime, seen: int | None = None) -> None:
    """From here on nothing of the plan changes; it is read, counted and exported as before. Raises NotFound, DomainError
    where something is open, Conflict where the plan is not as it was `seen`."""
    plan = _held(plan_id, by, seen)
    lock_assignments(Assignment.plan_id == plan_id)
    settled = not unsettled(plan_id, day_of(at))
    plan.state = walk("plan", plan.state, "archive", Facts(ACTING, by.person_id, settled=settled))
    record(ARCHIVED, by=by, at=at, subject=("plan", plan_id), unit_id=plan.owner_unit_id,
           changes={"状态": ("已下发", "已归档")}, detail={"计划": plan.name})  # fmt: skip


def reopen_plan(plan_id: int, *, reason: str, by: Viewer, at: datetime, seen: int | None = None) -> None:
    """Raises NotFound, DomainError without a reason, Conflict as above."""
    plan = _held(plan_id, by, seen)
    plan.state = walk("plan", plan.state, "reopen", Facts(ACTING, by.person_id, reason=reason))
    record(REOPENED, by=by, at=at, subject=("plan", plan_id), unit_id=plan.owner_unit_id,
           changes={"状态": ("已归档", "已下发")}, detail={"计划": plan.name, "理由": reason.strip()})  # fmt: skip


def not_archived(plan_id: int) -> None:
    """Raises Conflict where the plan is archived: nothing of it changes."""
    if is_archived(plan_id):
        raise Conflict(_("这个计划已归档，不能再改动；确需改动的，请牵头办公室先恢复计划。"))


def _held(plan_id: int, by: Viewer, seen: int | None) -> Plan:
    plan = session.scalar(
        select(Plan).where(Plan.id == plan_id).with_for_update().execution_options(populate_existing=True)
    )
    if plan is None or not covers(by, plan.owner_unit_id, Role.LEAD_OFFICE):
        raise NotFound
    if seen is not None and seen != plan.version:
        raise Conflict(_("计划在您查看之后有改动，请核对后再办理。"))
    return plan
