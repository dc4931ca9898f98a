"""The headings in force while a table is read: section rows, and heading columns filled down within their group."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cached_property

from imports.document import Piece, Table
from imports.phrases.chars import fold, one_line, squeeze
from imports.phrases.numbering import Label, read_label
from imports.phrases.units import take_notes
from imports.phrases.units.vocabulary import LABEL
from imports.recognise.headers.marks import PLACE
from imports.recognise.items import head_of_chapter
from imports.recognise.merges import Merges
from imports.recognise.pages import unmarked
from imports.recognise.reading import PrintedLabel, Reading
from imports.recognise.tables.continuing import says_as_above
from imports.recognise.tables.rows import Heading

_UNLABELLED_RANK = 0.9
_LEAST_PLACES = 2
_INNERMOST = 90.0
"""Of a row that only says who is to do what stands under it (`牵头单位:县发改局`)."""


class HeadingColumns:
    def __init__(
        self,
        reading: Reading,
        table: Table,
        merges: Merges,
        levels: Sequence[int],
        name_column: int | None,
        *,
        open_: bool,
    ) -> None:
        """`open_`: no column says who is to do what."""
        self.open = open_
        self.reading, self.table, self.merges = reading, table, merges
        self.levels, self.name_column = levels, name_column
        self.sections: list[Heading] = []
        self.current: list[Heading | None] = [None] * len(levels)
        self.name: Heading | None = None
        """What the name column (项目名称) says for the row at hand."""
        self.path: tuple[Heading, ...] = ()
        """Sections and heading cells in force, outermost first."""
        self.section_count = 0

    @cached_property
    def heads_places(self) -> bool:
        """Are there rows with nothing but the name of a town, several of them, in a table that has no column of bodies?"""
        if not self.open:
            return False
        alone = (
            next(iter(pieces.values()))[1]
            for row in range(len(self.table.grid))
            if len(pieces := self.table.pieces(row)) == 1
        )
        return len({text for text in map(squeeze, alone) if PLACE.fullmatch(text)}) >= _LEAST_PLACES

    @property
    def innermost(self) -> Heading | None:
        return self.name or (self.current[-1] if self.current else None)

    def enter_section(self, row: int, column: int, label: Label | None, pieces: list[Piece]) -> None:
        """A section row: its text in `column`, its number perhaps in a cell of its own (`pieces` then holds both)."""
        piece = self.table.pieces(row)[column]
        heading = _with_units(self._heading(piece, label))
        if not heading.note and self.heads_places:
            heading = replace(heading, note=heading.text if PLACE.fullmatch(heading.text) else "")
        if unmarked(piece[1]) != piece[1] and any(heading.text == section.text for section in self.sections):
            self.reading.set_aside(pieces, "caption")
            return
        self._begin(heading)
        if len(pieces) > 1:
            self.reading.draft.document.columns.append(pieces[0])
        self._print(heading, f"section/{len(self.sections)}")

    def enter_above(self, piece: Piece) -> None:
        """A numbered line of the text over the table holds for all of its rows."""
        self._begin(self._heading(piece))

    def _begin(self, heading: Heading) -> None:
        heading.section = True
        while self.sections and _rank(self.sections[-1]) >= _rank(heading):
            self.sections.pop()
        self.sections.append(heading)
        self.section_count += 1
        self.current = [None] * len(self.levels)
        self.name = None
        self.path = tuple(self.sections)

    def update(self, row: int, cells: Mapping[int, Piece]) -> bool:
        """Takes a row's heading cells; True where the row begins a new group. A new outer heading ends the inner ones."""
        changed = renewed = False
        for order, column in enumerate(self.levels):
            piece = cells.get(column)
            if piece is None or column in self.merges.requirement_from.get(row, ()):
                continue
            known = self.current[order]
            if known is not None and says_as_above(piece[1]):
                self.reading.draft.document.columns.append(piece)
                continue
            repeated = known is not None and squeeze(known.piece[1]) == squeeze(unmarked(piece[1]))
            self.current[order] = heading = self._heading(piece)
            renewed = True
            if not repeated:
                self.current[order + 1 :] = [None] * (len(self.levels) - order - 1)
                changed = True
                self._print(heading, f"level {order}/{self.section_count}")
        changed = self._update_name(row, cells, changed) or changed
        if changed or renewed:
            self.path = (*self.sections, *(heading for heading in self.current if heading is not None))
        return changed

    def _update_name(self, row: int, cells: Mapping[int, Piece], changed: bool) -> bool:
        column = self.name_column
        if column is None:
            return False
        if column in cells and self.name is not None and says_as_above(cells[column][1]):
            self.reading.draft.document.columns.append(cells[column])
            return False
        if column in cells:
            self.name = self._heading(cells[column])
            return True
        if changed or (column in self.merges.columns and not self.merges.source(row, column)):
            self.name = None
        return False

    def _heading(self, piece: Piece, label: Label | None = None) -> Heading:
        text = unmarked(piece[1])
        own = read_label(text)
        said = text[own.length :] if own else text
        taken = take_notes(said)
        if taken.notes and taken.body:
            note = "".join(part.text for part in taken.notes)
            return Heading(one_line(taken.body), label or own, piece, note=note)
        return Heading(one_line(said), label or own, piece)

    def _print(self, heading: Heading, where: str) -> None:
        label = heading.label
        if label is not None and label.value:
            running = f"{self.table.locator}/{where.split('/', maxsplit=1)[0]}/{label.form}"
            group = f"{running}/{where}"
            self.reading.labels.append(PrintedLabel(group, label.value, label.cite, heading.piece[0], running))


def _with_units(section: Heading) -> Heading:
    """A section row that says who is to do what stands under it, by a label (`牵头单位:县发改局`) or as its name."""
    if section.note:
        return section
    if LABEL.match(fold(section.text)):
        return replace(section, text="", note=section.text)
    return replace(section, note=head_of_chapter(section.text))


def _rank(heading: Heading) -> float:
    if heading.label is None:
        return _UNLABELLED_RANK if heading.text else _INNERMOST
    return heading.label.rank
