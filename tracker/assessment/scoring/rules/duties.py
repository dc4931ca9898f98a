"""`duties` (职责单一加倍扣): deductions that weigh double on a unit with only one kind of matter to see to."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import ClassVar

from tracker.assessment.scoring.rules.costs import CostsRule, product
from tracker.assessment.scoring.rules.figures import EACH, TIMES, Field, Row

SEVERAL, ONE = "several", "one"


@dataclass(frozen=True, slots=True)
class DutiesRule(CostsRule):
    """max(0, P − Σ each × count × 1 for a unit with several kinds of matters, × `double` for one with a single kind)."""

    double: Decimal

    kind: ClassVar[str] = "duties"
    parameters: ClassVar[tuple[Field, ...]] = (
        Field("double", required=False, default=Decimal(2), above=Decimal(1), most=Decimal(10)),
    )
    figures: ClassVar[tuple[Field, ...]] = (
        EACH, TIMES, Field("duty", "choice", required=False, default=SEVERAL, choices=(SEVERAL, ONE)),
    )  # fmt: skip

    def cost(self, entry: tuple[Row, ...]) -> Fraction:
        return sum((Fraction(each) * times * Fraction(self._by(duty)) for each, times, duty in entry), Fraction(0))

    def terms(self, entry: tuple[Row, ...]) -> list[str]:
        return [product(each, times, self._by(duty)) for each, times, duty in entry]

    def _by(self, duty: str) -> Decimal:
        return self.double if duty == ONE else Decimal(1)
