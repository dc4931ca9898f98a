"""Drawing weights, and what every unit comes to under each draw, block by block."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tracker.assessment.scoring.robustness.board import Board, Floats
from tracker.assessment.scoring.totals import conversion

Totals = NDArray[Any]
"""Whole numbers, as short as they may be: half the length is half the time."""

_CELLS = 2**21
"""So many numbers are multiplied at a time: memory stays small."""
_NEAR = 2**18
"""So many totals are worked on at a time: they stay near the processor."""
_TIE = 1e-7
"""Of the last printed place: what lies so near to a half is one."""


@dataclass(frozen=True, slots=True)
class Draws:
    """`count` draws: every weight is multiplied by its own factor, evenly between 1 − `percent`/100 and 1 + `percent`/100,
    and all are brought back to the same full marks. The same seed gives the same draws for ever."""

    seed: int
    percent: int = 10
    count: int = 1000

    def factors(self, items: int) -> Floats:
        """A row a draw, a column an item. Taken from the bits of the generator: those are promised to stay, what numpy
        makes of them is not."""
        raw = np.random.PCG64(self.seed).random_raw(self.count * items)
        evenly = (raw >> np.uint64(11)).astype(np.float64) * 2.0**-53
        factors: Floats = 1 + self.percent / 100 * (2 * evenly.reshape(self.count, items) - 1)
        return factors


def blocks(board: Board, draws: Draws) -> Iterator[tuple[int, Totals]]:
    """(the number of the first draw, totals: a row a draw, a column a unit) in whole units of the last printed place."""
    factors = draws.factors(len(board.items))
    worth, which = _kinds(board.worth)
    scale = 10**board.scheme.rounding.places
    full = worth.sum(axis=0) * scale
    height, slab = (max(1, cells // max(1, len(board.keys))) for cells in (_CELLS, _NEAR))
    for begin in range(0, draws.count, height):
        some = factors[begin : begin + height]
        weighed = some @ worth
        weighed[weighed == 0] = 1  # of units to which nothing applies: a veto has set their total
        level = full / weighed
        base = (some * level if worth.shape[1] == 1 else some) @ board.given
        for at in range(0, len(some), slab):
            part = base[at : at + slab]
            if worth.shape[1] > 1:
                part *= level[at : at + slab, which]
            yield begin + at, _totals(board, part, scale)


def _kinds(worth: Floats) -> tuple[Floats, NDArray[np.int64]]:
    """The different columns, and which of them is each unit's: most often all have the same."""
    if (worth == worth[:, :1]).all():
        return worth[:, :1].copy(), np.zeros(worth.shape[1], np.int64)
    different, which = np.unique(worth, axis=1, return_inverse=True)
    return different, which.ravel()


def _totals(board: Board, base: Floats, scale: int) -> Totals:
    """`base` comes in units of the last place, and is used up."""
    scheme, shift = board.scheme, board.rest * scale
    if shift.any():
        base += shift
    if board.bonus.any():
        open_ = True if scheme.bonus_gate is None else _rounded(board, base) > float(scheme.bonus_gate) * scale
        base += np.where(open_, board.bonus * scale, 0.0)
    if board.penalty.any():
        base -= board.penalty * scale
    np.maximum(base, 0.0, out=base)
    if scheme.total_full is not None:
        base *= float(conversion(scheme))
    if scheme.total_cap is not None:
        np.minimum(base, float(scheme.total_cap) * scale, out=base)
    totals = _rounded(board, base)
    if board.fixed.any():
        totals[:, board.fixed] = board.totals[board.fixed]
    return totals


def _rounded(board: Board, points: Floats) -> Totals:
    """Whole units of the last place, as the scheme rounds."""
    up = points + (_TIE if board.scheme.rounding.mode == "down" else 0.5 + _TIE)
    short = up.max(initial=0.0) < 2.0**31
    whole: Totals = up.astype(np.int32 if short else np.int64)  # never below 0: what is cut off is what lies above
    if board.scheme.rounding.mode == "half_even":
        whole -= (up - whole <= 2 * _TIE) & (whole % 2 == 1)
    return whole
