"""`best` (与组内最优比): full points for the best value of the group, in proportion to it for every other."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar

from tracker.assessment.scoring.rules.base import Peers, Stake, shown
from tracker.assessment.scoring.rules.figures import NOUGHT, Field, FiguresRule, Row
from tracker.assessment.scoring.wording import N_, Sentence

BETTER = Field("better", "choice", required=False, default="high", choices=("high", "low"))


@dataclass(frozen=True, slots=True)
class BestRule(FiguresRule):
    """P × value ÷ greatest of the group; where low is better P × least ÷ value. Where the best is 0, only who has it and
    for whom low is better gets any points."""

    better: str

    kind: ClassVar[str] = "best"
    many_facts: ClassVar[bool] = False
    in_group: ClassVar[bool] = True
    parameters: ClassVar[tuple[Field, ...]] = (BETTER,)
    figures: ClassVar[tuple[Field, ...]] = (Field("value", least=NOUGHT),)

    @classmethod
    def standing(cls, entry: tuple[Row, ...]) -> Fraction:
        ((value,),) = entry
        return Fraction(value)

    def score(self, stake: Stake, entry: tuple[Row, ...], peers: Peers | None) -> Fraction:
        value, best = self.standing(entry), self._best(peers)
        if value == best:
            return stake.points if best or self.better == "low" else Fraction(0)
        above, below = (best, value) if self.better == "low" else (value, best)
        return stake.points * above / below

    def sentence(self, stake: Stake, entry: tuple[Row, ...], peers: Peers | None, result: str) -> Sentence:
        value, best = self.standing(entry), self._best(peers)
        points = shown(stake.points)
        if self.better == "high":
            if not best:
                return Sentence(N_("组内最高为 0，得 0"))
            template, above, below = N_("组内最高 %(best)s：%(formula)s"), value, best
        else:
            if value == best:
                return Sentence(N_("组内最低 %(best)s，得满分 %(points)s"), best=shown(best), points=points)
            template, above, below = N_("组内最低 %(best)s：%(formula)s"), best, value
        return Sentence(template, best=shown(best), formula=f"{points} × {shown(above)} ÷ {shown(below)} {result}")

    def _best(self, peers: Peers | None) -> Fraction:
        assert peers is not None
        return peers.least if self.better == "low" else peers.greatest
