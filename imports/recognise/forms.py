"""A form (督办单): names of fields to the left of what they hold, turned into a table of one row."""

from __future__ import annotations

from dataclasses import dataclass

from imports.document import Table
from imports.recognise.columns import UNIT_ROLES, Column, column_of

_LEAST_FIELDS = 3
_WIDEST = 6
_TASK = {Column.REQUIREMENT, Column.NAME, Column.LEVEL}


@dataclass(frozen=True, slots=True)
class _Field:
    row: int
    column: int
    name: str
    value: tuple[int, int]


def turn(table: Table) -> Table | None:
    """The form as a header and one row for each task; None where the table is no form."""
    fields = _fields(table)
    if fields is None:
        return None
    roles = {column_of(field.name) for field in fields}
    if len(fields) < _LEAST_FIELDS or not roles & set(UNIT_ROLES) or not roles & _TASK:
        return None
    names = list(dict.fromkeys(field.name for field in fields))
    cited: dict[tuple[int, int], str] = {}
    header = [""] * len(names)
    rows: list[list[str]] = []
    labels = [table.cite(fields[0].row)]
    for field in fields:
        at = names.index(field.name)
        if field.name == names[0] or not rows:
            rows.append([""] * len(names))
            labels.append(table.cite(field.row))
        if not header[at]:
            header[at] = table.grid[field.row][field.column]
            cited[0, at] = table.cite(field.row, field.column)
        rows[-1][at] = table.grid[field.value[0]][field.value[1]]
        cited[len(rows), at] = table.cite(*field.value)
    return Table(table.locator, [header, *rows], labels, cell_labels=cited, hidden=table.hidden, caption=table.caption)


def _fields(table: Table) -> list[_Field] | None:
    """All fields in reading order; None where a row is anything but names and values in turn."""
    found: list[_Field] = []
    for row, cells in enumerate(table.grid):
        filled = [column for column, cell in enumerate(cells) if cell and not cell.isspace()]
        if not filled:
            continue
        if len(cells) > _WIDEST or len(filled) % 2 or table.hidden_rows:
            return None
        for name, value in zip(filled[::2], filled[1::2], strict=True):
            if column_of(cells[name]) is None or column_of(cells[value]) is not None:
                return None
            found.append(_Field(row, name, cells[name], (row, value)))
    return found
