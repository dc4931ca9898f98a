"""`survey` (抽样测评): a third party's or the public's score (第三方、群众满意度) that rests on a sample large enough."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import ClassVar

from tracker.assessment.scoring.part import Part
from tracker.assessment.scoring.rules.base import Peers, Stake, shown
from tracker.assessment.scoring.rules.figures import NOUGHT, Field, FiguresRule, Row
from tracker.assessment.scoring.rules.mix import SCALE
from tracker.assessment.scoring.wording import N_, Sentence


@dataclass(frozen=True, slots=True)
class SurveyRule(FiguresRule):
    """P × score ÷ scale. A score whose sample is smaller than `least_sample` is refused where it stands: it is asked anew,
    or does not apply."""

    least_sample: int
    scale: Decimal

    kind: ClassVar[str] = "survey"
    many_facts: ClassVar[bool] = False
    parameters: ClassVar[tuple[Field, ...]] = (
        Field("least_sample", "whole", least=Decimal(1), most=Decimal(1_000_000)), SCALE,
    )  # fmt: skip
    figures: ClassVar[tuple[Field, ...]] = (
        Field("score", least=NOUGHT), Field("sample", "whole", least=NOUGHT, most=Decimal(100_000_000)),
    )  # fmt: skip

    def check_fact(self, part: Part, entry: tuple[Row, ...]) -> None:
        ((score, sample),) = entry
        if score > self.scale:
            part.report("score", N_("不能大于 %(limit)s"), limit=shown(self.scale))
        if sample < self.least_sample:
            part.report(
                "sample", N_("样本量不足 %(least)s，不能采用：请重新测评，或标为不适用"), least=str(self.least_sample)
            )

    def score(self, stake: Stake, entry: tuple[Row, ...], peers: Peers | None) -> Fraction:
        ((score, _),) = entry
        return stake.points * Fraction(score) / Fraction(self.scale)

    def sentence(self, stake: Stake, entry: tuple[Row, ...], peers: Peers | None, result: str) -> Sentence:
        ((score, sample),) = entry
        formula = f"{shown(stake.points)} × {shown(score)} ÷ {shown(self.scale)} {result}"
        template = N_("样本 %(sample)s（不少于 %(least)s）：%(formula)s")
        return Sentence(template, sample=str(sample), least=str(self.least_sample), formula=formula)
