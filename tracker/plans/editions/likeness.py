"""How likely a task of one edition is a task of the other, 0 to 1. By its words first; its place and units help."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable
from itertools import chain
from math import ceil

from rapidfuzz import fuzz

from tracker.plans.editions.item import Item

LEAST = 0.5
"""Below this two tasks are not taken for one."""
LEAST_WORDS = 0.4
"""So much of the words they share in any case: the same place and units alone make no pair."""
CONTAINED = 0.75
"""So much of a task's words stand in another, in order: then it was split off from it, or merged into it."""
ROUGHLY = 0.55
"""So many of its pairs of characters stand in the other: only then it is looked at closely."""
SHORTEST_PART = 6
"""Characters: what is shorter stands in anything."""

_WORDS, _NAME, _PATH, _UNITS, _NUMBER, _DATES = 0.72, 0.08, 0.08, 0.06, 0.02, 0.04


def words_alike(one: Item, other: Item) -> float:
    if not one.words or not other.words:
        return float(one.words == other.words)
    return fuzz.ratio(one.words, other.words) / 100


def likeness(one: Item, other: Item) -> float:
    """Symmetric. 0 where they cannot be one task."""
    words = words_alike(one, other)
    if words < LEAST_WORDS:
        return 0.0
    score = (
        _WORDS * words
        + _NAME * fuzz.ratio(one.name, other.name) / 100
        + _PATH * _path(one, other)
        + _UNITS * _shared({unit for _role, unit in one.units}, {unit for _role, unit in other.units})
        + _NUMBER * (one.number == other.number)
        + _DATES * _shared(set(one.deadlines), set(other.deadlines))
    )
    return score if score >= LEAST else 0.0


def _path(one: Item, other: Item) -> float:
    return 1.0 if one.headings == other.headings else fuzz.ratio(one.headings, other.headings) / 100


def _shared(first: set[object] | set[int] | set[str], second: set[object] | set[int] | set[str]) -> float:
    both = len(first | second)
    return len(first & second) / both if both else 1.0


def tie(one: Item, other: Item) -> float:
    """A speck that makes every pair's likeness its own: the same whichever edition comes first, and in whatever order."""
    first, second = sorted((one.mark, other.mark))
    return int.from_bytes(hashlib.sha256(f"{first}{second}".encode()).digest()[:6]) / 2**48 * 1e-6


def stands_in(part: Item, whole: Item) -> bool:
    """Whether most of the words of `part` stand in `whole`, which says more than that."""
    if len(part.words) < SHORTEST_PART or len(part.words) >= len(whole.words):
        return False
    if len(part.grams & whole.grams) < ROUGHLY * len(part.grams):
        return False
    return fuzz.partial_ratio(part.words, whole.words) >= CONTAINED * 100


class Wholes:
    """Tasks among which the one is looked for that the words of another stand in."""

    def __init__(self, items: Iterable[Item]) -> None:
        self._items = sorted(items, key=lambda one: one.position)
        self._with: defaultdict[str, list[int]] = defaultdict(list)
        """Pair of characters → places in `_items`."""
        for place, one in enumerate(self._items):
            for gram in one.grams:
                self._with[gram].append(place)

    def holding(self, part: Item) -> Item | None:
        """The first in printed order.

        One that has enough of the part's pairs has one at least of any that are more than it may lack: only tasks with one
        of the rarest pairs are looked at.
        """
        rarest = sorted(part.grams, key=lambda gram: len(self._with.get(gram, ())))
        may_lack = len(rarest) - ceil(ROUGHLY * len(rarest))
        places = set(chain.from_iterable(self._with.get(gram, ()) for gram in rarest[: may_lack + 1]))
        return next((self._items[place] for place in sorted(places) if stands_in(part, self._items[place])), None)
