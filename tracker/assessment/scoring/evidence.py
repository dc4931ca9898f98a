"""Columns of facts: for one leaf, what is known of each unit, in the order of the units.

Any sequence serves (None where the leaf does not apply to the unit). The two kinds here keep decimals as scaled whole
numbers, so that a column of twenty thousand is ready for arithmetic without touching its cells.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Context, Decimal, Inexact, InvalidOperation
from typing import Any, overload

import numpy as np
from numpy.typing import NDArray

Flags = NDArray[np.bool_]
Positions = NDArray[np.int64]

_EXACTLY = Context(prec=60, traps=[Inexact, InvalidOperation])
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
        distinct = set(decimals)  # a column holds far fewer different numbers than cells
        some_absent = None in distinct
        distinct.discard(None)
        there = [number for number in distinct if number is not None]
        places = max((-int(number.as_tuple().exponent) for number in there), default=0)
        places = max(places, 0)
        if places > 15:
            return None
        try:
            units: dict[Decimal | None, int] = {number: int(_EXACTLY.scaleb(number, places)) for number in there}
        except (Inexact, InvalidOperation):
            return None
        if max(map(abs, units.values()), default=0) >= _LIMIT:
            return None
        units[None] = 0
        whole = np.fromiter(map(units.__getitem__, decimals), np.int64, len(decimals))
        if not some_absent:
            return cls(whole, places)
        return cls(whole, places, np.fromiter((number is None for number in decimals), np.bool_, len(decimals)))

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
        first = Numbers.of([None if pair is None else pair[0] for pair in pairs])
        second = Numbers.of([None if pair is None else pair[1] for pair in pairs])
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
    if None not in entries:
        return None
    return np.fromiter((entry is None for entry in entries), np.bool_, len(entries))


def taken(entries: Sequence[Any], positions: Positions) -> Sequence[Any]:
    """The entries of some units, for all of which there is one."""
    if isinstance(entries, Numbers | Pairs):
        return entries.take(positions)
    return [entries[position] for position in positions.tolist()]
