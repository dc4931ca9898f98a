"""What is done with a person's workbook in a process apart: marks put on, marks taken off, cells read. JSON in and out."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from typing import Any

from imports.readers import read_document
from reports.markup import (
    CHECKLIST_COLUMNS,
    SEAL,
    Anchor,
    Book,
    Item,
    Place,
    Words,
    can_be_marked,
    checklist_of,
    mark_workbook,
    unmark_workbook,
)
from tracker.drafts.reading import whole_of

Json = dict[str, Any]


def put_on(data: bytes, *, book: Json) -> str | None:
    """The marked workbook in base64; None where the file is none that can be marked."""
    if not can_be_marked(data):
        return None
    return base64.b64encode(mark_workbook(data, book_of(book))).decode()


def book_of(said: Json) -> Book:
    words = said["words"]
    return Book(
        Words(**{**words, "lines": tuple(words["lines"]), "labels": tuple(words["labels"])}),
        tuple(
            Item(one["level"], one["text"], one["hint"], tuple(Place(*place) for place in one["places"]), one["state"],
                 one["key"], one["mark"])
            for one in said["items"]
        ),
        tuple(tuple(line) for line in said["seal"]),
        tuple(Anchor(*one) for one in said["anchors"]),
    )  # fmt: skip


def look_into(data: bytes, *, file_name: str) -> Json:
    """The hidden sheet of a workbook, its other tables as [place of the row, texts], by name of their sheet; and where its
    first sheet leads by name (`checklist`, '' where it does not)."""
    document = read_document(data, file_name)
    seal = next((table for table in document.tables() if table.locator == SEAL), None)
    return {
        "checklist": "" if seal is None else checklist_of(data, ""),
        "seal": None if seal is None else [list(row) for row in seal.grid],
        "tables": {
            table.locator: [[place, list(row)] for place, row in zip(table.row_labels, table.grid, strict=True)]
            for table in document.tables()
            if table is not seal
        }
        if seal is not None
        else {},
    }


def take_off(data: bytes, *, file_name: str, checklist: str, year: int | None, layout: Json) -> Json:
    """A person's own workbook without the marks: the file in base64, where tasks stand in it, and how it reads now."""
    clean, anchors = unmark_workbook(data, checklist=checklist)
    document = read_document(clean, file_name)
    return {"file": base64.b64encode(clean).decode(), "anchors": anchors, "whole": whole_of(document, year, layout)}


def rows_by_header(tables: Json, known_by: str, headers: Json) -> tuple[list[list[Any]], list[str]] | None:
    """Rows of the table whose header names the hidden column: [known by, place, texts by key]; and the headers that it
    has no more. None where no table has such a header."""
    for rows in tables.values():
        for number, (_place, cells) in enumerate(rows):
            found = {headers[text.strip()]: column for column, text in enumerate(cells) if text.strip() in headers}
            own = next((column for column, text in enumerate(cells) if text.strip() == known_by), None)
            if own is None or len(found) < 2:
                continue
            said = [
                [cells_[own].strip(), place, {key: cells_[column] for key, column in found.items()}]
                for place, cells_ in rows[number + 1 :]
            ]
            return said, [header for header, key in headers.items() if key not in found]
    return None


def decided(rows: Sequence[Any]) -> list[list[str]]:
    """What was decided in the first sheet: [finding, decision, reason, what the line says], where something was written."""
    lines = [cells for _place, cells in rows if len(cells) >= CHECKLIST_COLUMNS]
    head = next((n for n, cells in enumerate(lines) if all(text.strip() for text in (cells[0], *cells[3:8]))), -1)
    return [
        [cells[8].strip(), cells[6].strip(), cells[7].strip(), cells[3].strip()]
        for cells in lines[head + 1 :]
        if cells[6].strip() or cells[7].strip()
    ]
