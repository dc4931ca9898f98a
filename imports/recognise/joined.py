"""A table that a page break cut into several, one on each page: its parts are one table again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from imports.document import Area, Block, Paragraph, Table
from imports.recognise.columns import column_of
from imports.recognise.headers import Header, find_header, is_header_alone, is_repeated
from imports.recognise.headers.sampling import average

_MISFITTING = 3.0


def joined(blocks: Sequence[Block]) -> list[Block]:
    """The blocks with every table and the tables that go on with it as one. Nothing but blank lines stands between them,
    and the later ones begin with the same header or, having none, hold in each column what the first one does; or the first
    one is nothing but a header."""
    found: list[Block] = []
    open_: _Open | None = None
    for block in blocks:
        if isinstance(block, Paragraph):
            if block.text.strip():
                open_ = None
        elif open_ is not None and open_.takes(block):
            found[open_.at] = open_.with_parts()
            continue
        else:
            open_ = _Open(block, len(found))
        found.append(block)
    return found


class _Open:
    """A table that may go on after a page break."""

    def __init__(self, table: Table, at: int) -> None:
        self.parts, self.at = [table], at
        self._header: Header | None = None
        self._looked = False

    def takes(self, table: Table) -> bool:
        first = self.parts[0]
        if (
            any(part.hidden or part.caption.strip() or part.column_labels is not None for part in (first, table))
            or not table.grid
            or not first.grid
            or len(first.grid[0]) != len(table.grid[0])
        ):
            return False
        if not self._looked:
            self._header, self._looked = find_header(first), True
        if self._header is None and len(self.parts) == 1 and is_header_alone(first):
            goes_on = not is_header_alone(table) and find_header(table) is None
        else:
            goes_on = self._header is not None and _goes_on(self._header, table)
        if goes_on:
            self.parts.append(table)
            self._header = self._header or find_header(self.with_parts())
        return goes_on

    def with_parts(self) -> Table:
        whole = replace(self.parts[0], grid=[], row_labels=[], cell_labels=None, merges=[], hidden_rows=frozenset())
        hidden: set[int] = set()
        for part in self.parts:
            above = len(whole.grid)
            whole.grid += part.grid
            whole.row_labels += part.row_labels
            whole.merges += [Area(area.top + above, area.left, area.bottom + above, area.right) for area in part.merges]
            hidden.update(row + above for row in part.hidden_rows)
        whole.hidden_rows = frozenset(hidden)
        return whole


def _goes_on(header: Header, table: Table) -> bool:
    first = next((cells for cells in table.grid if any(map(str.strip, cells))), [])
    if is_repeated(header, first):
        return True
    words = [cell for cell in first if cell.strip()]
    if not words or sum(column_of(cell) is not None for cell in words) * 2 > len(words) or find_header(table):
        return False
    return all(
        column is None or average(column, [cells[index] for cells in table.grid if cells[index].strip()]) < _MISFITTING
        for index, column in enumerate(header.columns)
    )
