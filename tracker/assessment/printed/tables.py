"""The tables of an uploaded workbook with the address of every cell, read in a process apart."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from imports.apart import Request, run
from imports.document import Table
from imports.readers import read_document

MOST_ROWS = 2_000
"""Rows of a table that are looked at: no printed scheme comes near it."""


@dataclass(frozen=True, slots=True)
class Printed:
    """A grid of texts; `places` has the address of each cell (`Sheet1!D7`)."""

    name: str
    grid: list[list[str]]
    places: list[list[str]]


def tables_of(data: bytes, file_name: str) -> list[Printed]:
    """Raises UnreadableDocument."""
    found = run(Request(f"{__name__}:read_tables", {"file_name": file_name}), data)
    return [Printed(one["name"], one["grid"], one["places"]) for one in found]


def read_tables(data: bytes, file_name: str) -> list[dict[str, Any]]:
    """The tables as JSON; hidden sheets are not read. Raises UnreadableDocument."""
    return [as_json(table) for table in read_document(data, file_name).tables() if not table.hidden]


def as_json(table: Table) -> dict[str, Any]:
    grid = table.grid[:MOST_ROWS]
    places = [[table.cite(row, column) for column in range(len(cells))] for row, cells in enumerate(grid)]
    return {"name": table.locator, "grid": grid, "places": places}
