"""Grades (等次) by threshold and quota (名额比例)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from fractions import Fraction

from tracker.assessment.scoring.book import Scheme


def grades(
    scheme: Scheme, totals: Sequence[int | None], groups: Sequence[str], vetoed: Sequence[bool]
) -> list[str | None]:
    """One grade a unit, None without a total. `totals` in whole units of the last printed place.

    Vetoed units get the last grade and take no place of a quota; a group's size counts all of its units.
    """
    if not scheme.grades:
        return [None] * len(totals)
    edges = [first_at(Fraction(grade.least), scheme.rounding.places) for grade in scheme.grades]
    last = len(edges) - 1
    found: list[int | None] = [None] * len(totals)
    by_group: dict[str | None, list[int]] = {}
    pools = pools_of(scheme, Counter(groups))
    sizes = Counter(pools[group] for group in groups)
    for position, (total, group, veto) in enumerate(zip(totals, groups, vetoed, strict=True)):
        if veto:
            found[position] = last
        elif total is not None:
            found[position] = next((grade for grade, edge in enumerate(edges) if total >= edge), None)
            by_group.setdefault(pools[group], []).append(position)
    if any(grade.quota_percent is not None for grade in scheme.grades):
        for pool, positions in by_group.items():
            _hold_to_quotas(scheme, positions, totals, found, sizes[pool])
    return [None if grade is None else scheme.grades[grade].name for grade in found]


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
