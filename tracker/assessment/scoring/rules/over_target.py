"""`over_target` (超额加分): points only for what goes beyond the target, a first step and then step by step."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import ClassVar

from tracker.assessment.scoring.part import Part
from tracker.assessment.scoring.rules.base import Peers, Stake, shown, stretched
from tracker.assessment.scoring.rules.figures import NOUGHT, Field, FiguresRule, Row
from tracker.assessment.scoring.wording import N_, Sentence


@dataclass(frozen=True, slots=True)
class OverTargetRule(FiguresRule):
    """x = (actual − target) ÷ target in percent: nothing up to `over`, then `first`, and beyond `further` another `more`
    for each full `step`; P at most."""

    over: Decimal
    first: Decimal
    further: Decimal
    step: Decimal
    more: Decimal

    kind: ClassVar[str] = "over_target"
    many_facts: ClassVar[bool] = False
    parameters: ClassVar[tuple[Field, ...]] = (
        Field("over", least=NOUGHT), Field("first", least=NOUGHT), Field("further", least=NOUGHT),
        Field("step", above=NOUGHT), Field("more", least=NOUGHT),
    )  # fmt: skip
    figures: ClassVar[tuple[Field, ...]] = (Field("actual", least=NOUGHT), Field("target", above=NOUGHT))

    def check(self, part: Part, points: Decimal | None) -> None:
        if self.further < self.over:
            part.report("further", N_("第二段的起点不能低于第一段"))

    def score(self, stake: Stake, entry: tuple[Row, ...], peers: Peers | None) -> Fraction:
        return min(stake.points, self._earned(entry) * stake.stretch)

    def sentence(self, stake: Stake, entry: tuple[Row, ...], peers: Peers | None, result: str) -> Sentence:
        over, parts = _over(entry), {"percent": shown(_over(entry)), "over": shown(self.over)}
        if over <= self.over:
            return Sentence(N_("超额 %(percent)s%%，没有超过 %(over)s%%，不加分"), **parts)
        steps = self._steps(over)
        terms = shown(self.first) + (f" + {shown(self.more)} × {steps}" if steps else "")
        if self._earned(entry) * stake.stretch > stake.points:
            return Sentence(N_("超额 %(percent)s%%：%(terms)s，最多 %(points)s"), terms=terms,
                            points=shown(stake.points), percent=parts["percent"])  # fmt: skip
        plain = Sentence(
            N_("超额 %(percent)s%%：%(terms)s %(result)s"), percent=parts["percent"], terms=terms, result=result
        )
        return stretched(plain, stake)

    def _steps(self, over: Fraction) -> int:
        return int(max(Fraction(0), over - Fraction(self.further)) // Fraction(self.step))

    def _earned(self, entry: tuple[Row, ...]) -> Fraction:
        over = _over(entry)
        if over <= self.over:
            return Fraction(0)
        return Fraction(self.first) + Fraction(self.more) * self._steps(over)


def _over(entry: tuple[Row, ...]) -> Fraction:
    ((actual, target),) = entry
    return (Fraction(actual) - Fraction(target)) / Fraction(target) * 100
