"""What a book came to, kept so that one unit's new facts are reckoned without the other units. Exact, like the engine."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from tracker.assessment.scoring.book import Book
from tracker.assessment.scoring.engine import row, score
from tracker.assessment.scoring.evaluation import Reckoner, raise_any
from tracker.assessment.scoring.grading import grades, pools_of
from tracker.assessment.scoring.ranking import ranks
from tracker.assessment.scoring.results import UnitResult
from tracker.assessment.scoring.totals import close, extras_of


@dataclass(frozen=True, slots=True)
class _Pool:
    """Units that share a quota: a group, or all groups that are too small for one. In the order of the book."""

    positions: tuple[int, ...]
    groups: tuple[str, ...]
    vetoed: tuple[bool, ...]


class Interim:
    """All units of a book, in its order. `score` of the book with the facts as they are now comes to the very same."""

    def __init__(self, book: Book) -> None:
        """Raises FaultyBook as `score` does."""
        found = score(book, explain=False).units
        self._evidence = {key: list(column) for key, column in book.evidence.items()}
        self._book = replace(book, evidence=self._evidence)
        self._reckoner = Reckoner(self._book)
        self._units = list(found)
        self._totals = [None if unit.total is None else int(unit.total.replace(".", "")) for unit in found]
        self._ranks = [unit.rank for unit in found]
        self._grades = [unit.grade for unit in found]
        self._strengths: dict[int, list[Fraction | None]] = {}
        self._pools = _pools(book)

    def __iter__(self) -> Iterator[UnitResult]:
        for unit, rank, grade in zip(self._units, self._ranks, self._grades, strict=True):
            yield replace(unit, rank=rank, grade=grade)

    def change(self, unit: str, entries: Mapping[str, Any]) -> None:
        """Gives a unit other facts: by leaf, as its rule reads them (None: not applicable). Its results are reckoned anew,
        then the ranks and grades of those it is compared with. The rules of these leaves must not look at the group.

        Raises FaultyBook as `score` does; the unit must then be changed again before anything is read.
        """
        scheme, position = self._book.scheme, self._book.position[unit]
        for key, entry in entries.items():
            self._evidence[key][position] = entry
        reckoning = self._reckoner.reckon(position)
        raise_any([reckoning])
        closing = close(scheme, reckoning.base, extras_of(self._book, unit))
        self._units[position] = row(self._reckoner, position, reckoning, closing)
        self._totals[position] = closing.total
        self._strengths.pop(position, None)
        self._compare(self._pools[self._book.units[position].group])

    def _compare(self, pool: _Pool) -> None:
        scheme = self._book.scheme
        totals = [self._totals[position] for position in pool.positions]
        tie_break = (lambda place: self._strength(pool.positions[place])) if scheme.tie_break else None
        found_ranks = ranks(totals, pool.groups, scheme.ties, tie_break)
        found_grades = grades(scheme, totals, pool.groups, pool.vetoed)
        for position, rank, grade in zip(pool.positions, found_ranks, found_grades, strict=True):
            self._ranks[position], self._grades[position] = rank, grade

    def _strength(self, position: int) -> list[Fraction | None]:
        if position not in self._strengths:
            results, by_key = self._reckoner.reckon(position).results, self._reckoner.tree.by_key
            self._strengths[position] = [results[by_key[key].at] for key in self._book.scheme.tie_break]
        return self._strengths[position]


def _pools(book: Book) -> dict[str, _Pool]:
    """For each group the pool that it belongs to."""
    shared = pools_of(book.scheme, Counter(unit.group for unit in book.units))
    members: dict[str | None, list[int]] = {}
    for position, unit in enumerate(book.units):
        members.setdefault(shared[unit.group], []).append(position)
    made = {}
    for pool, positions in members.items():
        units = [book.units[position] for position in positions]
        vetoed = tuple(bool(book.vetoes.get(unit.key)) for unit in units)
        made[pool] = _Pool(tuple(positions), tuple(unit.group for unit in units), vetoed)
    return {group: made[pool] for group, pool in shared.items()}
