"""`difficulty` (难度系数): what was done of each matter, counted by how hard it was."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import ClassVar

from tracker.assessment.scoring.rules.base import Peers, Stake, shown
from tracker.assessment.scoring.rules.figures import NOUGHT, Field, FiguresRule, Row
from tracker.assessment.scoring.wording import Sentence


@dataclass(frozen=True, slots=True)
class DifficultyRule(FiguresRule):
    """P × min(`cap`, mean of percent × factor) of the matters, or with `weights` P × min(`cap`, Σ percent × factor ÷ Σ
    factor)."""

    factors: str
    cap: Decimal

    kind: ClassVar[str] = "difficulty"
    parameters: ClassVar[tuple[Field, ...]] = (
        Field("factors", "choice", required=False, default="times", choices=("times", "weights")),
        Field("cap", required=False, default=Decimal(1), above=NOUGHT),
    )
    figures: ClassVar[tuple[Field, ...]] = (
        Field("percent", least=NOUGHT, most=Decimal(100)),
        Field("factor", required=False, default=Decimal(1), above=NOUGHT, most=Decimal(10)),
    )

    def score(self, stake: Stake, entry: tuple[Row, ...], peers: Peers | None) -> Fraction:
        return stake.points * min(Fraction(self.cap), self._reached(entry))

    def sentence(self, stake: Stake, entry: tuple[Row, ...], peers: Peers | None, result: str) -> Sentence:
        terms = " + ".join(f"{shown(percent)}% × {shown(factor)}" for percent, factor in entry)
        if self.factors == "weights":
            over = " + ".join(shown(factor) for _, factor in entry)
            terms = f"({terms}) ÷ ({over})" if len(entry) > 1 else f"{terms} ÷ {over}"
        elif len(entry) > 1:
            terms = f"({terms}) ÷ {len(entry)}"
        if self._reached(entry) > self.cap:
            terms = f"min({shown(self.cap)}, {terms})"
        return Sentence("%(formula)s %(result)s", formula=f"{shown(stake.points)} × {terms}", result=result)

    def _reached(self, entry: tuple[Row, ...]) -> Fraction:
        done = sum((Fraction(percent) * Fraction(factor) for percent, factor in entry), Fraction(0)) / 100
        whole = sum((Fraction(factor) for _, factor in entry), Fraction(0))
        return done / (whole if self.factors == "weights" else len(entry))
