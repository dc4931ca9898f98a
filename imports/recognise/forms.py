"""Tables with the names of their fields on the left, turned into tables with a header: forms (督办单), and lists of tasks
side by side."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from imports.document import Table
from imports.phrases.chars import fold
from imports.recognise.columns import UNIT_ROLES, Column, column_of

_LEAST_FIELDS = 3
_NAME = re.compile(r"[\u4e00-\u9fff]{2,6}[\d一二三四五六七八九十]{0,3}:?")
_COUNT = re.compile(r"\d{1,3}$")
_WIDEST = 6
_MOST_TASKS = 40
_TASK = {Column.REQUIREMENT, Column.NAME, Column.LEVEL}


@dataclass(frozen=True, slots=True)
class _Field:
    row: int
    column: int
    name: str
    value: tuple[int, int]

    @property
    def key(self) -> str:
        """`问题1` and `问题2` are the same field of two tasks."""
        return _COUNT.sub("", self.name)


def turn(table: Table) -> Table | None:
    """The table as a header and one row for each task; None where its fields are not named on the left."""
    fields = _fields(table)
    if fields is None:
        return _side_by_side(table)
    if not _names_a_task([field.name for field in fields]):
        return None
    names = list(dict.fromkeys(field.key for field in fields))
    cited: dict[tuple[int, int], str] = {}
    header = [""] * len(names)
    rows: list[list[str]] = []
    labels = [table.cite(fields[0].row)]
    for field in fields:
        at = names.index(field.key)
        if field.key == names[0] or not rows:
            rows.append([""] * len(names))
            labels.append(table.cite(field.row))
        if not header[at]:
            header[at] = table.grid[field.row][field.column]
            cited[0, at] = table.cite(field.row, field.column)
        rows[-1][at] = table.grid[field.value[0]][field.value[1]]
        cited[len(rows), at] = table.cite(*field.value)
    return Table(table.locator, [header, *rows], labels, cell_labels=cited, hidden=table.hidden, caption=table.caption)


def _names_a_task(names: Sequence[str]) -> bool:
    roles = {column_of(name) for name in names}
    return len(names) >= _LEAST_FIELDS and bool(roles & set(UNIT_ROLES)) and bool(roles & _TASK)


def _side_by_side(table: Table) -> Table | None:
    """Every row begins with the name of a field and goes on with what it is for each task: rows and columns are exchanged."""
    top = next((row for row, cells in enumerate(table.grid) if sum(map(bool, map(str.strip, cells))) > 1), None)
    if top is None or not 2 < len(table.grid[top]) <= _MOST_TASKS:
        return None
    rows: list[int] = []
    for row in range(top, len(table.grid)):
        if column_of(table.grid[row][0]) is not None:
            rows.append(row)
        elif any(cell.strip() for cell in table.grid[row]):
            return None
    names = [table.grid[row][0] for row in rows]
    values = [cell for row in rows for cell in table.grid[row][1:] if cell.strip()]
    if table.hidden_rows or any(map(column_of, values)) or not _names_a_task(names):
        return None
    above = [[cell, *[""] * (len(rows) - 1)] for line in table.grid[:top] for cell in line if cell.strip()]
    across = [[table.grid[row][column] for row in rows] for column in range(len(table.grid[top]))]
    cited = {
        (len(above) + column, at): table.cite(row, column)
        for at, row in enumerate(rows)
        for column in range(len(across))
    }
    cited.update(
        {(at, 0): piece[0] for at, piece in enumerate(p for row in range(top) for p in table.pieces(row).values())}
    )
    labels = [cited[at, 0] for at in range(len(above) + len(across))]
    return Table(table.locator, above + across, labels, cell_labels=cited, hidden=table.hidden, caption=table.caption)


def _fields(table: Table) -> list[_Field] | None:
    """All fields in reading order; None where a row is anything but names and values in turn. A few names may be unknown, as
    what a list of its own calls its entries (`问题1`)."""
    found: list[_Field] = []
    unknown = 0
    for row, cells in enumerate(table.grid):
        filled = [column for column, cell in enumerate(cells) if cell and not cell.isspace()]
        if not filled:
            continue
        if len(cells) > _WIDEST or len(filled) % 2 or table.hidden_rows:
            return None
        for name, value in zip(filled[::2], filled[1::2], strict=True):
            known = column_of(cells[name]) is not None
            if column_of(cells[value]) is not None or not (known or _NAME.fullmatch(fold(cells[name]).strip())):
                return None
            unknown += not known
            found.append(_Field(row, name, cells[name], (row, value)))
    return found if unknown * _LEAST_FIELDS <= len(found) else None
