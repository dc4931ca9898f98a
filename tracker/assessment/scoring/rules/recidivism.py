"""`recidivism` (退回未改再扣): what is found costs each time, and again more where it was sent back and not put right."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import ClassVar

from tracker.assessment.scoring.rules.base import Peers, Stake
from tracker.assessment.scoring.rules.figures import (
    EACH,
    MOST_TIMES,
    NOUGHT,
    TIMES,
    Field,
    FiguresRule,
    Row,
    left_of,
    less,
    product,
    untouched,
)
from tracker.assessment.scoring.wording import Sentence


@dataclass(frozen=True, slots=True)
class RecidivismRule(FiguresRule):
    """max(0, P − Σ each × count − `extra` × Σ again)."""

    extra: Decimal

    kind: ClassVar[str] = "recidivism"
    needs_facts: ClassVar[bool] = False
    parameters: ClassVar[tuple[Field, ...]] = (Field("extra", above=NOUGHT),)
    figures: ClassVar[tuple[Field, ...]] = (
        EACH, TIMES, Field("again", "whole", required=False, default=0, least=NOUGHT, most=Decimal(MOST_TIMES)),
    )  # fmt: skip

    def score(self, stake: Stake, entry: tuple[Row, ...], peers: Peers | None) -> Fraction:
        return left_of(stake.points, self._lost(entry))

    def sentence(self, stake: Stake, entry: tuple[Row, ...], peers: Peers | None, result: str) -> Sentence:
        if not entry:
            return untouched(stake.points)
        terms = [product(each, times) for each, times, _ in entry]
        again = sum(times for _, _, times in entry)
        return less(stake.points, terms + ([product(self.extra, again)] if again else []), self._lost(entry), result)

    def _lost(self, entry: tuple[Row, ...]) -> Fraction:
        found = sum((Fraction(each) * times for each, times, _ in entry), Fraction(0))
        return found + Fraction(self.extra) * sum(int(again) for _, _, again in entry)
