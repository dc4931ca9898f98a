"""Two tables side by side on one sheet, told by a header that says the same words again: each is read by itself."""

from __future__ import annotations

from dataclasses import replace

from imports.document import Area, Table
from imports.phrases.chars import squeeze
from imports.recognise.columns import column_of

_SEARCHED_ROWS = 10
_LEAST_COLUMNS = 2


def parted(table: Table) -> list[Table]:
    """The tables from left to right; the table itself where it is one."""
    starts = next(filter(None, map(_starts, table.grid[:_SEARCHED_ROWS])), None)
    if starts is None:
        return [table]
    ends = [*starts[1:], len(table.grid[0])]
    return [_columns(table, 0 if start == starts[0] else start, end) for start, end in zip(starts, ends, strict=True)]


def _starts(cells: list[str]) -> list[int] | None:
    """The first column of each part, where a row of header words is one sequence of them, again and again."""
    filled = [column for column, cell in enumerate(cells) if cell and not cell.isspace()]
    words = [squeeze(cells[column]) for column in filled]
    if len(words) < 2 * _LEAST_COLUMNS or words.count(words[0]) < 2 or None in map(column_of, words):
        return None
    length = words.index(words[0], 1)
    if length < _LEAST_COLUMNS or words != words[:length] * (len(words) // length):
        return None
    return filled[::length]


def _columns(table: Table, start: int, end: int) -> Table:
    labels = table.column_labels
    cited = table.cell_labels
    return replace(
        table,
        grid=[cells[start:end] for cells in table.grid],
        column_labels=labels and labels[start:end],
        cell_labels=cited and {(row, at - start): place for (row, at), place in cited.items() if start <= at < end},
        merges=[
            Area(area.top, area.left - start, area.bottom, min(area.right, end - 1) - start)
            for area in table.merges
            if start <= area.left < end
        ],
        hidden_columns=frozenset(column - start for column in table.hidden_columns if start <= column < end),
        caption=table.caption if start == 0 else "",
    )
