"""`over_target` (超额加分): points only for what goes beyond the target, a first step and then step by step."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import ClassVar

from tracker.assessment.scoring.numbers import short_text
from tracker.assessment.scoring.part import Part
from tracker.assessment.scoring.rules.base import Peers, Stake, shown, stretched
from tracker.assessment.scoring.rules.figures import NO_TARGET, NOUGHT, Field, FiguresRule, Row
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
    figures: ClassVar[tuple[Field, ...]] = (
        Field("actual", least=NOUGHT),
        Field("target", above=NOUGHT, too_low=NO_TARGET),
    )

    def check(self, part: Part, points: Decimal | None) -> None:
        if self.further < self.over:
            part.report("further", N_("第二段的起点不能低于第一段"))

    def score(self, stake: Stake, entry: tuple[Row, ...], peers: Peers | None) -> Fraction:
        return min(stake.points, self._earned(entry) * stake.stretch)

    def sentence(self, stake: Stake, entry: tuple[Row, ...], peers: Peers | None, result: str) -> Sentence:
        over = _over(entry)
        beyond = _beyond(entry)
        if over <= self.over:
            return Sentence(N_("超额 %(beyond)s，没有超过 %(over)s%%，不加分"), beyond=beyond, over=shown(self.over))
        steps = self._steps(over)
        terms, so_far = shown(self.first), Sentence(N_("超额 %(beyond)s"), beyond=beyond)
        if steps:
            terms = f"{terms} + {shown(self.more)} × {steps}"
            template = N_("超额 %(beyond)s，超过 %(further)s%% 的部分满 %(steps)s 个 %(step)s%%")
            so_far = Sentence(
                template, beyond=beyond, further=shown(self.further), steps=str(steps), step=shown(self.step)
            )
        if stake.stretch != 1:
            terms = f"({terms}) × {shown(stake.stretch)}" if steps else f"{terms} × {shown(stake.stretch)}"
        if self._earned(entry) * stake.stretch > stake.points:
            return Sentence(N_("%(so_far)s：%(terms)s，最多 %(points)s"), so_far=so_far, terms=terms,
                            points=shown(stake.points))  # fmt: skip
        if not steps and stake.stretch == 1:
            return Sentence(N_("%(so_far)s，得 %(points)s"), so_far=so_far, points=terms)
        plain = Sentence(N_("%(so_far)s：%(terms)s %(result)s"), so_far=so_far, terms=terms, result=result)
        return stretched(plain, stake)

    def _steps(self, over: Fraction) -> int:
        return int(max(Fraction(0), over - Fraction(self.further)) // Fraction(self.step))

    def _earned(self, entry: tuple[Row, ...]) -> Fraction:
        over = _over(entry)
        if over <= self.over:
            return Fraction(0)
        return Fraction(self.first) + Fraction(self.more) * self._steps(over)


def _beyond(entry: tuple[Row, ...]) -> str:
    """`(169 − 100) ÷ 100 = 69%`."""
    ((actual, target),) = entry
    text, exact = short_text(_over(entry), 2)
    return f"({shown(actual)} − {shown(target)}) ÷ {shown(target)} {'=' if exact else '≈'} {text}%"


def _over(entry: tuple[Row, ...]) -> Fraction:
    ((actual, target),) = entry
    return (Fraction(actual) - Fraction(target)) / Fraction(target) * 100
