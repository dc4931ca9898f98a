"""Tables set in columns by blanks alone, whose cells go on over several lines (`1   燃气安全   对餐饮场所开展` / `排查。`).

Told by their geometry: a line of short words, and under it lines whose parts begin at the same places across the page, the
rows among them numbered from 1 on. A table of which every row is one line is left to recognition, that knows the words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple
from unicodedata import east_asian_width

_GAP = re.compile(r"[ \u3000\xa0]{2,}")
_BLANKS = " \u3000\xa0"
_NUMBER = re.compile(r"(\d{1,3})[.、]?")
_SECTION = re.compile(r"[（(]?[一二三四五六七八九十]{1,3}[）)、.]\s*\S.{1,40}")
_POINT = re.compile(r"[（(]?[\d一二三四五六七八九十a-z]{1,3}[）)、.．]|[①-⑳]|[*•·—-]")
_LEAST_COLUMNS = 3
_LEAST_ROWS = 2
_LONGEST_WORD = 10
_SEARCHED = 8
"""Lines below a header among which the number 1 stands."""
_MOST_TRIES = 3
_TALLEST = 3
"""Lines of a header whose words are broken."""
_NO_WORD = re.compile(r"[\d。；：:，、]")
_NEAR = 2
"""Half widths within which two parts begin at one place."""
_NEAR_WORD = 4
"""A word of the header may stand in the middle over its column."""
_NAME_ENDS = re.compile(r"(?:局|委|办|厅|部|院|室|中心|政府|会|公司|队|[、，,；;。])$")
_NAME_BEGINS = re.compile(r"[省市县区州各]")


class Part(NamedTuple):
    start: int
    """In half widths from the left edge."""
    text: str


@dataclass(slots=True)
class SpacedRow:
    line: int
    """The position of its first line."""
    cells: list[str]
    lines: int = 1


@dataclass(slots=True)
class _Row:
    line: int
    parts: list[list[Part]]
    last: int = field(default=0)


class SpacedReader:
    """Looks for such tables in lines, one after the other; gives up on a block of lines after a few tries."""

    def __init__(self, lines: Sequence[str]) -> None:
        self._lines = lines
        self._tries, self._end = 0, 0

    def rows_at(self, at: int) -> list[SpacedRow]:
        """The rows of the table that begins on a line, the header first; none where none begins, or where no cell goes on."""
        tall = _tall_head(self._lines, at)
        head, height = tall or (_head(self._lines, at), 1)
        if at >= self._end:
            self._tries = 0
        if not head or self._tries >= _MOST_TRIES:
            return []
        body = _body(self._lines, at + height)
        self._tries += 1
        self._end = max(self._end, body[-1][0] if body else at)
        return _table(at, head, body, height)


def half_widths(text: str) -> int:
    return sum(2 if east_asian_width(char) in "WF" else 1 for char in text)


def parts_of(line: str) -> list[Part]:
    """The parts of a line between gaps of two blanks and more."""
    found: list[Part] = []
    at = 0
    for gap in [*_GAP.finditer(line), None]:
        text = line[at : gap.start() if gap else len(line)]
        if text.strip(_BLANKS):
            found.append(Part(half_widths(line[:at]), text.strip(_BLANKS)))
        at = gap.end() if gap else at
    return found


def _head(lines: Sequence[str], at: int) -> list[Part]:
    """The words of a header right over a number 1; none where a line is no such header."""
    line = lines[at]
    if "  " not in line and "\u3000\u3000" not in line:
        return []
    head = parts_of(line.rstrip("\r\n"))
    if len(head) < _LEAST_COLUMNS or any(len(part.text) > _LONGEST_WORD or part.text[-1] in "。；：:" for part in head):
        return []
    below = (part.text for line in lines[at + 1 : at + _SEARCHED] for part in parts_of(line.rstrip("\r\n")))
    return head if any((found := _NUMBER.fullmatch(text)) and found.group(1) == "1" for text in below) else []


def _tall_head(lines: Sequence[str], at: int) -> tuple[list[Part], int] | None:
    """A header whose narrow words are broken over two or three lines (`序` over `号`), put together, and its lines; None where
    the first line has all words already, or the number 1 does not follow."""
    found: list[Part] = []
    printed = 0
    for height in range(1, _TALLEST + 1):
        if at + height >= len(lines):
            return None
        parts = parts_of(lines[at + height - 1].rstrip("\r\n"))
        if not parts or any(len(part.text) > _LONGEST_WORD or _NO_WORD.search(part.text) for part in parts):
            return None
        printed = len(parts) if height == 1 else printed
        for part in parts:
            over = next((one for one in found if abs(one.start - part.start) <= _NEAR), None)
            if over is None:
                found.append(part)
            else:
                found[found.index(over)] = Part(over.start, over.text + part.text)
        below = parts_of(lines[at + height].rstrip("\r\n"))
        if below and (number := _NUMBER.fullmatch(below[0].text)) and number.group(1) == "1":
            broken = height > 1 and printed < len(found) >= _LEAST_COLUMNS
            return (sorted(found), height) if broken else None
    return None


def _table(at: int, head: Sequence[Part], body: Sequence[tuple[int, list[Part]]], height: int = 1) -> list[SpacedRow]:
    starts = _starts([part for _, parts in body for part in parts], head)
    number = _number_column(body, starts) if starts else None
    if number is None:
        return []
    rows = _rows(at, head, body, starts, number)
    rows[0].last = max(rows[0].last, at + height - 1)
    numbered = [row for row in rows if row.parts[number] and _NUMBER.fullmatch(row.parts[number][0].text)]
    if len(numbered) < _LEAST_ROWS or all(row.last == row.line for row in numbered):
        return []
    widths = [
        max((half_widths(part.text) for row in rows for part in row.parts[column]), default=0)
        for column in range(len(starts))
    ]
    if any(_begins_above(parts, width) for row in numbered for parts, width in zip(row.parts, widths, strict=True)):
        return []
    return [
        SpacedRow(
            row.line,
            [_joined(parts, width) for parts, width in zip(row.parts, widths, strict=True)],
            row.last - row.line + 1,
        )
        for row in rows
    ]


def _body(lines: Sequence[str], at: int) -> list[tuple[int, list[Part]]]:
    """The lines with parts below, up to two blank ones in a row."""
    found: list[tuple[int, list[Part]]] = []
    blank = 0
    for position in range(at, len(lines)):
        line = lines[position].rstrip("\r\n")
        parts = parts_of(line) if "\t" not in line and "|" not in line else []
        blank = 0 if parts else blank + 1
        if blank > 1:
            break
        if parts:
            found.append((position, parts))
    return found


def _starts(parts: Iterable[Part], head: Sequence[Part]) -> list[int]:
    """Where the columns begin: at the places where most parts do, as many as the header has words; else under these."""
    counted: dict[int, int] = {}
    for part in parts:
        counted[part.start] = counted.get(part.start, 0) + 1
    places: list[int] = []
    for start in sorted(counted, key=lambda start: (-counted[start], start)):
        if counted[start] > 1 and all(abs(start - place) > _NEAR for place in places) and len(places) < len(head):
            places.append(start)
    words = [part.start for part in head]
    if len(places) == len(words):
        return sorted(places)
    return words if all(any(abs(place - word) <= _NEAR_WORD for word in words) for place in places) else []


def _column(part: Part, starts: Sequence[int], near: int = _NEAR_WORD) -> int | None:
    column = min(range(len(starts)), key=lambda index: abs(starts[index] - part.start))
    return column if abs(starts[column] - part.start) <= near else None


def _number_column(body: Sequence[tuple[int, list[Part]]], starts: Sequence[int]) -> int | None:
    """The column of which the first whole numbers are 1 and 2."""
    for column in range(len(starts)):
        found = [part.text for _, parts in body for part in parts if _column(part, starts) == column]
        values = [found_.group(1) for text in found if (found_ := _NUMBER.fullmatch(text))]
        if values[:2] == ["1", "2"]:
            return column
    return None


def _rows(
    at: int, head: Sequence[Part], body: Sequence[tuple[int, list[Part]]], starts: Sequence[int], number: int
) -> list[_Row]:
    """The header and the rows, each from its number on; they end where a line has a part that begins at no column."""
    width = len(starts)
    rows = [_Row(at, [[part] for part in head], at)]
    for position, parts in body:
        placed = _placed(parts, starts)
        alone = len(parts) == 1 and _SECTION.fullmatch(parts[0].text) is not None
        again = len(parts) == len(head) and [part.text for part in parts] == [part.text for part in head]
        if again:
            placed = dict(enumerate(parts))
        if placed is None and not alone:
            break
        if alone:
            rows.append(_Row(position, [[parts[0]], *([] for _ in range(width - 1))], position))
            continue
        assert placed is not None
        own = placed.get(number)
        if again or (own is not None and _NUMBER.fullmatch(own.text)):
            rows.append(
                _Row(position, [[placed[column]] if column in placed else [] for column in range(width)], position)
            )
        elif own is not None or not _may_go_on(rows[-1], placed) or (len(rows) == 1 and _says_something(placed)):
            break
        else:
            for column, part in placed.items():
                rows[-1].parts[column].append(part)
            rows[-1].last = position
    return rows


def _says_something(placed: dict[int, Part]) -> bool:
    """Is a line over the first number more than the rest of the header's words?"""
    return any(len(part.text) > _LONGEST_WORD or part.text[-1] in "，。；、" for part in placed.values())


def _may_go_on(row: _Row, placed: dict[int, Part]) -> bool:
    """Is there a cell above for one part of the line at least?"""
    return any(row.parts[column] for column in placed)


def _placed(parts: Sequence[Part], starts: Sequence[int]) -> dict[int, Part] | None:
    """The parts of a line by column; None where one begins at no column, or two at one."""
    placed: dict[int, Part] = {}
    for part in parts:
        column = _column(part, starts)
        if column is None or column in placed:
            return None
        placed[column] = part
    return placed


def _begins_above(parts: Sequence[Part], width: int) -> bool:
    """Does another text follow in a cell on one that ended? Then the numbers stand in the middle of their rows, and nobody can
    tell where these begin."""
    return any(
        part.text[-1] in "。；;" and half_widths(part.text) < width - _NEAR and not _POINT.match(below.text)
        for part, below in pairwise(parts)
    )


def _joined(parts: Sequence[Part], width: int) -> str:
    """The lines of a cell as one text: a full line goes on in the next without a break, unless a name ends and one begins."""
    text = parts[0].text if parts else ""
    for part, below in pairwise(parts):
        full = half_widths(part.text) >= width - 1
        ends = _NAME_ENDS.search(part.text) is not None and _NAME_BEGINS.match(below.text) is not None
        latin = part.text[-1].isascii() and below.text[0].isascii()
        text += below.text if full and not ends and not latin else f"\n{below.text}"
    return text
