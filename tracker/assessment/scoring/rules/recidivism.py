"""`recidivism` (退回未改再扣): what is found costs each time, and again more where it was sent back and not put right."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import ClassVar

from tracker.assessment.scoring.rules.costs import CostsRule, product
from tracker.assessment.scoring.rules.figures import EACH, MOST_TIMES, NOUGHT, TIMES, Field, Row


@dataclass(frozen=True, slots=True)
class RecidivismRule(CostsRule):
    """max(0, P − Σ each × count − `extra` × Σ again)."""

    extra: Decimal

    kind: ClassVar[str] = "recidivism"
    parameters: ClassVar[tuple[Field, ...]] = (Field("extra", above=NOUGHT),)
    figures: ClassVar[tuple[Field, ...]] = (
        EACH, TIMES, Field("again", "whole", required=False, default=0, least=NOUGHT, most=Decimal(MOST_TIMES)),
    )  # fmt: skip

    def cost(self, entry: tuple[Row, ...]) -> Fraction:
        found = sum((Fraction(each) * times for each, times, _ in entry), Fraction(0))
        return found + Fraction(self.extra) * _again(entry)

    def terms(self, entry: tuple[Row, ...]) -> list[str]:
        found = [product(each, times) for each, times, _ in entry]
        again = _again(entry)
        return [*found, product(self.extra, again)] if again else found


def _again(entry: tuple[Row, ...]) -> int:
    return sum(int(again) for _, _, again in entry)
