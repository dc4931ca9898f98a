"""Over all draws: the interval of each unit's rank, how often it had each grade, how often each pair kept its order."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tracker.assessment.scoring.grading import best_missed, pools_of
from tracker.assessment.scoring.robustness.board import Board, Whole
from tracker.assessment.scoring.robustness.drawing import Draws, blocks
from tracker.assessment.scoring.robustness.standing import grade_cuts, ranks_of

_TAIL = 5
"""Percent of the draws that lie beyond either end of an interval."""
_AT_ONCE = 512
"""Units whose ranks are put in order together."""

Tell = Callable[[int, int], None]
"""Draws done, of how many."""


@dataclass(frozen=True, slots=True)
class UnitSpread:
    """`low`…`high`: nine draws of ten give a rank within them. `grades`: in how many draws it had each grade, in the order
    of the scheme."""

    key: str
    group: str
    rank: int
    low: int
    high: int
    grades: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class PairSpread:
    """Neighbours in rank: in how many draws the first was ahead, and in how many both had the same total."""

    first: str
    second: str
    ahead: int
    level: int


@dataclass(frozen=True, slots=True)
class Spread:
    """In the order of the board: by group and rank."""

    units: tuple[UnitSpread, ...]
    pairs: tuple[PairSpread, ...]


def spread(board: Board, draws: Draws, tell: Tell | None = None) -> Spread:
    """`tell` hears after every block; what it raises ends the work."""
    units = len(board.keys)
    ranks = np.zeros((draws.count, units), np.int16 if units < 2**15 else np.int32)
    graded = np.zeros((len(board.scheme.grades), units), np.int64)
    ahead, level = np.zeros(max(0, units - 1), np.int64), np.zeros(max(0, units - 1), np.int64)
    pools = list(_pools(board))
    heard = tell or (lambda _done, _count: None)
    heard(0, draws.count)
    for begin, totals in blocks(board, draws) if units else ():
        end = begin + len(totals)
        for _, where in board.groups:
            ranks[begin:end, where] = ranks_of(totals[:, where], board.scheme.ties)
        ahead += _counted(totals[:, :-1] > totals[:, 1:])
        level += _counted(totals[:, :-1] == totals[:, 1:])
        graded_as = _graded_as(board, totals)
        for members, size in pools:
            _count_grades(board, graded_as, members, size, graded)
        heard(end, draws.count)
    low, high = _intervals(ranks)
    return Spread(tuple(_units(board, low, high, graded)), tuple(_pairs(board, ahead, level)))


def _pools(board: Board) -> Iterator[tuple[slice | Whole, int]]:
    """Which units share a quota, without vetoed ones, and of how many units it is a share."""
    if not board.scheme.grades:
        return
    pools: dict[str | None, list[str]] = {}
    for group, pool in pools_of(board.scheme, board.sizes).items():
        pools.setdefault(pool, []).append(group)
    where = dict(board.groups)
    for groups in pools.values():
        size = sum(board.sizes[group] for group in groups)
        if len(groups) == 1 and not board.fixed[where[groups[0]]].any():
            yield where[groups[0]], size
            continue
        members = np.concatenate([np.arange(len(board.keys))[where[group]] for group in groups])
        members = members[~board.fixed[members]]
        if len(members):
            yield members, size


def _graded_as(board: Board, totals: Whole) -> Whole:
    """The totals that grades go by: whom a veto keeps from the best grade just misses it."""
    if not board.barred.any() or not board.scheme.grades:
        return totals
    totals = totals.copy()
    totals[:, board.barred] = np.minimum(totals[:, board.barred], best_missed(board.scheme))
    return totals


def _count_grades(board: Board, totals: Whole, members: slice | Whole, size: int, graded: NDArray[np.int64]) -> None:
    mine = totals[:, members]
    before = np.zeros(mine.shape[1], np.int64)
    for grade, cut in enumerate(grade_cuts(board.scheme, mine, size)):
        reached = _counted(mine >= cut[:, np.newaxis])
        graded[grade, members] += reached - before
        before = reached


def _counted(flags: NDArray[np.bool_]) -> Whole:
    """In how many draws it holds, a number a unit."""
    counts: Whole = np.add.reduce(flags.view(np.uint8), axis=0, dtype=np.int32).astype(np.int64)
    return counts


def _intervals(ranks: NDArray[np.int16] | NDArray[np.int32]) -> tuple[Whole, Whole]:
    """The rank at either end of each unit's interval: whole ranks that were had, nothing in between."""
    draws, units = ranks.shape
    first = -(-_TAIL * draws // 100) - 1 if draws else 0
    last = draws - 1 - first
    low, high = np.zeros(units, np.int64), np.zeros(units, np.int64)
    for begin in range(0, units, _AT_ONCE):
        here = slice(begin, begin + _AT_ONCE)
        ordered = np.sort(np.ascontiguousarray(ranks[:, here].T), axis=1, kind="stable")  # by digits: ranks are short
        low[here], high[here] = ordered[:, first], ordered[:, last]
    return low, high


def _units(board: Board, low: Whole, high: Whole, graded: Whole) -> Iterator[UnitSpread]:
    for group, where in board.groups:
        for place in range(where.start, where.stop):
            grades = tuple(graded[:, place].tolist())
            yield UnitSpread(
                board.keys[place], group, int(board.ranks[place]), int(low[place]), int(high[place]), grades
            )  # fmt: skip


def _pairs(board: Board, ahead: Whole, level: Whole) -> Iterator[PairSpread]:
    for _, where in board.groups:
        for place in range(where.start, where.stop - 1):
            yield PairSpread(board.keys[place], board.keys[place + 1], int(ahead[place]), int(level[place]))
