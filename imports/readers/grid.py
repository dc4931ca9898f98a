"""From the cells of a worksheet to the grid of a Table, without ever walking the range that a sheet claims to have."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from imports.document import Area, Table
from imports.problems import Problem, UnreadableDocument
from imports.readers import limits
from imports.readers.names import column_letters, kept

Cells = Mapping[int, Mapping[int, str]]
"""Row → column → text, 0-based, only where there is text."""
Bounds = tuple[int, int, int, int]


@dataclass(slots=True)
class Sheet:
    """What a workbook's reader knows of one sheet."""

    name: str
    cells: Cells
    merges: Sequence[Bounds] = ()
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: Sequence[tuple[int, int]] = ()
    hidden: bool = False
    problems: list[Problem] = field(default_factory=list)


def as_table(sheet: Sheet, budget: int) -> Table | None:
    """The sheet as a table; None where it shows nothing. Adds to `sheet.problems` what lies hidden.

    Blank rows and columns before the first and behind the last text are left out, gaps of more than MAX_BLANK_RUN too;
    labels name the true rows and columns. Raises UnreadableDocument where the grid would have more than `budget` cells.
    """
    rows = _with_short_gaps(sorted(row for row, cells in sheet.cells.items() if cells))
    if not rows:
        return None
    used: set[int] = set()
    for cells in sheet.cells.values():
        used.update(cells)
    columns = _with_short_gaps(sorted(used))
    if len(rows) * len(columns) > budget:
        raise UnreadableDocument("grid-too-large", place=sheet.name, limit=str(limits.MAX_GRID_CELLS))
    table = Table(
        locator=sheet.name,
        grid=_grid(sheet.cells, rows, columns),
        row_labels=[f"{sheet.name}!{row + 1}" for row in rows],
        column_labels=[column_letters(column) for column in columns],
        hidden=sheet.hidden,
    )
    _lay_merges(table, sheet, rows, columns)
    _mark_hidden(table, sheet, rows, columns)
    return table


def _with_short_gaps(used: Sequence[int]) -> list[int]:
    """The used indices with the blank ones between them, long gaps left out."""
    if not used:
        return []
    if used[-1] - used[0] + 1 == len(used):
        return list(used)
    kept_indices = [used[0]]
    for before, after in pairwise(used):
        if after - before - 1 <= limits.MAX_BLANK_RUN:
            kept_indices.extend(range(before + 1, after))
        kept_indices.append(after)
    return kept_indices


def _grid(all_cells: Cells, rows: Sequence[int], columns: Sequence[int]) -> list[list[str]]:
    place = {column: at for at, column in enumerate(columns)}
    blank = [""] * len(columns)
    nothing: Mapping[int, str] = {}
    grid = []
    for row in rows:
        line = blank.copy()
        for column, text in all_cells.get(row, nothing).items():
            line[place[column]] = text
        grid.append(line)
    return grid


def _lay_merges(table: Table, sheet: Sheet, rows: Sequence[int], columns: Sequence[int]) -> None:
    """Merged areas in grid indices; a text that lies under one is taken out of the grid and into a problem."""
    covered: dict[str, list[str]] = {}
    walked = 0
    for top, left, bottom, right in sheet.merges:
        area = Area(
            bisect_left(rows, top),
            bisect_left(columns, left),
            bisect_right(rows, bottom) - 1,
            bisect_right(columns, right) - 1,
        )
        if area.bottom < area.top or area.right < area.left:
            continue
        if area.top == area.bottom and area.left == area.right:
            continue
        walked += (area.bottom - area.top + 1) * (area.right - area.left + 1)
        if walked > limits.MAX_GRID_CELLS:
            raise UnreadableDocument("too-many-merges", place=sheet.name, limit=str(limits.MAX_MERGES))
        table.merges.append(area)
        _uncover(table, area, covered)
    for text, places in covered.items():
        sheet.problems.append(Problem("merged-hidden-text", tuple(places), {"text": text}))


def _uncover(table: Table, area: Area, covered: dict[str, list[str]]) -> None:
    """Blanks all but the first cell of an area and notes what stood there, except repetitions of the first."""
    first = table.grid[area.top][area.left]
    for row in range(area.top, area.bottom + 1):
        line = table.grid[row]
        for column in range(area.left, area.right + 1):
            text = line[column]
            if not text or (row == area.top and column == area.left):
                continue
            line[column] = ""
            if text != first and text.strip():
                covered.setdefault(kept(text), []).append(table.cite(row, column))


def _mark_hidden(table: Table, sheet: Sheet, rows: Sequence[int], columns: Sequence[int]) -> None:
    table.hidden_rows = frozenset(at for at, row in enumerate(rows) if row in sheet.hidden_rows)
    table.hidden_columns = frozenset(_columns_within(sheet.hidden_columns, columns))
    if sheet.hidden:  # nothing of it is read as any other row or column is
        sheet.problems.append(Problem("hidden-sheet", (sheet.name,)))
        return
    shown_rows = [row for row in sorted(table.hidden_rows) if any(table.grid[row])]
    if shown_rows:
        sheet.problems.append(Problem("hidden-rows", tuple(table.row_labels[row] for row in shown_rows)))
    if table.hidden_columns:
        letters = [column_letters(columns[at]) for at in sorted(table.hidden_columns)]
        sheet.problems.append(Problem("hidden-columns", tuple(f"{sheet.name}!{letter}" for letter in letters)))


def _columns_within(runs: Iterable[tuple[int, int]], columns: Sequence[int]) -> set[int]:
    found: set[int] = set()
    for first, last in runs:
        found.update(range(bisect_left(columns, first), bisect_right(columns, last)))
    return found
