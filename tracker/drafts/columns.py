"""Columns that recognition does not know by their headers, but a person once named. Pure.

Where a header row has such a column, a layout is made of it, as a person makes one on the page of headers; it says under
`memory` which column was taken by which memory.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from imports.document import Document, Table
from imports.phrases.chars import fold, squeeze
from imports.recognise.columns import Column, column_of
from imports.recognise.headers import find_header
from imports.template import is_helper
from tracker.drafts.layout import KINDS, OTHER, WORDS

Meanings = Mapping[str, tuple[str, int]]
"""By `normal_header`: the kind of the column, and the number of the memory."""
_SEARCHED_ROWS = 40


def normal_header(text: str) -> str:
    """A header as two prints of it are compared."""
    return squeeze(fold(text)).strip(":*").lower()


def takes_by_itself(text: str, kind: str) -> bool:
    """Whether recognition says the same of a header."""
    found = column_of(text)
    return found is not None and found.value == kind


def remembered_layout(document: Document, meanings: Meanings) -> dict[str, dict[str, Any]]:
    """Layouts of tables with a column that is remembered, by the table's locator."""
    found: dict[str, dict[str, Any]] = {}
    if not meanings:
        return found
    for table in document.tables():
        if not table.hidden and not is_helper(table) and (said := _layout(table, meanings)) is not None:
            found[table.locator] = said
    return found


def _layout(table: Table, meanings: Meanings) -> dict[str, Any] | None:
    for row, cells in enumerate(table.grid[:_SEARCHED_ROWS]):
        known = {
            column: held for column, text in enumerate(cells) if text and (held := meanings.get(normal_header(text)))
        }
        if not known or len(cells) < 2:
            continue
        head = [WORDS[known[column][0]] if column in known else text for column, text in enumerate(cells)]
        rest = Table(table.locator, [head, *table.grid[row + 1 :]], table.row_labels[row:], table.column_labels)
        header = find_header(rest)
        if header is None or header.top != 0 or Column.REQUIREMENT not in header.columns:
            continue
        kinds = [one.value if one is not None and one.value in KINDS else OTHER for one in header.columns]
        kinds = [known[column][0] if column in known else kind for column, kind in enumerate(kinds)]
        if "requirement" not in kinds:
            continue
        memory = {str(column): held[1] for column, held in known.items()}
        return {"row": table.row_labels[row], "columns": kinds, "memory": memory}
    return None


def used_columns(document: Document, layout: Mapping[str, Mapping[str, Any]]) -> list[tuple[str, str, str]]:
    """(place, header, kind) of every column that was taken by a memory."""
    found = []
    for table in document.tables():
        said = layout.get(table.locator)
        if said is None or not said.get("memory") or said["row"] not in table.row_labels:
            continue
        row = table.row_labels.index(said["row"])
        for column in sorted(map(int, said["memory"])):
            if column < len(table.grid[row]):
                text = " ".join(table.grid[row][column].split())
                found.append((table.cite(row, column), text, str(said["columns"][column])))
    return found
