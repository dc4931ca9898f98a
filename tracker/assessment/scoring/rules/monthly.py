"""`monthly` (按月数量): so many a month are asked for; a short month costs a little, a month with none costs more."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import ClassVar

from tracker.assessment.scoring.part import Part
from tracker.assessment.scoring.rules.base import Peers, Stake, shown
from tracker.assessment.scoring.rules.costs import CostsRule
from tracker.assessment.scoring.rules.figures import NOUGHT, TIMES, Field, Row
from tracker.assessment.scoring.wording import N_, Sentence


@dataclass(frozen=True, slots=True)
class MonthlyRule(CostsRule):
    """max(0, P − `short` × months below `least` − `blank` × months with none). A month with none is not short as well."""

    least: Decimal
    short: Decimal
    blank: Decimal

    kind: ClassVar[str] = "monthly"
    needs_facts: ClassVar[bool] = True
    parameters: ClassVar[tuple[Field, ...]] = (
        Field("least", above=NOUGHT), Field("short", least=NOUGHT), Field("blank", least=NOUGHT),
    )  # fmt: skip
    figures: ClassVar[tuple[Field, ...]] = (Field("number", least=NOUGHT), TIMES)

    def check(self, part: Part, points: Decimal | None) -> None:
        if self.blank < self.short:
            part.report("blank", N_("空白月的扣分不能少于不足月的扣分"))

    def cost(self, entry: tuple[Row, ...]) -> Fraction:
        short, blank = self._months(entry)
        return Fraction(self.short) * short + Fraction(self.blank) * blank

    def terms(self, entry: tuple[Row, ...]) -> list[str]:
        costs = zip((self.short, self.blank), self._months(entry), strict=True)
        return [f"{shown(each)} × {months}" for each, months in costs if months]

    def sentence(self, stake: Stake, entry: tuple[Row, ...], peers: Peers | None, result: str) -> Sentence:
        short, blank = self._months(entry)
        if not short and not blank:
            return Sentence(N_("各月都达到 %(least)s，得满分 %(points)s"),
                            least=shown(self.least), points=shown(stake.points))  # fmt: skip
        formula = CostsRule.sentence(self, stake, entry, peers, result)
        return Sentence(
            N_("不足 %(least)s 的 %(short)s 个月、空白 %(blank)s 个月：%(formula)s"),
            least=shown(self.least), short=str(short), blank=str(blank), formula=formula,
        )  # fmt: skip

    def _months(self, entry: tuple[Row, ...]) -> tuple[int, int]:
        """Months that are short, and months with nothing at all."""
        blank = sum(months for number, months in entry if number == 0)
        short = sum(months for number, months in entry if 0 < number < self.least)
        return short, blank
