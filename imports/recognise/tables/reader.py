"""Reading a table row by row under its header: headings filled down within their group, sections, continuation."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from imports.document import Piece, Table
from imports.draft import Extra
from imports.phrases.chars import chinese_number, fold, one_line, squeeze
from imports.phrases.numbering import read_label
from imports.recognise.columns import UNIT_ROLES, Column
from imports.recognise.headers import Header, find_header, is_repeated
from imports.recognise.merges import Merges
from imports.recognise.reading import PrintedLabel, Reading
from imports.recognise.tables.continuing import fill_down, goes_on
from imports.recognise.tables.headings import HeadingColumns
from imports.recognise.tables.rows import Row, build_row
from imports.recognise.tables.special import (
    Single,
    classify_single,
    is_chinese_number,
    is_note,
    is_total,
    may_be_special,
    total_of,
)

Pieces = Mapping[int, Piece]
"""The filled cells of a row, by column."""


class TableReader:
    """Reads one table under one header; another header further down begins another reader."""

    def __init__(self, reading: Reading, table: Table, header: Header, merges: Merges, position: int) -> None:
        self.reading, self.table, self.header, self.merges, self.position = reading, table, header, merges, position
        columns = header.columns
        self.requirement = columns.index(Column.REQUIREMENT)
        self.levels = [index for index, column in enumerate(columns) if column is Column.LEVEL]
        self.name = next((index for index, column in enumerate(columns) if column is Column.NAME), None)
        self.number = next((index for index, column in enumerate(columns) if column is Column.NUMBER), None)
        self.headed = {*self.levels, self.number}
        self.units = [(index, UNIT_ROLES[column]) for index, column in enumerate(columns) if column in UNIT_ROLES]
        self.roles = [role for _, role in self.units]
        self.times = [index for index, column in enumerate(columns) if column is Column.DEADLINE]
        taken = {
            self.requirement,
            self.name,
            self.number,
            *self.levels,
            *self.times,
            *(index for index, _ in self.units),
        }
        self.others = [index for index in range(len(columns)) if index not in taken]
        self.width = sum(1 for name in header.names if name.strip()) or len(columns)
        """Columns that the header names: blank ones beside the table do not widen it."""
        self.labels = [one_line(name) for name in header.names]
        self.headings = HeadingColumns(reading, table, merges, self.levels, self.name)
        self.running = f"{table.locator}/{header.top}/number"
        self.rows: list[Row] = []
        self.after_header = False
        self.filled_down: list[str] = []
        self._enter_section_above()
        self.captions = frozenset(
            squeeze(cell) for line in table.grid[: max(header.top, 0)] for cell in line if cell.strip()
        )

    def read(self) -> None:
        """Reads the rows under the header, up to the next different one."""
        grid, hidden = self.table.grid, self.table.hidden_rows
        for row in range(self.header.bottom + 1, self.header.end):
            pieces = self.table.pieces(row)
            if not pieces:
                continue  # a row of blanks (page break) does not end its heading's group
            if row in hidden:
                self.reading.set_aside(list(pieces.values()), "hidden")
                continue
            first = next(iter(pieces.values()))[1]
            if (
                not first.isdecimal()
                and len(pieces) > 1
                and squeeze(first) in self.header.words
                and is_repeated(self.header, grid[row])
            ):
                self.reading.draft.document.columns.extend(pieces.values())
                self.after_header = True
                continue
            if not (may_be_special(first, len(pieces)) and self._special(row, pieces, first)):
                self._data(row, pieces)

    def _enter_section_above(self) -> None:
        """A numbered row right over the header (`一、项目建设`) is the first section, not the table's title."""
        row = self.header.top - 1
        if row < 0:
            return
        pieces = self.table.pieces(row)
        if len(pieces) != 1:
            return
        [(column, piece)] = pieces.items()
        label = read_label(piece[1])
        if label is not None and label.form in {"cn", "cn-bracket", "chapter"}:
            self.headings.enter_section(row, column, label, [piece])

    def finish(self) -> int:
        """Builds the tasks of all rows read; returns how many."""
        rows = self.rows
        texts = {
            id(headings): tuple(one.text for one in headings)
            for headings in {id(row.headings): row.headings for row in rows}.values()
        }
        paths = [texts[id(row.headings)] for row in rows]
        named = Counter((path, row.names.text) for path, row in zip(paths, rows, strict=True) if row.names)
        grouping = any(count > 1 for count in named.values())
        inner = Counter(paths)
        singly = all(count == 1 for count in inner.values())
        cites_headings = self.number is not None and not self.header.names[self.number]
        for path, row in zip(paths, rows, strict=True):
            alone = inner[path] == 1
            task = build_row(
                row,
                grouping=grouping,
                alone=alone,
                singly=singly,
                cites_headings=cites_headings,
                year=self.reading.year,
            )
            if row.lacking:
                self.reading.find("requirement-missing", task.locator)
            self.reading.add_task(task, self.position)
        if self.filled_down:
            self.reading.find("units-filled-down", *self.filled_down)
        if not rows:
            self.reading.find("table-empty", self.table.locator)
        return len(rows)

    # --- rows that are no tasks -------------------------------------------------------------------------------------

    def _special(self, row: int, cells: Pieces, first: str) -> bool:
        filled, pieces = list(cells), list(cells.values())
        if is_total(first) and filled[0] <= self.requirement:
            self.reading.set_aside(pieces, "total")
            count = total_of([raw for _, raw in pieces])
            if count is not None:
                self.reading.totals.append((pieces[0][0], count))
            return True
        names_units = any(index in filled for index, _ in self.units)
        if is_note(first) and (
            len(filled) == 1
            or (filled[0] != self.requirement and not names_units)
            or all(is_note(text) for _, text in pieces)
        ):
            self.reading.set_aside(pieces, "note")
            return True
        if len(filled) == 1:
            return self._single(row, filled[0], pieces[0])
        if len(filled) == 2 and filled[0] == self.number and is_chinese_number(first) and not names_units:
            label = read_label(squeeze(first) + "、") or read_label(first)
            self.headings.enter_section(row, filled[1], label, pieces)
            return True
        return False

    def _single(self, row: int, column: int, piece: Piece) -> bool:
        text = piece[1]
        if column in self.times or any(column == index for index, _ in self.units):
            return False
        found = classify_single(
            text,
            in_requirement=column == self.requirement,
            in_first=column == 0,
            full=self.merges.width_at(row, column) >= max(2, self.width - 1),
            spans_requirement=self.merges.covers_requirement(row, column, self.requirement),
            last_rows=row >= len(self.table.grid) - 2,
            captions=self.captions,
        )
        if found is Single.CAPTION:
            self.reading.set_aside([piece], "caption")
            self.after_header = True
        elif found is Single.NOTE:
            self.reading.set_aside([piece], "note")
        elif found is Single.NUMBER:
            self.reading.set_aside([piece])
        elif found is Single.SECTION:
            self.headings.enter_section(row, column, read_label(text), [piece])
        return found is not Single.TASK

    # --- rows that are tasks ----------------------------------------------------------------------------------------

    def _data(self, row: int, cells: Pieces) -> None:
        fresh = self.headings.update(row, cells)
        requirement = cells.get(self.requirement) or self._merged_requirement(row, cells)
        if requirement is None:
            if not self._without_requirement(row, cells, fresh):
                return
        elif self.rows and goes_on(self.rows[-1].text, cells, self.requirement, self.headed, self.after_header):
            last = self.rows[-1]
            last.text += one_line(requirement[1])
            last.pieces.append(requirement)
        else:
            self.rows.append(self._row(row, cells, requirement))
        current = self.rows[-1]
        self._units(row, cells, current, fresh)
        for column in self.times:
            piece = cells.get(column) or self._merged(row, column)
            if piece:
                current.times.append(piece)
        self._other(cells, current)
        self.after_header = False

    def _merged_requirement(self, row: int, cells: Pieces) -> Piece | None:
        columns = self.merges.requirement_from.get(row, ())
        return next((cells[column] for column in columns if column in cells), None)

    def _without_requirement(self, row: int, cells: Pieces, fresh: bool) -> bool:
        """Units or times that continue the row above, or a heading that has no requirement of its own."""
        if self.rows and not fresh and self.number not in cells:
            return True
        heading = self.headings.innermost
        if fresh and heading is not None:
            new = self._row(row, cells, heading.piece)
            new.text, new.lacking = heading.text, True
            self.rows.append(new)
            return True
        self.reading.set_aside(list(cells.values()))
        return False

    def _row(self, row: int, cells: Pieces, requirement: Piece) -> Row:
        number, piece = None, None
        if self.number is not None:
            own = cells.get(self.number)
            piece = own or self._merged(row, self.number)
            if piece is not None:
                number = _printed_number(one_line(piece[1]))
            if own is not None:
                self._print_number(number, own[0])
        return Row(self.headings.path, self.headings.name, number, piece, [requirement], one_line(requirement[1]))

    def _print_number(self, number: str | None, locator: str) -> None:
        if number is None:
            return
        value = int(number) if number.isascii() and number.isdecimal() else chinese_number(fold(number))
        if value is not None:
            group = f"{self.running}/{self.headings.section_count}"
            self.reading.labels.append(PrintedLabel(group, value, number, locator, self.running))

    def _merged(self, row: int, column: int) -> Piece | None:
        """What the merged area that a blank cell belongs to says."""
        source = self.merges.source(row, column)
        if source is None or source[0] <= self.header.bottom:
            return None
        return self.table.pieces(source[0]).get(source[1])

    def _units(self, row: int, cells: Pieces, current: Row, fresh: bool) -> None:
        for column, role in self.units:
            piece = cells.get(column) or self._merged(row, column)
            if piece is not None and (piece, role) not in current.units:
                current.units.append((piece, role))
        may_be_merged = self.units and not self.merges.known and not current.lacking and len(self.rows) > 1
        if may_be_merged and fill_down(current, self.rows[-2], self.roles, fresh):
            self.filled_down.append(current.pieces[0][0])

    def _other(self, cells: Pieces, current: Row) -> None:
        for column in self.others:
            piece = cells.get(column)
            if piece is None:
                continue
            place, text = piece
            kind = self.header.columns[column]
            current.extras.append(Extra(self.labels[column], one_line(text), place))
            current.others.append(piece)
            if kind is Column.REMARK:
                current.remarks += (piece,)
            elif kind is Column.GOAL:
                current.goals += (piece,)
            elif kind is Column.STAGE:
                current.stages += ((squeeze(self.header.names[column]), one_line(text)),)


def _printed_number(text: str) -> str | None:
    """`1、` → 1, `（一）` → (一): a number cell as a reader would cite it."""
    if text.isdecimal():
        return text
    label = read_label(text)
    if label is not None and label.form == "cn-bracket" and label.length == len(text):
        return label.cite
    return text.strip("、.．。()（）") or None


def read_table(reading: Reading, table: Table, header: Header, position: int, above: Piece | None = None) -> int:
    """All tasks of a table, whatever number of headers it has; returns how many. `above`: the heading over it."""
    merges = Merges(table, header)
    total = 0
    current: Header | None = header
    while current is not None:
        columns = reading.draft.document.columns
        for row in range(max(current.top, 0), current.bottom + 1):
            columns.extend(table.pieces(row).values())
        reader = TableReader(reading, table, current, merges, position)
        if above is not None and not reader.headings.sections:
            reader.headings.enter_above(above)
        reader.read()
        total += reader.finish()
        current = find_header(table, current.end) if current.end < len(table.grid) else None
    return total
