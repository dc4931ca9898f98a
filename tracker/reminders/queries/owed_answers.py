"""What a round mentions beside reports: questions about them (询问) that wait for the answer of the unit that is asked."""

from __future__ import annotations

from datetime import date
from functools import cache

from sqlalchemy import and_, select
from sqlalchemy.orm import aliased

from tracker.db import session
from tracker.plans.models import Assignment, Plan, Task
from tracker.plans.states import LIVE
from tracker.progress.light_rules import UNIT
from tracker.progress.models import Obligation, Question
from tracker.reminders.digest import Item
from tracker.reminders.queries.days import Days
from tracker.reminders.queries.owed import Owed
from tracker.reminders.queries.unreached import made_after
from tracker.reminders.schedule import slip_reason
from tracker.units.models import Unit


def owed_answers(since: date, days: Days) -> list[Owed]:
    """Those mentioned in the round of a day, the last one having been on the day `since`: asked since then, or, as a slip
    is, before, on and after the date by which an answer is wanted. Told to whoever may answer: reporters and reviewers of
    the unit. What the unit that leads a task asks of another (催报, 请补充) goes the way of what the lead office asks."""
    last = cache(made_after)
    owner = aliased(Unit)
    rows = session.execute(
        select(
            Question.id, Question.due_on, Question.moved_at, Obligation.plan_id, Task.number, Task.name.label("task"),
            Unit.name.label("unit"), Unit.path, owner.path.label("owner_path"),
        )
        .join(Obligation, Obligation.id == Question.obligation_id)
        .join(Plan, Plan.id == Obligation.plan_id)
        .join(owner, owner.id == Plan.owner_unit_id)
        .join(Task, Task.id == Obligation.task_id)
        .join(Unit, Unit.id == Obligation.unit_id)
        .join(Assignment, and_(Assignment.id == Obligation.assignment_id, Assignment.state.in_(LIVE)))
        .where(Question.state == "asked", Plan.state == "issued")
        .order_by(Question.due_on, Question.id)
    )  # fmt: skip
    found = []
    for row in rows:
        span = days.of_plan(row.plan_id, since)
        if span is None or slip_reason(row.due_on, span, is_new=row.moved_at > last(span.since)) is None:
            continue
        item = Item(row.id, row.number or "", row.task, row.unit, row.due_on.isoformat(), "asked")
        found.append(Owed(item, UNIT, row.path, row.owner_path, is_reviewed=False))
    return found
