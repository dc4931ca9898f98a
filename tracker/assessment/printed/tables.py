"""The tables of an uploaded workbook with the address of every cell, and the text around them, read in a process apart."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

from imports.apart import Request, run
from imports.document import Document, Table
from imports.readers import read_document
from tracker.assessment.printed.around.passages import Passage, unwrapped

MOST_ROWS = 2_000
"""Rows of a table, or paragraphs, that are looked at: no printed scheme comes near it."""
LONGEST_PARAGRAPH = 4_000


@dataclass(frozen=True, slots=True)
class Printed:
    """A grid of texts; `places` has the address of each cell (`Sheet1!D7`)."""

    name: str
    grid: list[list[str]]
    places: list[list[str]]


def tables_of(data: bytes, file_name: str) -> list[Printed]:
    """Raises UnreadableDocument."""
    return tables_and_text(data, file_name)[0]


def tables_and_text(data: bytes, file_name: str) -> tuple[list[Printed], list[Passage]]:
    """(the tables, the paragraphs around them). Raises UnreadableDocument."""
    found = run(Request(f"{__name__}:read_file", {"file_name": file_name}), data)
    tables = [Printed(one["name"], one["grid"], one["places"]) for one in found["tables"]]
    paragraphs = [Passage(place, text) for place, text in found["paragraphs"]]
    return tables, unwrapped(paragraphs) if found["is_in_lines"] else paragraphs


def read_file(data: bytes, file_name: str) -> dict[str, Any]:
    """Tables and paragraphs as JSON, and whether these are lines; what is hidden is not read. Raises UnreadableDocument."""
    document = read_document(data, file_name)
    return {
        "tables": [as_json(table) for table in document.tables() if not table.hidden],
        "paragraphs": list(_paragraphs(document)),
        "is_in_lines": document.kind == "text",
    }


def _paragraphs(document: Document) -> Iterator[tuple[str, str]]:
    shown = (one for one in document.paragraphs() if not (one.hidden or one.noise) and one.text.strip())
    return ((one.locator, one.text[:LONGEST_PARAGRAPH]) for one in islice(shown, MOST_ROWS))


def as_json(table: Table) -> dict[str, Any]:
    grid = table.grid[:MOST_ROWS]
    places = [[table.cite(row, column) for column in range(len(cells))] for row, cells in enumerate(grid)]
    return {"name": table.locator, "grid": grid, "places": places}
