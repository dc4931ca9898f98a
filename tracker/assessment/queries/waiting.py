"""What is still missing before a scheme can be run."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from tracker.assessment.binding import leaves
from tracker.assessment.notices import counts_on
from tracker.assessment.queries.facts import entered_facts
from tracker.assessment.queries.inputs import gathered
from tracker.assessment.queries.schemes import SchemeRow
from tracker.assessment.queries.tallies import obligations_due
from tracker.errors import DomainError


@dataclass(frozen=True, slots=True)
class Waiting:
    """`missing`: (unit id, unit, names of the indicators that wait for a fact)."""

    units: int
    obligations: int
    missing: tuple[tuple[int, str, tuple[str, ...]], ...]
    refusal: str = ""
    """Why it cannot be run at all."""
    unsettled: int = 0
    """Deductions that do not count yet: the unit may still answer, or its answer waits for a decision."""


def waiting(scheme: SchemeRow, plan_id: int, as_of: date, today: date) -> Waiting:
    try:
        frozen, _ = gathered(scheme, plan_id, as_of, today)
    except DomainError as error:
        return Waiting(0, 0, (), error.message)
    named = {leaf["key"]: str(leaf.get("name", "")) for leaf in leaves(scheme.body["indicators"])}
    by_unit: dict[str, list[str]] = {}
    for unit, leaf in frozen.missing:
        by_unit.setdefault(unit, []).append(named[leaf])
    units = {unit.key: unit.name for unit in frozen.units}
    missing = tuple((int(key), units[key], tuple(names)) for key, names in by_unit.items())
    open_ = unsettled(scheme, plan_id, today)
    return Waiting(len(frozen.units), obligations_due(plan_id, as_of), missing, unsettled=open_)


def unsettled(scheme: SchemeRow, plan_id: int, today: date) -> int:
    """How many deductions do not count yet (`Waiting.unsettled`)."""
    return sum(not counts_on(row.notice, today) for row in entered_facts(scheme.series_id, plan_id))
