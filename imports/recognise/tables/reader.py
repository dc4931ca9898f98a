"""Reading a table row by row under its header: headings filled down within their group, sections, continuation."""

from __future__ import annotations

from collections import Counter

from imports.document import Piece, Table
from imports.draft import Extra
from imports.phrases.chars import chinese_number, fold, one_line, squeeze
from imports.phrases.numbering import read_label
from imports.phrases.targets import counted, mere_amount
from imports.phrases.units.vocabulary import NOBODY
from imports.recognise.columns import Column
from imports.recognise.headers import Header, find_header, is_repeated
from imports.recognise.merges import Merges
from imports.recognise.pages import unmarked
from imports.recognise.reading import PrintedLabel, Reading
from imports.recognise.tables.aside import Aside
from imports.recognise.tables.continuing import PageBreaks, fill_down, is_rest, says_as_above
from imports.recognise.tables.groups import fill_groups
from imports.recognise.tables.headings import HeadingColumns
from imports.recognise.tables.layout import Layout
from imports.recognise.tables.marked import Marks
from imports.recognise.tables.paired import units_by_part
from imports.recognise.tables.points import with_points_apart
from imports.recognise.tables.rows import Pieces, Row, build_row, cite_points, lines_of_units, own_label
from imports.recognise.tables.special import may_be_special
from imports.recognise.title import title_like

_OF_THE_GROUP = frozenset({None, Column.PERSON, Column.PROGRESS, Column.GOAL})
"""What a cell merged over several rows says of each of them: the problem they mend, who answers for it, what they are to reach
together. Figures count once, for the first of them."""


class TableReader:
    """Reads one table under one header; another header further down begins another reader."""

    def __init__(self, reading: Reading, table: Table, header: Header, merges: Merges, position: int) -> None:
        self.reading, self.table, self.header, self.merges, self.position = reading, table, header, merges, position
        self.layout = layout = Layout.of(header)
        self.headings = HeadingColumns(
            reading,
            table,
            merges,
            layout.levels,
            layout.name,
            open_=not (layout.units or layout.marked or layout.shares),
        )
        self.rows: list[Row] = []
        self.aside = Aside(reading, table, header, layout, merges, self.headings, self.rows)
        self.breaks = PageBreaks(table, header, layout)
        self.marks = Marks(reading, table, header)
        self.running = f"{table.locator}/{header.top}/number"
        self.after_header = False
        self.fresh = False
        """Does the last row begin a group?"""
        self.group_number = ""
        self.whose: list[Piece] = []
        """The line over the table that names the bodies of all its tasks."""
        self.filled_down: list[str] = []
        self.times_filled: list[str] = []

    def read(self) -> None:
        """Reads the rows under the header, up to the next different one. A hidden row is read as any other: a filter that was
        left on hides tasks, and the source's reader says where."""
        grid = self.table.grid
        for row in range(self.header.bottom + 1, self.header.end):
            pieces = self.table.pieces(row)
            if not pieces:
                continue  # a row of blanks (page break) does not end its heading's group
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
            if len(pieces) == 1 and self._heads_a_page(row, first):
                self.reading.set_aside(list(pieces.values()), "caption")
            elif may_be_special(first, len(pieces)) and self.aside.takes(row, pieces, first):
                self.after_header = self.after_header or self.aside.page_begun
            else:
                self._data(row, pieces)

    def _heads_a_page(self, row: int, text: str) -> bool:
        """Does a title alone in its row stand right over the header printed again?"""
        below = row + 1
        return (
            below < self.header.end
            and is_repeated(self.header, self.table.grid[below])
            and title_like(fold(unmarked(text)))
        )

    def finish(self) -> int:
        """Builds the tasks of all rows read; returns how many."""
        self._settle()
        rows = with_points_apart(self.rows, self.layout)
        cite_points(rows)
        with_units, with_times = fill_groups(rows, self.layout, self.merges)
        for row in rows if self.whose else ():
            row.units = [*((piece, "responsible") for piece in self.whose), *row.units]
        texts = {
            id(headings): tuple(one.text for one in headings)
            for headings in {id(row.headings): row.headings for row in rows}.values()
        }
        paths = [texts[id(row.headings)] for row in rows]
        named = Counter((path, row.names.text) for path, row in zip(paths, rows, strict=True) if row.names)
        grouping = any(count > 1 for count in named.values())
        inner = Counter(paths)
        singly = all(count == 1 for count in inner.values())
        cites_headings = self.layout.number is not None and not self.header.names[self.layout.number]
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
            self.reading.add_row(task, self.table, row.at, self.position)
        if self.filled_down or with_units:
            self.reading.find("units-filled-down", *dict.fromkeys([*self.filled_down, *with_units]))
        if self.whose and rows:
            self.reading.find("units-over-table", self.whose[0][0])
        if self.times_filled or with_times:
            self.reading.find("times-filled-down", *dict.fromkeys([*self.times_filled, *with_times]))
        if not rows:
            self.reading.find("table-empty", self.table.locator)
        return len(rows)

    def _data(self, row: int, cells: Pieces) -> None:
        fresh = self.headings.update(row, cells)
        requirement = cells.get(self.layout.requirement) or self._merged_requirement(row, cells)
        above = self.rows[-1] if self.rows else None
        if requirement is None:
            current = self._without_requirement(row, cells, fresh)
            if current is None:
                return
        elif above is not None and self.breaks.cut(row, above, cells, self.after_header):
            current = above
            current.text += one_line(requirement[1])
            current.pieces.append(requirement)
        else:
            current = self._row(row, cells, requirement)
            if above is not None and not fresh:
                self._number_of_the_group(current, above)
        if current is not above:
            self._settle()
            self.rows.append(current)
            self.fresh = fresh
        self._units(row, cells, current, above)
        self._marks(row, cells, current)
        self._times(row, cells, current, above)
        self._other(cells, current, above)
        if current is above:
            current.cells = {**cells, **current.cells}
        self.after_header = False

    def _merged_requirement(self, row: int, cells: Pieces) -> Piece | None:
        columns = self.merges.requirement_from.get(row, ())
        return next((cells[column] for column in columns if column in cells), None)

    def _without_requirement(self, row: int, cells: Pieces, fresh: bool) -> Row | None:
        """Units or times that continue the row above, or a heading that has no requirement of its own."""
        if self.rows and not fresh and self.layout.number not in cells:
            return self.rows[-1]
        heading = self.headings.innermost
        if fresh and heading is not None:
            lacking = self._row(row, cells, heading.piece)
            lacking.text, lacking.lacking = heading.text, True
            return lacking
        self.reading.set_aside(list(cells.values()))
        return None

    def _row(self, row: int, cells: Pieces, requirement: Piece) -> Row:
        number, piece = None, None
        column = self.layout.number
        if column is not None:
            own = cells.get(column)
            piece = own or self._merged(row, column)
            if piece is not None:
                number = _printed_number(one_line(piece[1]))
            if own is not None:
                self._print_number(number, own[0])
        text, closing = lines_of_units(requirement[1]) if "\n" in requirement[1] else (requirement[1], "")
        begun = Row(row, self.headings.path, self.headings.name, number, piece, [requirement], one_line(text), cells)
        if closing:
            begun.units.append(((requirement[0], closing), "responsible"))
        outer = self.layout.outer_number
        if outer is not None:
            self._number_group(begun, cells.get(outer))
        return begun

    def _number_of_the_group(self, current: Row, above: Row) -> None:
        """A blank number within a group is the one above, as where its cells are merged; but not before a label of its own."""
        if current.number_piece is None and self.layout.number is not None and own_label(current.text) is None:
            current.number, current.number_piece = above.number, above.number_piece

    def _number_group(self, begun: Row, outer: Piece | None) -> None:
        """A number that stands for several rows is cited before their own, unless digits would run together."""
        if outer is not None:
            self.group_number = _printed_number(one_line(outer[1])) or ""
            begun.traces["number"] = [outer]
        if begun.number is not None and not self.group_number.isdecimal():
            begun.number = self.group_number + begun.number

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

    def _settle(self) -> None:
        """The last row is complete: what it does not say itself, the row above it may say for it. Where it names no unit, its
        time is merged with that above as its units are."""
        if len(self.rows) < 2 or not self.layout.units or self.merges.columns:
            return
        above, last = self.rows[-2:]
        named = bool(last.units)
        if not last.lacking and fill_down(last, above, self.layout.roles, self.fresh):
            self.filled_down.append(last.pieces[0][0])
            if above.times and not (named or last.times):
                last.times = list(above.times)
                self.times_filled.append(last.pieces[0][0])

    def _units(self, row: int, cells: Pieces, current: Row, above: Row | None) -> None:
        for column, role in self.layout.units:
            piece = cells.get(column) or self._merged(row, column)
            if piece is None or (piece, role) in current.units:
                continue
            if above is not None and says_as_above(piece[1]):
                current.units.extend(unit for unit in above.units if unit[1] == role)
                current.traces.setdefault("units", []).append(piece)
            elif current is above and is_rest(current.cells.get(column), piece, time=False):
                current.mend(column, piece)
            elif "/" in self.layout.labels[column] or "／" in self.layout.labels[column]:
                current.units.extend(units_by_part(self.layout.labels[column], piece, role))
                current.traces.setdefault("units", []).append(piece)
            else:
                current.units.append((piece, role))

    def _marks(self, row: int, cells: Pieces, current: Row) -> None:
        for column in self.layout.marked:
            piece = cells.get(column) or self._merged(row, column)
            if piece is not None:
                current.units.append(self.marks.unit(column, piece[1]))
                current.traces.setdefault("units", []).append(piece)
        for column in self.layout.shares:
            if column in cells and squeeze(fold(cells[column][1])).strip("0.%") not in NOBODY:
                current.units.append(self.marks.unit(column, ""))

    def _times(self, row: int, cells: Pieces, current: Row, above: Row | None) -> None:
        for column in self.layout.times:
            piece = cells.get(column) or self._merged(row, column)
            if piece is None or piece in current.times:
                continue
            if above is not None and says_as_above(piece[1]):
                current.times.extend(above.times)
                current.traces.setdefault("deadlines", []).append(piece)
            elif current is above and is_rest(current.cells.get(column), piece, time=True):
                current.mend(column, piece)
            else:
                current.times.append(piece)

    def _other(self, cells: Pieces, current: Row, above: Row | None) -> None:
        layout = self.layout
        measure = cells[layout.measure][1] if layout.measure in cells else ""
        for column in layout.others:
            piece = cells.get(column)
            if piece is None and current is not above and self.header.columns[column] in _OF_THE_GROUP:
                piece = self._merged(current.at, column)
            if piece is None:
                continue
            place, text = piece
            current.extras.append(Extra(layout.labels[column], one_line(text), place))
            current.others.append(piece)
            if column in layout.remarks:
                current.remarks += above.remarks if above is not None and says_as_above(text) else (piece,)
            elif column in layout.goals and column in cells:
                current.goals += (piece,)
                current.amounts += counted(text, measure or layout.measures.get(column, ""), current.text)
            elif column in layout.stages and squeeze(fold(text)) not in NOBODY:
                current.stages += ((squeeze(self.header.names[column]), one_line(text)),)
                current.steps += counted(text, measure, current.text) or mere_amount(text)


def _printed_number(text: str) -> str | None:
    """`1、` → 1, `（一）` → (一): a number cell as a reader would cite it."""
    if text.isdecimal():
        return text
    label = read_label(text)
    if label is not None and label.form == "cn-bracket" and label.length == len(text):
        return label.cite
    return text.strip("、.．。:：()（）") or None


def read_table(
    reading: Reading,
    table: Table,
    header: Header,
    position: int,
    above: Piece | None = None,
    whose: Piece | None = None,
) -> int:
    """All tasks of a table, whatever number of headers it has; returns how many. `above`: the heading over it; `whose`: the
    line over it that names who is to do all of it."""
    merges = Merges(table, header)
    total = 0
    current: Header | None = header
    while current is not None:
        columns = reading.draft.document.columns
        for row in range(max(current.top, 0), current.bottom + 1):
            columns.extend(table.pieces(row).values())
        reader = TableReader(reading, table, current, merges, position)
        reader.whose = [whose] if whose is not None and current is header else []
        if above is not None and not reader.headings.sections:
            reader.headings.enter_above(above)
        reader.read()
        total += reader.finish()
        current = find_header(table, current.end) if current.end < len(table.grid) else None
    return total
