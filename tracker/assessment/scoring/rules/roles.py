"""`roles` (主办协办分担): deductions that weigh fully on who leads a matter, and by a share on who takes part."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import ClassVar

from tracker.assessment.scoring.rules.base import Peers, Stake
from tracker.assessment.scoring.rules.figures import (
    CO,
    EACH,
    NOUGHT,
    ROLE,
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
class RolesRule(FiguresRule):
    """max(0, P − Σ each × count × 1 for 主办, × `co` for 协办)."""

    co: Decimal

    kind: ClassVar[str] = "roles"
    needs_facts: ClassVar[bool] = False
    parameters: ClassVar[tuple[Field, ...]] = (
        Field("co", required=False, default=Decimal("0.5"), least=NOUGHT, most=Decimal(1)),
    )
    figures: ClassVar[tuple[Field, ...]] = (EACH, TIMES, ROLE)

    def score(self, stake: Stake, entry: tuple[Row, ...], peers: Peers | None) -> Fraction:
        return left_of(stake.points, self._lost(entry))

    def sentence(self, stake: Stake, entry: tuple[Row, ...], peers: Peers | None, result: str) -> Sentence:
        if not entry:
            return untouched(stake.points)
        terms = [product(each, times, self._share(role)) for each, times, role in entry]
        return less(stake.points, terms, self._lost(entry), result)

    def _share(self, role: str) -> Decimal:
        return self.co if role == CO else Decimal(1)

    def _lost(self, entry: tuple[Row, ...]) -> Fraction:
        return sum((Fraction(each) * times * Fraction(self._share(role)) for each, times, role in entry), Fraction(0))
