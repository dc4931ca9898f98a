"""`linear` (线性计分): points in proportion to the way from `floor` to `goal`, held within 0…points."""

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
class LinearRule(Rule[Decimal]):
    floor: Fraction
    goal: Fraction

    kind: ClassVar[str] = "linear"
    fact_fields: ClassVar[tuple[str, ...]] = ("value",)

    @classmethod
    def read(cls, part: Part, points: Decimal | None) -> Self | None:
        part.allow("kind", "floor", "goal")
        floor, goal = part.number("floor", required=True), part.number("goal", required=True)
        if floor is not None and floor == goal:
            part.report("goal", N_("goal 不能等于 floor"))
        return None if floor is None or goal is None or not part.sound else cls(Fraction(floor), Fraction(goal))

    @classmethod
    def read_fact(cls, part: Part, limit: Decimal | None) -> Decimal | None:
        return part.number("value", required=True)

    def score(self, stake: Stake, entry: Decimal, peers: Peers | None) -> Fraction:
        share = (Fraction(entry) - self.floor) / (self.goal - self.floor)
        return stake.points * min(Fraction(1), max(Fraction(0), share))

    def column(self, stake: Stake, entries: Sequence[Decimal], peers: Peers | None) -> Column:
        way = values_column(entries).plus_constant(-self.floor).times(stake.points / (self.goal - self.floor))
        return way.held(Fraction(0), stake.points)

    def sentence(self, stake: Stake, entry: Decimal, peers: Peers | None, result: str) -> Sentence:
        share = (Fraction(entry) - self.floor) / (self.goal - self.floor)
        parts = {"value": shown(entry), "floor": shown(self.floor), "goal": shown(self.goal)}
        if share >= 1:
            return Sentence(N_("%(value)s 已达目标 %(goal)s，得满分 %(points)s"), points=shown(stake.points), **parts)
        if share <= 0:
            return Sentence(N_("%(value)s 未过底线 %(floor)s，得 0"), **parts)
        return Sentence(
            "%(points)s × (%(value)s − %(floor)s) ÷ (%(goal)s − %(floor)s) %(result)s",
            points=shown(stake.points),
            result=result,
            **parts | {"floor": bracketed(self.floor)},
        )
