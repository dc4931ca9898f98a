"""Grades (等次) by threshold and quota (名额比例)."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Mapping, Sequence
from fractions import Fraction

from tracker.assessment.scoring.book import Scheme


def grades(
    scheme: Scheme, totals: Sequence[int | None], groups: Sequence[str], vetoed: Sequence[bool]
) -> list[str | None]:
    """One grade a unit, None without a total. `totals` in whole units of the last printed place.

    Vetoed units get the last grade and take no place of a quota, or are graded as if their totals just missed the best
    grade; a group's size counts all of its units.
    """
    if not scheme.grades:
        return [None] * len(totals)
    if scheme.veto_bars:
        most = best_missed(scheme)
        totals = [
            min(total, most) if veto and total is not None else total
            for total, veto in zip(totals, vetoed, strict=True)
        ]
        vetoed = [False] * len(totals)
    edges = [first_at(Fraction(grade.least), scheme.rounding.places) for grade in reversed(scheme.grades)]
    last = len(edges) - 1
    found = [
        last if veto else None if total is None else last - bisect_right(edges, total) + 1
        for total, veto in zip(totals, vetoed, strict=True)
    ]
    if any(grade.quota_percent is not None for grade in scheme.grades):
        sizes = Counter(groups)
        pools = pools_of(scheme, sizes)
        places, by_pool = Counter[str | None](), dict[str | None, list[int]]()
        for group, size in sizes.items():
            places[pools[group]] += size
        for position, (total, group, veto) in enumerate(zip(totals, groups, vetoed, strict=True)):
            if total is not None and not veto:
                by_pool.setdefault(pools[group], []).append(position)
        for pool, positions in by_pool.items():
            _hold_to_quotas(scheme, positions, totals, found, places[pool])
    names = [*(grade.name for grade in scheme.grades), None]
    return [None if grade is None else names[grade] for grade in found]


def best_missed(scheme: Scheme) -> int:
    """The greatest rounded total, in whole units, that does not reach the best grade."""
    return first_at(Fraction(scheme.grades[0].least), scheme.rounding.places) - 1


def pools_of(scheme: Scheme, sizes: Mapping[str, int]) -> dict[str, str | None]:
    """For each group the one whose quota it shares: its own, or None for all that are too small to have one."""
    least = scheme.quota_pool or 0
    return {group: group if size >= least else None for group, size in sizes.items()}


def first_at(least: Fraction, places: int) -> int:
    """The least rounded total, in whole units, that reaches the threshold."""
    scale: int = 10**places
    return -(-least.numerator * scale // least.denominator)


def _hold_to_quotas(
    scheme: Scheme, positions: list[int], totals: Sequence[int | None], found: list[int | None], size: int
) -> None:
    """Moves whoever is over a quota to the next grade, best grade first; who fell counts there."""
    for grade, terms in enumerate(scheme.grades):
        if terms.quota_percent is None:
            continue
        quota = size * terms.quota_percent // 100
        here = sorted((totals[position] or 0, position) for position in positions if found[position] == grade)
        if len(here) <= quota:
            continue
        here.reverse()
        first_out = here[quota][0]
        straddles = quota > 0 and here[quota - 1][0] == first_out
        for total, position in here:
            stays = total > first_out or (total == first_out and straddles and scheme.quota_ties == "include")
            if not stays:
                found[position] = grade + 1
