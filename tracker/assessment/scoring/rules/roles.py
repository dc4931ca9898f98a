"""`roles` (主办协办分担): deductions that weigh fully on who leads a matter, and by a share on who takes part."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import ClassVar

from tracker.assessment.scoring.rules.costs import CostsRule, product
from tracker.assessment.scoring.rules.figures import CO, EACH, NOUGHT, ROLE, TIMES, Field, Row


@dataclass(frozen=True, slots=True)
class RolesRule(CostsRule):
    """max(0, P − Σ each × count × 1 for 主办, × `co` for 协办)."""

    co: Decimal

    kind: ClassVar[str] = "roles"
    parameters: ClassVar[tuple[Field, ...]] = (
        Field("co", required=False, default=Decimal("0.5"), least=NOUGHT, most=Decimal(1)),
    )
    figures: ClassVar[tuple[Field, ...]] = (EACH, TIMES, ROLE)

    def cost(self, entry: tuple[Row, ...]) -> Fraction:
        return sum((Fraction(each) * times * Fraction(self._share(role)) for each, times, role in entry), Fraction(0))

    def terms(self, entry: tuple[Row, ...]) -> list[str]:
        return [product(each, times, self._share(role)) for each, times, role in entry]

    def _share(self, role: str) -> Decimal:
        return self.co if role == CO else Decimal(1)
