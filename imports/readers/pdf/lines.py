"""Lines of a page of a PDF, and the paragraphs that they are of."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from imports.readers.spaced import half_widths

LABEL = re.compile(
    r"[（(〔\[]?[一二三四五六七八九十百\d]{1,4}[、.．)）〕\]]|第[一二三四五六七八九十百\d]{1,4}[章节条]|[①-⑳]"
)
"""What an item begins with."""
FINISHED = "。；;！!？?"
_SAYS_WHAT = re.compile(r"[\u4e00-\u9fff]{2,6}[：:]")
_PAGE_NUMBER = re.compile(r"[-—–－·\s]*(?:第\s*)?\d{1,4}(?:\s*页)?(?:\s*[/／共]\s*\d{1,4}\s*页?)?[-—–－·\s]*")
_GAP = 1.5
"""Half widths between two characters that stand in two columns."""
_WORD_GAP = 0.3
"""And between two Latin words."""
_ROOM = 2
"""Characters for which a full line may have had room: one that may not begin a line takes the one before it along."""
_OPENING = "（(“‘《〈【〔［"
"""Signs that may not end a line, so that what begins with one left room for one character more."""
_FULL = 3
"""So many lines that end at the same place end at the margin."""
_EDGE = 0.1
"""The share of a page's height at its top and bottom where a bare number is a page number."""


@dataclass(slots=True)
class Line:
    text: str
    left: float
    right: float
    top: float
    bottom: float
    page: float
    """Width of its page (points)."""
    noise: bool = False
    spaced: str = ""
    """The text with every part behind a wide gap at its place across the page, counted in half widths."""


def line_of(item: dict[str, Any], page: Any) -> Line:
    text = str(item["text"])
    at_edge = item["bottom"] < _EDGE * page.height or item["top"] > (1 - _EDGE) * page.height
    noise = at_edge and _PAGE_NUMBER.fullmatch(text) is not None
    spaced = _spaced(item["chars"])
    return Line(text, item["x0"], item["x1"], item["top"], item["bottom"], float(page.width), noise, spaced)


def _spaced(signs: Sequence[dict[str, Any]]) -> str:
    text, right = "", None
    for sign in signs:
        if sign["text"].isspace():
            continue
        half = sign["size"] / 2 or 1.0
        if right is None:
            text = " " * round(sign["x0"] / half)
        elif sign["x0"] - right > _GAP * half:
            text += " " * max(2, round(sign["x0"] / half) - half_widths(text))
        elif sign["x0"] - right > _WORD_GAP * half and sign["text"].isascii() and text[-1].isascii():
            text += " "
        text, right = text + sign["text"], sign["x1"]
    return text


def margins(lines: Sequence[Line]) -> tuple[float, float]:
    """Where full lines begin and end. Where few reach as far as the longest, the margins are taken to be equally wide: a
    letter of short lines has none that is full."""
    if not lines:
        return 0.0, 0.0
    left, right = min(line.left for line in lines), max(line.right for line in lines)
    full = sum(line.right > right - (line.bottom - line.top) for line in lines)
    return left, right if full >= _FULL else max(right, max(line.page for line in lines) - left)


def paragraphs(lines: Sequence[Line], left: float, right: float) -> Iterator[tuple[str, bool]]:
    """Lines that fill the width go on in the next, unless that one is indented or begins with a number or a label."""
    current, before = "", None
    for line in lines:
        if line.noise:
            yield line.text, True
            continue
        height = line.bottom - line.top
        goes_on = (
            before is not None
            and before.right > right - (_ROOM + (line.text[0] in _OPENING)) * height
            and line.left < left + 1.5 * height
            and LABEL.match(line.text) is None
            and not (current[-1] in FINISHED and _SAYS_WHAT.match(line.text))
        )
        if goes_on:
            current += line.text
        else:
            if current:
                yield current, False
            current = line.text
        before = line
    if current:
        yield current, False
