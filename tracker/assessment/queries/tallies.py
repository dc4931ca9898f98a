"""Counting the work of a plan as of a day, unit by unit, with the records behind each count."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import String, and_, case, cast, func, select

from tracker.assessment.binding import ScoredUnit
from tracker.assessment.sources import Tally
from tracker.clock import start_of
from tracker.db import session
from tracker.plans.models import Assignment
from tracker.plans.states import LIVE
from tracker.progress.models import Obligation, Return
from tracker.units.models import Unit


@dataclass(frozen=True, slots=True)
class Count:
    """What was counted of a plan: its units in the order of the directory, and each one's records.

    A record is `12AT`: the obligation's id, then A accepted or O open, then T on time, L late or N not submitted.
    """

    units: tuple[ScoredUnit, ...]
    records: Mapping[str, str]
    rows: int
    """How many obligations were read."""


def count_work(plan_id: int, as_of: date) -> Count:
    """Counts what was due by the end of `as_of` (China Standard Time), as things stood then. Three statements."""
    end = start_of(as_of + timedelta(days=1))
    accepted = and_(Obligation.accepted_at.is_not(None), Obligation.accepted_at < end)
    submitted = and_(Obligation.submitted_at.is_not(None), Obligation.submitted_at < end)
    on_time = and_(submitted, Obligation.timing == "on_time")
    mark = case((accepted, "A"), else_="O").concat(case((on_time, "T"), (submitted, "L"), else_="N"))
    record = cast(Obligation.id, String).concat(mark)
    counted = {
        row.unit_id: row
        for row in session.execute(
            select(
                Obligation.unit_id,
                func.count().label("due"),
                func.sum(case((accepted, 1), else_=0)).label("accepted"),
                func.sum(case((on_time, 1), else_=0)).label("on_time"),
                func.aggregate_strings(record, " ").label("records"),
            )
            .where(Obligation.plan_id == plan_id, Obligation.due_on <= as_of, Obligation.state != "cancelled")
            .group_by(Obligation.unit_id)
        )
    }
    sent_back = _times_sent_back(plan_id, as_of)
    units, records = [], {}
    for unit_id, name, group in _units(plan_id):
        row = counted.get(unit_id)
        tally = Tally(
            due=row.due if row else 0,
            accepted=int(row.accepted) if row else 0,
            on_time=int(row.on_time) if row else 0,
            sent_back=sent_back.get(unit_id, 0),
        )
        units.append(ScoredUnit(str(unit_id), name, group, tally))
        records[str(unit_id)] = row.records if row else ""
    return Count(tuple(units), records, sum(row.due for row in counted.values()))


def _units(plan_id: int) -> list[tuple[int, str, str]]:
    """Units with a part in the plan, with the group that was stamped when it was adopted."""
    statement = (
        select(Assignment.unit_id, Unit.name, func.min(Assignment.unit_group), Unit.sort_key)
        .join(Unit, Unit.id == Assignment.unit_id)
        .where(Assignment.plan_id == plan_id, Assignment.state.in_(LIVE))
        .group_by(Assignment.unit_id, Unit.name, Unit.sort_key)
        .order_by(Unit.sort_key, Assignment.unit_id)
    )
    return [(row[0], row[1], row[2]) for row in session.execute(statement)]


def _times_sent_back(plan_id: int, as_of: date) -> dict[int, int]:
    """How often the lead office returned a report of each unit, by the end of the day."""
    statement = (
        select(Obligation.unit_id, func.count())
        .join(Return, Return.obligation_id == Obligation.id)
        .where(
            Obligation.plan_id == plan_id,
            Obligation.due_on <= as_of,
            Obligation.state != "cancelled",
            Return.state == "returned",
            Return.checked_at < start_of(as_of + timedelta(days=1)),
        )
        .group_by(Obligation.unit_id)
    )
    return {row[0]: row[1] for row in session.execute(statement)}
