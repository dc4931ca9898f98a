"""`reverse` (反向比例): target ÷ actual, of what ought to be little: days taken, complaints, costs."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import ClassVar

from tracker.assessment.scoring.rules.base import Peers, Stake, shown
from tracker.assessment.scoring.rules.figures import NO_TARGET, NOUGHT, Field, FiguresRule, Row
from tracker.assessment.scoring.wording import N_, Sentence


@dataclass(frozen=True, slots=True)
class ReverseRule(FiguresRule):
    """P × min(cap, target ÷ actual); nothing at all (actual 0) is worth the cap."""

    cap: Decimal

    kind: ClassVar[str] = "reverse"
    many_facts: ClassVar[bool] = False
    parameters: ClassVar[tuple[Field, ...]] = (Field("cap", required=False, default=Decimal(1), above=NOUGHT),)
    figures: ClassVar[tuple[Field, ...]] = (
        Field("actual", least=NOUGHT), Field("target", above=NOUGHT, too_low=NO_TARGET),
    )  # fmt: skip

    def score(self, stake: Stake, entry: tuple[Row, ...], peers: Peers | None) -> Fraction:
        ((actual, target),) = entry
        cap = Fraction(self.cap)
        return stake.points * (min(cap, Fraction(target) / Fraction(actual)) if actual else cap)

    def sentence(self, stake: Stake, entry: tuple[Row, ...], peers: Peers | None, result: str) -> Sentence:
        ((actual, target),) = entry
        points, cap = shown(stake.points), shown(self.cap)
        if not actual:
            return Sentence(
                N_("实际为 0，按比值上限计：%(points)s × %(cap)s %(result)s"), points=points, cap=cap, result=result
            )
        share = f"{shown(target)} ÷ {shown(actual)}"
        if Fraction(target) / Fraction(actual) > self.cap:
            share = f"min({cap}, {share})"
        return Sentence(N_("反向：%(formula)s"), formula=f"{points} × {share} {result}")
