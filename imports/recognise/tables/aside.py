"""Rows that are no tasks, taken out of a table's way: totals, notes, captions, and the sections that they may begin."""

from __future__ import annotations

import re
from collections.abc import Sequence

from imports.document import Piece, Table
from imports.phrases.chars import squeeze
from imports.phrases.numbering import read_label
from imports.recognise.headers import Header
from imports.recognise.merges import Merges
from imports.recognise.reading import PrintedTotal, Reading
from imports.recognise.signs import is_total
from imports.recognise.tables.headings import HeadingColumns
from imports.recognise.tables.layout import Layout
from imports.recognise.tables.rows import Pieces, Row
from imports.recognise.tables.special import (
    Single,
    classify_single,
    is_chinese_number,
    is_note,
    total_of,
)

_FIGURE = re.compile(r"\s*\d[\d.,]*\s*")


class Aside:
    def __init__(
        self,
        reading: Reading,
        table: Table,
        header: Header,
        layout: Layout,
        merges: Merges,
        headings: HeadingColumns,
        rows: Sequence[Row],
    ) -> None:
        """`rows`: those read so far."""
        self.rows, self.summed = rows, 0
        self.reading, self.table, self.layout, self.merges, self.headings = reading, table, layout, merges, headings
        self.captions = frozenset(
            squeeze(cell) for line in table.grid[: max(header.top, 0)] for cell in line if cell.strip()
        )
        self.page_begun = False
        """Was the last row set aside a caption, as the top of a page prints it?"""
        self._enter_section_above(header)

    def takes(self, row: int, cells: Pieces, first: str) -> bool:
        """Deals with a row that is no task; false where it is one."""
        self.page_begun = False
        filled, pieces = list(cells), list(cells.values())
        layout = self.layout
        if is_total(first) and filled[0] <= layout.requirement:
            self.reading.set_aside(pieces, "total")
            count = total_of([raw for _, raw in pieces])
            if count is not None:
                total = len(self.rows)
                self.reading.totals.append(PrintedTotal(pieces[0][0], count, (total, total - self.summed)))
                self.summed = total
            return True
        names_units = any(index in cells for index, _ in layout.units)
        if is_note(first) and (
            len(filled) == 1
            or (filled[0] != layout.requirement and not names_units)
            or all(is_note(text) for _, text in pieces)
        ):
            self.reading.set_aside(pieces, "note")
            return True
        if len(filled) == 1:
            return self._single(row, filled[0], pieces[0])
        if filled[0] in {layout.number, layout.outer_number} and is_chinese_number(first) and not names_units:
            return self._numbered(row, filled, pieces)
        return False

    def _numbered(self, row: int, filled: Sequence[int], pieces: list[Piece]) -> bool:
        """A section with its number in a cell of its own (`一 | 产业项目`), perhaps with the sums of the rows under it."""
        sums = pieces[2:]
        if self.layout.requirement in filled[2:] or not all(_FIGURE.fullmatch(text) for _, text in sums):
            return False
        if sums and filled[1] == self.layout.requirement and not self.layout.units:
            return False  # nothing tells it from a task and its figures
        first = pieces[0][1]
        label = read_label(squeeze(first) + "、") or read_label(first)
        self.headings.enter_section(row, filled[1], label, pieces[:2])
        if sums:
            self.reading.set_aside(sums, "total")
        return True

    def _single(self, row: int, column: int, piece: Piece) -> bool:
        text = piece[1]
        layout = self.layout
        if column in layout.times or any(column == index for index, _ in layout.units):
            return False
        found = classify_single(
            text,
            in_requirement=column == layout.requirement,
            in_first=column == 0,
            full=self.merges.width_at(row, column) >= max(2, layout.width - 1),
            spans_requirement=self.merges.covers_requirement(row, column, layout.requirement),
            last_rows=row >= len(self.table.grid) - 2,
            captions=self.captions,
        )
        if found is Single.CAPTION:
            self.reading.set_aside([piece], "caption")
            self.page_begun = True
        elif found is Single.NOTE:
            self.reading.set_aside([piece], "note")
        elif found is Single.NUMBER:
            self.reading.set_aside([piece])
        elif found is Single.SECTION:
            self.headings.enter_section(row, column, read_label(text), [piece])
        return found is not Single.TASK

    def _enter_section_above(self, header: Header) -> None:
        """A numbered row right over the header (`一、项目建设`) is the first section, not the table's title."""
        row = header.top - 1
        if row < 0:
            return
        pieces = self.table.pieces(row)
        if len(pieces) != 1:
            return
        [(column, piece)] = pieces.items()
        label = read_label(piece[1])
        if label is not None and label.form in {"cn", "cn-bracket", "chapter"}:
            self.headings.enter_section(row, column, label, [piece])
