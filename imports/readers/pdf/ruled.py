"""Tables of a PDF by the rules that are drawn around their cells; one that goes on over the page is one table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from imports.readers.pdf.cells import CellLine, joined, lines_of, padding_of, parting
from imports.readers.pdf.lines import FINISHED, LABEL
from imports.readers.spans import PlacedCell

_NEAR = 3.0
"""Points within which two edges are one."""


@dataclass(slots=True)
class Ruled:
    """A table in the making; `starts` are the left edges of its columns, by which its rest on the next page is known."""

    starts: list[float]
    top: float
    cells: list[PlacedCell] = field(default_factory=list)
    rows: int = 0
    begins: dict[int, CellLine] = field(default_factory=dict)
    """Column → the first line of its first cell."""
    ends: dict[int, tuple[CellLine, float]] = field(default_factory=dict)
    """Column → the last line of its last cell, and how long a line may be there (points)."""


def within(item: dict[str, Any], box: tuple[float, float, float, float]) -> bool:
    across, down = (item["x0"] + item["x1"]) / 2, (item["top"] + item["bottom"]) / 2
    return bool(box[0] <= across <= box[2] and box[1] <= down <= box[3])


def ruled_of(page: Any, table: Any) -> Ruled:
    """A table by the boxes of its cells: a box that reaches over further columns or rows is a merged area."""
    boxes = [box for box in table.cells if box is not None]
    starts, tops = _edges([box[0] for box in boxes]), _edges([box[1] for box in boxes])
    ruled = Ruled(starts, table.bbox[1], rows=len(tops))
    signs = [sign for sign in page.chars if within(sign, table.bbox)]
    lines = [lines_of([sign for sign in signs if within(sign, box)]) for box in boxes]
    padding = padding_of(boxes, lines)
    for (left, top, right, bottom), inside in zip(boxes, lines, strict=True):
        room = right - left - 2 * padding
        column, row = _place(starts, left), _place(tops, top)
        width = sum(left - _NEAR <= start < right - _NEAR for start in starts)
        height = max(sum(top - _NEAR <= start < bottom - _NEAR for start in tops), 1)
        ruled.cells.append(PlacedCell(row, column, joined(inside, room), max(width, 1), height))
        if inside and row == 0:
            ruled.begins[column] = inside[0]
        if inside and row + height == ruled.rows:
            ruled.ends[column] = inside[-1], room
    return ruled


def append(table: Ruled, part: Ruled) -> None:
    """The rest of a table behind its beginning; a row that the page break cut in two is one again."""
    shift = table.rows
    last = {cell.column: cell for cell in table.cells if cell.row + cell.height == table.rows}
    first = [cell for cell in part.cells if cell.row == 0 and cell.text]
    if part.rows > 1 and first and len(first) * 2 <= len(part.starts) and all(_cut(last, cell) for cell in first):
        shift -= 1
        for cell in first:
            line, room = table.ends[cell.column]
            last[cell.column].text += parting(line, part.begins[cell.column], room) + cell.text
        part.cells = [cell for cell in part.cells if cell.row > 0]
    table.cells += [
        PlacedCell(cell.row + shift, cell.column, cell.text, cell.width, cell.height) for cell in part.cells
    ]
    table.rows, table.ends = shift + part.rows, part.ends


def _cut(last: dict[int, PlacedCell], cell: PlacedCell) -> bool:
    """Does this cell go on with the one above it, which the end of its page left unfinished?"""
    above = last.get(cell.column)
    whole = cell.width > 1 or cell.height > 1 or LABEL.match(cell.text) is not None
    return not whole and above is not None and above.text != "" and above.text[-1] not in FINISHED


def same_columns(one: Ruled, other: Ruled) -> bool:
    return len(one.starts) == len(other.starts) and all(
        abs(a - b) <= _NEAR for a, b in zip(one.starts, other.starts, strict=True)
    )


def _edges(values: Sequence[float]) -> list[float]:
    edges: list[float] = []
    for value in sorted(values):
        if not edges or value - edges[-1] > _NEAR:
            edges.append(value)
    return edges


def _place(edges: Sequence[float], value: float) -> int:
    return min(range(len(edges)), key=lambda index: abs(edges[index] - value))
