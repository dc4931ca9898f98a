"""`deduction` (扣分制，扣完为止): points less what each occurrence costs, never below nothing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import count
from typing import ClassVar, NamedTuple, Self

import numpy as np

from tracker.assessment.scoring.columns import Column
from tracker.assessment.scoring.part import Part
from tracker.assessment.scoring.rules.base import Peers, Rule, Stake
from tracker.assessment.scoring.rules.costs import left_of, less, product
from tracker.assessment.scoring.wording import Sentence


class Deduction(NamedTuple):
    each: Decimal
    times: int


@dataclass(frozen=True, slots=True)
class DeductionRule(Rule[tuple[Deduction, ...]]):
    kind: ClassVar[str] = "deduction"
    fact_fields: ClassVar[tuple[str, ...]] = ("each", "count")
    needs_facts: ClassVar[bool] = False
    many_facts: ClassVar[bool] = True

    @classmethod
    def read(cls, part: Part, points: Decimal | None) -> Self | None:
        part.allow("kind")
        return cls()

    @classmethod
    def read_fact(cls, part: Part, limit: Decimal | None) -> tuple[Deduction, ...] | None:
        each = part.number("each", required=True, least=Decimal(0))
        count = part.whole("count", least=0, most=100) if part.has("count") else 1
        return None if each is None or count is None else (Deduction(each, count),)

    def score(self, stake: Stake, entry: tuple[Deduction, ...], peers: Peers | None) -> Fraction:
        return left_of(stake.points, _lost(entry))

    def column(self, stake: Stake, entries: Sequence[tuple[Deduction, ...]], peers: Peers | None) -> Column:
        ways: defaultdict[tuple[Deduction, ...], int] = defaultdict(count().__next__)  # units lose in the same few ways
        which = np.fromiter(map(ways.__getitem__, entries), np.int64, len(entries))
        lost = Column.of(list(map(_lost, ways))).at(which)
        left = lost.times(Fraction(-1)).plus_constant(stake.points)
        return left.greater(Column.constant(Fraction(0), len(entries)))

    def sentence(self, stake: Stake, entry: tuple[Deduction, ...], peers: Peers | None, result: str) -> Sentence:
        terms = [product(each, times) for each, times in entry]
        return less(stake.points, terms, _lost(entry), result)


def _lost(entry: tuple[Deduction, ...]) -> Fraction:
    return sum((Fraction(each) * times for each, times in entry), Fraction(0))
