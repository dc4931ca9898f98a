"""What changed from one edition to the next: each task of both sides in exactly one change."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from rapidfuzz import fuzz

from tracker.plans.editions.item import Item
from tracker.plans.editions.likeness import Wholes, likeness
from tracker.plans.editions.pairing import Pins, pair_up

Kind = Literal["kept", "reworded", "moved", "new", "dropped"]
KINDS: tuple[Kind, ...] = ("reworded", "moved", "new", "dropped", "kept")
"""改写, 移动, 新增, 取消, 照旧; what needs a look first."""
SAME_PLACE = 0.75
"""Headings so alike are one heading, worded anew."""


@dataclass(frozen=True, slots=True)
class Change:
    """A task of the old edition, of the new one, or of both."""

    kind: Kind
    old: Item | None
    new: Item | None
    sure: float
    """How alike the two are, 0 to 1; 1 where there is nothing to doubt."""
    units_on: tuple[tuple[str, int], ...] = ()
    """(role, unit id) that the new edition names and the old one did not."""
    units_off: tuple[tuple[str, int], ...] = ()
    deadlines: bool = False
    targets: bool = False
    relative: Item | None = None
    """Of a new task the old one that it seems to be split off from; of a dropped one the new one that holds its words."""

    @property
    def facets(self) -> frozenset[str]:
        """What may be filtered by: the kind, and `units`, `deadlines`, `targets`."""
        also = {"units": bool(self.units_on or self.units_off), "deadlines": self.deadlines, "targets": self.targets}
        return frozenset({self.kind, *(name for name, holds in also.items() if holds)})

    @property
    def untouched(self) -> bool:
        return self.facets == {"kept"}


@dataclass(frozen=True)
class Comparison:
    changes: tuple[Change, ...]
    """In the order of the new edition; what was dropped after what it stood after."""

    @cached_property
    def counts(self) -> dict[str, int]:
        """Facet → how many changes have it."""
        found = dict.fromkeys((*KINDS, "units", "deadlines", "targets"), 0)
        for one in self.changes:
            for facet in one.facets:
                found[facet] += 1
        return found

    @property
    def is_empty(self) -> bool:
        return all(one.untouched for one in self.changes)


def compare(old: Sequence[Item], new: Sequence[Item], pins: Pins | None = None) -> Comparison:
    """Keys must be distinct on each side. The same answer in whatever order the tasks are given."""
    pairs = pair_up(old, new, pins or Pins())
    was, now = {one.key: one for one in old}, {one.key: one for one in new}
    held = [(was[before], now[after]) for after, before in pairs.items()]
    moved = _out_of_order(held)
    changes = [_pair(before, after, moved=after.key in moved) for before, after in held]
    taken = set(pairs.values())
    added = [one for one in new if one.key not in pairs]
    dropped = [one for one in old if one.key not in taken]
    before, after = Wholes(one for one, _ in held), Wholes(one for _, one in held)
    changes += [Change("new", None, one, 1.0, relative=before.holding(one)) for one in added]
    changes += [Change("dropped", one, None, 1.0, relative=after.holding(one)) for one in dropped]
    return Comparison(tuple(_printed(changes)))


def _pair(old: Item, new: Item, *, moved: bool) -> Change:
    kind: Kind = "kept"
    if old.words != new.words:
        kind = "reworded"
    elif moved or not _same_place(old, new):
        kind = "moved"
    sure = 1.0 if kind != "reworded" else likeness(old, new)
    return Change(
        kind, old, new, sure, tuple(sorted(new.units - old.units)), tuple(sorted(old.units - new.units)),
        old.deadlines != new.deadlines, old.targets != new.targets,
    )  # fmt: skip


def _same_place(old: Item, new: Item) -> bool:
    return old.headings == new.headings or fuzz.ratio(old.headings, new.headings) >= SAME_PLACE * 100


def _out_of_order(held: Sequence[tuple[Item, Item]]) -> set[int]:
    """Keys of new tasks that stand before or after others that they did not: all but the longest run in the old order."""
    rows = sorted(held, key=lambda pair: pair[1].position)
    tails: list[int] = []
    at: list[int] = []
    back: list[int] = []
    for index, (old, _new) in enumerate(rows):
        place = bisect_left(tails, old.position)
        back.append(at[place - 1] if place else -1)
        if place == len(tails):
            tails.append(old.position)
            at.append(index)
        else:
            tails[place], at[place] = old.position, index
    kept: set[int] = set()
    index = at[-1] if at else -1
    while index >= 0:
        kept.add(index)
        index = back[index]
    return {new.key for index, (_old, new) in enumerate(rows) if index not in kept}


def _printed(changes: Iterable[Change]) -> list[Change]:
    """By the new edition; a dropped task right after the one that came before it in the old edition."""
    ordered = list(changes)
    places = sorted((one.old.position, one.new.position) for one in ordered if one.old and one.new)
    befores = [old for old, _new in places]

    def key(one: Change) -> tuple[int, int, int]:
        if one.new is not None:
            return one.new.position, 0, 0
        assert one.old is not None
        index = bisect_left(befores, one.old.position)
        return (places[index - 1][1] if index else 0), 1, one.old.position

    return sorted(ordered, key=key)
