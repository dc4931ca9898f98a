"""`rank-robustness`: 1,000 draws of 40 weights over 20,000 units of one group (rank intervals, chances of grades, how safe each
pair of neighbours is), against the plain matrix product of the same numbers."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import numpy as np

from bench.harness import Measured, Row, Sample, compare, stopwatch, within
from tracker.assessment.scoring.book import Grade, Indicator, Scheme
from tracker.assessment.scoring.robustness import Board, Draws, spread
from tracker.assessment.scoring.rules import ValueRule

UNITS, ITEMS, DRAWS = 20_000, 40, 1_000
GRADES = (Grade("优秀", Decimal(70), 30), Grade("良好", Decimal(60)), Grade("合格", Decimal(0)))
MOST_MB = 300


def board() -> Board:
    """Every unit with what it has of items of 2.5 points; totals of one decimal more than people tell apart."""
    draw = np.random.default_rng(20260101)
    given = 2.5 * draw.beta(4, 2, (ITEMS, UNITS))
    totals = np.rint(given.sum(axis=0) * 100).astype(np.int64)
    order = np.argsort(-totals, kind="stable")
    given, totals = np.ascontiguousarray(given[:, order]), totals[order]
    items = tuple(Indicator(f"i{at}", f"i{at}", Decimal("2.5"), rule=ValueRule()) for at in range(ITEMS))
    nought = np.zeros(UNITS)
    return Board(
        scheme=Scheme(Indicator("total", "total", Decimal(100), children=items), grades=GRADES),
        keys=tuple(f"u{number}" for number in range(UNITS)),
        groups=(("全部", slice(0, UNITS)),),
        sizes={"全部": UNITS},
        items=tuple(item.key for item in items),
        given=given,
        worth=np.full((ITEMS, UNITS), 2.5),
        rest=nought,
        bonus=nought,
        counted=nought,
        penalty=nought,
        totals=totals,
        ranks=np.arange(1, UNITS + 1),
        fixed=np.zeros(UNITS, np.bool_),
        barred=np.zeros(UNITS, np.bool_),
    )


def floor(folder: Path) -> Sample:
    made, weights = board(), np.random.default_rng(1).random((DRAWS, ITEMS))
    return stopwatch(lambda: weights @ made.given, times=3)


def ours(folder: Path) -> Sample:
    made = board()
    return stopwatch(lambda: spread(made, Draws(seed=1, count=DRAWS)))


def measure(folder: Path) -> Measured:
    ratio, detail = compare(__name__, folder)
    faults = within(detail["peak_mb"], MOST_MB, "peak MB")
    return Measured(ratio, detail | {"units": UNITS, "items": ITEMS, "draws": DRAWS}, faults)


ROW = Row("rank-robustness", "the plain matrix product of draws × items × units", 15, measure)
