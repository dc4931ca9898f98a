"""A wide table that was cut down its middle: one half says what, the other who and when, and the numbers of the rows stand in
both. The halves are one table again."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from imports.document import Area, Block, Paragraph, Table
from imports.phrases.chars import fold, squeeze
from imports.recognise.columns import UNIT_ROLES, Column, column_of

_GOES_ON = re.compile(r"\(?(?:续表?|接上表|续上表|表\d?续)\)?\d?")
_SEARCHED = 4
_SAYS_WHAT = {Column.REQUIREMENT, Column.LEVEL, Column.NAME, Column.GOAL}
_LEAST_ROWS = 2


@dataclass(slots=True)
class _Half:
    table: Table
    top: int
    columns: list[Column | None]
    rows: dict[str, int]
    """The row of each number."""

    @property
    def says_who(self) -> bool:
        return any(column in UNIT_ROLES for column in self.columns)

    @property
    def says_what(self) -> bool:
        return any(column in _SAYS_WHAT for column in self.columns)


def with_halves(blocks: Sequence[Block]) -> list[Block]:
    """The blocks with every two such halves as one table in the place of the first; what stands between them stays."""
    found: list[Block] = []
    first: tuple[int, _Half] | None = None
    for block in blocks:
        if isinstance(block, Paragraph):
            if block.text.strip() and not _GOES_ON.fullmatch(squeeze(fold(block.text))):
                first = None
            found.append(block)
            continue
        half = _half(block)
        if first is not None and half is not None and _fit(first[1], half):
            found[first[0]] = _joined(first[1], half)
            first = None
            continue
        found.append(block)
        first = (len(found) - 1, half) if half is not None and half.says_what else None
    return found


def _half(table: Table) -> _Half | None:
    """A table under one header of which all words are known, its rows told apart by a number each."""
    if table.hidden or table.hidden_rows:
        return None
    for top, cells in enumerate(table.grid[:_SEARCHED]):
        columns = [column_of(cell) if cell.strip() else None for cell in cells]
        if Column.NUMBER not in columns or any(
            cell.strip() and not column for cell, column in zip(cells, columns, strict=True)
        ):
            continue
        half = _Half(table, top, columns, {})
        if half.says_who == half.says_what:
            return None
        number = columns.index(Column.NUMBER)
        printed = [(squeeze(line[number]), row) for row, line in enumerate(table.grid) if row > top]
        rows = {text: row for text, row in printed if text.isdecimal()}
        whole = len(rows) >= _LEAST_ROWS and len(rows) == sum(text.isdecimal() for text, _ in printed)
        return replace(half, rows=rows) if whole else None
    return None


def _fit(first: _Half, second: _Half) -> bool:
    return second.says_who and first.rows.keys() == second.rows.keys()


def _joined(first: _Half, second: _Half) -> Table:
    """The first half with the columns of the second beside it, row by row; its title rows and sections keep to themselves."""
    one, other = first.table, second.table
    width = len(one.grid[0])
    beside = {first.top: second.top, **{row: second.rows[number] for number, row in first.rows.items()}}
    added = [column for column, what in enumerate(second.columns) if what is not Column.NUMBER]
    whole = Table(one.locator, [], list(one.row_labels), cell_labels={}, merges=list(one.merges), caption=one.caption)
    cited = whole.cell_labels = {
        (row, column): one.cite(row, column) for row in range(len(one.grid)) for column in range(width)
    }
    for row, cells in enumerate(one.grid):
        source = beside.get(row)
        whole.grid.append([*cells, *(other.grid[source][column] if source is not None else "" for column in added)])
        if source is not None:
            cited.update({(row, width + at): other.cite(source, column) for at, column in enumerate(added)})
    back = {source: row for row, source in beside.items()}
    for area in other.merges:
        top, bottom = back.get(area.top), back.get(area.bottom)
        if area.left == area.right and area.left in added and top is not None and bottom is not None and top < bottom:
            at = width + added.index(area.left)
            whole.merges.append(Area(top, at, bottom, at))
    return whole
