"""Rules that begin with all points and take some away for what is found (扣完为止)."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Sequence
from fractions import Fraction
from typing import Any, ClassVar

from tracker.assessment.scoring.rules.base import Peers, Stake, shown
from tracker.assessment.scoring.rules.figures import FiguresRule, Row
from tracker.assessment.scoring.wording import N_, Sentence


class CostsRule(FiguresRule):
    """max(0, P − what the facts cost). No fact at all costs nothing."""

    needs_facts: ClassVar[bool] = False

    @abstractmethod
    def cost(self, entry: tuple[Row, ...]) -> Fraction:
        """What all facts of a unit cost together, in points."""

    @abstractmethod
    def terms(self, entry: tuple[Row, ...]) -> list[str]:
        """What the explanation takes away, one by one; empty where nothing is."""

    def score(self, stake: Stake, entry: tuple[Row, ...], peers: Peers | None) -> Fraction:
        return left_of(stake.points, self.cost(entry))

    def sentence(self, stake: Stake, entry: tuple[Row, ...], peers: Peers | None, result: str) -> Sentence:
        return less(stake.points, self.terms(entry), self.cost(entry), result)


def left_of(points: Fraction, cost: Fraction) -> Fraction:
    """What is left of the points: deductions end at nothing."""
    return max(Fraction(0), points - cost)


def less(points: Fraction, terms: Sequence[str], cost: Fraction, result: str) -> Sentence:
    """`20 − 5 × 0.5 = 17.5`, or that all points are gone, or that none is."""
    if not terms:
        return Sentence(N_("无扣分，得满分 %(points)s"), points=shown(points))
    formula = " − ".join([shown(points), *terms])
    if cost > points:
        return Sentence(N_("%(formula)s，扣完为止，得 0"), formula=formula)
    return Sentence("%(formula)s %(result)s", formula=formula, result=result)


def product(*factors: Any) -> str:
    """`5 × 0.5 × 2`: factors of 1 after the first are left out."""
    first, *more = factors
    return " × ".join([shown(first), *(shown(one) for one in more if one != 1)])
