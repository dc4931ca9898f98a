"""From placed cells with spans to a Table: the common ground of Word and web tables.

A Word table whose edges are a hair apart, or a page's `colspan="1000"`, counts columns in which no cell begins. They say
nothing, so the grid holds only columns where some cell begins, and a span is never filled cell by cell.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from imports.document import Area, Table
from imports.problems import UnreadableDocument
from imports.readers import limits


@dataclass(slots=True)
class PlacedCell:
    """A cell at its row and raw column (0-based), with how far it reaches."""

    row: int
    column: int
    text: str
    width: int = 1
    height: int = 1


def as_table(cells: Sequence[PlacedCell], rows: int, locator: str, hidden_rows: frozenset[int] = frozenset()) -> Table:
    """The table of `rows` rows. Raises UnreadableDocument where its grid or its merged areas are beyond the limits."""
    starts = sorted({cell.column for cell in cells})
    if rows * len(starts) > limits.MAX_GRID_CELLS:
        raise UnreadableDocument("grid-too-large", place=locator, limit=str(limits.MAX_GRID_CELLS))
    place = {column: at for at, column in enumerate(starts)}
    grid = [[""] * len(starts) for _ in range(rows)]
    merges = []
    for cell in cells:
        left = place[cell.column]
        grid[cell.row][left] = cell.text
        if cell.width > 1 or cell.height > 1:
            right = bisect_left(starts, cell.column + cell.width) - 1
            bottom = min(cell.row + cell.height, rows) - 1
            if right > left or bottom > cell.row:
                merges.append(Area(cell.row, left, bottom, right))
    if len(merges) > limits.MAX_MERGES:
        raise UnreadableDocument("too-many-merges", place=locator, limit=str(limits.MAX_MERGES))
    labels = [f"{locator} row {row + 1}" for row in range(rows)]
    return Table(locator=locator, grid=grid, row_labels=labels, merges=merges, hidden_rows=hidden_rows)
