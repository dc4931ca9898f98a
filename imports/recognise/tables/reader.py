"""Reading a table row by row under its header: headings filled down within their group, sections, continuation."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from imports.document import Table
from imports.draft import Extra
from imports.phrases.chars import chinese_number, fold, one_line, squeeze
from imports.phrases.numbering import read_label
from imports.recognise.columns import UNIT_ROLES, Column, column_of
from imports.recognise.headers import Header, find_header, is_repeated
from imports.recognise.merges import Merges
from imports.recognise.reading import Piece, PrintedLabel, Reading
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

_TERMINAL = "。；;！？!?)）”》"


class TableReader:
    """Reads one table under one header; another header further down begins another reader."""

    def __init__(self, reading: Reading, table: Table, header: Header, merges: Merges, position: int) -> None:
        self.reading, self.table, self.header, self.merges, self.position = reading, table, header, merges, position
        columns = header.columns
        self.requirement = columns.index(Column.REQUIREMENT)
        self.levels = [index for index, column in enumerate(columns) if column is Column.LEVEL]
        self.name = next((index for index, column in enumerate(columns) if column is Column.NAME), None)
        self.number = next((index for index, column in enumerate(columns) if column is Column.NUMBER), None)
        self.units = [(index, UNIT_ROLES[column]) for index, column in enumerate(columns) if column in UNIT_ROLES]
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
        self.labels = [one_line(name) for name in header.names]
        self.headings = HeadingColumns(reading, table, merges, self.levels, self.name)
        self.rows: list[Row] = []
        self.after_header = False
        self.filled_down: list[str] = []
        self._enter_section_above()
        self.captions = frozenset(
            squeeze(cell) for line in table.grid[: max(header.top, 0)] for cell in line if cell.strip()
        )

    def read(self, start: int, end: int) -> int:
        """Reads rows until the end or the next different header; returns the row where it stopped."""
        grid, hidden = self.table.grid, self.table.hidden_rows
        for row in range(start, end):
            cells = grid[row]
            filled = [index for index, cell in enumerate(cells) if cell and not cell.isspace()]
            if not filled:
                continue  # a row of blanks (page break) does not end its heading's group
            if row in hidden:
                self.reading.set_aside([self._piece(row, index) for index in filled], "hidden")
                continue
            first = cells[filled[0]]
            if (
                not first.isdecimal()
                and len(filled) > 1
                and (column_of(first) is not None or squeeze(first) in self.header.words)
                and is_repeated(self.header, cells)
            ):
                if {squeeze(cells[index]) for index in filled} - self.header.words:
                    return row
                self.reading.draft.document.columns.extend(self._piece(row, index) for index in filled)
                self.after_header = True
                continue
            if not self._special(row, cells, filled, first):
                self._data(row, cells, filled)
        return end

    def _enter_section_above(self) -> None:
        """A numbered row right over the header (`一、项目建设`) is the first section, not the table's title."""
        row = self.header.top - 1
        if row < 0:
            return
        filled = [index for index, cell in enumerate(self.table.grid[row]) if cell and not cell.isspace()]
        label = read_label(self.table.grid[row][filled[0]]) if len(filled) == 1 else None
        if label is not None and label.form in {"cn", "cn-bracket", "chapter"}:
            self.headings.enter_section(row, filled[0], label, [self._piece(row, filled[0])])

    def finish(self) -> int:
        """Builds the tasks of all rows read; returns how many."""
        rows = self.rows
        paths = [_texts(row) for row in rows]
        named = Counter((path, row.names.text) for path, row in zip(paths, rows, strict=True) if row.names)
        grouping = any(count > 1 for count in named.values())
        inner = Counter(paths)
        cites_headings = self.number is not None and not self.header.names[self.number]
        for path, row in zip(paths, rows, strict=True):
            alone = inner[path] == 1
            task = build_row(row, grouping=grouping, alone=alone, cites_headings=cites_headings, year=self.reading.year)
            if row.lacking:
                self.reading.find("requirement-missing", task.locator)
            self.reading.add_task(task, self.position)
        if self.filled_down:
            self.reading.find("units-filled-down", *self.filled_down)
        if not rows:
            self.reading.find("table-empty", self.table.locator)
        return len(rows)

    def _piece(self, row: int, column: int) -> Piece:
        return self.table.places(row)[column], self.table.grid[row][column]

    # --- rows that are no tasks -------------------------------------------------------------------------------------

    def _special(self, row: int, cells: Sequence[str], filled: list[int], first: str) -> bool:
        if not may_be_special(first, len(filled)):
            return False
        pieces = [self._piece(row, index) for index in filled]
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
            or all(is_note(cells[index]) for index in filled)
        ):
            self.reading.set_aside(pieces, "note")
            return True
        if len(filled) == 1:
            return self._single(row, filled[0], first)
        if len(filled) == 2 and filled[0] == self.number and is_chinese_number(first) and not names_units:
            label = read_label(squeeze(first) + "、") or read_label(first)
            self.headings.enter_section(row, filled[1], label, pieces)
            return True
        return False

    def _single(self, row: int, column: int, text: str) -> bool:
        if column in self.times or any(column == index for index, _ in self.units):
            return False
        found = classify_single(
            text,
            in_requirement=column == self.requirement,
            in_first=column == 0,
            full=self.merges.width_at(row, column) >= max(2, len(self.table.grid[row]) - 1),
            spans_requirement=self.merges.covers_requirement(row, column, self.requirement),
            last_rows=row >= len(self.table.grid) - 2,
            captions=self.captions,
        )
        piece = self._piece(row, column)
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

    def _data(self, row: int, cells: Sequence[str], filled: list[int]) -> None:
        fresh = self.headings.update(row, cells)
        requirement = self._requirement(row, cells)
        if requirement is None or not requirement[1].strip():
            if not self._without_requirement(row, cells, filled, fresh):
                return
        elif self._continues(cells, filled):
            last = self.rows[-1]
            last.text += one_line(requirement[1])
            last.pieces.append(requirement)
        else:
            self.rows.append(self._row(row, requirement))
        current = self.rows[-1]
        self._units(row, cells, current, fresh)
        for column in self.times:
            piece = self._filled(row, column, cells)
            if piece:
                current.times.append(piece)
        self._other(row, cells, current)
        self.after_header = False

    def _requirement(self, row: int, cells: Sequence[str]) -> Piece | None:
        if cells[self.requirement]:
            return self._piece(row, self.requirement)
        for column in self.merges.requirement_from.get(row, ()):
            if cells[column].strip():
                return self._piece(row, column)
        return None

    def _without_requirement(self, row: int, cells: Sequence[str], filled: list[int], fresh: bool) -> bool:
        """Units or times that continue the row above, or a heading that has no requirement of its own."""
        if self.rows and not fresh and self.number not in filled:
            return True
        heading = self.headings.innermost
        if fresh and heading is not None:
            new = self._row(row, heading.piece)
            new.text, new.lacking = heading.text, True
            self.rows.append(new)
            return True
        self.reading.set_aside([self._piece(row, index) for index in filled])
        return False

    def _continues(self, cells: Sequence[str], filled: list[int]) -> bool:
        """A requirement that was cut by a page break: only the rest of its text stands under the repeated header."""
        if not (self.after_header and self.rows and filled == [self.requirement]):
            return False
        return bool(self.rows[-1].text) and self.rows[-1].text[-1] not in _TERMINAL

    def _row(self, row: int, requirement: Piece) -> Row:
        number, piece = None, None
        if self.number is not None:
            raw = self.table.grid[row][self.number]
            if raw and not raw.isspace():
                piece = self._piece(row, self.number)
                number = one_line(raw).strip("、.．。()（）") or None
                self._print_number(number, piece[0])
            elif (source := self.merges.source(row, self.number)) is not None:
                piece = self._piece(*source)
                number = one_line(piece[1]).strip("、.．。()（）") or None
        return Row(self.headings.path, self.headings.name, number, piece, [requirement], one_line(requirement[1]))

    def _print_number(self, number: str | None, locator: str) -> None:
        if number is None:
            return
        value = int(number) if number.isascii() and number.isdecimal() else chinese_number(fold(number))
        if value is not None:
            running = f"{self.table.locator}/{self.header.top}/number"
            self.reading.labels.append(
                PrintedLabel(f"{running}/{self.headings.section_count}", value, number, locator, running)
            )

    def _filled(self, row: int, column: int, cells: Sequence[str]) -> Piece | None:
        """A cell's own text, or that of the merged area it belongs to."""
        if cells[column] and not cells[column].isspace():
            return self._piece(row, column)
        source = self.merges.source(row, column)
        return self._piece(*source) if source is not None and source[0] > self.header.bottom else None

    def _units(self, row: int, cells: Sequence[str], current: Row, fresh: bool) -> None:
        for column, role in self.units:
            piece = self._filled(row, column, cells)
            if piece is not None and (*piece, role) not in current.units:
                current.units.append((*piece, role))
        if current.units or not self.units or self.merges.known or fresh or current.lacking or len(self.rows) < 2:
            return
        above = self.rows[-2]
        if above.units and above.headings == current.headings:
            current.units.extend(above.units)
            self.filled_down.append(current.pieces[0][0])

    def _other(self, row: int, cells: Sequence[str], current: Row) -> None:
        for column in self.others:
            text = cells[column]
            if not text or text.isspace():
                continue
            piece = self._piece(row, column)
            kind = self.header.columns[column]
            current.extras.append(Extra(self.labels[column], one_line(text), piece[0]))
            if kind is Column.REMARK:
                current.remarks.append(piece)
            elif kind is Column.GOAL:
                current.goals.append(piece)
            elif kind is Column.STAGE:
                current.stages.append((one_line(self.header.names[column]), one_line(text)))


def _texts(row: Row) -> tuple[str, ...]:
    return tuple(heading.text for heading in row.headings)


def read_table(reading: Reading, table: Table, header: Header, position: int) -> int:
    """All tasks of a table, whatever number of headers it has; returns how many."""
    merges = Merges(table, header)
    total = 0
    current: Header | None = header
    while current is not None:
        columns = reading.draft.document.columns
        for row in range(max(current.top, 0), current.bottom + 1):
            columns.extend(
                (table.cite(row, column), cell) for column, cell in enumerate(table.grid[row]) if cell.strip()
            )
        reader = TableReader(reading, table, current, merges, position)
        stopped = reader.read(current.bottom + 1, len(table.grid))
        total += reader.finish()
        current = find_header(table, stopped) if stopped < len(table.grid) else None
    return total
