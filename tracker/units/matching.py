"""Matching a printed unit expression (单位称谓) to the organisation tree. Pure: the directory is handed in.

A name is known where it, after normalising, is a unit's name, short name or confirmed alias. What is not known gets
suggestions, best first; none is ever taken silently (domain reference §1.3: alias families are candidates only).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache

from rapidfuzz import fuzz, process

from tracker.units.families import family_stem

SUGGESTIONS = 5
ENOUGH = 60.0

_INNER = re.compile(r"[\s\u3000·•]+")
_BRACKETS = str.maketrans("[]【】", "()()")


@lru_cache(maxsize=65_536)
def normal(name: str) -> str:
    """A name as it is compared: NFKC, brackets of one form, no inner white space."""
    return _INNER.sub("", unicodedata.normalize("NFKC", name).translate(_BRACKETS))


@dataclass(frozen=True, slots=True)
class Entry:
    """One unit of the directory, with every name it may be called by."""

    id: int
    name: str
    kind: str
    parent_id: int | None = None
    names: tuple[str, ...] = ()
    """Short name and confirmed aliases."""
    plates: tuple[str, ...] = ()
    """Names of other bodies on its door (挂牌): 市知识产权局 of 市市场监管局."""
    since: date | None = None


@dataclass(frozen=True, slots=True)
class Former:
    """A body that has ended, by one of its names, and what became of it."""

    unit_id: int
    name: str
    since: date
    until: date
    how: str
    """How its successors came: rename, merge, into, split, stays; `ended` where there are none."""
    heirs: tuple[int, ...] = ()
    """Who is there today: first the one that took over what it owed."""
    led_to: tuple[str, ...] = ()
    """Names of what came right after it."""


@dataclass(frozen=True, slots=True)
class Why:
    """One candidate, and what speaks for it.

    `reason`: prefix (the level's name filled in), family (names that usually mean one office), in_order (all characters,
    in order), likeness (`percent` alike), former (what a body of the past became), same_name (several are called so).
    """

    unit_id: int
    reason: str
    name: str
    """The name of the directory that the printed one resembles; for `former`, that of the body of the past."""
    percent: int = 0
    former: Former | None = None


@dataclass(frozen=True, slots=True)
class Match:
    """`how`: name, alias, plate, place (城 → 城人民政府), two_names, or none."""

    unit_id: int | None
    how: str
    suggestions: tuple[int, ...] = ()
    why: tuple[Why, ...] = ()
    """What speaks for each suggestion, in their order."""


@dataclass(slots=True)
class Directory:
    """All units of a day, ready for matching. Build once per import: one dict look-up a known name.

    `former` knows the bodies that have ended; on the day of the document (`day`) a name may have been theirs.
    """

    entries: dict[int, Entry]
    by_name: dict[str, list[int]] = field(default_factory=dict)
    by_alias: dict[str, list[int]] = field(default_factory=dict)
    by_plate: dict[str, list[int]] = field(default_factory=dict)
    former: dict[str, list[Former]] = field(default_factory=dict)
    day: date | None = None
    known: dict[str, Match] = field(default_factory=dict)
    """The answer to each name that one unit alone has, as it is printed and as it is compared."""
    _likely: _Likely | None = None

    @classmethod
    def of(cls, entries: Iterable[Entry], *, former: Iterable[Former] = (), day: date | None = None) -> Directory:
        directory = cls({entry.id: entry for entry in entries}, day=day)
        for one in former:
            directory.former.setdefault(normal(one.name), []).append(one)
        for entry in directory.entries.values():
            directory.by_name.setdefault(normal(entry.name), []).append(entry.id)
            for index, names in ((directory.by_alias, entry.names), (directory.by_plate, entry.plates)):
                for name in filter(None, names):
                    index.setdefault(normal(name), []).append(entry.id)
        for name, ids in directory.by_name.items():
            if len(ids) == 1 and directory.then(name) is None:
                directory.known[directory.entries[ids[0]].name] = directory.known[name] = Match(ids[0], "name")
        return directory

    @property
    def likely(self) -> _Likely:
        """What suggestions are looked up in; made at the first question."""
        if self._likely is None:
            top = next((entry for entry in self.entries.values() if entry.parent_id is None), None)
            self._likely = _Likely.of({**self.by_plate, **self.by_alias, **self.by_name}, top.name if top else "")
        return self._likely

    def then(self, name: str) -> Former | None:
        """The body that bore a name (as it is compared) on the document's day and has ended, where nobody bears it now who
        bore it then."""
        if self.day is None or name not in self.former:
            return None
        bearing = [*self.by_name.get(name, ()), *self.by_alias.get(name, ()), *self.by_plate.get(name, ())]
        if any(since is None or since <= self.day for since in (self.entries[one].since for one in bearing)):
            return None
        return next((one for one in self.former[name] if one.since <= self.day <= one.until), None)


@dataclass(frozen=True, slots=True)
class _Likely:
    """Every name of the directory, by what a likely name shares with it."""

    names: dict[str, list[int]]
    listed: list[str]
    by_stem: dict[tuple[str, int], list[str]]
    by_ends: dict[str, list[str]]
    """By first and last character: names of which one can stand in the other, in order."""
    prefixes: tuple[str, ...]
    """What the level's own bodies begin with: 云岫市, 市."""
    by_bare: dict[str, list[str]]
    """Names of the level's own bodies without that: 财政局 of 市财政局 and of 云岫市财政局."""
    by_bare_ends: dict[str, list[str]]

    @classmethod
    def of(cls, names: dict[str, list[int]], top: str) -> _Likely:
        prefixes = (normal(top), normal(top)[-1:]) if top else ()
        likely = cls(names, list(names), {}, {}, prefixes, {}, {})
        for name in names:
            stem = family_stem(name)
            if stem is not None:
                likely.by_stem.setdefault(stem, []).append(name)
            likely.by_ends.setdefault(name[:1] + name[-1:], []).append(name)
            rest = bare(name, prefixes)
            if rest != name:
                likely.by_bare.setdefault(rest, []).append(name)
                likely.by_bare_ends.setdefault(rest[:1] + rest[-1:], []).append(name)
        return likely


def bare(name: str, prefixes: Sequence[str]) -> str:
    """A name without the level's prefix: 财政局 of 云岫市财政局; 市场监督管理局 stays as it is."""
    for prefix in prefixes:
        rest = name.removeprefix(prefix)
        if rest != name and len(rest) >= 3 and not (prefix == "市" and rest.startswith("场")):
            return rest
    return name


def match(text: str, directory: Directory, *, also: str | None = None) -> Match:
    """The unit a printed expression names, or suggestions. Two units of one name are never chosen between."""
    known = directory.known.get(text)
    return known if known is not None else _match(text, directory, also)


def _match(text: str, directory: Directory, also: str | None) -> Match:
    then = directory.then(normal(text))
    if then is not None:
        return _became([then])
    for how, name in (("name", text), ("two_names", also)):
        if not name:
            continue
        indexes = ((directory.by_name, "name"), (directory.by_alias, "alias"), (directory.by_plate, "plate"))
        for index, label in indexes:
            found = index.get(normal(name), [])
            if len(found) == 1:
                return Match(found[0], label if how == "name" else how)
            if len(found) > 1:
                few = tuple(found[:SUGGESTIONS])
                return Match(None, "none", few, tuple(Why(one, "same_name", name) for one in few))
    place = _government_of(normal(text), directory)
    if place is not None:
        return Match(place, "place")
    if normal(text) in directory.former:
        return _became(directory.former[normal(text)])
    why = ranked(text, directory)
    return Match(None, "none", tuple(one.unit_id for one in why), why)


def _became(bodies: Sequence[Former]) -> Match:
    why = tuple(
        {heir: Why(heir, "former", body.name, former=body) for body in reversed(bodies) for heir in body.heirs}.values()
    )
    return Match(None, "none", tuple(one.unit_id for one in why), why)


def _government_of(name: str, directory: Directory) -> int | None:
    """临江县 for 临江县人民政府 or 临江县政府 and the other way round: a county is its government."""
    bare = re.sub(r"(人民政府|政府|管理委员会|管委会)$", "", name)
    for candidate in (bare, f"{bare}人民政府", f"{bare}政府", f"{bare}管理委员会", f"{bare}管委会"):
        found = directory.by_name.get(candidate) or directory.by_alias.get(candidate) or []
        if len(found) == 1 and directory.entries[found[0]].kind in {"prefecture", "county", "zone", "town", "city"}:
            return found[0]
    return None


def ranked(text: str, directory: Directory, *, limit: int = SUGGESTIONS) -> tuple[Why, ...]:
    """Units that may be meant, best first, each with what speaks for it: the level's prefix filled in, the same family,
    all characters in order, then likeness."""
    name, likely = normal(text), directory.likely
    found: dict[int, tuple[float, Why]] = {}
    for known, score, reason in (*_alike_in_kind(name, likely), *_alike_in_letters(name, likely, limit)):
        for number in likely.names[known]:
            if number not in found or found[number][0] < score:
                found[number] = (score, Why(number, reason, known, int(score)))
    best = sorted(found.values(), key=lambda one: (-one[0], one[1].unit_id))
    return tuple(why for _, why in best[:limit])


def _alike_in_kind(name: str, likely: _Likely) -> Iterator[tuple[str, float, str]]:
    """Names of the directory that mean the same by what bodies are usually called: (name, score, reason)."""
    for known in likely.by_bare.get(bare(name, likely.prefixes), ()):
        yield known, 110.0, "prefix"
    stem = family_stem(name)
    if stem is None:
        return
    for known in likely.by_stem.get(stem, ()):
        yield known, 100.0, "family"
    if not stem[0] and likely.prefixes:  # 发改委 without a level: that of the level's own body
        for known in likely.by_stem.get((likely.prefixes[-1], stem[1]), ()):
            yield known, 99.0, "family"


def _alike_in_letters(name: str, likely: _Likely, limit: int) -> Iterator[tuple[str, float, str]]:
    for known in likely.by_ends.get(name[:1] + name[-1:], ()):
        if in_order(name, known) or in_order(known, name):
            yield known, 90.0, "in_order"
    rest = bare(name, likely.prefixes)
    for known in likely.by_bare_ends.get(rest[:1] + rest[-1:], ()):
        whole = bare(known, likely.prefixes)
        if in_order(rest, whole) or in_order(whole, rest):
            yield known, 89.0, "in_order"
    for known, likeness, _ in process.extract(name, likely.listed, scorer=fuzz.ratio, limit=limit, score_cutoff=ENOUGH):
        yield known, min(float(likeness), 88.0), "likeness"


def in_order(short: str, long: str) -> bool:
    """Whether all characters of the shorter stand in the longer, in order: 人社局 in 人力资源和社会保障局."""
    if not 3 <= len(short) < len(long) or short[0] != long[0] or short[-1] != long[-1]:
        return False
    rest = iter(long)
    return all(character in rest for character in short)
