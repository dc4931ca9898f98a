"""Merged areas of a table, as a row-by-row reader asks for them."""

from __future__ import annotations

from imports.document import Table
from imports.recognise.columns import Column
from imports.recognise.headers import Header

_MOST_CELLS = 2_000_000


class Merges:
    """Looks up the cell that a merged area is printed in. Areas outside the grid, or beyond reason, are left alone."""

    def __init__(self, table: Table, header: Header) -> None:
        self.columns: set[int] = set()
        """Those with cells merged over several rows of the body. Where there are any, the source tells merged cells, and a
        blank cell of such a column that is not merged is really blank."""
        self._sources: dict[tuple[int, int], tuple[int, int]] = {}
        self._widths: dict[tuple[int, int], int] = {}
        self.requirement_from: dict[int, tuple[int, ...]] = {}
        """Rows whose requirement cell is merged with heading cells to its left: the columns it is printed in."""
        height, width = len(table.grid), len(table.grid[0]) if table.grid else 0
        requirement = header.columns.index(Column.REQUIREMENT) if Column.REQUIREMENT in header.columns else -1
        used = 0
        for area in table.merges:
            bottom, right = min(area.bottom, height - 1), min(area.right, width - 1)
            if header.bottom < area.top < bottom:
                self.columns.update(range(area.left, right + 1))
            if area.left < width and area.top < height:
                self._widths[(area.top, area.left)] = right - area.left + 1
            if area.left < requirement <= right and right - area.left + 1 < width - 1:
                self.requirement_from[area.top] = (*self.requirement_from.get(area.top, ()), area.left)
            used += (bottom - area.top + 1) * (right - area.left + 1)
            if bottom > area.top and used <= _MOST_CELLS:
                self._sources.update(
                    {
                        (row, column): (area.top, area.left)
                        for row in range(area.top + 1, bottom + 1)
                        for column in range(area.left, right + 1)
                    }
                )

    def source(self, row: int, column: int) -> tuple[int, int] | None:
        """Where the text of a covered cell is printed; None where the cell stands for itself."""
        return self._sources.get((row, column)) if self._sources else None

    def width_at(self, row: int, column: int) -> int:
        """How many columns the cell spans."""
        return self._widths.get((row, column), 1)

    def covers_requirement(self, row: int, column: int, requirement: int) -> bool:
        return column < requirement < column + self.width_at(row, column) and column in self.requirement_from.get(
            row, ()
        )
