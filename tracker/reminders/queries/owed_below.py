"""What a round mentions of tasks that were passed down (转办下级): reports that units below still owe to the one above."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from functools import cache

from sqlalchemy import Select, and_, case, func, or_, select
from sqlalchemy.orm import aliased

from tracker.audit.models import AuditEntry
from tracker.db import session
from tracker.plans.models import Assignment, Plan, Task
from tracker.progress.light_rules import UNIT, Audience
from tracker.progress.models import Obligation, Part, Passed, PassedUrge
from tracker.progress.queries.passed_on import is_asked_below, is_owed_below
from tracker.progress.queries.scope import lights_by_plan
from tracker.reminders.digest import Item
from tracker.reminders.queries.days import Days
from tracker.reminders.queries.owed import Owed, mention
from tracker.reminders.queries.unreached import made_after
from tracker.reminders.schedule import REASONS, Reason
from tracker.units.models import Unit

Said = tuple[Reason, tuple[Audience, ...]]
URGED: Said = ("urged", UNIT)
SENT_BACK: Said = ("sent_back", UNIT)
Dates = Mapping[tuple[date, int], Said]
"""By the date of the unit above, and by how many days earlier the one below is asked to report."""


def owed_below(since: date, days: Days) -> list[Owed]:
    """Those mentioned in the round of a day, the last one having been on the day `since`: by their own dates as the plan's
    rules say, or since the unit above has urged them (催报) or sent their report back (退回) after that round. What goes on
    inside a unit is told there: to those who report and review below. A statement, one a plan that something was passed
    down of, and what the lights need."""
    lights, last = cache(lights_by_plan), cache(made_after)
    dates: dict[int, dict[tuple[date, int], Said]] = {}
    last_round: dict[int, datetime] = {}
    for plan_id, due_on, earlier in session.execute(_asked()):
        span = days.of_plan(plan_id, since)
        if span is None or span.since >= days.today:
            continue
        last_round[plan_id] = last(span.since)
        said = mention(plan_id, due_on - timedelta(days=earlier), span, lights)
        if said is not None:
            dates.setdefault(plan_id, {})[due_on, earlier] = said
    return [one for plan_id, after in last_round.items() for one in _of_plan(plan_id, dates.get(plan_id, {}), after)]


def _asked() -> Select[tuple[int, date, int]]:
    """The dates of units above, and how many days earlier something is asked of one below."""
    return (
        select(Obligation.plan_id, Obligation.due_on, Passed.days_before)
        .join(Passed, Passed.assignment_id == Obligation.assignment_id)
        .join(Assignment, Assignment.id == Obligation.assignment_id)
        .join(Plan, Plan.id == Obligation.plan_id)
        .where(is_asked_below(), Plan.state == "issued")
        .distinct()
        .order_by(Obligation.plan_id, Obligation.due_on, Passed.days_before)
    )


_above = aliased(Unit)
_sent_back = (
    select(func.max(AuditEntry.at))
    .where(
        AuditEntry.action == "退回下级报送", AuditEntry.subject_kind == "obligation",
        AuditEntry.subject_id == Obligation.id, AuditEntry.unit_id == Passed.unit_id,
    )
    .correlate(Obligation, Passed)
    .scalar_subquery()
)  # fmt: skip
"""When the unit above sent the report back last: as the record says it, since the report keeps only why."""


def _of_plan(plan_id: int, dates: Dates, last_round: datetime) -> list[Owed]:
    again = and_(Part.state == "returned", _sent_back > last_round)
    by_date = [and_(Obligation.due_on == due_on, Passed.days_before == earlier) for due_on, earlier in dates]
    rows = session.execute(
        select(
            Obligation.id, Obligation.due_on, Passed.id.label("passed_id"), Passed.days_before, PassedUrge.at.label("urged_at"),
            Task.number, Task.name.label("task"), Unit.name.label("unit"), Unit.path, _above.path.label("above_path"),
            case((Part.state == "returned", _sent_back)).label("sent_back_at"),
        )
        .join(Passed, Passed.assignment_id == Obligation.assignment_id)
        .join(Assignment, Assignment.id == Obligation.assignment_id)
        .join(_above, _above.id == Assignment.unit_id)
        .join(Task, Task.id == Obligation.task_id)
        .join(Unit, Unit.id == Passed.unit_id)
        .outerjoin(Part, and_(Part.passed_id == Passed.id, Part.obligation_id == Obligation.id))
        .outerjoin(PassedUrge, and_(PassedUrge.passed_id == Passed.id, PassedUrge.obligation_id == Obligation.id))
        .where(Obligation.plan_id == plan_id, is_owed_below(), or_(PassedUrge.at > last_round, again, *by_date))
        .order_by(Obligation.due_on, Obligation.id, Passed.id)
    )  # fmt: skip
    found = []
    for row in rows:
        acts = ((row.urged_at, URGED), (row.sent_back_at, SENT_BACK))
        said = [one for moment, one in acts if moment is not None and moment > last_round]
        if (row.due_on, row.days_before) in dates:
            said.append(dates[row.due_on, row.days_before])
        why, tells = min(said, key=lambda one: REASONS.index(one[0]))
        due_below = row.due_on - timedelta(days=row.days_before)
        item = Item(row.id, row.number or "", row.task, row.unit, due_below.isoformat(), why, row.passed_id)
        whom = tuple(role for role in tells if role in UNIT)
        found.append(Owed(item, whom, row.path, row.above_path, is_reviewed=False))
    return found
