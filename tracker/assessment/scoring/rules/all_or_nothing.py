"""`all_or_nothing` (达标得分): all points where the requirement is met, else none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import ClassVar, Self

import numpy as np

from tracker.assessment.scoring.columns import Column
from tracker.assessment.scoring.part import Part
from tracker.assessment.scoring.rules.base import Peers, Rule, Stake, shown
from tracker.assessment.scoring.wording import N_, Sentence


@dataclass(frozen=True, slots=True)
class AllOrNothingRule(Rule[bool]):
    kind: ClassVar[str] = "all_or_nothing"
    fact_fields: ClassVar[tuple[str, ...]] = ("met",)

    @classmethod
    def read(cls, part: Part, points: Decimal | None) -> Self | None:
        part.allow("kind")
        return cls()

    @classmethod
    def read_fact(cls, part: Part, limit: Decimal | None) -> bool | None:
        return part.flag("met", required=True)

    def score(self, stake: Stake, entry: bool, peers: Peers | None) -> Fraction:
        return stake.points if entry else Fraction(0)

    def column(self, stake: Stake, entries: Sequence[bool], peers: Peers | None) -> Column:
        return Column.exact(np.fromiter(entries, np.int64, len(entries))).times(stake.points)

    def sentence(self, stake: Stake, entry: bool, peers: Peers | None, result: str) -> Sentence:
        if entry:
            return Sentence(N_("达到要求，得满分 %(points)s"), points=shown(stake.points))
        return Sentence(N_("未达到要求，得 0（满分 %(points)s）"), points=shown(stake.points))
