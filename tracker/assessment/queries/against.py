"""A run beside another one, an earlier year's above all: what changed, unit by unit and indicator by indicator."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import select

from tracker.accounts.roles import Viewer
from tracker.assessment.binding import nodes
from tracker.assessment.comparing import Comparison, Pair, compared
from tracker.assessment.models import RunUnit, Scheme
from tracker.assessment.queries.explanation import explanation, gap
from tracker.assessment.queries.runs import (
    RunRow,
    UnitScoreRow,
    frozen_inputs,
    node_results,
    run_for_unit,
    runs,
    unit_score,
    unit_scores,
)
from tracker.assessment.scoring.results import Line
from tracker.db import session
from tracker.errors import NotFound


@dataclass(frozen=True, slots=True)
class UnitRow:
    """One unit in both runs; `now` or `then` is None where it had no part in that one. `value_now`, `value_then`: the
    total, or the result of the indicator that was asked for; `gap` only where they may be compared."""

    unit_id: int
    name: str
    group: str
    now: UnitScoreRow | None
    then: UnitScoreRow | None
    value_now: str | None
    value_then: str | None
    gap: Decimal | None

    @property
    def moved(self) -> int | None:
        """Places gained in the group (进位), below 0 where lost."""
        if self.now is None or self.then is None or self.now.group != self.then.group:
            return None
        if self.now.rank is None or self.then.rank is None:
            return None
        return self.then.rank - self.now.rank


@dataclass(frozen=True, slots=True)
class Against:
    comparison: Comparison
    rows: tuple[UnitRow, ...]
    why_not: tuple[str, ...]
    """What keeps the values of the rows from being compared."""
    sizes: tuple[tuple[str, int, int], ...]
    """(group, units now, units then) of groups that are not as large as they were."""


def comparison_of(run: RunRow, other: RunRow) -> Comparison:
    series = set(session.scalars(select(Scheme.series_id).where(Scheme.id.in_((run.scheme_id, other.scheme_id)))))
    return compared(frozen_inputs(run.id), frozen_inputs(other.id), same_scheme=len(series) == 1)


def against(run: RunRow, other: RunRow, *, indicator: str = "") -> Against:
    """Every unit of either run, by group and rank of the newer one. Raises NotFound for an indicator that it has not."""
    comparison = comparison_of(run, other)
    pair = next((pair for pair in comparison.pairs if pair.key == indicator), None)
    if indicator and pair is None:
        raise NotFound
    why_not = comparison.why_not if pair is None else pair.why_not
    now, then = ({one.unit_id: one for one in unit_scores(number)} for number in (run.id, other.id))
    values = _values(run, other, pair)
    rows = [
        _unit_row(unit_id, now.get(unit_id), then.get(unit_id), values, comparable=not why_not)
        for unit_id in [*now, *(unit_id for unit_id in then if unit_id not in now)]
    ]
    groups = list(dict.fromkeys(row.group for row in rows))
    rows.sort(key=lambda row: groups.index(row.group))  # whoever has no part in the newer run stands last in the group
    sizes = [Counter(one.group for one in scores.values()) for scores in (now, then)]
    changed = tuple(
        (group, sizes[0][group], sizes[1][group]) for group in sizes[0] if sizes[0][group] != sizes[1][group]
    )
    return Against(comparison, tuple(rows), why_not, changed)


Values = tuple[dict[int, str | None], dict[int, str | None]] | None


def _values(run: RunRow, other: RunRow, pair: Pair | None) -> Values:
    """Results of an indicator in both runs by unit; None where it is the total that is asked for."""
    if pair is None:
        return None
    return _results(run.id, pair.key), _results(other.id, pair.old_key) if pair.old_key else {}


def _results(run_id: int, key: str) -> dict[int, str | None]:
    """The printed results of one node by unit."""
    keys = [node["key"] for node, _ in nodes(frozen_inputs(run_id).scheme["indicators"])]
    return {unit_id: results[key] for unit_id, results in node_results(run_id, keys).items()}


def _unit_row(
    unit_id: int, now: UnitScoreRow | None, then: UnitScoreRow | None, values: Values, *, comparable: bool
) -> UnitRow:
    one = now or then
    assert one is not None
    if values is None:
        mine, theirs = (None if score is None else score.total for score in (now, then))
    else:
        mine, theirs = (of_run.get(unit_id) for of_run in values)
    return UnitRow(
        unit_id, one.name, one.group, now, then, mine, theirs, gap(mine, theirs) if comparable else None
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class IndicatorRow:
    """One indicator of one unit in both runs, with how each result came about."""

    pair: Pair
    now: str | None
    then: str | None
    gap: Decimal | None
    lines_now: tuple[Line, ...]
    lines_then: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class UnitAgainst:
    comparison: Comparison
    now: UnitScoreRow
    then: UnitScoreRow
    rows: tuple[IndicatorRow, ...]


def unit_against(run: RunRow, other: RunRow, unit_id: int) -> UnitAgainst:
    """Raises NotFound where the unit has no part in one of the runs."""
    comparison = comparison_of(run, other)
    new, old = ({node.key: node for node in explanation(one, unit_id).nodes} for one in (run, other))
    rows = []
    for pair in comparison.pairs:
        now, then = new[pair.key], old.get(pair.old_key or "")
        result = then.result if then else None
        rows.append(
            IndicatorRow(
                pair, now.result, result, None if pair.why_not else gap(now.result, result), now.lines,
                then.lines if then else (),
            )
        )  # fmt: skip
    return UnitAgainst(comparison, unit_score(run.id, unit_id), unit_score(other.id, unit_id), tuple(rows))


def others_of(run: RunRow, viewer: Viewer) -> list[RunRow]:
    """Runs to set beside one, what lies before it first, the nearest day before others."""
    return _nearest(run, runs(viewer))


def others_of_unit(run: RunRow, unit_id: int, viewer: Viewer) -> list[RunRow]:
    """The same, of those runs that the unit had part in and the viewer may see it in."""
    found = []
    for number in session.scalars(select(RunUnit.run_id).where(RunUnit.unit_id == unit_id).order_by(RunUnit.run_id)):
        try:
            found.append(run_for_unit(number, unit_id, viewer)[0])
        except NotFound:
            continue
    return _nearest(run, found)


def _nearest(run: RunRow, found: list[RunRow]) -> list[RunRow]:
    others = [one for one in found if one.id != run.id and one.state != "withdrawn"]
    return sorted(others, key=lambda one: (is_later(one, run), abs((run.as_of - one.as_of).days), -one.id))


def is_later(run: RunRow, other: RunRow) -> bool:
    """Whether a run says of a later day than another one; of one day, whether it was made after it."""
    return (run.as_of, run.id) > (other.as_of, other.id)
