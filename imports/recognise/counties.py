"""Counties as rows, what each is to reach in columns (`县区 | 新建公路（公里） | 改造户厕（户）`): rows and columns are exchanged, so
that every task stands in a row of its own with the share of each county beside it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import chain

from imports.document import Block, Paragraph, Table
from imports.phrases.chars import fold, squeeze
from imports.phrases.units.vocabulary import NOBODY
from imports.recognise.columns import Column, column_of
from imports.recognise.headers.marks import FIGURE, allots, names_holder
from imports.recognise.signs import is_total

_CORNER = re.compile(
    r"(?:各)?(?:县区|区县|县市区|县\(市、区\)|县\(市\)区|县\(区\)|市县|县市|乡镇|镇街|镇\(街道\)|乡镇\(街道\)|乡\(镇\)|镇乡|街道|村镇|地区|"
    r"区域|辖区|属地|(?:责任)?单位)(?:名称)?"
)
_COUNTED = re.compile(
    r"(?:重点)?(?:任务|工作|事项)总?(?:数|数量|项数|条数)(?:\([项条件个]\))?|(?:任务|工作|事项)\([项条件个]\)"
)
"""How many tasks a unit has elsewhere, which is no task."""
_BESIDE = frozenset({Column.NUMBER, Column.REMARK, Column.PERSON, Column.PHONE})
"""What may be told of a place beside its figures: its number, a remark, who answers there."""
_SEARCHED_ROWS = 6
_LEAST = 2
_LONGEST_ABOVE = 60
_LINES_ABOVE = 3


def with_counties_on_top(blocks: Sequence[Block]) -> list[Block]:
    """The blocks with every table whose rows are counties turned, where the document says that it deals out tasks."""
    turned = (_turned(blocks, at, block) if isinstance(block, Table) else [block] for at, block in enumerate(blocks))
    return list(chain.from_iterable(turned))


def _turned(blocks: Sequence[Block], at: int, table: Table) -> list[Block]:
    for row, cells in enumerate(table.grid[:_SEARCHED_ROWS]):
        found = next((column for column, cell in enumerate(cells[:2]) if _is_corner(cell)), None)
        if found is None:
            continue
        rows = _places(table, row, found)
        columns = _amounts(table, row, found, rows)
        if not rows or not columns or not allots([*_above(blocks, at), *_said(table, row)]):
            break
        return _exchanged(table, row, found, rows, columns, _shared_times(table, row, rows))
    return [table]


def _is_corner(cell: str) -> bool:
    return bool(cell) and _CORNER.fullmatch(squeeze(fold(cell))) is not None


def _above(blocks: Sequence[Block], at: int) -> list[str]:
    """The short lines right over the table: its title."""
    lines = [block.text for block in blocks[:at] if isinstance(block, Paragraph) and block.text.strip()]
    return [line for line in lines[-_LINES_ABOVE:] if len(line) <= _LONGEST_ABOVE]


def _said(table: Table, row: int) -> list[str]:
    return [table.caption, *(cell for cells in table.grid[: row + 1] for cell in cells)]


def _places(table: Table, top: int, column: int) -> list[int]:
    """The rows of places below, the sum of all with them; none where any other row has several cells, or a cell is merged."""
    if any(area.bottom > area.top and area.bottom > top for area in table.merges):
        return []
    rows: list[int] = []
    for row in range(top + 1, len(table.grid)):
        filled = [cell for cell in table.grid[row] if cell.strip()]
        if len(filled) < _LEAST:
            continue
        name = squeeze(fold(table.grid[row][column]))
        if not (names_holder(name) or is_total(name) or is_total(filled[0])):
            return []
        rows.append(row)
    names = [table.grid[row][column] for row in rows if not is_total(table.grid[row][column] or "合计")]
    return rows if len(set(names)) == len(names) >= _LEAST else []


def _amounts(table: Table, top: int, corner: int, rows: Sequence[int]) -> list[int]:
    """The columns of figures, each under a word of its own; none where anything else is told of the places."""
    found: list[int] = []
    for column, head in enumerate(table.grid[top]):
        below = [squeeze(fold(table.grid[row][column])) for row in rows]
        if column == corner or not any(below) or column_of(head) in _BESIDE:
            continue
        if column in _shared_times(table, top, rows):
            continue
        if _COUNTED.fullmatch(squeeze(fold(head))):
            return []
        if not head.strip() or not all(not cell or cell in NOBODY or FIGURE.fullmatch(cell) for cell in below):
            return []
        found.append(column)
    return found


def _shared_times(table: Table, top: int, rows: Sequence[int]) -> list[int]:
    """The columns of times that are the same for all places."""
    times = [column for column, head in enumerate(table.grid[top]) if column_of(head) is Column.DEADLINE]
    return [
        column
        for column in times
        if len({squeeze(table.grid[row][column]) for row in rows if table.grid[row][column].strip()}) == 1
    ]


def _exchanged(
    table: Table, top: int, corner: int, rows: Sequence[int], columns: Sequence[int], times: Sequence[int]
) -> list[Block]:
    """A row for each column of amounts, under the places; what else the table says stands above and below as it did, and remarks
    on a place behind the table: they are no tasks."""
    width = len(rows) + len(times) + 1
    lines: list[list[tuple[str, str] | None]] = []

    def alone(row: int) -> None:
        for place, text in table.pieces(row).values():
            lines.append([(text, place), *[None] * (width - 1)])

    def cell(row: int, column: int) -> tuple[str, str] | None:
        text = table.grid[row][column]
        return (text, table.cite(row, column)) if text.strip() else None

    for row in range(top):
        alone(row)
    heads = [cell(row, corner) or cell(row, 0) for row in rows]
    dated = [next(found for row in rows if (found := cell(row, column))) for column in times]
    lines.append([cell(top, corner), *heads, *(cell(top, column) for column in times)])
    lines.extend([cell(top, column), *(cell(row, column) for row in rows), *dated] for column in columns)
    taken = {corner, *columns, *times}
    remarks: list[Block] = []
    for row in range(top, len(table.grid)):
        if row != top and row not in rows:
            alone(row)
            continue
        beside = [
            piece for column in range(len(table.grid[row])) if column not in taken and (piece := cell(row, column))
        ]
        remarks.extend(Paragraph(place, text) for text, place in (piece for piece in beside if piece not in heads))
    return [_table(table, lines), *remarks]


def _table(table: Table, lines: Sequence[Sequence[tuple[str, str] | None]]) -> Table:
    grid = [[piece[0] if piece else "" for piece in line] for line in lines]
    places = {
        (row, column): piece[1]
        for row, line in enumerate(lines)
        for column, piece in enumerate(line)
        if piece is not None
    }
    labels = [next((piece[1] for piece in line if piece), table.locator) for line in lines]
    return Table(
        table.locator, grid, labels, cell_labels=places, hidden=table.hidden, caption=table.caption, allots=True
    )
