"""A scheme tried on the facts that there are (试算): information only. Nothing is stored, no state changes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from flask_babel import gettext as _
from sqlalchemy import select

from tracker.assessment.binding import leaves, scheme_problems
from tracker.assessment.engines import CURRENT
from tracker.assessment.frozen import Frozen, supposed
from tracker.assessment.models import Run, Scheme
from tracker.assessment.queries.inputs import gathered
from tracker.assessment.queries.interim import interim
from tracker.assessment.queries.schemes import SchemeRow
from tracker.assessment.queries.tallies import AT_ONCE, obligations_due
from tracker.assessment.scoring.problems import FaultyBook
from tracker.assessment.scoring.results import UnitResult
from tracker.db import session
from tracker.errors import DomainError


@dataclass(frozen=True, slots=True)
class Tried:
    """One unit: what it would come to, and beside it what the version in use gives it on the same facts."""

    unit_id: int
    name: str
    group: str
    base: str | None
    total: str | None
    rank: int | None
    grade: str | None
    veto: bool
    total_now: str | None = None
    rank_now: int | None = None

    @property
    def gap(self) -> Decimal | None:
        """The total on trial less that of the version in use."""
        if self.total is None or self.total_now is None:
            return None
        return Decimal(self.total) - Decimal(self.total_now)


@dataclass(frozen=True, slots=True)
class Trial:
    """`rows` by group and rank. Without rows the rest says why there are none: `problems` counts those of the scheme,
    `missing` names (unit id, unit, indicators that wait for a fact), `refusal` is anything else. `supposed` counts facts
    that are still to be entered, where the rows take them as not applicable."""

    rows: tuple[Tried, ...] = ()
    compared: bool = False
    supposed: int = 0
    problems: int = 0
    missing: tuple[tuple[int, str, tuple[str, ...]], ...] = ()
    refusal: str = ""


def trial(scheme: SchemeRow, in_use: SchemeRow | None, plan_id: int, as_of: date, today: date) -> Trial:
    """Scores a scheme, a draft too, over a plan as of a day. `in_use`: the version to compare with, where there is one;
    a comparison that cannot be reckoned is left out."""
    problems = scheme_problems(scheme.body, scheme.sources)
    if problems:
        return Trial(problems=len(problems))
    try:
        frozen, found = _scored(scheme, plan_id, as_of, today)
        if frozen.missing:
            return Trial(missing=_missing(frozen))
    except DomainError as error:
        return Trial(refusal=error.message)
    except FaultyBook as faulty:
        return Trial(refusal=faulty.problems[0].message)
    return _told(frozen, found, _now(in_use, plan_id, as_of, today))


def _told(frozen: Frozen, found: Sequence[UnitResult], now: Mapping[str, UnitResult] | None) -> Trial:
    rows = [
        _tried(frozen.units[place].name, unit, now.get(unit.key) if now else None) for place, unit in enumerate(found)
    ]
    rows.sort(key=lambda one: (one.group, one.rank is None, one.rank or 0))
    return Trial(tuple(rows), compared=now is not None)


def beside(scheme: SchemeRow, in_use: SchemeRow | None, plan_id: int, as_of: date, today: date) -> Trial:
    """What a scheme that is being edited comes to: as `trial`, but that what is still to be entered does not apply
    meanwhile, on either side. An indicator that is new this year has no facts of last year."""
    problems = scheme_problems(scheme.body, scheme.sources)
    if problems:
        return Trial(problems=len(problems))
    if obligations_due(plan_id, as_of) > AT_ONCE:
        return Trial(refusal=_("报送义务较多，请保存后到“试算”页查看。"))
    try:
        frozen, _count = gathered(scheme, plan_id, as_of, today)
        found = CURRENT.quick(supposed(frozen)).units
        now = None if in_use is None else _units(supposed(gathered(in_use, plan_id, as_of, today)[0]))
    except DomainError as error:
        return Trial(refusal=error.message)
    except FaultyBook as faulty:
        return Trial(refusal=faulty.problems[0].message)
    return replace(_told(frozen, found, now), supposed=len(frozen.missing))


def _units(frozen: Frozen) -> dict[str, UnitResult]:
    return {unit.key: unit for unit in CURRENT.quick(frozen).units}


def last_tried(series_id: int) -> tuple[int, date] | None:
    """The plan and the day of the last run by any version of a scheme: last year's facts."""
    statement = (
        select(Run.plan_id, Run.as_of)
        .join(Scheme, Scheme.id == Run.scheme_id)
        .where(Scheme.series_id == series_id, Run.state != "withdrawn")
        .order_by(Run.id.desc())
        .limit(1)
    )
    found = session.execute(statement).tuples().first()
    return None if found is None else (found[0], found[1])


def _now(in_use: SchemeRow | None, plan_id: int, as_of: date, today: date) -> dict[str, UnitResult] | None:
    if in_use is None:
        return None
    try:
        frozen, found = _scored(in_use, plan_id, as_of, today)
        return None if frozen.missing else {unit.key: unit for unit in found}
    except (DomainError, FaultyBook):
        return None


def _scored(scheme: SchemeRow, plan_id: int, as_of: date, today: date) -> tuple[Frozen, tuple[UnitResult, ...]]:
    """Of all units, in the order of the frozen ones; none where facts are missing."""
    if scheme.state == "in_use" and as_of == today:
        kept = interim(scheme, plan_id, today)
        return kept.frozen, kept.units
    frozen, _ = gathered(scheme, plan_id, as_of, today)
    return frozen, () if frozen.missing else CURRENT.quick(frozen).units


def _tried(name: str, unit: UnitResult, now: UnitResult | None) -> Tried:
    return Tried(
        int(unit.key), name, unit.group, unit.base, unit.total, unit.rank, unit.grade, unit.veto,
        now.total if now else None, now.rank if now else None,
    )  # fmt: skip


def _missing(frozen: Frozen) -> tuple[tuple[int, str, tuple[str, ...]], ...]:
    named = {leaf["key"]: str(leaf.get("name", "")) for leaf in leaves(frozen.scheme["indicators"])}
    by_unit: dict[str, list[str]] = {}
    for unit, leaf in frozen.missing:
        by_unit.setdefault(unit, []).append(named[leaf])
    units = {unit.key: unit.name for unit in frozen.units}
    return tuple((int(key), units[key], tuple(names)) for key, names in by_unit.items())
