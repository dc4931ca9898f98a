"""Bodies that may have been recorded twice (重复单位): below one parent, with names that usually mean one office. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import combinations

from rapidfuzz import fuzz

from tracker.units.families import family_stem
from tracker.units.matching import bare, normal

ALIKE = 88.0
MOST = 50
SIBLINGS = 400
"""More bodies below one parent are not compared each with each: nobody would read what came of it."""


@dataclass(frozen=True, slots=True)
class Body:
    id: int
    name: str
    short_name: str
    parent_id: int | None


def twins(bodies: Iterable[Body]) -> list[tuple[int, int, str]]:
    """Likely pairs (id, id, why), the surest first; why: same (one name apart from the city's), family, alike."""
    below: dict[int | None, list[Body]] = {}
    known = {}
    for body in bodies:
        below.setdefault(body.parent_id, []).append(body)
        known[body.id] = body
    found: list[tuple[float, int, int, str]] = []
    for parent_id, siblings in below.items():
        above = known.get(parent_id or 0)
        prefixes = (normal(above.name), normal(above.name)[-1:]) if above else ()
        looks = [_look(body, prefixes) for body in siblings]
        for one, other in combinations(looks, 2) if len(looks) <= SIBLINGS else ():
            likely = _likely(one, other)
            if likely is not None:
                found.append((-likely[0], one.id, other.id, likely[1]))
    return [(one, other, why) for _, one, other, why in sorted(found)[:MOST]]


@dataclass(frozen=True, slots=True)
class _Look:
    id: int
    name: str
    names: frozenset[str]
    families: frozenset[tuple[str, int]]


def _look(body: Body, prefixes: tuple[str, ...]) -> _Look:
    """A body as it is compared: its names without the level's prefix, and the families of these."""
    names = frozenset(bare(normal(name), prefixes) for name in (body.name, body.short_name) if name)
    families = frozenset(stem for name in names if (stem := family_stem(name)))
    return _Look(body.id, bare(normal(body.name), prefixes), names, families)


def _likely(one: _Look, other: _Look) -> tuple[float, str] | None:
    if one.names & other.names:
        return 100.0, "same"
    if one.families & other.families:
        return 95.0, "family"
    likeness = fuzz.ratio(one.name, other.name)
    return (likeness, "alike") if likeness >= ALIKE else None
