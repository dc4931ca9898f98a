"""Which task of the new edition is which of the old one: each at most once, and together as alike as can be.

What is word for word the same is paired first. Of the rest only tasks that share rare pairs of characters are weighed
against each other. Where the pairs that come into question hang together in a small group, the best of all pairings of
the group is taken (Hungarian method), in a large one the likeliest pairs first. Neither the order in which tasks are
given nor which edition is called the old one makes a difference.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from heapq import nlargest

from tracker.plans.editions.item import Item
from tracker.plans.editions.likeness import likeness, tie

RAREST = 24
"""Pairs of characters of a task by which it is looked for."""
LOOKED_AT = 12
"""Candidates of a task that are weighed."""
MOST_MET = 400
"""Tasks met by the way; what is in very many tasks tells none of them apart."""
SMALL = 60
"""Tasks on one side of a group up to which the best of all pairings is sought."""

Pair = tuple[int, int]
"""Keys of an old and a new task."""
Edges = dict[Pair, float]


@dataclass(frozen=True, slots=True)
class Pins:
    """What a person said: new task → the old one it is, or None where it is none of them."""

    of_new: Mapping[int, int | None] = field(default_factory=dict)


def pair_up(old: Sequence[Item], new: Sequence[Item], pins: Pins) -> dict[int, int]:
    """New key → old key."""
    left, right = {one.key: one for one in old}, {one.key: one for one in new}
    found: dict[int, int] = {}
    for key, other in sorted(pins.of_new.items()):
        if key in right and (other is None or other in left):
            del right[key]
            if other is not None:
                del left[other]
                found[key] = other
    for what in (_everything, _contents, _words):
        _same(left, right, found, what)
    found.update((now, was) for was, now in _best(_edges(left, right)))
    return found


def _everything(one: Item) -> Hashable:
    return one.whole, one.number


def _contents(one: Item) -> Hashable:
    return one.headings, one.words


def _words(one: Item) -> Hashable:
    return one.words


def _same(
    left: dict[int, Item], right: dict[int, Item], found: dict[int, int], what: Callable[[Item], Hashable]
) -> None:
    """Pairs what is the same: several that are the same, one after the other; where their numbers differ, none by words
    alone, since then the place decides."""
    groups: dict[Hashable, tuple[list[Item], list[Item]]] = defaultdict(lambda: ([], []))
    for side, items in enumerate((left, right)):
        for one in sorted(items.values(), key=lambda one: one.position):
            groups[what(one)][side].append(one)
    for was, now in groups.values():
        if not was or not now or (what is not _everything and (len(was) != 1 or len(now) != 1)):
            continue
        for before, after in zip(was, now, strict=False):
            found[after.key] = before.key
            del left[before.key], right[after.key]


def _edges(left: Mapping[int, Item], right: Mapping[int, Item]) -> Edges:
    """The pairs that come into question, with their likeness. Looked for from both sides."""
    common = _common(left, right)
    wanted = {(was, now) for now, was in candidates(right, left, common)}
    wanted |= set(candidates(left, right, common))
    edges: Edges = {}
    for was, now in sorted(wanted):
        score = likeness(left[was], right[now])
        if score:
            edges[was, now] = score + tie(left[was], right[now])
    return edges


def _common(*sides: Mapping[int, Item]) -> Counter[str]:
    """Pair of characters → in how many tasks it stands."""
    return Counter(gram for side in sides for one in side.values() for gram in one.grams)


def candidates(
    asking: Mapping[int, Item], asked: Mapping[int, Item], common: Counter[str] | None = None
) -> Iterable[Pair]:  # fmt: skip
    """(asking key, asked key) of those that share the most, rare pairs of characters counting more."""
    common = _common(asking, asked) if common is None else common
    postings: dict[str, list[int]] = defaultdict(list)
    for key, one in asked.items():
        for gram in one.grams:
            postings[gram].append(key)
    for key, one in asking.items():
        shared: Counter[int] = Counter()
        met = 0
        for gram in sorted(one.grams, key=lambda gram: (common[gram], gram))[:RAREST]:
            there = postings.get(gram, ())
            met += len(there)
            if met > MOST_MET and shared:
                break
            weight = 1_000_000 // common[gram]
            for other in there:
                shared[other] += weight
        least = min(nlargest(LOOKED_AT, shared.values()), default=0)
        near = sorted((-count, asked[other].mark, other) for other, count in shared.items() if count >= least)
        yield from ((key, other) for _count, _mark, other in near[:LOOKED_AT])


def _best(edges: Edges) -> Iterable[Pair]:
    for group in _groups(edges):
        olds, news = ({pair[side] for pair in group} for side in (0, 1))
        if max(len(olds), len(news)) <= SMALL:
            yield from _optimal(group, sorted(olds), sorted(news))
        else:
            yield from _likeliest_first(group)


def _groups(edges: Edges) -> list[Edges]:
    """The edges by what hangs together."""
    root: dict[tuple[int, int], tuple[int, int]] = {}

    def top(node: tuple[int, int]) -> tuple[int, int]:
        while root.setdefault(node, node) != node:
            root[node] = root[root[node]]
            node = root[node]
        return node

    for was, now in edges:
        root[top((0, was))] = top((1, now))
    groups: dict[tuple[int, int], Edges] = defaultdict(dict)
    for pair, score in edges.items():
        groups[top((0, pair[0]))][pair] = score
    return list(groups.values())


def _likeliest_first(edges: Edges) -> Iterable[Pair]:
    taken: set[tuple[int, int]] = set()
    for was, now in sorted(edges, key=lambda pair: -edges[pair]):
        if (0, was) not in taken and (1, now) not in taken:
            taken |= {(0, was), (1, now)}
            yield was, now


def _optimal(edges: Edges, olds: Sequence[int], news: Sequence[int]) -> Iterable[Pair]:
    """The pairing with the greatest sum of likeness; what no edge joins is worth nothing and left apart."""
    size = max(len(olds), len(news))
    cost = [
        [
            -edges.get((olds[row], news[column]), 0.0) if row < len(olds) and column < len(news) else 0.0
            for column in range(size)
        ]
        for row in range(size)
    ]
    for column, row in enumerate(_hungarian(cost)):
        if row < len(olds) and column < len(news) and (olds[row], news[column]) in edges:
            yield olds[row], news[column]


def _hungarian(cost: Sequence[Sequence[float]]) -> list[int]:
    """For each column the row that it is given so that the sum of costs is least. Cubic in the size."""
    size = len(cost)
    rows, columns = [0.0] * (size + 1), [0.0] * (size + 1)
    given, way = [0] * (size + 1), [0] * (size + 1)
    for row in range(1, size + 1):
        given[0], at = row, 0
        least, used = [float("inf")] * (size + 1), [False] * (size + 1)
        while given[at] != 0:
            used[at], here, step, next_at = True, given[at], float("inf"), 0
            for column in range(1, size + 1):
                if used[column]:
                    continue
                over = cost[here - 1][column - 1] - rows[here] - columns[column]
                if over < least[column]:
                    least[column], way[column] = over, at
                if least[column] < step:
                    step, next_at = least[column], column
            for column in range(size + 1):
                if used[column]:
                    rows[given[column]] += step
                    columns[column] -= step
                else:
                    least[column] -= step
            at = next_at
        while at:
            given[at] = given[way[at]]
            at = way[at]
    return [given[column] - 1 for column in range(1, size + 1)]
