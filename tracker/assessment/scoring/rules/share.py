"""`share` (按比例得分): part of the points for work that is done in part: 可得 50%、30%."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import ClassVar

from tracker.assessment.scoring.rules.base import Peers, Stake, shown
from tracker.assessment.scoring.rules.figures import NOUGHT, Field, FiguresRule, Row
from tracker.assessment.scoring.wording import N_, Sentence

_WHOLE = Fraction(100)


@dataclass(frozen=True, slots=True)
class ShareRule(FiguresRule):
    """P × min(100, Σ percent) ÷ 100: several parts add up."""

    kind: ClassVar[str] = "share"
    figures: ClassVar[tuple[Field, ...]] = (Field("percent", least=NOUGHT, most=Decimal(100)),)

    def score(self, stake: Stake, entry: tuple[Row, ...], peers: Peers | None) -> Fraction:
        return stake.points * min(_WHOLE, _percent(entry)) / _WHOLE

    def sentence(self, stake: Stake, entry: tuple[Row, ...], peers: Peers | None, result: str) -> Sentence:
        if _percent(entry) > _WHOLE:
            return Sentence(N_("各部分合计 %(percent)s%%，按 100%% 计，得 %(points)s"),
                            percent=shown(_percent(entry)), points=shown(stake.points))  # fmt: skip
        parts = " + ".join(f"{shown(percent)}%" for (percent,) in entry)
        share = parts if len(entry) == 1 else f"({parts})"
        return Sentence("%(points)s × %(share)s %(result)s", points=shown(stake.points), share=share, result=result)


def _percent(entry: tuple[Row, ...]) -> Fraction:
    return sum((Fraction(percent) for (percent,) in entry), Fraction(0))
