"""Finding a table's header row or rows, printed or guessed."""

from __future__ import annotations

from collections.abc import Sequence

from imports.document import Table
from imports.phrases.chars import squeeze
from imports.recognise.columns import UNIT_ROLES, Column, Kind, column_of, kind_of
from imports.recognise.headers.meaning import (
    SHORTEST_REQUIREMENT,
    TASK_COLUMNS,
    Header,
    average,
    find_meaning,
    integers,
    sampled,
    says_something,
)
from imports.recognise.headers.tiers import column_or_stage, is_lower_tier, names_of_columns

_SEARCHED_ROWS = 40
_LONGEST_WORD = 12


def find_header(table: Table, start: int = 0) -> Header | None:
    """The first header at or below a row, one column of it the requirement; None where there is none."""
    for row in range(start, min(len(table.grid), start + _SEARCHED_ROWS)):
        if not _is_header_row(table.grid[row]):
            continue
        bottom = row
        while bottom + 1 < len(table.grid) and bottom - row < 2 and is_lower_tier(table, row, bottom + 1):
            bottom += 1
        for last in range(bottom, row - 1, -1):
            header = _read(table, row, last)
            if Column.REQUIREMENT in header.columns:
                return header
    return None


def _is_header_row(cells: Sequence[str]) -> bool:
    filled = [cell for cell in cells if cell and not cell.isspace()]
    if len(filled) < 2 or len(filled) > 40:
        return False
    found = [column_or_stage(cell) for cell in filled]
    known = [column for column in found if column is not None]
    certain = Column.DEADLINE in known and any(column in UNIT_ROLES for column in known)
    return (
        len(known) >= 2
        and len(known) * 5 >= len(filled) * (2 if certain else 3)
        and (bool(TASK_COLUMNS & set(known)) or _says_who_and_when(filled, known))
        and (len(set(known)) >= 2 or len(known) == len(filled))
    )


def _says_who_and_when(filled: Sequence[str], known: Sequence[Column]) -> bool:
    """A header whose word for the task itself is not known: `交办件 | 内容 | 承办单位 | 时限`."""
    return (
        Column.DEADLINE in known
        and any(column in UNIT_ROLES for column in known)
        and all(len(cell) <= _LONGEST_WORD for cell in filled)
    )


def _read(table: Table, top: int, bottom: int) -> Header:
    names = names_of_columns(table, top, bottom)
    columns = [column_or_stage(name) if name else None for name in names]
    words = frozenset(squeeze(cell) for row in range(top, bottom + 1) for cell in table.grid[row] if cell.strip())
    header = Header(top, bottom, columns, names, words)
    header.end = _end_of_block(table, header)
    find_meaning(table, header)
    return header


def _end_of_block(table: Table, header: Header) -> int:
    """The row of the next header with other words (a second table on the same sheet), or the end of the grid."""
    for row in range(header.bottom + 1, len(table.grid)):
        cells = table.grid[row]
        first = next((cell for cell in cells if cell and not cell.isspace()), "")
        if first and not first.isdecimal() and column_of(first) is not None and _is_another(header, cells):
            return row
    return len(table.grid)


def guess_header(table: Table) -> Header | None:
    """A table without header words: told by what its columns hold, where one holds units and one holds requirements."""
    if len(table.grid) < 2:
        return None
    width = len(table.grid[0])
    header = Header(-1, -1, [None] * width, [""] * width, end=len(table.grid))
    samples = {column: sampled(table, header, column) for column in range(width)}
    units = [
        column
        for column in range(width)
        if len(samples[column]) >= 2
        and sum(kind_of(cell) is Kind.UNITS for cell in samples[column]) >= 0.7 * len(samples[column])
    ]
    if not units:
        return None
    texts = {
        column: sum(map(len, cells)) / len(cells)
        for column, cells in samples.items()
        if column not in units and says_something(cells)
    }
    requirement = max(texts, key=lambda column: texts[column], default=None)
    if requirement is None or texts[requirement] < SHORTEST_REQUIREMENT or len(samples[requirement]) < 2:
        return None
    for column in range(width):
        if column in units:
            header.columns[column] = Column.RESPONSIBLE
        elif column == requirement:
            header.columns[column] = Column.REQUIREMENT
        elif integers(samples[column]):
            header.columns[column] = Column.NUMBER
        elif samples[column] and average(Column.DEADLINE, samples[column]) < 1:
            header.columns[column] = Column.DEADLINE
        elif samples[column] and column < requirement:
            header.columns[column] = Column.LEVEL
    return header


def _is_another(header: Header, cells: Sequence[str]) -> bool:
    """A row of header words, not all of them this header's own: another table begins."""
    return not is_repeated(header, cells) and _is_header_row(cells)


def is_repeated(header: Header, cells: Sequence[str]) -> bool:
    """The header printed again (on the next page): nothing but its own words."""
    filled = [squeeze(cell) for cell in cells if cell and not cell.isspace()]
    return len(filled) > 1 and all(cell in header.words for cell in filled)
