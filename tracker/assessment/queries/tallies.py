"""Counting the work of a plan as of a day, unit by unit, with the records behind each count. The statements are made once:
scores of today are looked at after every act (see `queries.interim`)."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Select,
    String,
    and_,
    bindparam,
    case,
    cast,
    func,
    literal_column,
    not_,
    or_,
    select,
)
from sqlalchemy.orm import aliased

from tracker.assessment.binding import ScoredUnit
from tracker.assessment.queries.rectified import finding_records
from tracker.assessment.records import (
    ACCEPTED_LATE,
    ACCEPTED_ON_TIME,
    DAYS_LATE,
    LATE,
    NOT_SUBMITTED,
    ON_TIME,
    SENT_BACK,
    counts,
)
from tracker.assessment.sources import Tally
from tracker.clock import day_of, start_of
from tracker.db import session, table_of
from tracker.plans.models import Assignment
from tracker.plans.states import LIVE
from tracker.progress.calendar import Workdays
from tracker.progress.models import Obligation, Return
from tracker.progress.queries.calendar import workdays
from tracker.units.models import Unit
from tracker.units.queries import heirs

_OBLIGATION, _RETURN, _ASSIGNMENT = (table_of(model).c for model in (Obligation, Return, Assignment))
_PLAN: BindParameter[int] = bindparam("plan")
_DAY: BindParameter[date] = bindparam("day")
_END: BindParameter[datetime] = bindparam("end")
"""Where the day ends."""
_UNITS: BindParameter[int] = bindparam("units", expanding=True)
_DUE = and_(_OBLIGATION.plan_id == _PLAN, _OBLIGATION.original_due_on <= _DAY, _OBLIGATION.state != "cancelled")


def _record(mark: ColumnElement[str] | str) -> ColumnElement[str]:
    return cast(_OBLIGATION.id, String).concat(mark).concat(cast(_OBLIGATION.original_due_on, String))


_IN_TIME = or_(_OBLIGATION.timing == "on_time", _OBLIGATION.excuse == "waived")
_MARK = case(
    (_OBLIGATION.accepted_at < _END, case((_IN_TIME, ACCEPTED_ON_TIME), else_=ACCEPTED_LATE)),
    (_OBLIGATION.submitted_at < _END, case((_IN_TIME, ON_TIME), else_=LATE)),
    else_=NOT_SUBMITTED,
)
_HAS_COME = and_(_OBLIGATION.submitted_at.is_not(None), _OBLIGATION.submitted_at < _END)
_UNIT = _OBLIGATION.unit_id + literal_column("0")
"""A term, so that SQLite reads the rows as they lie, and not unit by unit all over the table by the index of units."""
_RECORDS = (
    select(_UNIT, func.aggregate_strings(_record(_MARK), " "))
    .where(_DUE, or_(_OBLIGATION.excuse != "waived", _HAS_COME))
    .group_by(_UNIT)
)
"""One pass over the obligations: the database puts the records together, so that none of them becomes a row here. What is
waived (免责) and has not come is not held against the unit; what came counts as on time."""
_SENT_BACK = (
    select(
        _OBLIGATION.unit_id,
        func.aggregate_strings(_record(SENT_BACK).concat("/").concat(cast(_RETURN.id, String)), " "),
    )
    .join_from(_OBLIGATION.id.table, _RETURN.id.table, _RETURN.obligation_id == _OBLIGATION.id)
    .where(_DUE, _RETURN.state == "returned", _RETURN.checked_at < _END)
    .group_by(_OBLIGATION.unit_id)
)
"""Which versions the lead office had returned to each unit by the end of the day."""
_CAME = and_(_OBLIGATION.submitted_at < _END, _OBLIGATION.timing.is_not(None))
_LATE = (
    select(_OBLIGATION.unit_id, _OBLIGATION.id, _OBLIGATION.original_due_on, case((_CAME, _OBLIGATION.submitted_at)))
    .where(
        _DUE,
        _OBLIGATION.original_due_on < _DAY,
        _OBLIGATION.excuse != "waived",
        not_(and_(_CAME, _OBLIGATION.timing == "on_time")),
    )
    .order_by(_OBLIGATION.original_due_on, _OBLIGATION.id)
)
_OF_UNITS = {one: one.where(_OBLIGATION.unit_id.in_(_UNITS)) for one in (_RECORDS, _SENT_BACK, _LATE)}
"""The same of some units alone."""
_STAMPED = (
    select(_ASSIGNMENT.unit_group)
    .where(_ASSIGNMENT.plan_id == _PLAN, _ASSIGNMENT.unit_id == bindparam("unit"), _ASSIGNMENT.state.in_(LIVE))
    .order_by(_ASSIGNMENT.id)
    .limit(1)
)


@dataclass(frozen=True, slots=True)
class Count:
    """What was counted of a plan: its units in the order of the directory, and each one's records by its key."""

    units: tuple[ScoredUnit, ...]
    records: Mapping[str, str]
    rows: int
    """How many obligations were read."""


def count_work(plan_id: int, as_of: date, *, days_late: bool = False, findings: bool = False) -> Count:
    """Counts what was due by the end of `as_of` (China Standard Time), as things stood then. A statement each for
    records, returns sent back, units and reorganisations; three more with `days_late`, which asks for every late return by
    how many workdays it was late; two more with `findings`, which asks for what was to be put right."""
    after = successors(plan_id)
    found = [_inherited(texts, after) for texts in _texts(plan_id, as_of, days_late=days_late, findings=findings)]
    units, kept, rows = [], {}, 0
    for unit_id, name, group in scored_units(plan_id):
        text = " ".join(texts[unit_id] for texts in found if unit_id in texts)
        tally = Tally(*counts(text))
        due = tally.due
        units.append(ScoredUnit(str(unit_id), name, group, tally))
        kept[str(unit_id)] = text
        rows += due
    return Count(tuple(units), kept, rows)


def _asked(
    statement: Select[Any], plan_id: int, as_of: date, units: Collection[int] | None
) -> tuple[Select[Any], dict[str, Any]]:
    """The statement for all units, or for some, and what it is given."""
    given = {"plan": plan_id, "day": as_of, "end": start_of(as_of + timedelta(days=1))}
    return (statement, given) if units is None else (_OF_UNITS[statement], given | {"units": list(units)})


def tally_of(
    units: Collection[int], plan_id: int, as_of: date, *, days_late: bool = False, findings: bool = False
) -> Tally:
    """What these units come to together, a unit and the bodies it came after, as `count_work` counts them."""
    found = _texts(plan_id, as_of, days_late=days_late, findings=findings, of_units=units)
    return Tally(*counts(" ".join(texts[unit_id] for texts in found for unit_id in units if unit_id in texts)))


def _texts(
    plan_id: int, as_of: date, *, days_late: bool, findings: bool, of_units: Collection[int] | None = None
) -> Iterator[dict[int, str]]:
    """Unit → its records, those of a kind together; of all units, or of some."""
    for statement in (_RECORDS, _SENT_BACK):
        rows = session.execute(*_asked(statement, plan_id, as_of, of_units))
        yield {row[0]: row[1] for row in rows}
    if days_late:
        yield {unit: " ".join(late) for unit, late in _days_late(plan_id, as_of, of_units).items()}
    if findings:
        yield finding_records(plan_id, as_of)


def successors(plan_id: int) -> dict[int, int]:
    """For each body that was reorganised away (机构改革) the one with a part in the plan that is scored for it, too."""
    after = heirs()
    if not after:
        return {}
    live = (
        Assignment.plan_id == plan_id,
        Assignment.state.in_(LIVE),
        Assignment.unit_id.in_(sorted(set(after.values()))),
    )
    there = set(session.scalars(select(Assignment.unit_id).where(*live).distinct()))
    return {unit: heir for unit, heir in after.items() if heir in there}


def _inherited(records: Mapping[int, str], after: Mapping[int, int]) -> dict[int, str]:
    """The records of each unit with those of the bodies it came after."""
    if not after:
        return dict(records)
    found: dict[int, list[str]] = {}
    for unit_id in sorted(records):
        found.setdefault(after.get(unit_id, unit_id), []).append(records[unit_id])
    return {unit_id: " ".join(texts) for unit_id, texts in found.items()}


def scored_units(plan_id: int) -> list[tuple[int, str, str]]:
    """(id, name, group) of units with a part in the plan, in the order of the directory; the group is the one stamped
    on its first live assignment. A body that was reorganised away is scored under its successor."""
    held = aliased(Assignment)
    live = and_(held.unit_id == Unit.id, held.plan_id == plan_id, held.state.in_(LIVE))
    first = select(func.min(held.id)).where(live).correlate(Unit).scalar_subquery()
    statement = (
        select(Unit.id, Unit.name, Assignment.unit_group)
        .join(Assignment, Assignment.id == first)
        .order_by(Unit.sort_key, Unit.id)
    )
    after = successors(plan_id)
    return [(row[0], row[1], row[2]) for row in session.execute(statement) if row[0] not in after]


def stamped_group(plan_id: int, unit_id: int) -> str | None:
    """The group in which `scored_units` has the unit; None where it has no part in the plan."""
    return session.scalar(_STAMPED, {"plan": plan_id, "unit": unit_id})


AT_ONCE = 20_000
"""Obligations up to which a page or a run may count at once."""


def obligations_due(plan_id: int, as_of: date) -> int:
    """How many returns a run would read: what decides whether it answers at once."""
    statement = select(func.count()).where(Obligation.plan_id == plan_id, Obligation.original_due_on <= as_of)
    return session.scalar(statement) or 0


def _days_late(plan_id: int, as_of: date, units: Collection[int] | None) -> dict[int, list[str]]:
    """By how many workdays each late return was late when it came, or is late on the day where it has not come."""
    late_by = _DaysLate(workdays())
    found: dict[int, list[str]] = {}
    for unit_id, obligation_id, due_on, submitted_at in session.execute(*_asked(_LATE, plan_id, as_of, units)):
        stop = as_of if submitted_at is None else min(as_of, day_of(submitted_at))
        days = late_by(due_on, stop)
        if days:
            found.setdefault(unit_id, []).append(f"{obligation_id}{DAYS_LATE}{due_on.isoformat()}/{days}")
    return found


class _DaysLate:
    """Workdays after a due day up to another; most returns share a few such spans."""

    def __init__(self, calendar: Workdays) -> None:
        self._calendar = calendar
        self._known: dict[tuple[date, date], int] = {}

    def __call__(self, due_on: date, stop: date) -> int:
        span = (due_on, stop)
        if span not in self._known:
            days = (due_on + timedelta(days=number) for number in range(1, (stop - due_on).days + 1))
            self._known[span] = sum(map(self._calendar.is_workday, days))
        return self._known[span]
