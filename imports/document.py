"""The neutral document that every reader yields: paragraphs and tables in reading order, each piece with its locator.

A locator is the address a person would use: `Sheet1!A5` in a workbook, `table 2 row 7` and `paragraph 31` in a Word or
web document, `line 42` in text. It is made once, by the reader, and is carried to the last message.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

from imports.problems import Problem

Piece = tuple[str, str]
"""Locator and raw text of something read from the source."""

SourceKind = Literal["xlsx", "xls", "docx", "html", "csv", "text", "paste", "pdf"]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph or line of running text, as printed (outer white space kept: it is never meaning, sometimes a hint)."""

    locator: str
    text: str
    heading_level: int | None = None
    """Outline level where the format states one (Word heading style, h1–h6); 1 is the outermost."""
    hidden: bool = False
    noise: bool = False
    """Navigation, footer or other furniture of a web page: kept for conservation, set aside by recognition."""


@dataclass(frozen=True, slots=True)
class Area:
    """A merged area, all four bounds inclusive, 0-based within the table's grid."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(slots=True)
class Table:
    """A rectangular grid of texts. A merged area has its text at its top left cell; its other cells are ''."""

    locator: str
    """`Sheet1` for a worksheet, `table 2` in a document."""
    grid: list[list[str]]
    """Rows of texts, all of equal length."""
    row_labels: list[str]
    """For each row the locator of the row itself: `Sheet1!7`, `table 2 row 7`, or `line 42`."""
    column_labels: list[str] | None = None
    """For a worksheet the column letters, so that a cell is `Sheet1!D7`; None where only rows can be cited."""
    cell_labels: dict[tuple[int, int], str] | None = None
    """Where every cell has an address of its own (a flattened table: one line a cell), its locator by row and column."""
    merges: list[Area] = field(default_factory=list)
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    hidden: bool = False
    caption: str = ""
    allots: bool = False
    """Does the text right over it say that its figures are dealt out to be reached?"""
    _pieces: dict[int, dict[int, Piece]] = field(default_factory=dict, init=False, repr=False, compare=False)
    """What `pieces` has made so far: the draft and the last look for what was lost hold the same tuples."""
    _stems: list[str] = field(default_factory=list, init=False, repr=False, compare=False)
    """`Sheet1!A`, `Sheet1!B`: the locators of a worksheet's cells without the number of their row."""

    def cite(self, row: int, column: int | None = None) -> str:
        """The locator of a cell, or of the row where cells have none."""
        label = self.row_labels[row]
        if column is None:
            return label
        own = self.cell_labels.get((row, column)) if self.cell_labels is not None else None
        if own is not None or self.column_labels is None:
            return own or label
        sheet, _, number = label.rpartition("!")
        return f"{sheet}!{self.column_labels[column]}{number}"

    def pieces(self, row: int) -> Mapping[int, Piece]:
        """The cells of a row that show something, by column from left to right. Asked for when the grid is final."""
        known = self._pieces.get(row)
        if known is None:
            known = self._pieces[row] = self._pieces_of(row)
        return known

    def _pieces_of(self, row: int) -> dict[int, Piece]:
        cells = self.grid[row]
        if self.column_labels is None or self.cell_labels is not None:
            return {
                column: (self.cite(row, column), cell)
                for column, cell in enumerate(cells)
                if cell and not cell.isspace()
            }
        sheet, sign, number = self.row_labels[row].rpartition("!")
        if not self._stems:
            self._stems = [sheet + sign + letters for letters in self.column_labels]
        return {
            column: (self._stems[column] + number, cell)
            for column, cell in enumerate(cells)
            if cell and not cell.isspace()
        }


Block = Paragraph | Table


@dataclass(slots=True)
class Document:
    """All blocks in reading order, with what the reader itself found to say."""

    kind: SourceKind
    blocks: list[Block]
    problems: list[Problem] = field(default_factory=list)
    declared_title: str = ""
    """Title from the format's own metadata (html <title>), a hint only."""

    def tables(self) -> Iterator[Table]:
        return (block for block in self.blocks if isinstance(block, Table))

    def paragraphs(self) -> Iterator[Paragraph]:
        return (block for block in self.blocks if isinstance(block, Paragraph))
