"""What a round mentions beside dates: reports that were sent back (退办), where a plan's rules tell somebody of that."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import aliased

from tracker.db import session
from tracker.plans.models import Assignment, Plan, Task
from tracker.plans.states import LIVE
from tracker.progress.models import Obligation, Return
from tracker.progress.queries.scope import lights_by_plan
from tracker.reminders.digest import Item
from tracker.reminders.queries.days import Days
from tracker.reminders.queries.owed import Owed
from tracker.reminders.queries.unreached import made_after
from tracker.units.models import Unit


def owed_again(since: date, days: Days, mentioned: Collection[int]) -> list[Owed]:
    """Those sent back since the last round, of the day `since`, whose date has not passed; without the ones (by obligation)
    that are `mentioned` for their date. A few statements, and what the lights need; none where no rule asks for it."""
    today = days.today
    tells = {
        plan_id: lights.rules.sent_back.tells
        for plan_id, lights in lights_by_plan(today).items()
        if lights.rules.sent_back is not None and lights.rules.sent_back.tells
    }
    lasts: dict[date, list[int]] = {}
    for plan_id in tells:
        span = days.of_plan(plan_id, since)
        if span is not None and span.since < today:
            lasts.setdefault(span.since, []).append(plan_id)
    if not lasts:
        return []
    newly = (and_(Obligation.plan_id.in_(plans), Return.checked_at > made_after(last)) for last, plans in lasts.items())
    owner = aliased(Unit)
    rows = session.execute(
        select(
            Obligation.id, Obligation.plan_id, Task.number, Task.name.label("task"), Unit.name.label("unit"),
            Obligation.due_on, Unit.path, owner.path.label("owner_path"),
        )
        .join(Return, Return.obligation_id == Obligation.id)
        .join(Plan, Plan.id == Obligation.plan_id)
        .join(owner, owner.id == Plan.owner_unit_id)
        .join(Task, Task.id == Obligation.task_id)
        .join(Unit, Unit.id == Obligation.unit_id)
        .join(Assignment, and_(Assignment.id == Obligation.assignment_id, Assignment.state.in_(LIVE)))
        .where(
            or_(*newly), Obligation.state == "returned", Obligation.due_on >= today,
            Return.state == "returned", Obligation.id.not_in(mentioned),
        )
        .distinct()
        .order_by(Obligation.due_on, Obligation.id)
    )  # fmt: skip
    return [
        Owed(
            Item(row.id, row.number or "", row.task, row.unit, row.due_on.isoformat(), "sent_back"),
            tells[row.plan_id], row.path, row.owner_path, is_reviewed=False,
        )
        for row in rows
    ]  # fmt: skip
