"""`value` (直接取值): the result is the number itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import ClassVar, Self

from tracker.assessment.scoring.columns import Column
from tracker.assessment.scoring.evidence import Numbers
from tracker.assessment.scoring.part import Part
from tracker.assessment.scoring.rules.base import Peers, Rule, Stake, shown, stretched
from tracker.assessment.scoring.wording import N_, Sentence


@dataclass(frozen=True, slots=True)
class ValueRule(Rule[Decimal]):
    kind: ClassVar[str] = "value"
    fact_fields: ClassVar[tuple[str, ...]] = ("value",)
    needs_points: ClassVar[bool] = False

    @classmethod
    def read(cls, part: Part, points: Decimal | None) -> Self | None:
        part.allow("kind")
        return cls()

    @classmethod
    def fact_limit(cls, rule: Self | None, points: Decimal | None) -> Decimal | None:
        return points

    @classmethod
    def read_fact(cls, part: Part, limit: Decimal | None) -> Decimal | None:
        least = None if limit is None else Decimal(0)
        return part.number("value", required=True, least=least, most=limit)

    def score(self, stake: Stake, entry: Decimal, peers: Peers | None) -> Fraction:
        return Fraction(entry) * stake.stretch

    def column(self, stake: Stake, entries: Sequence[Decimal], peers: Peers | None) -> Column:
        return values_column(entries).times(stake.stretch)

    def sentence(self, stake: Stake, entry: Decimal, peers: Peers | None, result: str) -> Sentence:
        if stake.stretch == 1:
            return Sentence(N_("取值 %(value)s"), value=shown(entry))
        plain = Sentence(
            N_("取值 %(value)s × %(stretch)s %(result)s"),
            value=shown(entry),
            stretch=shown(stake.stretch),
            result=result,
        )
        return stretched(plain, stake)


def values_column(entries: Sequence[Decimal]) -> Column:
    """The values of a fact as a column, without any rule."""
    numbers = Numbers.of(entries)
    if numbers is None:
        return Column.of([Fraction(entry) for entry in entries])
    return Column.exact(numbers.whole, 10**numbers.places)
