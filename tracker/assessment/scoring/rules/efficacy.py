"""`efficacy` (功效系数法): where a value stands between the worst and the best of the unit's group."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import ClassVar, Self

from tracker.assessment.scoring.columns import Column
from tracker.assessment.scoring.part import Part
from tracker.assessment.scoring.rules.base import Peers, Rule, Stake, bracketed, shown
from tracker.assessment.scoring.rules.value import values_column
from tracker.assessment.scoring.wording import N_, Sentence


@dataclass(frozen=True, slots=True)
class EfficacyRule(Rule[Decimal]):
    """`base` is the share of the points that even the worst of the group gets."""

    base: Fraction = Fraction(3, 5)
    low_is_better: bool = False

    kind: ClassVar[str] = "efficacy"
    fact_fields: ClassVar[tuple[str, ...]] = ("value",)
    in_group: ClassVar[bool] = True

    @classmethod
    def read(cls, part: Part, points: Decimal | None) -> Self | None:
        part.allow("kind", "base", "better")
        base = part.number("base", least=Decimal(0), most=Decimal(1))
        better = part.choice("better", ("high", "low"), "high")
        if not part.sound:
            return None
        return cls(Fraction(3, 5) if base is None else Fraction(base), better == "low")

    @classmethod
    def read_fact(cls, part: Part, limit: Decimal | None) -> Decimal | None:
        return part.number("value", required=True)

    @classmethod
    def standing(cls, entry: Decimal) -> Fraction:
        return Fraction(entry)

    def score(self, stake: Stake, entry: Decimal, peers: Peers | None) -> Fraction:
        assert peers is not None
        if peers.least == peers.greatest:
            return stake.points
        value = Fraction(entry)
        way = peers.greatest - value if self.low_is_better else value - peers.least
        return stake.points * (self.base + (1 - self.base) * way / (peers.greatest - peers.least))

    def column(self, stake: Stake, entries: Sequence[Decimal], peers: Peers | None) -> Column:
        assert peers is not None
        if peers.least == peers.greatest:
            return Column.constant(stake.points, len(entries))
        worst, best = peers.least, peers.greatest
        if self.low_is_better:
            worst, best = best, worst
        slope = stake.points * (1 - self.base) / (best - worst)
        return values_column(entries).plus_constant(-worst).times(slope).plus_constant(stake.points * self.base)

    def sentence(self, stake: Stake, entry: Decimal, peers: Peers | None, result: str) -> Sentence:
        assert peers is not None
        points = shown(stake.points)
        if peers.least == peers.greatest:
            return Sentence(N_("组内数值相同，均得满分 %(points)s"), points=points)
        least, greatest = bracketed(peers.least), shown(peers.greatest)
        way = f"({greatest} − {bracketed(entry)})" if self.low_is_better else f"({shown(entry)} − {least})"
        share = f"{way} ÷ ({greatest} − {least})"
        if self.base:
            share = f"({shown(self.base)} + {shown(1 - self.base)} × {share})"
        return Sentence(
            N_("组内最低 %(least)s、最高 %(greatest)s：%(points)s × %(share)s %(result)s"),
            least=shown(peers.least), greatest=greatest, points=points, share=share, result=result,
        )  # fmt: skip
