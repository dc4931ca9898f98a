"""Documents for tests of recognition, made without any reader."""

from __future__ import annotations

from collections.abc import Sequence

from imports.document import Area, Document, Paragraph, Table


def from_text(text: str) -> Document:
    """One paragraph a line, blank lines left out, as the text reader yields them."""
    lines = enumerate(text.split("\n"), start=1)
    return Document("text", [Paragraph(f"line {number}", line) for number, line in lines if line.strip()])


def sheet(
    rows: Sequence[Sequence[str]], merges: Sequence[tuple[int, int, int, int]] = (), name: str = "Sheet1"
) -> Table:
    """A worksheet at A1; `merges` as top, left, bottom, right, 0-based and inclusive. Short rows are filled up."""
    width = max(len(row) for row in rows)
    grid = [[*row, *([""] * (width - len(row)))] for row in rows]
    letters = [chr(ord("A") + column) for column in range(width)]
    labels = [f"{name}!{number}" for number in range(1, len(grid) + 1)]
    return Table(name, grid, labels, letters, merges=[Area(*bounds) for bounds in merges])


def workbook(*tables: Table) -> Document:
    return Document("xlsx", list(tables))
