"""`ratio` (完成率): points in proportion to the share of the target that was reached, held at `cap`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import gcd
from typing import ClassVar, Self

import numpy as np

from tracker.assessment.scoring.columns import Column
from tracker.assessment.scoring.evidence import Pairs
from tracker.assessment.scoring.part import Part
from tracker.assessment.scoring.rules.base import Peers, Rule, Stake, shown
from tracker.assessment.scoring.rules.figures import NO_TARGET
from tracker.assessment.scoring.wording import N_, Sentence

Done = tuple[Decimal, Decimal]
"""Actual and target."""

_MOST_TARGETS = 64
"""So many different targets may still have a small common multiple; more are not worth looking for it."""


@dataclass(frozen=True, slots=True)
class RatioRule(Rule[Done]):
    cap: Fraction = Fraction(1)

    kind: ClassVar[str] = "ratio"
    fact_fields: ClassVar[tuple[str, ...]] = ("actual", "target")

    @classmethod
    def read(cls, part: Part, points: Decimal | None) -> Self | None:
        part.allow("kind", "cap")
        cap = part.number("cap", above=Decimal(0))
        if not part.sound:
            return None
        return cls() if cap is None else cls(Fraction(cap))

    @classmethod
    def read_fact(cls, part: Part, limit: Decimal | None) -> Done | None:
        actual = part.number("actual", required=True, least=Decimal(0))
        target = part.number("target", required=True, above=Decimal(0), too_low=NO_TARGET)
        return None if actual is None or target is None else (actual, target)

    def score(self, stake: Stake, entry: Done, peers: Peers | None) -> Fraction:
        actual, target = entry
        return stake.points * min(self.cap, Fraction(actual) / Fraction(target))

    def column(self, stake: Stake, entries: Sequence[Done], peers: Peers | None) -> Column:
        pairs = Pairs.of(entries)
        if pairs is None:
            return super(RatioRule, self).column(stake, entries, peers)
        targets, which = np.unique(pairs.second.whole, return_inverse=True)
        per = 1
        for target in targets.tolist() if len(targets) <= _MOST_TARGETS else ():
            per = per // gcd(per, target) * target
            if per > 2**40:
                break
        shift = Fraction(10 ** max(0, pairs.second.places), 10 ** max(0, pairs.first.places))
        if len(targets) <= _MOST_TARGETS and per <= 2**40:
            factors = np.array([per // target for target in targets.tolist()], np.int64)[which]
            if int(np.abs(pairs.first.whole).max(initial=0)) * int(factors.max(initial=0)) < 2**62:
                share = Column.exact(pairs.first.whole * factors, per).times(shift)
                return share.lesser(Column.constant(self.cap, len(pairs))).times(stake.points)
        floats = pairs.first.whole / pairs.second.whole
        share = Column(floats=floats, error=float(floats.max(initial=0.0)) * 2.0**-51).times(shift)
        return share.lesser(Column.constant(self.cap, len(pairs))).times(stake.points)

    def sentence(self, stake: Stake, entry: Done, peers: Peers | None, result: str) -> Sentence:
        actual, target = entry
        parts = {"points": shown(stake.points), "actual": shown(actual), "target": shown(target), "result": result}
        if Fraction(actual) / Fraction(target) > self.cap:
            return Sentence(
                N_("%(points)s × min(%(cap)s, %(actual)s ÷ %(target)s) %(result)s"), cap=shown(self.cap), **parts
            )
        return Sentence(N_("%(points)s × %(actual)s ÷ %(target)s %(result)s"), **parts)
