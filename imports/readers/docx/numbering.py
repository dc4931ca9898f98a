"""Automatic numbering (自动编号): the labels Word prints but does not store with the text."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from lxml import etree

from imports.readers.docx.tags import VALUE, W, is_on, number_of
from imports.readers.numerals import numeral

_PLACE = re.compile(r"%([1-9])")
_MAX_LEVELS = 9


@dataclass(frozen=True, slots=True)
class Level:
    start: int = 1
    form: str = "decimal"
    pattern: str = ""
    """`（%1）`: %n is the number of level n."""
    legal: bool = False
    """All numbers in plain digits, whatever their own level's format."""
    restarts: bool = True
    style: str | None = None
    """The paragraph style bound to this level."""


@dataclass(slots=True)
class _List:
    """One numbering instance: its levels, and the counters it shares with all instances of its definition."""

    levels: dict[int, Level]
    counters: dict[int, int]
    overrides: dict[int, int]
    """Levels that start anew when this instance is first used, with their start."""


@dataclass(slots=True)
class Numbering:
    """Counts on while paragraphs come in document order."""

    lists: dict[int, _List] = field(default_factory=dict)

    def label(self, number: int, level: int) -> str:
        """The label of the next paragraph at `level` (0-based) of list `number`; blank for bullets and unknown lists."""
        found = self.lists.get(number)
        if found is None or level not in found.levels:
            return ""
        definition = found.levels[level]
        counters = found.counters
        if level in found.overrides:
            counters[level] = found.overrides.pop(level)
        else:
            counters[level] = counters[level] + 1 if level in counters else definition.start
        for deeper in [deep for deep in counters if deep > level]:
            if deeper in found.levels and found.levels[deeper].restarts:
                del counters[deeper]
        return _PLACE.sub(lambda match: _figure(found, definition, int(match.group(1)) - 1), definition.pattern)

    def level_of_style(self, number: int, style: str) -> int:
        """The level that a paragraph style is bound to in list `number`, else the first."""
        found = self.lists.get(number)
        if found is not None:
            for level, definition in found.levels.items():
                if definition.style == style:
                    return level
        return 0


def _figure(found: _List, definition: Level, level: int) -> str:
    other = found.levels.get(level, Level())
    count = found.counters.get(level, other.start)
    return numeral(count, "decimal" if definition.legal and other.form not in ("bullet", "none") else other.form)


def read_numbering(root: etree._Element | None) -> Numbering:
    """The lists of `numbering.xml`; none where the document has no such part."""
    numbering = Numbering()
    if root is None:
        return numbering
    definitions: dict[int, dict[int, Level]] = {}
    links: dict[str, int] = {}
    borrowed: dict[int, str] = {}
    for item in root.iterchildren(f"{W}abstractNum"):
        identifier = number_of(item, f"{W}abstractNumId")
        if identifier is None:
            continue
        definitions[identifier] = _levels(item)
        named, borrows = item.find(f"{W}styleLink"), item.find(f"{W}numStyleLink")
        if named is not None:
            links[named.get(VALUE) or ""] = identifier
        if borrows is not None:
            borrowed[identifier] = borrows.get(VALUE) or ""
    counters: dict[int, dict[int, int]] = {}
    for item in root.iterchildren(f"{W}num"):
        identifier = number_of(item, f"{W}numId")
        abstract = number_of(item.find(f"{W}abstractNumId"))
        if identifier is None or abstract is None:
            continue
        abstract = links.get(borrowed.get(abstract, ""), abstract)
        levels, overrides = _overridden(item, definitions.get(abstract, {}))
        numbering.lists[identifier] = _List(levels, counters.setdefault(abstract, {}), overrides)
    return numbering


def _levels(item: etree._Element) -> dict[int, Level]:
    levels = {}
    for entry in item.iterchildren(f"{W}lvl"):
        level = number_of(entry, f"{W}ilvl")
        if level is not None and level < _MAX_LEVELS:
            levels[level] = _level(entry)
    return levels


def _level(entry: etree._Element) -> Level:
    start = number_of(entry.find(f"{W}start"))
    form = entry.find(f"{W}numFmt")
    pattern = entry.find(f"{W}lvlText")
    style = entry.find(f"{W}pStyle")
    return Level(
        start=1 if start is None else start,
        form=(form.get(VALUE) or "decimal") if form is not None else "decimal",
        pattern=(pattern.get(VALUE) or "") if pattern is not None and _numbered(form) else "",
        legal=is_on(entry.find(f"{W}isLgl")),
        restarts=number_of(entry.find(f"{W}lvlRestart")) != 0,
        style=style.get(VALUE) if style is not None else None,
    )


def _numbered(form: etree._Element | None) -> bool:
    return form is None or form.get(VALUE) != "bullet"


def _overridden(item: etree._Element, levels: dict[int, Level]) -> tuple[dict[int, Level], dict[int, int]]:
    own, overrides = dict(levels), {}
    for entry in item.iterchildren(f"{W}lvlOverride"):
        level = number_of(entry, f"{W}ilvl")
        if level is None:
            continue
        replaced = entry.find(f"{W}lvl")
        if replaced is not None:
            own[level] = _level(replaced)
        start = number_of(entry.find(f"{W}startOverride"))
        if start is not None:
            overrides[level] = start
    return own, overrides
