"""Rows parted by tabs whose cells hold line breaks and stand in no quotes, as a word processor's table is saved as text: told by
the numbers that the rows begin with, one after the other from 1 on."""

from __future__ import annotations

import re
from collections.abc import Sequence

from imports.readers import limits
from imports.readers.records import Record

_LEAST_CELLS = 3
_LEAST_ROWS = 2
_MOST_BEHIND = 3
"""Lines of the last cell below its first one."""
_SECTION = re.compile(r"[（(]?[一二三四五六七八九十]{1,3}[）)、.]\S")


def broken_rows(lines: Sequence[str], at: int) -> list[Record]:
    """The rows of the table that begins with a header on this line; none where no cell is broken, or where a row is not whole."""
    width = lines[at].count("\t") + 1
    if width < _LEAST_CELLS or at + 1 >= len(lines) or not _begins(lines, at + 1, 1) or '"' in lines[at + 1]:
        return []
    rows = [Record(at + 1, _cells(lines[at]), 1, stray_quote=False)]
    number, place, broken = 1, at + 1, False
    while place < len(lines):
        if not _begins(lines, place, number):
            if not (
                _SECTION.match(lines[place]) and "\t" not in lines[place].strip() and _begins(lines, place + 1, number)
            ):
                break
            rows.append(Record(place + 1, [lines[place].strip(), *[""] * (width - 1)], 1, stray_quote=False))
            place += 1
            continue
        row = _row(lines, place, number, width)
        if row is None:
            return []
        rows.append(row)
        broken = broken or row.lines > 1
        place, number = place + row.lines, number + 1
    return rows if broken and number > _LEAST_ROWS else []


def _cells(line: str) -> list[str]:
    return line.rstrip("\r\n").split("\t")


def _begins(lines: Sequence[str], at: int, number: int) -> bool:
    return at < len(lines) and re.match(rf"[ \u3000]*{number}[、.．]?[ \u3000]*\t", lines[at]) is not None


def _row(lines: Sequence[str], at: int, number: int, width: int) -> Record | None:
    """A row from its number to its last cell; None where the lines before the next number have too few cells, or too many."""
    fields, used = _cells(lines[at]), 1
    while len(fields) < width and used < limits.MAX_PASTED_CELL_LINES:
        if at + used >= len(lines) or not lines[at + used].strip() or _begins(lines, at + used, number + 1):
            return None
        first, *others = _cells(lines[at + used])
        fields = [*fields[:-1], f"{fields[-1]}\n{first}", *others]
        used += 1
    if len(fields) != width:
        return None
    behind = next((more for more in range(1, _MOST_BEHIND + 1) if _begins(lines, at + used + more, number + 1)), 0)
    below = [lines[at + used + more].strip() for more in range(behind)]
    if behind and all(below) and not any("\t" in line or _SECTION.match(line) for line in below):
        fields[-1] = "\n".join([fields[-1], *below])
        used += behind
    return Record(at + 1, fields, used, stray_quote=False)
