"""Tables with the names of their fields beside the values, turned into tables with a header: forms (督办单, 项目卡片), one
for each task or one below the other, and lists of tasks side by side."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from imports.document import Area, Table
from imports.phrases.chars import fold, squeeze
from imports.recognise.columns import UNIT_ROLES, Column, column_of

_LEAST_FIELDS = 3
_SEARCHED = 12
"""Cells of a column that are looked at."""
_LEFTMOST = 3
_WIDEST = 12
_MOST_TASKS = 40
_TASK = {Column.REQUIREMENT, Column.NAME, Column.LEVEL}
_NAME = re.compile(r"[\u4e00-\u9fff]{2,8}")
_COUNT = re.compile(r"[\d一二三四五六七八九十]{1,3}$")

Place = tuple[int, int]
"""Row and column of a cell."""


@dataclass(slots=True)
class _Field:
    at: Place
    name: str
    key: str
    """The name without its number: `问题1` and `问题2` are one field of two tasks."""
    values: list[Place] = field(default_factory=list)

    @property
    def counted(self) -> bool:
        return self.key != self.name


@dataclass(slots=True)
class _Heading:
    at: Place


@dataclass(slots=True)
class _Form:
    above: list[Place] = field(default_factory=list)
    """What stands over the first field: a title."""
    entries: list[_Field | _Heading] = field(default_factory=list)

    @property
    def fields(self) -> list[_Field]:
        return [entry for entry in self.entries if isinstance(entry, _Field)]


def turn(table: Table) -> Table | None:
    """The table as a header and one row for each task; None where its fields are not named on the left."""
    names = _columns_of_names(table)
    form = _read(table, names) if names else None
    return _side_by_side(table) if form is None or not _is_form(table, form) else _turned(table, form)


def _columns_of_names(table: Table) -> list[int]:
    """The columns that hold names of fields, each above others of its kind; none where the table is no form."""
    width = len(table.grid[0]) if table.grid else 0
    if table.hidden_rows or width > _WIDEST:
        return []
    found: list[int] = []
    for column in range(width):
        if column >= _LEFTMOST and not found:
            break
        cells = _first_cells(table, column)
        known = [key for key in map(_key, cells) if column_of(key) is not None]
        if _holds_names(cells, known, further=bool(found)):
            found.append(column)
    return found


def _holds_names(cells: Sequence[str], known: Sequence[str], *, further: bool) -> bool:
    """Most of the words are known; in a `further` column of a card (领衔代表, 会办单位, 答复形式) some, between others as short."""
    if further:
        return len(known) * 2 > len(cells) or (bool(known) and all(_NAME.fullmatch(_key(cell)) for cell in cells))
    return len(known) * 2 > len(cells) and len(set(known)) >= _LEAST_FIELDS


def _first_cells(table: Table, column: int) -> list[str]:
    """The first cells of a column that stand beside others."""
    filled = (cells[column] for cells in table.grid if cells[column].strip() and sum(map(bool, cells)) > 1)
    return [cell for cell, _ in zip(filled, range(_SEARCHED), strict=False)]


def _read(table: Table, names: Sequence[int]) -> _Form | None:
    """All fields in reading order, cards side by side one after the other; None where a row holds several values for one."""
    form = _Form()
    for columns in _cards(table, names):
        for row in range(len(table.grid)):
            filled = [column for column in table.pieces(row) if columns[0] <= column < columns[-1]]
            if not _read_row(table, row, filled, columns[1:-1], form):
                return None
    headed = any(isinstance(entry, _Heading) for entry in form.entries)
    if form.above and form.entries and (headed or form.above[-1][0] == form.entries[0].at[0]):
        form.entries.insert(0, _Heading(form.above.pop()))
    return form


def _cards(table: Table, names: Sequence[int]) -> list[list[int]]:
    """For each card where it begins, its columns of names, and where it ends: several, where all rows name the same fields."""
    width = len(table.grid[0])
    same = all(
        _key(table.grid[row][names[0]]) == _key(table.grid[row][column])
        for row in range(len(table.grid))
        for column in names[1:]
        if table.grid[row][names[0]].strip() and sum(map(bool, table.grid[row])) > 1
    )
    if len(names) == 1 or not same:
        return [[0, *names, width]]
    return [[begin, name, end] for begin, name, end in zip([0, *names[1:]], names, [*names[1:], width], strict=True)]


def _read_row(table: Table, row: int, filled: Sequence[int], names: Sequence[int], form: _Form) -> bool:
    cells = table.grid[row]
    begun: _Field | None = None
    for column in filled:
        last = form.entries[-1] if form.entries else None
        if column in names and _is_name(cells, column, filled, names):
            begun = _Field((row, column), _word(cells[column]), _key(cells[column]))
            form.entries.append(begun)
        elif begun is not None:
            begun.values.append((row, column))
        elif isinstance(last, _Field) and column > names[0] and last.values and last.values[-1][1] == column:
            last.values.append((row, column))  # the name is merged with the one above
        elif form.fields:
            form.entries.append(_Heading((row, column)))
        else:
            form.above.append((row, column))
        if begun is not None and len(begun.values) > 1:
            return False
    return True


def _is_name(cells: Sequence[str], column: int, filled: Sequence[int], names: Sequence[int]) -> bool:
    """A word that is known, or one alone before its value."""
    if column_of(cells[column]) is not None:
        return True
    following = next((other for other in filled if other > column), None)
    beside = following is not None and following not in names
    return beside and _NAME.fullmatch(_key(cells[column])) is not None


def _word(name: str) -> str:
    return squeeze(fold(name)).strip(":*")


def _key(name: str) -> str:
    plain = _word(name)
    return _COUNT.sub("", plain) or plain


def _is_form(table: Table, form: _Form) -> bool:
    """Do the fields say what is to be done, and by whom? Few of them have names that are unknown, no value is such a name."""
    fields = form.fields
    keys = list(dict.fromkeys(field.key for field in fields))
    known = [key for key in keys if column_of(key) is not None]
    values = [table.grid[row][column] for field in fields for row, column in field.values]
    return (
        _names_a_task(known)
        and (len(known) == len(keys) or Column.REQUIREMENT in map(column_of, known))
        and len(keys) - len(known) <= len(known) // 2
        and sum(column_of(value) is not None for value in values) * 4 <= len(values)
    )


def _names_a_task(names: Sequence[str]) -> bool:
    roles = {column_of(name) for name in names}
    return len(names) >= _LEAST_FIELDS and bool(roles & set(UNIT_ROLES)) and bool(roles & _TASK)


def _turned(table: Table, form: _Form) -> Table:
    """A row for each task, under its names: those of the first are the header, those of others say it again."""
    keys = list(dict.fromkeys(field.key for field in form.fields))
    counted = {field.key for field in form.fields if field.counted}
    columns = [(key, number) for key in keys for number in ([True, False] if key in counted else [False])]
    turned = Table(table.locator, [], [], cell_labels={}, hidden=table.hidden, caption=table.caption)
    for place in form.above:
        _add_heading(turned, table, place, len(columns))
    named = {field.key: field for field in reversed(form.fields)}
    for headings, task in _tasks(form):
        cells: dict[int, tuple[str, Place]] = {}
        words: dict[int, tuple[str, Place]] = {}
        for at, (key, number) in enumerate(columns):
            entry, name = task.get(key), task.get(key) or named.get(key)
            if number:
                if entry is not None:
                    cells[at] = (table.grid[entry.at[0]][entry.at[1]], entry.at)
                continue
            if name is not None:
                words[at] = (key if key in counted else table.grid[name.at[0]][name.at[1]], name.at)
            if entry is not None and entry.values:
                cells[at] = ("\n".join(table.grid[row][column] for row, column in entry.values), entry.values[0])
        named = {}
        _append(turned, table, words, len(columns))
        for place in headings:
            _add_heading(turned, table, place, len(columns))
        _append(turned, table, cells, len(columns))
    return turned


def _tasks(form: _Form) -> Iterator[tuple[list[Place], dict[str, _Field]]]:
    """The fields task by task, with the headings before them: a name that comes again begins the next, unless its values go
    on."""
    headings: list[Place] = []
    task: dict[str, _Field] = {}
    last: _Field | None = None
    for entry in form.entries:
        if isinstance(entry, _Heading):
            if task:
                yield headings, task
                headings, task = [], {}
            headings.append(entry.at)
            last = None
        elif last is not None and last.key == entry.key:
            last.values.extend(entry.values)
        else:
            if entry.key in task:
                yield headings, task
                headings, task = [], {}
            task[entry.key] = last = entry
    yield headings, task


def _add_heading(turned: Table, table: Table, place: Place, width: int) -> None:
    """Adds a row of one text over the whole width."""
    turned.merges.append(Area(len(turned.grid), 0, len(turned.grid), width - 1))
    _append(turned, table, {0: (table.grid[place[0]][place[1]], place)}, width)


def _append(turned: Table, table: Table, cells: dict[int, tuple[str, Place]], width: int) -> None:
    if not cells:
        return
    row = len(turned.grid)
    turned.grid.append([cells[at][0] if at in cells else "" for at in range(width)])
    cited = {at: table.cite(*place) for at, (_, place) in cells.items()}
    turned.row_labels.append(next(iter(cited.values()), table.locator))
    if turned.cell_labels is not None:
        turned.cell_labels.update({(row, at): place for at, place in cited.items()})


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
