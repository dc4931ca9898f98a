"""What every rule kind (计分方式) fills in. One kind is one file; `rules/__init__.py` lists them."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import ClassVar, Generic, Self, TypeVar

from tracker.assessment.scoring.columns import Column
from tracker.assessment.scoring.numbers import short_text
from tracker.assessment.scoring.part import Part
from tracker.assessment.scoring.wording import N_, Sentence

Entry = TypeVar("Entry")


@dataclass(frozen=True, slots=True)
class Stake:
    """What a leaf is worth to a unit: `points` after spreading, `stretch` = points ÷ printed points.

    `points` is 0 for a leaf that has none (`value` and `bands` outside a sum), whose stretch is always 1.
    """

    points: Fraction
    stretch: Fraction = Fraction(1)

    @property
    def printed(self) -> Fraction:
        """The points that stand in the scheme."""
        return self.points / self.stretch


@dataclass(frozen=True, slots=True)
class Peers:
    """Least and greatest value in the unit's group, over the units to which the leaf applies."""

    least: Fraction
    greatest: Fraction
    values: tuple[Fraction, ...] = ()
    """All of them, in the order of the units."""


class Rule(ABC, Generic[Entry]):
    """A kind with its parameters. `Entry` is what the facts of one unit are read into."""

    kind: ClassVar[str]
    fact_fields: ClassVar[tuple[str, ...]]
    needs_points: ClassVar[bool] = True
    """False: outside a sum the leaf may go without points."""
    needs_facts: ClassVar[bool] = True
    """False: no fact at all is a fact too."""
    many_facts: ClassVar[bool] = False
    """True: any number of facts a unit; the entry is a tuple of them."""
    in_group: ClassVar[bool] = False
    """True: the result depends on `Peers`."""

    @classmethod
    @abstractmethod
    def read(cls, part: Part, points: Decimal | None) -> Self | None:
        """The rule of a scheme, or None with every fault reported. `points` is None where there are none."""

    @classmethod
    def fact_limit(cls, rule: Self | None, points: Decimal | None) -> Decimal | None:
        """The greatest value that a fact may state; None where there is no limit or none is known."""
        return None

    @classmethod
    @abstractmethod
    def read_fact(cls, part: Part, limit: Decimal | None) -> Entry | None:
        """One fact (one element of the entry where there are many), or None with every fault reported."""

    def check_fact(self, part: Part, entry: Entry) -> None:
        """Reports what in a fact does not go with the parameters of the rule."""

    @classmethod
    def standing(cls, entry: Entry) -> Fraction:
        """The value by which a unit stands in its group; only kinds that look at the group have one."""
        raise TypeError(f"{cls.kind} does not look at the group")

    @abstractmethod
    def score(self, stake: Stake, entry: Entry, peers: Peers | None) -> Fraction:
        """The exact result of one unit, in points."""

    def column(self, stake: Stake, entries: Sequence[Entry], peers: Peers | None) -> Column:
        """The results of many units. Kinds that are common in large books reckon them all at once."""
        return Column.of([self.score(stake, entry, peers) for entry in entries])

    @abstractmethod
    def sentence(self, stake: Stake, entry: Entry, peers: Peers | None, result: str) -> Sentence:
        """How the result came about; `result` is it as text, with its sign of equality: `= 18.5`, `≈ 3.3333`."""


def shown(number: Decimal | Fraction, places: int = 2) -> str:
    """A number inside a formula; `places` are those that results are printed with."""
    text, exact = short_text(Fraction(number), places)
    return text if exact else f"{text}…"


def bracketed(number: Decimal | Fraction, places: int = 2) -> str:
    """A number after a sign of reckoning: one below zero stands in brackets, `4 − (−3)`."""
    text = shown(number, places)
    return f"({text})" if text.startswith("−") else text


def added(numbers: Sequence[Decimal | Fraction], places: int = 2) -> str:
    """`3 + (−1) + 2.5`."""
    return " + ".join([shown(one, places) if not at else bracketed(one, places) for at, one in enumerate(numbers)])


def averaged(numbers: Sequence[Decimal | Fraction], places: int = 2) -> str:
    """`(3 + 5) ÷ 2`, or the number itself where there is one only."""
    return shown(numbers[0], places) if len(numbers) == 1 else f"({added(numbers, places)}) ÷ {len(numbers)}"


def stretched(sentence: Sentence, stake: Stake) -> Sentence:
    """The sentence of a result that grew in proportion to the points spread to it."""
    if stake.stretch == 1:
        return sentence
    return Sentence(
        N_("%(sentence)s（随分值由 %(old)s 调为 %(new)s 同比增加）"),
        sentence=sentence,
        old=shown(stake.printed),
        new=shown(stake.points),
    )
