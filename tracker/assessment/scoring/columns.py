"""Arithmetic on whole columns of units: exact where that is cheap, else approximate with a bound that holds.

A column holds one number a unit. It is exact (whole numbers of 64 bits over one common denominator) as long as nothing
can overflow; otherwise it holds floats together with a bound on their error. Rounding an approximate column also says
for which units the bound leaves the digit in doubt: those are reckoned again with fractions by whoever asks.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from fractions import Fraction
from math import gcd, lcm

import numpy as np
from numpy.typing import NDArray

from tracker.assessment.scoring.numbers import Mode

Whole = NDArray[np.int64]
Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

_LIMIT = 2**62
_ULP = 2.0**-51  # four times the relative error of one rounding of a double: covers each operation here
_TINY = 2.0**-1022  # below this doubles are coarser, and in the end nought


class Column:
    """Immutable. Either `whole` over `per`, none of them beyond ±`bound`, or `floats` that are off by `error` at most."""

    __slots__ = ("bound", "error", "floats", "per", "whole")

    def __init__(
        self,
        whole: Whole | None = None,
        per: int = 1,
        bound: int = 0,
        floats: Floats | None = None,
        error: float = 0.0,
    ) -> None:
        self.whole = whole
        self.per = per
        self.bound = bound
        self.floats = floats
        self.error = error

    @classmethod
    def exact(cls, whole: Whole, per: int = 1) -> Column:
        return cls(whole, per, int(np.abs(whole).max(initial=0)))

    @classmethod
    def constant(cls, value: Fraction, size: int) -> Column:
        if abs(value.numerator) < _LIMIT and value.denominator < _LIMIT:
            return cls(np.full(size, value.numerator, np.int64), value.denominator, abs(value.numerator))
        return cls(floats=np.full(size, _float(value)), error=abs(_float(value)) * _ULP + _TINY)

    @classmethod
    def of(cls, values: Sequence[Fraction]) -> Column:
        """A column of the given values; exact where a common denominator fits."""
        per = 1
        for denominator in {value.denominator for value in values}:
            per = lcm(per, denominator)
            if per >= _LIMIT:
                break
        else:
            whole = [value.numerator * (per // value.denominator) for value in values]
            if max(map(abs, whole), default=0) < _LIMIT:
                return cls.exact(np.array(whole, np.int64), per)
        floats = np.array([_float(value) for value in values])
        return cls(floats=floats, error=_off(floats))

    @classmethod
    def sparse(cls, values: Mapping[int, Fraction], size: int) -> Column:
        """Zero for all units but the given ones."""
        some = cls.of(list(values.values()))
        index = np.fromiter(values, np.int64, len(values))
        if some.whole is not None:
            whole = np.zeros(size, np.int64)
            whole[index] = some.whole
            return cls(whole, some.per, some.bound)
        floats = np.zeros(size)
        floats[index] = some.as_floats()
        return cls(floats=floats, error=some.error)

    def at(self, which: Whole) -> Column:
        """The column that has, for each unit, what this one has at the place given for it."""
        if self.whole is not None:
            return Column(self.whole[which], self.per, self.bound)
        return Column(floats=self.as_floats()[which], error=self.error)

    def as_floats(self) -> Floats:
        if self.whole is None:
            assert self.floats is not None
            return self.floats
        return self.whole / float(self.per)

    def approximate(self) -> Column:
        if self.whole is None:
            return self
        floats = self.as_floats()
        return Column(floats=floats, error=_off(floats))

    def times(self, factor: Fraction) -> Column:
        if factor == 1:
            return self
        if self.whole is not None:
            common = gcd(factor.numerator, self.per)
            numerator, per = factor.numerator // common, self.per // common * factor.denominator
            bound = self.bound * abs(numerator)
            if bound < _LIMIT and per < _LIMIT and abs(numerator) < _LIMIT:
                return Column(self.whole * numerator, per, bound)
        old = self.approximate()
        by = _float(factor)
        floats = old.as_floats() * by
        return Column(floats=floats, error=old.error * abs(by) * (1 + _ULP) + _off(floats))

    def plus(self, other: Column) -> Column:
        if self.whole is not None and other.whole is not None:
            per = lcm(self.per, other.per)
            mine, yours = per // self.per, per // other.per
            bound = self.bound * mine + other.bound * yours
            if bound < _LIMIT and per < _LIMIT:
                return Column(_scaled(self.whole, mine) + _scaled(other.whole, yours), per, bound)
        left, right = self.approximate(), other.approximate()
        floats = left.as_floats() + right.as_floats()
        return Column(floats=floats, error=left.error + right.error + _off(floats))

    def plus_constant(self, value: Fraction) -> Column:
        return self.plus(Column.constant(value, self.size)) if value else self

    def minus(self, other: Column) -> Column:
        return self.plus(other.times(Fraction(-1)))

    def lesser(self, other: Column) -> Column:
        return self._chosen(other, least=True)

    def greater(self, other: Column) -> Column:
        return self._chosen(other, least=False)

    def _chosen(self, other: Column, *, least: bool) -> Column:
        choose = np.minimum if least else np.maximum
        if self.whole is not None and other.whole is not None:
            per = lcm(self.per, other.per)
            mine, yours = per // self.per, per // other.per
            bound = max(self.bound * mine, other.bound * yours)
            if bound < _LIMIT and per < _LIMIT:
                return Column(choose(_scaled(self.whole, mine), _scaled(other.whole, yours)), per, bound)
        left, right = self.approximate(), other.approximate()
        return Column(floats=choose(left.as_floats(), right.as_floats()), error=max(left.error, right.error))

    def held(self, least: Fraction, most: Fraction) -> Column:
        """Held within least…most."""
        low, high = Column.constant(least, self.size), Column.constant(most, self.size)
        return self.greater(low).lesser(high)

    @classmethod
    def geometric(cls, columns: Sequence[Column], shares: Sequence[Fraction]) -> tuple[Column, Flags]:
        """The product of column ** share (shares add up to 1), and for which units a column may not be above zero."""
        logarithm = np.zeros(columns[0].size)
        off = np.zeros(columns[0].size)
        not_positive = np.zeros(columns[0].size, np.bool_)
        for column, share in zip(columns, shares, strict=True):
            old = column.approximate()
            floats = old.as_floats()
            not_positive |= floats <= 2 * old.error
            floats = np.where(not_positive, 1.0, floats)
            logarithms = np.log(floats)
            logarithm += logarithms * float(share)
            off += float(share) * (2 * old.error / floats + (np.abs(logarithms) + 1) * 8 * _ULP)
        mean = np.exp(logarithm)
        return cls(floats=mean, error=float((mean * (off + 8 * _ULP)).max(initial=0.0)) * 1.01), not_positive

    @property
    def size(self) -> int:
        return len(self.as_floats()) if self.whole is None else len(self.whole)

    def rounded(self, places: int, mode: Mode) -> tuple[Whole, Flags]:
        """In whole units of 10 ** -places, and for which units that is in doubt (never for an exact column)."""
        scale = 10**places
        if self.whole is not None and self.bound * scale < _LIMIT and self.per < _LIMIT // 2:
            return _rounded_exactly(self.whole * scale, self.per, mode), np.zeros(len(self.whole), np.bool_)
        with np.errstate(all="ignore"):
            return _rounded_nearly(self.approximate(), scale, mode)


def _rounded_exactly(whole: Whole, per: int, mode: Mode) -> Whole:
    result, rest = np.divmod(np.abs(whole), per)
    if mode != "down":
        doubled = 2 * rest
        tie_goes_up = np.True_ if mode == "half_up" else result % 2 == 1
        result = result + ((doubled > per) | ((doubled == per) & tie_goes_up))
    signed: Whole = np.where(whole < 0, -result, result)
    return signed


def _rounded_nearly(column: Column, scale: int, mode: Mode) -> tuple[Whole, Flags]:
    signed = column.as_floats()
    size = np.abs(signed) * scale
    error = column.error * scale + _largest(size) * _ULP
    floor = np.floor(size)
    part = size - floor
    if not (error < 0.25 and _largest(size) < 2.0**52):  # infinity and what is no number are in doubt as well
        return np.zeros(len(size), np.int64), np.ones(len(size), np.bool_)
    if mode == "down":
        whole, doubt = floor.astype(np.int64), (part <= error) | (part >= 1 - error)
    else:
        whole, doubt = (floor + (part > 0.5)).astype(np.int64), np.abs(part - 0.5) <= error
    return np.where(signed < 0, -whole, whole), doubt


def _scaled(whole: Whole, factor: int) -> Whole:
    return whole if factor == 1 else whole * factor


def _float(value: Fraction) -> float:
    """The nearest float; infinite for what is beyond all floats, so that everything that follows from it is in doubt."""
    try:
        return float(value)
    except OverflowError:
        return math.inf if value > 0 else -math.inf


def _off(floats: Floats) -> float:
    """By how much one rounding can be off, whichever of the floats it met; also where it came out as nought."""
    return _largest(floats) * _ULP + _TINY


def _largest(floats: Floats) -> float:
    return float(np.abs(floats).max(initial=0.0))
