"""A header of two tiers: which rows belong to it, and the name that each column has by both."""

from __future__ import annotations

import re
from collections.abc import Sequence

from imports.document import Table
from imports.recognise.columns import UNIT_ROLES, Column, column_of, stage_column, within_a_year
from imports.recognise.headers.marks import marked_columns
from imports.recognise.kinds import Kind, kind_of

_LONGEST = 16
_LEAST_COUNTED = 2
_COUNTED = re.compile(r"[\s()（）.]")
BEGINNINGS = re.compile(r"开工|启动|开始|起始|立项|成立|发文|制定|受理|接收|出生|任职")
"""Times that are no deadline."""


def column_or_stage(text: str) -> Column | None:
    """What a header cell announces; a part of the year (`上半年目标`) is a stage, whatever is said of it."""
    if within_a_year(text):
        return Column.STAGE
    return column_of(text) or (Column.STAGE if stage_column(text) else None)


def is_lower_tier(table: Table, top: int, row: int) -> bool:
    """A second header row under a spanning cell (责任单位 over 牵头 and 配合): nothing but header words, or all of it merged
    into the first row but what stands under its spanning cells, or words under the blanks that lost merges leave. A row that
    counts the columns is part of the header, too."""
    filled = _filled(table.grid[row])
    if not filled or any(len(table.grid[row][column]) > _LONGEST for column in filled):
        return False
    if len(filled) > _LEAST_COUNTED and [_COUNTED.sub("", table.grid[row][column]) for column in filled] == [
        str(number) for number in range(1, len(filled) + 1)
    ]:
        return True
    if set(filled) <= set(marked_columns(table, row)):
        return True
    known = [column_or_stage(table.grid[row][column]) is not None for column in filled]
    return (
        (len(filled) > 1 and all(known))
        or _under_spans(table, top, row, filled)
        or (len(filled) > 1 and 2 * sum(known) > len(filled) and _under_gaps(table, top, row, filled))
    )


def _filled(cells: Sequence[str]) -> list[int]:
    return [column for column, cell in enumerate(cells) if cell and not cell.isspace()]


def _under_spans(table: Table, top: int, row: int, filled: Sequence[int]) -> bool:
    over = [area for area in table.merges if area.top == top]
    spanned = {column for area in over if area.bottom < row for column in range(area.left, area.right + 1)}
    merged = {column for area in over if area.bottom >= row for column in range(area.left, area.right + 1)}
    return bool(spanned) and bool(merged) and spanned >= set(filled) and len(spanned | merged) == len(table.grid[row])


def _under_gaps(table: Table, top: int, row: int, filled: Sequence[int]) -> bool:
    """Every word stands under a blank of the tier above or under the word before that blank, and names no unit or time."""
    above = table.grid[top]
    under = all(
        not above[column].strip() or (column + 1 < len(above) and not above[column + 1].strip()) for column in filled
    )
    cells = [table.grid[row][column] for column in filled]
    return under and all(kind_of(cell) is Kind.SHORT or column_or_stage(cell) is not None for cell in cells)


def names_of_columns(table: Table, top: int, bottom: int) -> list[str]:
    """The header text over each column; a lower tier's word stands for the one above it."""
    spread = _spread(table, top, bottom)
    if spread is not None:
        return spread
    width = len(table.grid[top])
    names = [""] * width
    for row in range(top, bottom + 1):
        line = list(table.grid[row])
        marked = marked_columns(table, row) if row > top else []
        for area in table.merges:
            if area.top <= row <= area.bottom and area.top >= top and area.right > area.left:
                for column in range(area.left, min(area.right + 1, width)):
                    line[column] = table.grid[area.top][area.left]
        for column in range(width):
            if line[column].strip() and (row == top or column in marked or _stands_for_the_one_above(line[column])):
                names[column] = line[column]
    return names


def _stands_for_the_one_above(text: str) -> bool:
    return column_or_stage(text) is not None or BEGINNINGS.search(text) is not None


def _spread(table: Table, top: int, bottom: int) -> list[str] | None:
    """A page whose header cells lost what they span: the lower tier stands at the left edge, the upper one is as many cells
    too narrow. The words below belong under the one unit column above."""
    if bottom != top + 1:
        return None
    upper, lower = table.grid[top], table.grid[bottom]
    words, parts = _filled(upper), _filled(lower)
    over = [column for column in words if column_of(upper[column]) in UNIT_ROLES]
    if (
        len(over) != 1
        or parts != list(range(len(parts)))
        or words != list(range(len(words)))
        or over[0] == 0
        or len(words) + len(parts) - 1 != len(upper)
        or any(column_of(lower[column]) not in UNIT_ROLES for column in parts)
    ):
        return None
    return [*upper[: over[0]], *lower[: len(parts)], *upper[over[0] + 1 : len(words)]]
