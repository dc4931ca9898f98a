"""Rows of lines that lack the cells merged with those above: what is left moved to the left, perhaps filled up at the end."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from imports.document import Area, Table
from imports.phrases.chars import fold
from imports.phrases.numbering import read_label
from imports.recognise.columns import Column, column_of
from imports.recognise.dealing import place, with_requirement
from imports.recognise.front import is_closing
from imports.recognise.kinds import Kind, kind_of, misfit

_LEAST_GAIN = 2.0
"""By how much cells moved to the right must fit their columns better than where they stand."""
_LINE = "line "
_ABOUT = re.compile(r"\s*(?:以上|上述|本表|此表|请各|[(]?(?:注|备注|说明))")
"""How a sentence begins that tells of the table."""


def moved_back(table: Table) -> Table:
    """A table of lines, with the cells of each row where they belong; any other as it is: it tells what is merged."""
    if table.merges or not all(label.startswith(_LINE) for label in table.row_labels):
        return table
    if all(cells[-1] for cells in table.grid):
        return table
    grid, merges = placed(table.grid, len(table.grid[0]))
    return replace(table, grid=grid, merges=merges)


def placed(rows: Sequence[list[str]], width: int) -> tuple[list[list[str]], list[Area]]:
    """All rows in full width. A row that lacks cells, as merged ones vanish, is dealt out to the columns of the header above
    it; one that was filled up at its end is moved to where its cells belong. A single cell stays at the left: it heads what
    follows, unless it is a sentence or goes on counting what is asked for."""
    full = [cells for cells in rows if len(cells) == width and all(cells)]
    header: list[Column] = []
    placed: list[list[str]] = []
    merges: list[Area] = []
    for cells in rows:
        filled = _without_blank_end(cells)
        line = [*cells, *[""] * (width - len(cells))]
        meanings = _meanings(filled, full)
        if len(meanings) > 1:
            columns = with_requirement(meanings)
            at = _widened(columns, full, width) if len(filled) < width else None
            if at is not None:
                extra = width - len(filled)
                columns[at:at] = [Column.LEVEL] * extra
                line = [*filled[: at + 1], *[""] * extra, *filled[at + 1 :]]
                merges.append(Area(len(placed), at, len(placed), at + extra))
            header = columns if len(columns) == width else header
        elif header and 1 < len(filled) < width and (all(filled) or len(cells) < width):
            said = [cell for cell in filled if cell]  # a blank one among them stands where nobody is named
            columns_of = place(said, header)
            if len(cells) == width and not _gains(columns_of, filled, header):
                columns_of = list(range(len(filled)))
            line = [""] * width
            for cell, column in zip(said, columns_of, strict=True):
                line[column] = cell
        elif len(filled) == 1 and Column.REQUIREMENT in header and placed:
            asked = header.index(Column.REQUIREMENT)
            if _asks(filled[0]) or _follows(placed[-1][asked], filled[0]):
                line = [""] * width
                line[asked] = filled[0]
        placed.append(line)
    return placed, merges


def _asks(cell: str) -> bool:
    """Is a cell a sentence that asks for something, rather than a heading or a word about the table?"""
    return kind_of(cell) is Kind.SENTENCE and not (is_closing(cell) or _ABOUT.match(fold(cell)))


def _follows(above: str, cell: str) -> bool:
    """Is a cell the next point after the one above (`2.…` after `1.…`), rather than a heading of its own?"""
    before, label = read_label(above), read_label(cell)
    return before is not None and label is not None and (before.form, before.value + 1) == (label.form, label.value)


def _widened(columns: Sequence[Column], full: Sequence[Sequence[str]], width: int) -> int | None:
    """The heading column that a header with fewer words than the rows have cells stands over with several, where those fit."""
    if Column.LEVEL not in columns or not full:
        return None
    at = columns.index(Column.LEVEL)
    extra = width - len(columns)
    wide = [*columns[:at], *[Column.LEVEL] * extra, *columns[at:]]
    narrow = [*columns, *[Column.REMARK] * extra]
    return at if sum(_misfit(wide, cells) for cells in full) < sum(_misfit(narrow, cells) for cells in full) else None


def _meanings(cells: Sequence[str], full: Sequence[Sequence[str]]) -> list[Column]:
    """What the columns of a header hold: a blank cell between its words stands over numbers or inner headings. None where a
    word is not known, or the first cell is blank."""
    columns: list[Column] = []
    for at, cell in enumerate(cells):
        column = column_of(cell)
        if not cell and at:
            numbered = full and all(kind_of(row[at]) is Kind.INTEGER for row in full)
            column = Column.NUMBER if numbered else Column.LEVEL
        if column is None:
            return []
        columns.append(column)
    return columns


def _gains(columns_of: Sequence[int], filled: Sequence[str], header: Sequence[Column]) -> bool:
    """Do the cells of a row that was filled up at its end fit other columns better than those where they stand?"""
    moved = [header[column] for column in columns_of]
    return _misfit(moved, filled) + _LEAST_GAIN < _misfit(header, filled)


def _misfit(columns: Sequence[Column], cells: Sequence[str]) -> float:
    return sum(misfit(column, cell) for column, cell in zip(columns, cells, strict=False))


def _without_blank_end(cells: Sequence[str]) -> list[str]:
    filled = list(cells)
    while filled and not filled[-1]:
        filled.pop()
    return filled
