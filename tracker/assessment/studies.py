"""Studies of a run (稳健性分析、假设调整): what would be if something were a little different. Information, never a result.

What comes out is kept as plain data beside the run. Pure: the same frozen inputs and parameters give the same.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from tracker.assessment.binding import scheme_problems
from tracker.assessment.engines import Engine
from tracker.assessment.frozen import Frozen, ready_book
from tracker.assessment.scoring.problems import BookProblem, FaultyBook
from tracker.assessment.scoring.results import UnitResult
from tracker.assessment.scoring.robustness import Draws, UnitSpread, board_of, deciders, spread
from tracker.assessment.states import STUDY_KINDS
from tracker.assessment.what_if import changed, changes

ROBUSTNESS, WHAT_IF = STUDY_KINDS

LEAST_DRAWS, MOST_DRAWS = 100, 10_000
MOST_PERCENT = 50
MOST_SEED = 2**31 - 1

Tell = Callable[[int, int], None]


def usual_seed(inputs_hash: str) -> int:
    """The seed where nobody chose one: the same inputs, the same draws."""
    return int(inputs_hash[:8], 16) & MOST_SEED


def robustness(frozen: Frozen, parameters: dict[str, Any], tell: Tell) -> dict[str, Any]:
    """`parameters`: seed, percent, count. Whole numbers of draws throughout; points of a difference as text."""
    board = board_of(ready_book(frozen))
    found = spread(board, Draws(parameters["seed"], parameters["percent"], parameters["count"]), tell)
    return {
        "items": len(board.items),
        "units": [[one.key, one.rank, one.low, one.high, list(one.grades)] for one in found.units],
        "pairs": [
            [
                pair.first,
                pair.second,
                pair.ahead,
                pair.level,
                decider.item,
                f"{decider.by:.4f}".rstrip("0").rstrip("."),
                decider.turns,
            ]
            for pair, decider in zip(found.pairs, deciders(board), strict=True)
        ],
    }


def what_if(frozen: Frozen, parameters: dict[str, Any], engine: Engine) -> dict[str, Any]:
    """`parameters`: the place of the change among `changes(scheme)`, and the value. Whoever stands elsewhere then, with
    total, rank and grade before and after; exact, by the engine of the run. Raises FaultyBook where the changed scheme
    cannot be scored."""
    before = engine.quick(frozen).units
    after = engine.quick(on_trial(frozen, parameters)).units
    return {
        "moved": [[one.key, *_standing(one), *_standing(other)] for one, other in zip(before, after, strict=True)
                  if _standing(one) != _standing(other)],
        "units": len(before),
    }  # fmt: skip


def on_trial(frozen: Frozen, parameters: dict[str, Any]) -> Frozen:
    """The inputs with the scheme as it would be."""
    change = changes(frozen.scheme)[parameters["change"]]
    return replace(frozen, scheme=changed(frozen.scheme, change, parameters["value"]))


def faults_on_trial(frozen: Frozen, parameters: dict[str, Any]) -> list[BookProblem]:
    """What is wrong with the scheme as it would be, or with the facts under it."""
    tried = on_trial(frozen, parameters)
    problems = scheme_problems(tried.scheme, tried.sources)
    if problems:
        return problems
    try:
        ready_book(tried)
    except FaultyBook as faulty:
        return list(faulty.problems)
    return []


def _standing(unit: UnitResult) -> tuple[str | None, int | None, str | None]:
    return unit.total, unit.rank, unit.grade


@dataclass(frozen=True, slots=True)
class UnitRow(UnitSpread):
    """One unit of a robustness study, by name."""

    name: str

    @property
    def unit_id(self) -> int:
        return int(self.key)


@dataclass(frozen=True, slots=True)
class PairRow:
    """Two neighbours: draws in which the first stayed ahead, in which both were level; `item` is the name of what decides
    between them (None: nothing does), `by` how many points the first is ahead in it, `turns` whether that alone does it."""

    first: str
    second: str
    group: str
    ahead: int
    level: int
    item: str | None
    by: str
    turns: bool


@dataclass(frozen=True, slots=True)
class MovedRow:
    """A unit that would stand elsewhere: (total, rank, grade) before and after."""

    unit_id: int
    name: str
    group: str
    before: tuple[str | None, int | None, str | None]
    after: tuple[str | None, int | None, str | None]
