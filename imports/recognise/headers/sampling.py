"""A header with the columns under it, and what samples of their cells look like."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from imports.document import Table
from imports.phrases.chars import squeeze
from imports.recognise.columns import UNIT_ROLES, Column
from imports.recognise.kinds import Kind, kind_of, misfit
from imports.recognise.signs import is_total

SAMPLE = 60
_CODE = re.compile(
    r"[A-Za-z]{1,4}[-—]?\d{1,4}|(?:问题|事项|任务|项目|措施)(?:\d{1,4}|[一二三四五六七八九十]{1,3})[:：]?"
)
_WORDS = re.compile("[\u4e00-\u9fffA-Za-z]{2}")


@dataclass(slots=True)
class Header:
    top: int
    bottom: int
    """First and last header row."""
    columns: list[Column | None]
    """For each column of the grid what it holds."""
    names: list[str]
    """For each column the header text over it, as printed."""
    words: frozenset[str] = field(default_factory=frozenset)
    """All header texts without blanks: a row of these again is the header repeated on the next page."""
    end: int = 0
    """The first row that is not this header's any more."""

    @property
    def says_who_or_when(self) -> bool:
        return any(
            column in UNIT_ROLES or column in {Column.DEADLINE, Column.MARK, Column.SHARE} for column in self.columns
        )


def sampled(table: Table, header: Header, column: int) -> list[str]:
    """The first cells of a column; rows of one cell alone (sections, notes), of sums, and the header printed again tell nothing
    of it."""
    found: list[str] = []
    for row in range(header.bottom + 1, header.end):
        cell = table.grid[row][column]
        if (
            cell
            and not cell.isspace()
            and sum(map(bool, table.grid[row])) > 1
            and not _is_aside(table.grid[row], header)
        ):
            found.append(cell)
            if len(found) >= SAMPLE:
                break
    return found


def _is_aside(cells: Sequence[str], header: Header) -> bool:
    first = next(cell for cell in cells if cell and not cell.isspace())
    return is_total(first) or (
        squeeze(first) in header.words and all(squeeze(cell) in header.words for cell in cells if cell.strip())
    )


def integers(cells: Sequence[str]) -> bool:
    return bool(cells) and sum(kind_of(cell) is Kind.INTEGER for cell in cells) >= 0.8 * len(cells)


def codes(cells: Sequence[str]) -> bool:
    """Numbers with letters or a word before them (`A-1`, `XM001`, `问题1`), each of them once."""
    return len(set(cells)) == len(cells) > 0 and all(map(_CODE.fullmatch, map(str.strip, cells)))


def says_something(cells: Sequence[str]) -> bool:
    """Words rather than numbers, figures or telephone numbers."""
    return bool(cells) and sum(map(bool, map(_WORDS.search, cells))) >= 0.5 * len(cells)


def average(column: Column, cells: Sequence[str]) -> float:
    return sum(misfit(column, cell) for cell in cells) / len(cells) if cells else 0.0


def in_every_row(table: Table, header: Header, column: int) -> bool:
    """Has each row a cell of its own here? Cells that stand for several rows are headings, whatever their words."""
    rows = table.grid[header.bottom + 1 : header.end][:SAMPLE]
    filled = [cells for cells in rows if sum(map(bool, cells)) > 1]
    return sum(bool(cells[column].strip()) for cells in filled) > 0.8 * len(filled)


def groups_rows(table: Table, header: Header, column: int) -> bool:
    """Do its cells stand for several rows each, merged or said again?"""
    cells = sampled(table, header, column)
    return len(set(cells)) < len(cells) or not in_every_row(table, header, column)
