"""The neutral document that every reader yields: paragraphs and tables in reading order, each piece with its locator.

A locator is the address a person would use: `Sheet1!A5` in a workbook, `table 2 row 7` and `paragraph 31` in a Word or
web document, `line 42` in text. It is made once, by the reader, and is carried to the last message.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

from imports.problems import Problem

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
    _places: dict[int, list[str]] = field(default_factory=dict, init=False, repr=False, compare=False)
    """Locators made so far: each is asked for several times over."""

    def cite(self, row: int, column: int | None = None) -> str:
        """The locator of a cell, or of the row where cells have none."""
        return self.row_labels[row] if column is None else self.places(row)[column]

    def places(self, row: int) -> list[str]:
        """The locators of all cells of a row."""
        known = self._places.get(row)
        if known is None:
            known = self._places[row] = self._places_of(row)
        return known

    def _places_of(self, row: int) -> list[str]:
        label = self.row_labels[row]
        if self.column_labels is not None:
            sheet, _, number = label.rpartition("!")
            found = [f"{sheet}!{letters}{number}" for letters in self.column_labels]
        else:
            found = [label] * len(self.grid[row])
        if self.cell_labels is not None:
            found = [self.cell_labels.get((row, column), place) for column, place in enumerate(found)]
        return found


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
