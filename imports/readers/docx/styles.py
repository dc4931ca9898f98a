"""Paragraph styles (段落样式), as far as a reader needs them: outline level, numbering, table of contents."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from lxml import etree

from imports.readers.docx.tags import PROPERTIES, VALUE, W, is_on, number_of

_HEADING_NAME = re.compile(r"(?:heading|标题)\s*([1-9])$", re.IGNORECASE)
_CONTENTS_NAME = re.compile(r"(?:toc|目录)\s*[1-9]$", re.IGNORECASE)
_BODY_LEVEL = 9
_MAX_CHAIN = 20


@dataclass(frozen=True, slots=True)
class Style:
    name: str = ""
    based_on: str | None = None
    outline: int | None = None
    """0-based; 9 is body text."""
    number: int | None = None
    level: int | None = None
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a style means once its ancestors are asked, too."""

    heading: int | None = None
    """1 is the outermost."""
    contents: bool = False
    number: int | None = None
    level: int | None = None
    hidden: bool = False


@dataclass(slots=True)
class Styles:
    by_identifier: dict[str, Style]
    _known: dict[str, Meaning] = field(default_factory=dict)

    def meaning(self, identifier: str | None) -> Meaning:
        if identifier is None:
            return _PLAIN
        known = self._known.get(identifier)
        if known is None:
            known = self._known[identifier] = self._resolved(identifier)
        return known

    def _resolved(self, identifier: str) -> Meaning:
        chain: list[Style] = []
        current: str | None = identifier
        while current is not None and current in self.by_identifier and len(chain) < _MAX_CHAIN:
            chain.append(self.by_identifier[current])
            current = chain[-1].based_on
        outline = _first(chain, lambda style: style.outline)
        heading = _named_level(chain) if outline is None else _heading(outline)
        return Meaning(
            heading=heading,
            contents=any(_CONTENTS_NAME.match(style.name) for style in chain),
            number=_first(chain, lambda style: style.number),
            level=_first(chain, lambda style: style.level),
            hidden=any(style.hidden for style in chain),
        )


_PLAIN = Meaning()


def _first(chain: list[Style], value: Callable[[Style], int | None]) -> int | None:
    return next((found for found in map(value, chain) if found is not None), None)


def _heading(outline: int) -> int | None:
    return outline + 1 if outline < _BODY_LEVEL else None


def _named_level(chain: list[Style]) -> int | None:
    for style in chain:
        match = _HEADING_NAME.match(style.name)
        if match:
            return int(match.group(1))
    return None


def read_styles(root: etree._Element | None) -> Styles:
    styles: dict[str, Style] = {}
    for item in root.iterchildren(f"{W}style") if root is not None else ():
        if item.get(f"{W}type") not in (None, "paragraph"):
            continue
        name, based_on = item.find(f"{W}name"), item.find(f"{W}basedOn")
        properties = item.find(PROPERTIES)
        numbering = properties.find(f"{W}numPr") if properties is not None else None
        styles[item.get(f"{W}styleId") or ""] = Style(
            name=(name.get(VALUE) or "") if name is not None else "",
            based_on=based_on.get(VALUE) if based_on is not None else None,
            outline=number_of(properties.find(f"{W}outlineLvl")) if properties is not None else None,
            number=number_of(numbering.find(f"{W}numId")) if numbering is not None else None,
            level=number_of(numbering.find(f"{W}ilvl")) if numbering is not None else None,
            hidden=is_on(item.find(f"{W}rPr/{W}vanish")),
        )
    return Styles(styles)
