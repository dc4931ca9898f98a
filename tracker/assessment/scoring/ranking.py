"""Ranks (名次) within a group: by rounded total, then by tie-break indicators; what is still equal shares a rank."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from itertools import groupby
from typing import Literal

TieBreak = Callable[[int], Sequence[Fraction | None]]
"""Position of a unit → its exact results of the tie-break indicators, None where one does not apply."""


def ranks(
    totals: Sequence[int | None],
    groups: Sequence[str],
    ties: Literal["competition", "dense"],
    tie_break: TieBreak | None = None,
) -> list[int | None]:
    """One rank a unit, None for a unit without a total. `tie_break` is asked only about units with equal totals."""
    members: dict[str, list[int]] = {}
    for position, (total, group) in enumerate(zip(totals, groups, strict=True)):
        if total is not None:
            members.setdefault(group, []).append(position)
    found: list[int | None] = [None] * len(totals)
    for positions in members.values():
        ahead = 0
        for rank, equal in enumerate(_best_first(positions, totals, tie_break), start=1):
            for position in equal:
                found[position] = rank if ties == "dense" else ahead + 1
            ahead += len(equal)
    return found


def _best_first(positions: list[int], totals: Sequence[int | None], tie_break: TieBreak | None) -> list[list[int]]:
    """The units in order, those that share a rank together."""

    def total(position: int) -> int:
        return totals[position] or 0

    order: list[list[int]] = []
    for _, run in groupby(sorted(positions, key=total, reverse=True), key=total):
        equal = list(run)
        if tie_break is None or len(equal) == 1:
            order.append(equal)
            continue
        keys = {position: _sort_key(tie_break(position)) for position in equal}
        for _, still in groupby(sorted(equal, key=keys.__getitem__), key=keys.__getitem__):
            order.append(list(still))
    return order


def _sort_key(results: Sequence[Fraction | None]) -> tuple[tuple[bool, Fraction], ...]:
    """More is better; what does not apply comes after every result."""
    return tuple((result is None, Fraction(0) if result is None else -result) for result in results)
