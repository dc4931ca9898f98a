"""Finding a table's header row or rows, printed or guessed."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import takewhile

from imports.document import Piece, Table
from imports.phrases.chars import fold, squeeze
from imports.recognise.columns import UNIT_ROLES, Column, column_of
from imports.recognise.headers.heads import heads_tasks
from imports.recognise.headers.marks import deals_out, marked_columns, share_columns
from imports.recognise.headers.meaning import TASK_COLUMNS, find_meaning
from imports.recognise.headers.requirement import SHORTEST_REQUIREMENT
from imports.recognise.headers.sampling import Header, average, integers, sampled, says_something
from imports.recognise.headers.tiers import column_or_stage, is_lower_tier, names_of_columns
from imports.recognise.kinds import Kind, kind_of
from imports.recognise.pages import unmarked
from imports.recognise.title import title_like

_SEARCHED_ROWS = 40
_LONGEST_WORD = 12
_LEAST_LABELS = 3
_IN_BRACKETS = re.compile(r"\([^()]*\)")
_KIND_OF_BODY = re.compile(r"(?!各|有关|相关|[省市县区州]直)[\u4e00-\u9fff]{2,4}(?:单位|部门)")
"""`运营单位`: the head of a column, whatever its bodies do."""


def find_header(table: Table, start: int = 0) -> Header | None:
    """The first header at or below a row, one column of it the requirement; None where there is none."""
    for row in range(start, min(len(table.grid), start + _SEARCHED_ROWS)):
        if not _begins_header(table, row):
            continue
        bottom = row
        while bottom + 1 < len(table.grid) and bottom - row < 2 and is_lower_tier(table, row, bottom + 1):
            bottom += 1
        for last in range(bottom, row - 1, -1):
            header = _read(table, row, last)
            if Column.REQUIREMENT in header.columns:
                return header
    return None


def _begins_header(table: Table, row: int) -> bool:
    """A header row, or one whose spanning words tell little without those that stand under them."""
    if _is_header_row(_without_units(table, row)) or heads_tasks(table, row) or deals_out(table, row):
        return True
    filled = sum(map(bool, table.grid[row]))
    said = any(":" in fold(cell).strip(":") for cell in table.grid[row] if cell)
    tiered = filled > 1 and not said and row + 1 < len(table.grid) and is_lower_tier(table, row, row + 1)
    return tiered and _is_header_row(names_of_columns(table, row, row + 1))


def _without_units(table: Table, row: int) -> Sequence[str]:
    """A row without the units that head columns of marks or shares, which are no header words."""
    marked = [*marked_columns(table, row), *share_columns(table, row)]
    return [("" if column in marked else cell) for column, cell in enumerate(table.grid[row])]


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
        and all(len(_IN_BRACKETS.sub("", fold(cell))) <= _LONGEST_WORD for cell in filled)
    )


def _read(table: Table, top: int, bottom: int) -> Header:
    names = names_of_columns(table, top, bottom)
    columns = [column_or_stage(name) if name else None for name in names]
    words = frozenset(squeeze(cell) for row in range(top, bottom + 1) for cell in table.grid[row] if cell.strip())
    header = Header(top, bottom, columns, names, words)
    header.end = _end_of_block(table, header)
    find_meaning(table, header)
    return header


def is_header_alone(table: Table) -> bool:
    """A table of nothing but header words: its rows stand in the next one, or there are none."""
    rows = [[cell for cell in cells if cell.strip()] for cells in table.grid if any(map(str.strip, cells))]
    return len(rows) == 1 and all(map(column_of, rows[0])) and _is_header_row(rows[0])


def _end_of_block(table: Table, header: Header) -> int:
    """The row of the next header with other words (a second table on the same sheet), or the end of the grid."""
    for row in range(header.bottom + 1, len(table.grid)):
        cells = table.grid[row]
        first = cells[0].strip() or next((cell for cell in cells if cell and not cell.isspace()), "")
        if first and not first.isdecimal() and column_of(first) is not None and _is_another(header, cells):
            return row
    return len(table.grid)


def guess_header(table: Table) -> Header | None:
    """A table without header words: told by what its columns hold, where one holds units and one holds requirements."""
    if len(table.grid) < 2 or any(map(is_label_row, _first_full_row(table))):
        return None
    width = len(table.grid[0])
    titles = _titles_above(table)
    header = Header(titles or -1, titles - 1, [None] * width, [""] * width, end=len(table.grid))
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
        header.columns[column] = _guessed(samples[column], column, units, requirement)
    return header


def _guessed(cells: Sequence[str], column: int, units: Sequence[int], requirement: int) -> Column | None:
    if column in units:
        return Column.RESPONSIBLE
    if column == requirement:
        return Column.REQUIREMENT
    if integers(cells):
        return Column.NUMBER
    if cells and average(Column.DEADLINE, cells) < 1:
        return Column.DEADLINE
    return Column.LEVEL if cells and column < requirement else None


def _first_full_row(table: Table) -> list[list[str]]:
    """The first row that is no title, if there is one."""
    return [cells for cells in table.grid if sum(map(bool, cells)) > 1][:1]


def _titles_above(table: Table) -> int:
    """How many rows with nothing but a title stand over a table without a header."""
    rows = (table.pieces(row) for row in range(len(table.grid)))
    return sum(1 for _ in takewhile(_is_title, rows))


def _is_title(cells: Mapping[int, Piece]) -> bool:
    return len(cells) == 1 and all(title_like(fold(unmarked(text))) for _, text in cells.values())


def _is_label(cell: str) -> bool:
    return kind_of(cell) is Kind.SHORT or column_of(cell) is not None or squeeze(cell).endswith(("单位", "部门"))


def is_label_row(cells: Sequence[str]) -> bool:
    """A header of whatever kind: short words only, some of them known."""
    filled = [cell for cell in cells if cell.strip()]
    return (
        len(filled) >= _LEAST_LABELS
        and all(map(_is_label, filled))
        and max(map(len, filled)) <= _LONGEST_WORD
        and any(column_of(cell) is not None or _KIND_OF_BODY.fullmatch(squeeze(cell)) for cell in filled)
    )


def _is_another(header: Header, cells: Sequence[str]) -> bool:
    """A row of header words, not all of them this header's own: another table begins."""
    return not is_repeated(header, cells) and _is_header_row(cells)


def is_repeated(header: Header, cells: Sequence[str]) -> bool:
    """The header printed again (on the next page): nothing but its own words."""
    filled = [squeeze(cell) for cell in cells if cell and not cell.isspace()]
    return len(filled) > 1 and all(cell in header.words for cell in filled)
