"""`engine-exact`: 20,000 units × 60 leaves scored in exact arithmetic, against a bare loop of decimal multiply-adds."""

from __future__ import annotations

import random
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

from bench.harness import Measured, Row, Sample, compare, stopwatch
from tracker.assessment.scoring.book import Book, Grade, Indicator, Scheme, Unit
from tracker.assessment.scoring.engine import score
from tracker.assessment.scoring.rules import AnyRule, Deduction, DeductionRule, LinearRule, RatioRule

UNITS = 20_000
CHAPTERS = 6
CALLS = 3
LEAVES_A_CHAPTER = 10
LEAF_POINTS = [Decimal(points) for points in ("2.5", "2", "1.5", "1", "1.5", "2", "2.5", "1", "1", "1")]
"""Of one chapter; six of them are 96 points."""


def book() -> Book:
    """Half ratios, a third deductions, the rest linear, with figures as people report them: a decimal or two."""
    draw = random.Random(20260101)
    evidence: dict[str, list[Any]] = {}
    chapters = []
    for chapter in range(CHAPTERS):
        leaves = []
        for place, points in enumerate(LEAF_POINTS):
            key = f"c{chapter}l{place}"
            rule, evidence[key] = _leaf(place, draw)
            leaves.append(Indicator(key, key, points, rule=rule))
        chapters.append(Indicator(f"c{chapter}", f"c{chapter}", sum(LEAF_POINTS, Decimal()), children=tuple(leaves)))
    grades = (Grade("优秀", Decimal(85), 30), Grade("良好", Decimal(75)), Grade("合格", Decimal(0)))
    root = Indicator("total", "total", CHAPTERS * sum(LEAF_POINTS, Decimal()), children=tuple(chapters))
    units = tuple(Unit(f"u{number}", f"u{number}", f"g{number % 40}") for number in range(UNITS))
    return Book(Scheme(root, grades=grades), units, evidence)


def _leaf(place: int, draw: random.Random) -> tuple[AnyRule, list[Any]]:
    if place < LEAVES_A_CHAPTER // 2:
        targets = [Decimal(draw.randint(20, 60)) for _ in range(8)]
        return RatioRule(), [(Decimal(draw.randint(0, 600)) / 10, draw.choice(targets)) for _ in range(UNITS)]
    if place < LEAVES_A_CHAPTER - 2:
        each = Decimal("0.5")
        return DeductionRule(), [
            (Deduction(each, draw.randint(1, 3)),) if draw.random() < 0.2 else () for _ in range(UNITS)
        ]
    linear = LinearRule(floor=Fraction(60), goal=Fraction(95))
    return linear, [Decimal(draw.randint(5000, 10000)) / 100 for _ in range(UNITS)]


def floor(folder: Path) -> Sample:
    weights = [Decimal("0.5"), Decimal("1.5"), Decimal("2.25")] * (CHAPTERS * LEAVES_A_CHAPTER // 3)
    values = [Decimal(number) / 10 for number in range(CHAPTERS * LEAVES_A_CHAPTER)]

    def work() -> None:
        for _ in range(UNITS):
            total = Decimal()
            for weight, value in zip(weights, values, strict=True):
                total += weight * value

    return stopwatch(work, times=CALLS)


def ours(folder: Path) -> Sample:
    """The least of as many calls as the floor has, each of a book of its own: nothing is ready from the one before."""
    return min((_scored(book()) for _ in range(CALLS)), key=lambda sample: sample["seconds"])


def _scored(made: Book) -> Sample:
    return stopwatch(lambda: score(made, explain=False))


def measure(folder: Path) -> Measured:
    ratio, detail = compare(__name__, folder, rounds=3)
    return Measured(ratio, detail | {"units": UNITS, "leaves": CHAPTERS * LEAVES_A_CHAPTER})


ROW = Row("engine-exact", "a loop of Decimal multiply-adds over units × leaves", 6, measure)
