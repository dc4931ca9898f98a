"""Ranks (名次) within a group: by rounded total, then by tie-break indicators; what is still equal shares a rank."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from fractions import Fraction
from functools import cmp_to_key

from tracker.assessment.scoring.book import Ties

Strength = Sequence["Fraction | Near | None"]
TieBreak = Callable[[int], Strength]
"""Position of a unit → its results of the tie-break indicators, None where one does not apply."""


class Near:
    """A result known to within `error`; the exact one is asked for only where that does not tell two units apart."""

    __slots__ = ("_exactly", "_found", "error", "value")

    def __init__(self, value: float, error: float, exactly: Callable[[], Fraction]) -> None:
        self.value = value
        self.error = error
        self._exactly = exactly
        self._found: Fraction | None = None

    @property
    def exact(self) -> Fraction:
        if self._found is None:
            self._found = self._exactly()
        return self._found


def ranks(
    totals: Sequence[int | None],
    groups: Sequence[str],
    ties: Ties,
    tie_break: TieBreak | None = None,
) -> list[int | None]:
    """One rank a unit, None for a unit without a total. `tie_break` is asked only about units with equal totals."""
    members: dict[str, dict[int, list[int]]] = {}
    for position, (total, group) in enumerate(zip(totals, groups, strict=True)):
        if total is not None:
            members.setdefault(group, {}).setdefault(total, []).append(position)
    found: list[int | None] = [None] * len(totals)
    for by_total in members.values():
        ahead = 0
        for rank, equal in enumerate(_best_first(by_total, tie_break), start=1):
            for position in equal:
                found[position] = rank if ties == "dense" else ahead + 1
            ahead += len(equal)
    return found


def _best_first(by_total: Mapping[int, list[int]], tie_break: TieBreak | None) -> Iterator[list[int]]:
    """The units in order, those that share a rank together."""
    for total in sorted(by_total, reverse=True):
        equal = by_total[total]
        if tie_break is None or len(equal) == 1:
            yield equal
        else:
            yield from _by_strength({position: tie_break(position) for position in equal})


def _by_strength(strengths: dict[int, Strength]) -> list[list[int]]:
    """Units with equal totals, strongest first; those that nothing tells apart together."""

    def stronger_first(one: int, other: int) -> int:
        return _compared(strengths[other], strengths[one])

    ordered = sorted(strengths, key=cmp_to_key(stronger_first))
    order: list[list[int]] = []
    before: Strength | None = None
    for position in ordered:
        strength = strengths[position]
        if before is not None and _compared(before, strength) == 0:
            order[-1].append(position)
        else:
            order.append([position])
        before = strength
    return order


def _compared(one: Strength, other: Strength) -> int:
    """Above 0 where `one` is stronger: more is better; what does not apply comes after every result."""
    for mine, yours in zip(one, other, strict=True):
        if mine is None or yours is None:
            difference = (mine is not None) - (yours is not None)
        elif isinstance(mine, Near) and isinstance(yours, Near):
            difference = _compared_near(mine, yours)
        else:
            left, right = _exact(mine), _exact(yours)
            difference = (left > right) - (left < right)
        if difference:
            return difference
    return 0


def _compared_near(mine: Near, yours: Near) -> int:
    if abs(mine.value - yours.value) > 2 * (mine.error + yours.error):
        return 1 if mine.value > yours.value else -1
    return (mine.exact > yours.exact) - (mine.exact < yours.exact)


def _exact(result: Fraction | Near) -> Fraction:
    return result.exact if isinstance(result, Near) else result
