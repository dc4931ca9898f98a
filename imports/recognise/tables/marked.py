"""Units that a row names by marks in their columns (√ under 市财政局), cited by the head of the column and the mark."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

from imports.document import Piece, Table
from imports.draft import Role
from imports.recognise.headers import Header
from imports.recognise.headers.marks import legend_of, part_of
from imports.recognise.reading import Reading


class Marks:
    def __init__(self, reading: Reading, table: Table, header: Header) -> None:
        self._reading, self._table, self._header = reading, table, header

    def unit(self, column: int, mark: str) -> tuple[Piece, Role]:
        """The unit over a column, and its part by a mark that stands there."""
        return self._heads[column], part_of(mark, self._legend)

    @cached_property
    def _heads(self) -> dict[int, Piece]:
        """The lowest header cell of each column."""
        rows = range(self._header.top, self._header.bottom + 1)
        return {column: piece for row in rows for column, piece in self._table.pieces(row).items()}

    @cached_property
    def _legend(self) -> dict[str, Role]:
        return legend_of(self._around())

    def _around(self) -> Iterator[str]:
        """The text around the table, and what stands alone in a row of it."""
        yield from (paragraph.text for paragraph in self._reading.document.paragraphs())
        for row in range(len(self._table.grid)):
            pieces = self._table.pieces(row)
            if len(pieces) == 1:
                yield from (text for _, text in pieces.values())
