"""What of a plan is not settled yet, and stands in the way of archiving it (归档)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, or_, select

from tracker.accounts.roles import Viewer
from tracker.audit.queries import history
from tracker.db import session
from tracker.plans.models import Assignment, Plan, Task
from tracker.progress.models import Claim, Obligation, Question, Request
from tracker.progress.queries.issuing import own_plan
from tracker.progress.states import QUESTION_OPEN, UNFINISHED

ARCHIVED, REOPENED = "归档计划", "恢复计划"
"""The acts, as the record has them."""
WAITING = ("draft", "to_sign", "handed_back")
"""States of an assignment (责任落实) in which somebody still has to say who does it."""


@dataclass(frozen=True, slots=True)
class Unsettled:
    """How many of each: reports (报送义务) by their state, and what waits for somebody."""

    reports: dict[str, int]
    waiting: int
    """Assignments that nobody has taken on yet."""
    requests: int
    suspended: int
    """Suspensions (挂账) in force: what they let off comes back when they end."""
    questions: int
    claims: int

    def __bool__(self) -> bool:
        return bool(self.reports or self.waiting or self.requests or self.suspended or self.questions or self.claims)


@dataclass(frozen=True, slots=True)
class Archiving:
    plan_id: int
    plan: str
    state: str
    version: int
    unsettled: Unsettled
    last: tuple[str, datetime, str] | None
    """Who archived it or took it up again last, when, and why."""


def archiving(plan_id: int, viewer: Viewer, *, today: date) -> Archiving:
    """Raises NotFound where the viewer is not the plan's lead office."""
    plan = own_plan(plan_id, viewer)
    acts = [one for one in history("plan", plan_id) if one.action in {ARCHIVED, REOPENED}]
    last = (acts[-1].actor_name, acts[-1].at, dict(acts[-1].detail).get("理由", "")) if acts else None
    return Archiving(plan_id, plan.name, plan.state, plan.version, unsettled(plan_id, today), last)


def unsettled(plan_id: int, today: date) -> Unsettled:
    """Six statements, each along an index of the plan or of what waits."""
    reports = session.execute(
        select(Obligation.state, func.count())
        .where(Obligation.plan_id == plan_id, Obligation.state.in_(UNFINISHED))
        .group_by(Obligation.state)
    )
    counts = {row.state: row[1] for row in reports}
    here = Assignment.plan_id == plan_id
    asked = (
        select(func.count()).select_from(Request).join(Assignment, Assignment.id == Request.assignment_id).where(here)
    )
    lasts = or_(Request.granted_until.is_(None), Request.granted_until >= today)
    statements = (
        select(func.count()).select_from(Assignment).where(here, Assignment.state.in_(WAITING)),
        asked.where(Request.state == "asked"),
        asked.where(Request.kind == "suspension", Request.state == "granted", lasts, Assignment.state == "in_progress"),
        select(func.count()).select_from(Question).join(Obligation, Obligation.id == Question.obligation_id)
        .where(Obligation.plan_id == plan_id, Question.state.in_(QUESTION_OPEN)),
        select(func.count()).select_from(Claim).join(Task, Task.id == Claim.task_id)
        .where(Task.plan_id == plan_id, Claim.state == "asked"),
    )  # fmt: skip
    return Unsettled(counts, *(session.scalar(one) or 0 for one in statements))


def is_archived(plan_id: int) -> bool:
    return session.scalar(select(Plan.state).where(Plan.id == plan_id)) == "closed"
