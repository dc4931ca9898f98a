"""`progress` (进位): points for every place gained in a ranking; who stands among the first already has them all."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import ClassVar

from tracker.assessment.scoring.rules.base import Peers, Stake, shown, stretched
from tracker.assessment.scoring.rules.figures import NOUGHT, Field, FiguresRule, Row
from tracker.assessment.scoring.wording import N_, Sentence

_FIRST, _LAST = Decimal(1), Decimal(10_000)


@dataclass(frozen=True, slots=True)
class ProgressRule(FiguresRule):
    """min(P, `gain` × places gained), nothing for places lost; P for a rank among the first `keep`, from which there is no
    way up."""

    gain: Decimal
    keep: int

    kind: ClassVar[str] = "progress"
    many_facts: ClassVar[bool] = False
    parameters: ClassVar[tuple[Field, ...]] = (
        Field("gain", above=NOUGHT),
        Field("keep", "whole", required=False, default=0, least=NOUGHT, most=Decimal(10_000)),
    )
    figures: ClassVar[tuple[Field, ...]] = (
        Field("before", "whole", least=_FIRST, most=_LAST), Field("now", "whole", least=_FIRST, most=_LAST),
    )  # fmt: skip

    def score(self, stake: Stake, entry: tuple[Row, ...], peers: Peers | None) -> Fraction:
        if self._keeps(entry):
            return stake.points
        return min(stake.points, Fraction(self.gain) * _gained(entry) * stake.stretch)

    def sentence(self, stake: Stake, entry: tuple[Row, ...], peers: Peers | None, result: str) -> Sentence:
        ((before, now),) = entry
        ranks, points = {"before": str(before), "now": str(now)}, shown(stake.points)
        if self._keeps(entry):
            template = N_("由第 %(before)s 到第 %(now)s，保持在前 %(keep)s 名，得 %(points)s")
            return Sentence(template, **ranks, keep=str(self.keep), points=points)
        gained = _gained(entry)
        if not gained:
            return Sentence(N_("由第 %(before)s 到第 %(now)s，没有进位，得 0"), **ranks)
        terms = f"{shown(self.gain)} × {gained}"
        if stake.stretch != 1:
            terms = f"{terms} × {shown(stake.stretch)}"
        if Fraction(self.gain) * gained * stake.stretch > stake.points:
            template = N_("由第 %(before)s 到第 %(now)s，进 %(gained)s 位：%(terms)s，最多 %(points)s")
            return Sentence(template, **ranks, gained=str(gained), terms=terms, points=points)
        template = N_("由第 %(before)s 到第 %(now)s，进 %(gained)s 位：%(terms)s %(result)s")
        return stretched(Sentence(template, **ranks, gained=str(gained), terms=terms, result=result), stake)

    def _keeps(self, entry: tuple[Row, ...]) -> bool:
        ((_, now),) = entry
        return bool(now <= self.keep)


def _gained(entry: tuple[Row, ...]) -> int:
    ((before, now),) = entry
    return max(0, int(before) - int(now))
