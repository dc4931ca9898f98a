"""Which indicator decides (决定名次的指标) between neighbours in rank."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from tracker.assessment.scoring.robustness.board import Board
from tracker.assessment.scoring.totals import conversion

_NEAR = 1e-9
"""Points: what differs by less is the same."""

BONUS, PENALTY = "bonus", "penalty"


@dataclass(frozen=True, slots=True)
class Decider:
    """`item`: the key of the indicator in which the first is furthest ahead of the second, `bonus` or `penalty` where it is
    that; None where the first is ahead in nothing, or a veto or the cap of totals has set one. `by`: how far, in points; `margin`: of all
    together. `turns`: if both had the same there, the second would be ahead."""

    first: str
    second: str
    item: str | None
    by: float
    margin: float

    @property
    def turns(self) -> bool:
        return self.by > self.margin + _NEAR


def deciders(board: Board) -> Iterator[Decider]:
    """For each two neighbours of a group, in the order of ranks."""
    names = (*board.items, BONUS, PENALTY)
    scheme, scale = board.scheme, 10**board.scheme.rounding.places
    given = np.vstack([board.given, board.counted, -board.penalty]) * float(conversion(scheme))
    held = board.fixed if scheme.total_cap is None else board.fixed | (board.totals >= float(scheme.total_cap) * scale)
    for _, where in board.groups:
        differences = given[:, where.start : where.stop - 1] - given[:, where.start + 1 : where.stop]
        best = differences.argmax(axis=0) if differences.size else ()
        for at, row in enumerate(best):
            place, by = where.start + at, float(differences[row, at])
            margin = int(board.totals[place] - board.totals[place + 1]) / scale
            set_ = bool(held[place] or held[place + 1])
            item = names[row] if by > _NEAR and not set_ else None
            yield Decider(board.keys[place], board.keys[place + 1], item, by if item else 0.0, margin)
