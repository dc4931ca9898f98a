"""Tables side by side on one sheet, told by a header that begins again: each is read by itself, under the sections of all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from imports.document import Area, Table
from imports.phrases.chars import squeeze
from imports.phrases.numbering import read_label
from imports.recognise.columns import UNIT_ROLES, Column, column_of
from imports.recognise.signs import is_total
from imports.recognise.tables.special import is_note

_SEARCHED_ROWS = 10
_LEAST_COLUMNS = 2
_LONGEST_SECTION = 40
_TASK = {Column.LEVEL, Column.NAME, Column.GOAL}
_SECTION_FORMS = {"cn", "cn-bracket", "chapter"}


def parted(table: Table) -> list[Table]:
    """The tables from left to right; the table itself where it is one."""
    for row, cells in enumerate(table.grid[:_SEARCHED_ROWS]):
        starts = _starts(cells) or _apart(table, row)
        if starts is not None:
            ends = [*starts[1:], len(cells)]
            over = _sections_over_all(table, row, starts)
            return [
                _columns(table, start if start != starts[0] else 0, end, over)
                for start, end in zip(starts, ends, strict=True)
            ]
    return [table]


def _starts(cells: Sequence[str]) -> list[int] | None:
    """The first column of each part, where a row of header words is one sequence of them, again and again: the same words,
    or behind a blank column words for the same things."""
    filled = [column for column, cell in enumerate(cells) if cell and not cell.isspace()]
    if len(filled) < 2 * _LEAST_COLUMNS:
        return None
    words = [squeeze(cells[column]) for column in filled]
    meanings = [column_of(word) for word in words]
    if None in meanings:
        return None
    length = words.index(words[0], 1) if words.count(words[0]) > 1 else 0
    if length >= _LEAST_COLUMNS and words == words[:length] * (len(words) // length):
        return filled[::length]
    gap = next((place for place in range(1, len(filled)) if filled[place] > filled[place - 1] + 1), 0)
    things = [Column.REQUIREMENT if meaning in _TASK else meaning for meaning in meanings]
    asks = Column.REQUIREMENT in things[:gap] and bool(set(things[:gap]) & set(UNIT_ROLES))
    return [filled[0], filled[gap]] if asks and things == things[:gap] * 2 else None


def _apart(table: Table, row: int) -> list[int] | None:
    """The first column of each part, where blank columns stand between parts that each say what is to be done and by whom:
    `任务 | 责任单位 |  | 任务 | 责任单位 | 时限`."""
    cells = table.grid[row]
    filled = [column for column, cell in enumerate(cells) if cell and not cell.isspace()]
    starts = [column for place, column in enumerate(filled) if place == 0 or column > filled[place - 1] + 1]
    if len(starts) < 2 or any(line[start - 1].strip() for line in table.grid[row:] for start in starts[1:]):
        return None
    for start, end in zip(starts, [*starts[1:], len(cells)], strict=True):
        meanings = {column_of(cell) for cell in map(squeeze, cells[start:end]) if cell}
        if None in meanings or not meanings & {*_TASK, Column.REQUIREMENT} or not meanings & set(UNIT_ROLES):
            return None
    return starts


def _sections_over_all(table: Table, header: int, starts: Sequence[int]) -> dict[int, str]:
    """Rows under the header whose only text heads all parts: it is merged over them, or numbered as a section is."""
    titles = {squeeze(cell) for cells in table.grid[:header] for cell in cells}
    reaching = {area.top for area in table.merges if area.left < starts[1] <= area.right}
    found: dict[int, str] = {}
    for row in range(header + 1, len(table.grid)):
        pieces = table.pieces(row)
        column, text = next(((column, text) for column, (_, text) in pieces.items()), (0, ""))
        if len(pieces) != 1 or column >= starts[1] or len(text) > _LONGEST_SECTION or squeeze(text) in titles:
            continue
        label = read_label(text)
        numbered = label is not None and label.form in _SECTION_FORMS
        if (numbered or row in reaching) and not is_note(text) and not is_total(text):
            found[row] = text
    return found


def _columns(table: Table, start: int, end: int, over: dict[int, str]) -> Table:
    """A part; the sections over all parts stand in each of them, cited where they are printed."""
    labels = table.column_labels
    cited = {(row, at - start): place for (row, at), place in (table.cell_labels or {}).items() if start <= at < end}
    grid = [cells[start:end] for cells in table.grid]
    for row, text in over.items() if start else ():
        grid[row][0] = text
        cited[row, 0] = table.cite(row, next(iter(table.pieces(row))))
    return replace(
        table,
        grid=grid,
        column_labels=labels and labels[start:end],
        cell_labels=cited if cited or table.cell_labels is not None else None,
        merges=[
            Area(area.top, area.left - start, area.bottom, min(area.right, end - 1) - start)
            for area in table.merges
            if start <= area.left < end
        ],
        hidden_columns=frozenset(column - start for column in table.hidden_columns if start <= column < end),
        caption=table.caption if start == 0 else "",
    )
