"""A scheme tried on the facts that there are (试算): information only. Nothing is stored, no state changes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from tracker.assessment.binding import leaves, scheme_problems
from tracker.assessment.engines import CURRENT
from tracker.assessment.frozen import Frozen
from tracker.assessment.queries.inputs import gathered
from tracker.assessment.queries.interim import interim
from tracker.assessment.queries.schemes import SchemeRow
from tracker.assessment.scoring.problems import FaultyBook
from tracker.assessment.scoring.results import UnitResult
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
    `missing` names (unit id, unit, indicators that wait for a fact), `refusal` is anything else."""

    rows: tuple[Tried, ...] = ()
    compared: bool = False
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
        return Trial(refusal=str(faulty.problems[0].message))
    now = _now(in_use, plan_id, as_of, today)
    rows = [
        _tried(frozen.units[place].name, unit, now.get(unit.key) if now else None) for place, unit in enumerate(found)
    ]
    rows.sort(key=lambda one: (one.group, one.rank is None, one.rank or 0))
    return Trial(tuple(rows), compared=now is not None)


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
