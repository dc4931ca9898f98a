"""What is kept while rows go by: cells that become one, sums under columns, places where a page ends."""

from __future__ import annotations

from decimal import Decimal

from reports.workbook.cells import NUMBERS
from reports.workbook.library import TextSheet
from reports.workbook.sheet import Column, Link, Sheet
from reports.workbook.styles import WRAPPED
from reports.workbook.text import printed_lines


class Merges:
    """Equal cells below each other, within one cell of the merged columns to their left."""

    def __init__(self, paper: TextSheet, columns: tuple[Column, ...]) -> None:
        self._paper = paper
        self._columns = [col for col, column in enumerate(columns) if column.merge]
        self._runs: dict[int, tuple[object, int]] = {}

    def take(self, row: int, cells: tuple[object, ...]) -> tuple[object, ...]:
        """The row as it is written: blank where the cell above goes on."""
        shown = list(cells)
        broken = False
        for col in self._columns:
            run = self._runs.get(col)
            broken = broken or run is None or run[0] != cells[col] or cells[col] in (None, "")
            if broken:
                self._end(col, row - 1)
                self._runs[col] = (cells[col], row)
            else:
                shown[col] = None
        return tuple(shown)

    def finish(self, last_row: int) -> None:
        for col in self._columns:
            self._end(col, last_row)

    def _end(self, col: int, last_row: int) -> None:
        run = self._runs.pop(col, None)
        if run is not None and last_row > run[1]:
            self._paper.span(run[1], col, last_row, col)


class Sums:
    """Exact sums of the columns that ask for one."""

    def __init__(self, columns: tuple[Column, ...]) -> None:
        self.values = {col: Decimal(0) for col, column in enumerate(columns) if column.total}

    def take(self, cells: tuple[object, ...]) -> None:
        for col in self.values:
            value = cells[col]
            if isinstance(value, NUMBERS):
                self.values[col] += value if isinstance(value, Decimal) else Decimal(str(value))


class PageBreaks:
    """Rows that begin a page because a column changed. The office programs allow 1,023 of them."""

    LIMIT = 1_023

    def __init__(self, break_on: int | None) -> None:
        self._col = break_on
        self._last: tuple[object] | None = None
        self.rows: list[int] = []

    def take(self, row: int, cells: tuple[object, ...]) -> None:
        if self._col is None:
            return
        value = (cells[self._col],)
        if self._last is not None and value != self._last and len(self.rows) < self.LIMIT:
            self.rows.append(row)
        self._last = value


class Heights:
    """How many lines the text of a row takes. The office programs do not all reckon this when they open a file."""

    def __init__(self, columns: tuple[Column, ...]) -> None:
        self._wrapped = [(col, column.width) for col, column in enumerate(columns) if column.kind in WRAPPED]

    def lines(self, cells: tuple[object, ...]) -> int:
        lines = 1
        for col, width in self._wrapped:
            value = cells[col]
            text = value.text if isinstance(value, Link) else value
            if isinstance(text, str) and (len(text) * 2 > width or "\n" in text):
                lines = max(lines, printed_lines(text, width))
        return lines


def asks_for_notice(sheet: Sheet) -> bool:
    """Whether rows of this sheet need looking at, cells apart: a plain sheet saves the trouble."""
    return sheet.break_on is not None or any(column.total or column.merge for column in sheet.columns)
