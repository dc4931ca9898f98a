"""One row of a task table on its way to a task: its headings, number, texts and cells."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from imports.document import Piece
from imports.draft import DraftTask, Extra, Role, Target
from imports.phrases.chars import fold
from imports.phrases.numbering import Label, read_label
from imports.phrases.units import parse_units
from imports.phrases.units.vocabulary import LABEL
from imports.recognise.tasks import build_task

Pieces = Mapping[int, Piece]
"""The filled cells of a row, by column."""


@dataclass(slots=True)
class Heading:
    text: str
    """Without its numbering, on one line, as printed otherwise."""
    label: Label | None
    piece: Piece
    section: bool = False
    """A row of its own over the whole width, rather than a cell of a heading column."""
    note: str = ""
    """Units that the heading itself names in brackets: they hold for the rows under it that name nobody, or only who supports."""


@dataclass(slots=True)
class Row:
    at: int
    """Its number in the grid, from 0."""
    headings: tuple[Heading, ...]
    names: Heading | None
    number: str | None
    number_piece: Piece | None
    pieces: list[Piece]
    text: str
    cells: Pieces
    """What it prints itself; its own rest on the next page is part of it."""
    units: list[tuple[Piece, Role]] = field(default_factory=list)
    times: list[Piece] = field(default_factory=list)
    others: list[Piece] = field(default_factory=list)
    extras: list[Extra] = field(default_factory=list)
    """What the others say, under the names of their columns."""
    remarks: tuple[Piece, ...] = ()
    goals: tuple[Piece, ...] = ()
    amounts: list[Target] = field(default_factory=list)
    """Goals that are bare numbers, with the measure word of a column of its own."""
    stages: tuple[tuple[str, str], ...] = ()
    """Time of the header (第一季度), and what the cell says is done by then."""
    steps: list[Target] = field(default_factory=list)
    """Amounts that stand under times: targets where the task has no other, else steps towards that."""
    lacking: bool = False
    mended: dict[Piece, tuple[Piece, ...]] = field(default_factory=dict)
    """Cells that a page break cut, as one piece, with the pieces that are printed."""
    point: Label | None = None
    """Its own label, where several rows are points of one number (`1`: `(1)…`, `(2)…`)."""
    traces: dict[str, list[Piece]] = field(default_factory=dict)
    """By field, cells that only refer to others: `同上`, the number of a whole group."""

    def prints(self, column: int) -> bool:
        return column in self.cells

    def mend(self, column: int, rest: Piece) -> None:
        """Puts the rest of a cell that a page break cut behind its beginning."""
        upper = self.cells[column]
        whole = (upper[0], upper[1].rstrip() + rest[1].lstrip())
        self.mended[whole] = (*self.mended.pop(upper, (upper,)), rest)
        self.cells = {**self.cells, column: whole}
        self.units = [(whole if piece == upper else piece, role) for piece, role in self.units]
        self.times = [whole if piece == upper else piece for piece in self.times]


def build_row(
    row: Row, *, grouping: bool, alone: bool, singly: bool, cites_headings: bool, year: int | None
) -> DraftTask:
    """The task of a row. `grouping`: the name column covers several rows and is a heading; `alone`: the row is the only one
    under its innermost heading, `singly`: and so is every row; `cites_headings`: the number column stands under the
    heading columns' own header."""
    headings = row.headings
    if row.names is not None and grouping:
        headings = (*headings, row.names)
    if row.lacking and headings and headings[-1].piece == row.pieces[0]:
        headings = headings[:-1]
    _take_note(row, headings)
    holder = row.names if not grouping else None
    own = headings[-1] if alone and headings and row.names is None and not headings[-1].section else None
    label = row.point or (own_label(row.text) if row.number is None else None)
    sources: dict[str, list[Piece]] = {"path": [heading.piece for heading in headings]} if headings else {}
    if row.number_piece is not None:
        sources["number"] = [row.number_piece]
    if holder is not None:
        sources["name"] = [holder.piece]
    if row.others:
        sources["extras"] = row.others
    task = build_task(
        requirement=row.text[label.length :] if label is not None else row.text,
        requirement_pieces=row.pieces,
        path=[heading.text for heading in headings if heading.text],
        number=_number(row, headings, holder, own if singly else None, label, cites_headings),
        name=holder.text if holder is not None else own.text if own is not None else "",
        unit_cells=row.units,
        time_cells=row.times,
        remarks=row.remarks,
        goals=row.goals,
        stages=row.stages,
        extras=row.extras,
        sources=sources,
        year=year,
    )
    task.targets += row.amounts
    task.targets += [] if task.targets else row.steps
    for name in ("units", "deadlines") if row.mended else ():
        cited = task.sources.get(name, [])
        task.sources[name] = [printed for piece in cited for printed in row.mended.get(piece, (piece,))]
    for name, pieces in row.traces.items():
        task.sources.setdefault(name, []).extend(pieces)
    return task


def _take_note(row: Row, headings: Sequence[Heading]) -> None:
    """Who is to do it by the innermost heading that says so: all of it where the row names nobody, the lead where it names none."""
    noted = next((heading for heading in reversed(headings) if heading.note), None)
    if noted is None:
        return
    if not any(parse_units(raw, role).names_a_doer for (_, raw), role in row.units):
        row.units.insert(0, ((noted.piece[0], noted.note), "responsible"))
    elif noted.section and _adds_a_lead(noted.note, row):
        row.units.insert(0, ((noted.piece[0], noted.note), "lead"))


def _adds_a_lead(note: str, row: Row) -> bool:
    """Does a section say by a label who leads all of it (`一、新材料专班(牵头单位:区工信局)`), and a row of it not who leads it?"""
    leads = parse_units(note, "responsible").units
    return (
        bool(leads)
        and all(unit.role == "lead" and not unit.collective for unit in leads)
        and not any(unit.role == "lead" for (_, raw), role in row.units for unit in parse_units(raw, role).units)
    )


def cite_points(rows: Sequence[Row]) -> None:
    """Rows under one number that are its points, counted from 1 on, are cited with both; digits would run together."""
    start, last = 0, 0
    for end in range(1, len(rows) + 1):
        if end < len(rows) and _same_number(rows[start], rows[end]):
            continue
        last = _cite_points(rows[start:end], last) if end - start > 1 or last else 0
        start = end


def _same_number(first: Row, row: Row) -> bool:
    """Is the number of a row that of the first of its group: merged with it, or left blank?"""
    if first.number is None or row.number not in (None, first.number):
        return False
    is_its = row.number is None or row.number_piece == first.number_piece
    return is_its and row.headings == first.headings


def _cite_points(group: Sequence[Row], before: int) -> int:
    """Cites the points of one number, and says which was the last; 0 where they are none. `before`: the last point of the
    number before, which these may go on counting from."""
    labels = [own_label(row.text) for row in group]
    first = labels[0]
    if first is None or group[0].number is None or first.value not in (1, before + 1):
        return 0
    if len(group) == 1 and first.value == 1:
        return 0  # nothing that is counted
    if first.cite[:1].isdigit() and group[0].number[-1:].isdigit():
        return 0
    for value, label in enumerate(labels, first.value):
        if label is None or (label.form, label.value) != (first.form, value):
            return 0
    for row, label in zip(group, labels, strict=True):
        row.number, row.number_piece, row.point = group[0].number, row.number_piece or group[0].number_piece, label
    return first.value + len(group) - 1


def _number(
    row: Row,
    headings: Sequence[Heading],
    holder: Heading | None,
    own: Heading | None,
    label: Label | None,
    cites_headings: bool,
) -> str | None:
    if row.number is None:
        return _cited(headings, holder, own, label)
    return (_cites(headings) if cites_headings else "") + row.number + (row.point.cite if row.point else "")


def _cites(headings: Sequence[Heading]) -> str:
    return "".join(heading.label.cite for heading in headings if heading.label is not None)


def lines_of_units(raw: str) -> tuple[str, str]:
    """A requirement and the lines that close it, each for one role: `…。` / `牵头单位：…` / `配合单位：…`."""
    lines = raw.split("\n")
    end = len(lines)
    while end > 1 and LABEL.match(fold(lines[end - 1])):
        end -= 1
    return "\n".join(lines[:end]), "\n".join(lines[end:])


def own_label(text: str) -> Label | None:
    """The label of a requirement that is one single item; a cell that holds items 1., 2., 3. keeps them all."""
    label = read_label(text)
    if label is None or label.form == "bullet" or label.length >= len(text):
        return None
    following = f"{label.value + 1}"
    rest = fold(text[label.length :])
    if label.form in {"digit", "digit-bracket"} and re.search(rf"(?<!\d)\(?{following}[.、)](?!\d)", rest):
        return None
    if label.form == "circled" and chr(0x2460 + label.value) in rest:
        return None
    return label


def _cited(headings: Sequence[Heading], holder: Heading | None, own: Heading | None, label: Label | None) -> str | None:
    """The number a reader would cite: labels of the headings, then the row's own; None where the row itself has none."""
    last = label or (holder.label if holder else None)
    if last is None and own is not None:
        last, headings = own.label, headings[:-1]
    if last is None or not last.cite:
        return None
    return _cites(headings) + last.cite
