"""`marks` (评委打分): several evaluators' marks combined, in proportion to their scale."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import chain
from math import lcm
from operator import itemgetter
from typing import ClassVar, NamedTuple, Self

import numpy as np

from tracker.assessment.scoring.columns import Column
from tracker.assessment.scoring.evidence import Numbers
from tracker.assessment.scoring.part import Part
from tracker.assessment.scoring.rules.base import Peers, Rule, Stake, averaged, shown
from tracker.assessment.scoring.wording import N_, Sentence, listed

_MARK = itemgetter(1)

_MANY = 16
"""Up to so many marks a unit have a common multiple that leaves room for the marks in 64 bits."""


class Mark(NamedTuple):
    evaluator: str
    mark: Decimal


@dataclass(frozen=True, slots=True)
class MarksRule(Rule[tuple[Mark, ...]]):
    """`scale` is the full mark; None: the printed points of the leaf. Marks of absent evaluators are not there. Not `listed`,
    the explanation says what they come to and how many there are, and none of them."""

    combine: str = "mean"
    trim_from: int = 5
    scale: Decimal | None = None
    listed: bool = True

    kind: ClassVar[str] = "marks"
    fact_fields: ClassVar[tuple[str, ...]] = ("mark", "evaluator")
    many_facts: ClassVar[bool] = True

    @classmethod
    def read(cls, part: Part, points: Decimal | None) -> Self | None:
        part.allow("kind", "combine", "trim_from", "scale", "listed")
        combine = part.choice("combine", ("mean", "median", "trimmed_mean"), "mean")
        trim_from = part.whole("trim_from", least=3) if part.has("trim_from") else 5
        scale = part.number("scale", above=Decimal(0))
        listed_ = part.choice("listed", ("yes", "no"), "yes")
        if combine is None or trim_from is None or not part.sound:
            return None
        return cls(combine, trim_from, scale, listed_ == "yes")

    @classmethod
    def fact_limit(cls, rule: Self | None, points: Decimal | None) -> Decimal | None:
        if rule is None:
            return None  # the scale itself is faulty or unknown
        return points if rule.scale is None else rule.scale

    @classmethod
    def read_fact(cls, part: Part, limit: Decimal | None) -> tuple[Mark, ...] | None:
        mark = part.number("mark", required=True, least=Decimal(0), most=limit)
        evaluator = part.text("evaluator", required=True)
        return None if mark is None or evaluator is None else (Mark(evaluator, mark),)

    def score(self, stake: Stake, entry: tuple[Mark, ...], peers: Peers | None) -> Fraction:
        return stake.points * self.combined(entry) / self.full_mark(stake)

    def column(self, stake: Stake, entries: Sequence[tuple[Mark, ...]], peers: Peers | None) -> Column:
        numbers = Numbers.of(list(map(_MARK, chain.from_iterable(entries))))
        counts = np.fromiter(map(len, entries), np.int64, len(entries))
        most = int(counts.max(initial=1))
        if numbers is None or most > _MANY or int(numbers.whole.max(initial=0)) > 2**31:
            return super(MarksRule, self).column(stake, entries, peers)
        starts = np.cumsum(counts) - counts
        if self.combine == "median":
            # every unit's marks in order, unit by unit
            ordered = numbers.whole[np.lexsort((numbers.whole, np.repeat(np.arange(len(entries)), counts)))]
            doubled = ordered[starts + (counts - 1) // 2] + ordered[starts + counts // 2]
            combined = Column.exact(doubled, 2)
        else:
            sums = np.add.reduceat(numbers.whole, starts)
            if self.combine == "trimmed_mean":
                trims = counts >= self.trim_from
                ends = np.maximum.reduceat(numbers.whole, starts) + np.minimum.reduceat(numbers.whole, starts)
                sums, counts = np.where(trims, sums - ends, sums), np.where(trims, counts - 2, counts)
            per = lcm(*range(1, most + 1))
            combined = Column.exact(sums * (per // counts), per)
        return combined.times(stake.points / self.full_mark(stake) / 10**numbers.places)

    def full_mark(self, stake: Stake) -> Fraction:
        return stake.printed if self.scale is None else Fraction(self.scale)

    def trims(self, count: int) -> bool:
        """Whether one highest and one lowest of `count` marks are dropped."""
        return self.combine == "trimmed_mean" and count >= self.trim_from

    def combined(self, entry: tuple[Mark, ...]) -> Fraction:
        marks = self._counted(entry)
        return sum(marks, Fraction(0)) / len(marks)

    def _counted(self, entry: tuple[Mark, ...]) -> list[Fraction]:
        """The marks whose mean is the combined one, from the least to the greatest."""
        marks = sorted(Fraction(mark) for _, mark in entry)
        if self.combine == "median":
            return marks[(len(marks) - 1) // 2 : len(marks) // 2 + 1]
        return marks[1:-1] if self.trims(len(marks)) else marks

    def sentence(self, stake: Stake, entry: tuple[Mark, ...], peers: Peers | None, result: str) -> Sentence:
        """The marks stand in their order of size: whose they are cannot be told from it."""
        if not self.listed:
            return self._unlisted(stake, entry, result)
        marks = sorted(mark for _, mark in entry)
        formula = f"{shown(stake.points)} × {averaged(self._counted(entry))} ÷ {shown(self.full_mark(stake))}"
        if self.combine == "median":
            return Sentence(
                N_("%(count)s 人打分（%(marks)s）取中位数：%(formula)s %(result)s"),
                count=str(len(marks)),
                marks=listed([shown(mark) for mark in marks]),
                formula=formula,
                result=result,
            )
        if self.trims(len(marks)):
            return Sentence(
                N_("%(count)s 人打分，去掉一个最高分 %(high)s、一个最低分 %(low)s 后平均：%(formula)s %(result)s"),
                count=str(len(marks)),
                high=shown(marks[-1]),
                low=shown(marks[0]),
                formula=formula,
                result=result,
            )
        return Sentence(
            N_("%(count)s 人打分取平均：%(formula)s %(result)s"), count=str(len(marks)), formula=formula, result=result
        )

    def _unlisted(self, stake: Stake, entry: tuple[Mark, ...], result: str) -> Sentence:
        combined = shown(self.combined(entry))
        template = N_("%(count)s 人打分，平均 %(combined)s：%(formula)s %(result)s")
        if self.combine == "median":
            template = N_("%(count)s 人打分，中位数 %(combined)s：%(formula)s %(result)s")
        elif self.trims(len(entry)):
            template = N_("%(count)s 人打分，去掉一个最高分、一个最低分后平均 %(combined)s：%(formula)s %(result)s")
        formula = f"{shown(stake.points)} × {combined} ÷ {shown(self.full_mark(stake))}"
        return Sentence(template, count=str(len(entry)), combined=combined, formula=formula, result=result)
