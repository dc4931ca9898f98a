"""What a round mentions: reports that are still to be handed in and whose day of mention has come."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import product

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import aliased

from tracker.db import session
from tracker.plans.models import Assignment, Plan, Task
from tracker.plans.states import LIVE
from tracker.progress.light_rules import Audience, Lights
from tracker.progress.lights import IN_HAND
from tracker.progress.models import Obligation, ObligationSummary, Return
from tracker.progress.queries.scope import lights_by_plan
from tracker.reminders.digest import Item
from tracker.reminders.queries.days import Days
from tracker.reminders.schedule import Reason, Span, reason, told
from tracker.units.models import Unit

Dates = Mapping[tuple[date, bool], tuple[Reason, tuple[Audience, ...]]]
"""By due date, and by whether what is late was excused (免责)."""


@dataclass(frozen=True, slots=True)
class Owed:
    item: Item
    tells: tuple[Audience, ...]
    path: str
    """Of the unit that owes it."""
    owner_path: str
    """Of the unit whose lead office runs the plan; of a report that was passed down, of the unit that did so."""
    is_reviewed: bool
    """Whether it lies before the unit's own reviewer: then its reporter has done what is theirs."""


def owed(since: date, days: Days) -> list[Owed]:
    """What is mentioned in the round of a day, the last one having been on the day `since`. A statement a plan with
    something to mention, and a few besides."""
    return [one for plan_id, dates in _dates(since, days).items() for one in _of_plan(plan_id, dates)]


def _dates(since: date, days: Days) -> dict[int, Dates]:
    """For each plan the due dates that are mentioned, and why: from the kept counts, of which there are few."""
    kept = ObligationSummary
    rows = session.execute(
        select(kept.plan_id, kept.due_on)
        .join(Plan, Plan.id == kept.plan_id)
        .where(Plan.state == "issued", kept.state.in_(IN_HAND), kept.n > 0)
        .distinct()
        .order_by(kept.plan_id, kept.due_on)
    )
    found: dict[int, dict[tuple[date, bool], tuple[Reason, tuple[Audience, ...]]]] = {}
    lights = cache(lights_by_plan)
    for (plan_id, due_on), excused in product(rows, (False, True)):
        span = days.of_plan(plan_id, since)
        said = mention(plan_id, due_on, span, lights, excused=excused) if span else None
        if said is not None:
            found.setdefault(plan_id, {})[due_on, excused] = said
    return dict(found)


def mention(
    plan_id: int, due_on: date, days: Span, lights: Callable[[date], Mapping[int, Lights]], *, excused: bool = False
) -> tuple[Reason, tuple[Audience, ...]] | None:
    """Why a date is mentioned by a round that speaks for these days, and to whom; None where it is not. `lights` of a day by
    plan."""
    before, told_to, now, tells_to = (lights(day)[plan_id] for day in days)
    why = reason(due_on, before, now, ahead=(told_to, tells_to), excused=excused)
    return None if why is None else (why, told(why, due_on, now, excused=excused))


_owner = aliased(Unit)


def _of_plan(plan_id: int, dates: Dates) -> list[Owed]:
    reviewed = select(Return.id).where(Return.obligation_id == Obligation.id, Return.state == "own_review").exists()
    days = {due_on for due_on, _excused in dates}
    rows = session.execute(
        select(
            Obligation.id, Task.number, Task.name.label("task"), Unit.name.label("unit"), Obligation.due_on, Unit.path,
            _owner.path.label("owner_path"), reviewed.label("reviewed"), Obligation.excuse,
        )
        .join(Plan, Plan.id == Obligation.plan_id)
        .join(_owner, _owner.id == Plan.owner_unit_id)
        .join(Task, Task.id == Obligation.task_id)
        .join(Unit, Unit.id == Obligation.unit_id)
        .join(Assignment, and_(Assignment.id == Obligation.assignment_id, Assignment.state.in_(LIVE)))
        .where(
            Obligation.plan_id == plan_id,
            or_(*(and_(Obligation.state == state, Obligation.due_on.in_(days)) for state in IN_HAND)),
        )
        .order_by(Obligation.due_on, Obligation.id)
    )  # fmt: skip
    return [
        Owed(
            Item(row.id, row.number or "", row.task, row.unit, row.due_on.isoformat(), said[0]),
            said[1], row.path, row.owner_path, bool(row.reviewed),
        )
        for row in rows
        for said in (dates.get((row.due_on, row.excuse == "waived")),)
        if said is not None
    ]  # fmt: skip
