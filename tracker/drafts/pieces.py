"""The source as it was read, cut into pieces that a page can show one by one. Pure.

A paragraph is a piece, a table is a `sheet` piece and a `row` piece for each row. A row's cells know how far they are
merged, and which areas from above reach into the row, so that any run of rows can be shown as a table of its own.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from imports.document import Document, Paragraph, Table

LOCATOR_LENGTH = 120


@dataclass(frozen=True, slots=True)
class Piece:
    position: int
    kind: str
    locator: str
    body: dict[str, Any]
    """paragraph: text, level, hidden, noise. sheet: caption, columns, rows, hidden. row: cells [[column, text, rows,
    columns, locator], …], over [[column, columns, rows left, locator], …], hidden."""


def pieces_of(document: Document) -> list[Piece]:
    bodies = [found for block in document.blocks for found in _of_block(block)]
    return [
        Piece(position, kind, locator[:LOCATOR_LENGTH], body) for position, (kind, locator, body) in enumerate(bodies)
    ]


def _of_block(block: Paragraph | Table) -> Iterator[tuple[str, str, dict[str, Any]]]:
    if isinstance(block, Paragraph):
        body: dict[str, Any] = {"text": block.text}
        marks = {"level": block.heading_level, "hidden": block.hidden, "noise": block.noise}
        yield "paragraph", block.locator, body | {name: value for name, value in marks.items() if value}
        return
    body = {"caption": block.caption, "columns": block.column_labels or [], "rows": len(block.grid)}
    yield "sheet", block.locator, body | ({"hidden": True} if block.hidden else {})
    yield from _rows(block)


def _rows(table: Table) -> Iterator[tuple[str, str, dict[str, Any]]]:
    starts = {(area.top, area.left): area for area in table.merges}
    covered: dict[int, list[tuple[int, int, int, int]]] = {}
    hidden_cells: set[tuple[int, int]] = set()
    for area in table.merges:
        for row in range(area.top, area.bottom + 1):
            hidden_cells.update((row, column) for column in range(area.left, area.right + 1))
            if row > area.top:
                covered.setdefault(row, []).append(
                    (area.left, area.right - area.left + 1, area.bottom - row + 1, area.top)
                )
        hidden_cells.discard((area.top, area.left))
    for number, texts in enumerate(table.grid):
        cells = []
        for column, text in enumerate(texts):
            if (number, column) in hidden_cells:
                continue
            start = starts.get((number, column))
            height = start.bottom - start.top + 1 if start is not None else 1
            width = start.right - start.left + 1 if start is not None else 1
            cells.append([column, text, height, width, table.cite(number, column)])
        over = [
            [left, width, left_over, table.cite(top, left)] for left, width, left_over, top in covered.get(number, [])
        ]
        body: dict[str, Any] = {"cells": cells, "over": over}
        if number in table.hidden_rows:
            body["hidden"] = True
        yield "row", table.row_labels[number], body


def positions(pieces: list[Piece]) -> dict[str, int]:
    """Every locator of the source, rows and cells alike, with the position of its piece."""
    found: dict[str, int] = {}
    for piece in pieces:
        found.setdefault(piece.locator, piece.position)
        for cell in piece.body.get("cells", ()):
            found.setdefault(cell[4], piece.position)
    return found


@dataclass(frozen=True, slots=True)
class Cell:
    text: str
    rows: int
    columns: int
    locator: str
    continued: bool = False
    """Begun in a row above that is not shown here."""


@dataclass(frozen=True, slots=True)
class Row:
    locator: str
    cells: list[Cell]
    hidden: bool


@dataclass(frozen=True, slots=True)
class Shown:
    """A paragraph, or a run of rows of one table."""

    kind: str
    locator: str
    text: str = ""
    level: int | None = None
    hidden: bool = False
    noise: bool = False
    rows: tuple[Row, ...] = ()


def shown(pieces: list[Piece]) -> list[Shown]:
    """Neighbouring pieces as a page shows them: rows of a table together, merged areas cut to the rows that are there."""
    found: list[Shown] = []
    run: list[Piece] = []
    for piece in pieces:
        if piece.kind == "row":
            run.append(piece)
            continue
        found.extend(_table(run))
        run = []
        if piece.kind == "paragraph":
            body = piece.body
            found.append(
                Shown("paragraph", piece.locator, body["text"], body.get("level"), bool(body.get("hidden")),
                      bool(body.get("noise")))
            )  # fmt: skip
        else:
            found.append(Shown("sheet", piece.locator, piece.body["caption"], hidden=bool(piece.body.get("hidden"))))
    return [*found, *_table(run)]


def _table(run: list[Piece]) -> Iterator[Shown]:
    if not run:
        return
    rows = []
    for index, piece in enumerate(run):
        left = len(run) - index
        cells = [
            (column, Cell(text, min(height, left), width, locator))
            for column, text, height, width, locator in piece.body["cells"]
        ]
        if index == 0:
            cells += [
                (column, Cell("", min(height, left), width, locator, continued=True))
                for column, width, height, locator in piece.body["over"]
            ]
        cells.sort(key=lambda pair: pair[0])
        rows.append(Row(piece.locator, [cell for _, cell in cells], bool(piece.body.get("hidden"))))
    yield Shown("table", run[0].locator, rows=tuple(rows))
