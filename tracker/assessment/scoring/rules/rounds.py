"""`rounds` (多轮考核): several rounds in a year, taken together by their mean, the best or the last."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import ClassVar

from tracker.assessment.scoring.part import Part
from tracker.assessment.scoring.rules.base import Peers, Stake, averaged, shown
from tracker.assessment.scoring.rules.figures import NOUGHT, Field, FiguresRule, Row
from tracker.assessment.scoring.rules.mix import SCALE
from tracker.assessment.scoring.wording import N_, Sentence, listed

MEAN, BEST, LAST = "mean", "best", "last"


@dataclass(frozen=True, slots=True)
class RoundsRule(FiguresRule):
    """P × score ÷ scale, the score being the mean, the best or the last of the rounds held so far; several scores of one
    round are averaged first. Rounds with weights of their own are a `mix`."""

    rounds: int
    of_rounds: str
    scale: Decimal

    kind: ClassVar[str] = "rounds"
    parameters: ClassVar[tuple[Field, ...]] = (
        Field("rounds", "whole", least=Decimal(2), most=Decimal(12)),
        Field("of_rounds", "choice", required=False, default=MEAN, choices=(MEAN, BEST, LAST)),
        SCALE,
    )
    figures: ClassVar[tuple[Field, ...]] = (
        Field("round", "whole", least=Decimal(1), most=Decimal(12)), Field("score", least=NOUGHT),
    )  # fmt: skip

    def check_fact(self, part: Part, entry: tuple[Row, ...]) -> None:
        for number, score in entry:
            if number > self.rounds:
                part.report("round", N_("不能大于 %(limit)s"), limit=str(self.rounds))
            if score > self.scale:
                part.report("score", N_("不能大于 %(limit)s"), limit=shown(self.scale))

    def score(self, stake: Stake, entry: tuple[Row, ...], peers: Peers | None) -> Fraction:
        return stake.points * self._taken(entry) / Fraction(self.scale)

    def sentence(self, stake: Stake, entry: tuple[Row, ...], peers: Peers | None, result: str) -> Sentence:
        template = {
            MEAN: N_("%(held)s，共 %(rounds)s 轮已有 %(n)s 轮，取平均：%(formula)s"),
            BEST: N_("%(held)s，共 %(rounds)s 轮已有 %(n)s 轮，取最好一轮：%(formula)s"),
            LAST: N_("%(held)s，共 %(rounds)s 轮已有 %(n)s 轮，取最后一轮：%(formula)s"),
        }[self.of_rounds]
        held = self._held(entry)
        each = [_said(number, [score for one, score in sorted(entry) if one == number]) for number, _ in held]
        scores = [score for _, score in held] if self.of_rounds == MEAN else [self._taken(entry)]
        formula = f"{shown(stake.points)} × {averaged(scores)} ÷ {shown(self.scale)} {result}"
        return Sentence(template, held=listed(each), rounds=str(self.rounds), n=str(len(held)), formula=formula)

    def _taken(self, entry: tuple[Row, ...]) -> Fraction:
        scores = [score for _, score in self._held(entry)]
        if self.of_rounds == BEST:
            return max(scores)
        return scores[-1] if self.of_rounds == LAST else sum(scores, Fraction(0)) / len(scores)

    def _held(self, entry: tuple[Row, ...]) -> list[tuple[int, Fraction]]:
        """The rounds that were held, in their order, each with the mean of its scores."""
        found: dict[int, list[Fraction]] = {}
        for number, score in sorted(entry):
            found.setdefault(int(number), []).append(Fraction(score))
        return [(number, sum(scores, Fraction(0)) / len(scores)) for number, scores in found.items()]


def _said(number: int, scores: Sequence[Decimal]) -> Sentence:
    """A round with its score, and the scores that it is the mean of."""
    mean = shown(sum(map(Fraction, scores), Fraction(0)) / len(scores))
    if len(scores) == 1:
        return Sentence(N_("第%(n)s轮 %(score)s"), n=str(number), score=mean)
    return Sentence(N_("第%(n)s轮 %(score)s（%(scores)s 的平均）"), n=str(number), score=mean,
                    scores=listed([shown(score) for score in scores]))  # fmt: skip
