"""Columns of facts: for one leaf, what is known of each unit, in the order of the units.

Any sequence serves (None where the leaf does not apply to the unit). The two kinds here keep decimals as scaled whole
numbers, so that a column of twenty thousand is ready for arithmetic without touching its cells.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from decimal import Context, Decimal, Inexact, InvalidOperation
from functools import reduce
from itertools import count, repeat
from operator import is_
from typing import Any, overload

import numpy as np
from numpy.typing import NDArray

Flags = NDArray[np.bool_]
Positions = NDArray[np.int64]

_EXACTLY = Context(prec=60, traps=[Inexact, InvalidOperation])
_NOUGHT = Decimal(0)
_NEITHER = (None, None)
_LIMIT = 2**53  # also keeps the way through floats exact


class Numbers(Sequence[Decimal | None]):
    """Decimals as whole numbers of 10 ** -places; `absent` marks the units for which there is none."""

    __slots__ = ("absent", "places", "whole")

    def __init__(self, whole: NDArray[np.int64], places: int, absent: Flags | None = None) -> None:
        self.whole = whole
        self.places = places
        self.absent = absent

    @classmethod
    def of(cls, decimals: Sequence[Decimal | None]) -> Numbers | None:
        """The same decimals, scaled; None where one has too many digits for that."""
        if isinstance(decimals, Numbers):
            return decimals
        # a column holds far fewer different numbers than cells: each is scaled once, its cells are looked at once
        seen: defaultdict[Decimal | None, int] = defaultdict(count().__next__)
        which = np.fromiter(map(seen.__getitem__, decimals), np.int64, len(decimals))
        there = [number for number in seen if number is not None]
        try:
            # an exact sum has as many places as the addend with the most
            places = max(-int(reduce(_EXACTLY.add, there, _NOUGHT).as_tuple().exponent), 0)
            if places > 15:
                return None
            units = [0 if number is None else int(_EXACTLY.scaleb(number, places)) for number in seen]
        except (Inexact, InvalidOperation):
            return None
        if max(map(abs, units), default=0) >= _LIMIT:
            return None
        whole = np.array(units, np.int64)
        absent = which == seen[None] if None in seen else None
        return cls(whole[which], places, absent)

    def __len__(self) -> int:
        return len(self.whole)

    @overload
    def __getitem__(self, at: int) -> Decimal | None: ...
    @overload
    def __getitem__(self, at: slice) -> list[Decimal | None]: ...
    def __getitem__(self, at: int | slice) -> Decimal | list[Decimal | None] | None:
        if isinstance(at, slice):
            return [self[index] for index in range(*at.indices(len(self)))]
        if self.absent is not None and self.absent[at]:
            return None
        return Decimal(int(self.whole[at])).scaleb(-self.places)

    def take(self, positions: Positions) -> Numbers:
        """The columns of some units, for all of which there is a number."""
        return Numbers(self.whole[positions], self.places)


class Pairs(Sequence[tuple[Decimal, Decimal] | None]):
    """Two decimals a unit, absent together: actual and target."""

    __slots__ = ("first", "second")

    def __init__(self, first: Numbers, second: Numbers) -> None:
        self.first = first
        self.second = second

    @classmethod
    def of(cls, pairs: Sequence[tuple[Decimal, Decimal] | None]) -> Pairs | None:
        if isinstance(pairs, Pairs):
            return pairs
        both = [pair or _NEITHER for pair in pairs]
        first, second = Numbers.of([pair[0] for pair in both]), Numbers.of([pair[1] for pair in both])
        return None if first is None or second is None else cls(first, second)

    def __len__(self) -> int:
        return len(self.first)

    @overload
    def __getitem__(self, at: int) -> tuple[Decimal, Decimal] | None: ...
    @overload
    def __getitem__(self, at: slice) -> list[tuple[Decimal, Decimal] | None]: ...
    def __getitem__(self, at: int | slice) -> tuple[Decimal, Decimal] | list[tuple[Decimal, Decimal] | None] | None:
        if isinstance(at, slice):
            return [self[index] for index in range(*at.indices(len(self)))]
        first, second = self.first[at], self.second[at]
        return None if first is None or second is None else (first, second)

    def take(self, positions: Positions) -> Pairs:
        return Pairs(self.first.take(positions), self.second.take(positions))


def absent_in(entries: Sequence[Any]) -> Flags | None:
    """For which units there is no entry; None where there is one for all."""
    if isinstance(entries, Pairs):
        return entries.first.absent
    if isinstance(entries, Numbers):
        return entries.absent
    absent = np.fromiter(map(is_, entries, repeat(None)), np.bool_, len(entries))
    return absent if absent.any() else None


def taken(entries: Sequence[Any], positions: Positions) -> Sequence[Any]:
    """The entries of some units, for all of which there is one."""
    if isinstance(entries, Numbers | Pairs):
        return entries.take(positions)
    if len(positions) == len(entries):  # of all units, in their order
        return entries
    return [entries[position] for position in positions.tolist()]
