"""`overdue` (逾期扣分): each overdue item costs a fixed amount, or so much a workday (工作日), or both."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import ClassVar

from tracker.assessment.scoring.part import Part
from tracker.assessment.scoring.rules.base import shown
from tracker.assessment.scoring.rules.costs import CostsRule
from tracker.assessment.scoring.rules.figures import NOUGHT, TIMES, Field, Row
from tracker.assessment.scoring.wording import N_


@dataclass(frozen=True, slots=True)
class OverdueRule(CostsRule):
    """max(0, P − Σ count × min(`most`, `fixed` + `per_day` × days)). An item with 0 days was in time and costs nothing."""

    fixed: Decimal
    per_day: Decimal
    most: Decimal | None

    kind: ClassVar[str] = "overdue"
    parameters: ClassVar[tuple[Field, ...]] = (
        Field("fixed", required=False, default=NOUGHT, least=NOUGHT),
        Field("per_day", required=False, default=NOUGHT, least=NOUGHT),
        Field("most", required=False, above=NOUGHT),
    )
    figures: ClassVar[tuple[Field, ...]] = (Field("days", "whole", least=NOUGHT, most=Decimal(3660)), TIMES)

    def check(self, part: Part, points: Decimal | None) -> None:
        if self.fixed == 0 and self.per_day == 0:
            part.report("fixed", N_("每项扣分和每个工作日扣分至少填一项"))

    def cost(self, entry: tuple[Row, ...]) -> Fraction:
        return sum((self._cost(days) * times for days, times in entry), Fraction(0))

    def terms(self, entry: tuple[Row, ...]) -> list[str]:
        return [self._term(days, times) for days, times in entry if days and times]

    def _term(self, days: int, times: int) -> str:
        parts = [shown(self.fixed)] if self.fixed else []
        parts += [f"{shown(self.per_day)} × {days}"] if self.per_day else []
        inside = " + ".join(parts)
        if self.most is not None and self._plain(days) > self.most:
            inside = f"min({shown(self.most)}, {inside})"
        elif len(parts) > 1:
            inside = f"({inside})"
        return inside if times == 1 else f"{inside} × {times}"

    def _plain(self, days: int) -> Fraction:
        return Fraction(self.fixed) + Fraction(self.per_day) * days if days else Fraction(0)

    def _cost(self, days: int) -> Fraction:
        return self._plain(days) if self.most is None else min(Fraction(self.most), self._plain(days))
