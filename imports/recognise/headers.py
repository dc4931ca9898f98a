"""Finding a table's header row or rows, and which column holds what."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from imports.document import Table
from imports.phrases.chars import squeeze
from imports.recognise.columns import UNIT_ROLES, Column, Kind, column_of, kind_of, misfit, stage_column

_TASK_COLUMNS = {Column.REQUIREMENT, Column.LEVEL, Column.NAME, Column.GOAL}
_SAMPLE = 60
_SEARCHED_ROWS = 40
_LONGEST_WORD = 12
_SHORTEST_REQUIREMENT = 8
"""Characters that a requirement has on average, where no header says which column it is."""


@dataclass(slots=True)
class Header:
    top: int
    bottom: int
    """First and last header row."""
    columns: list[Column | None]
    """For each column of the grid what it holds."""
    names: list[str]
    """For each column the header text over it, as printed."""
    words: frozenset[str] = field(default_factory=frozenset)
    """All header texts without blanks: a row of these again is the header repeated on the next page."""


def find_header(table: Table, start: int = 0) -> Header | None:
    """The first header at or below a row, one column of it the requirement; None where there is none."""
    for row in range(start, min(len(table.grid), start + _SEARCHED_ROWS)):
        if not _is_header_row(table.grid[row]):
            continue
        bottom = row
        while bottom + 1 < len(table.grid) and bottom - row < 2 and _is_lower_tier(table, bottom + 1):
            bottom += 1
        for last in range(bottom, row - 1, -1):
            header = _read(table, row, last)
            if Column.REQUIREMENT in header.columns:
                return header
    return None


def _is_header_row(cells: Sequence[str]) -> bool:
    filled = [cell for cell in cells if cell and not cell.isspace()]
    if len(filled) < 2 or len(filled) > 40:
        return False
    found = [_column(cell) for cell in filled]
    known = [column for column in found if column is not None]
    return (
        len(known) >= 2
        and len(known) * 5 >= len(filled) * 3
        and (bool(_TASK_COLUMNS & set(known)) or _says_who_and_when(filled, known))
        and (len(set(known)) >= 2 or len(known) == len(filled))
    )


def _says_who_and_when(filled: Sequence[str], known: Sequence[Column]) -> bool:
    """A header whose word for the task itself is not known: `交办件 | 内容 | 承办单位 | 时限`."""
    return (
        Column.DEADLINE in known
        and any(column in UNIT_ROLES for column in known)
        and all(len(cell) <= _LONGEST_WORD for cell in filled)
    )


def _is_lower_tier(table: Table, row: int) -> bool:
    """A second header row under a spanning cell (责任单位 over 牵头 and 配合): nothing but header words, not all columns."""
    filled = [cell for cell in table.grid[row] if cell and not cell.isspace()]
    return bool(filled) and all(_column(cell) is not None and len(cell) <= 16 for cell in filled)


def _column(text: str) -> Column | None:
    return column_of(text) or (Column.STAGE if stage_column(text) else None)


def _read(table: Table, top: int, bottom: int) -> Header:
    width = len(table.grid[top])
    names = [""] * width
    spanned = [False] * width
    for row in range(top, bottom + 1):
        line = list(table.grid[row])
        for area in table.merges:
            if area.top <= row <= area.bottom and area.top >= top and area.right > area.left:
                for column in range(area.left, min(area.right + 1, width)):
                    line[column] = table.grid[area.top][area.left]
                    spanned[column] = True
        for column in range(width):
            if line[column].strip() and (row == top or _column(line[column]) is not None):
                names[column] = line[column]
    columns = [_column(name) if name else None for name in names]
    words = frozenset(squeeze(cell) for row in range(top, bottom + 1) for cell in table.grid[row] if cell.strip())
    header = Header(top, bottom, columns, names, words)
    _doubt(table, header)
    _name_the_unnamed(table, header)
    _choose_requirement(table, header)
    return header


def _sample(table: Table, header: Header, column: int) -> list[str]:
    found: list[str] = []
    for row in range(header.bottom + 1, len(table.grid)):
        cell = table.grid[row][column]
        if cell and not cell.isspace():
            found.append(cell)
            if len(found) >= _SAMPLE:
                break
    return found


_WEAK_UNIT_WORDS = frozenset({"单位", "部门", "分工", "co", "配合", "牵头"})
_MISFITTING = 3.0
_BEGIN = re.compile(r"开工|启动|开始|起始|立项|成立|发文|制定|受理|接收|出生|任职")
"""Times that are no deadline."""


def _doubt(table: Table, header: Header) -> None:
    """Header words that say little are held against their cells: 单位 over 万吨 is a measure, 改革领域 over headings a level."""
    known = [index for index, column in enumerate(header.columns) if column is not None]
    texts = [index for index in known if header.columns[index] in _TASK_COLUMNS]
    units = any(header.columns[index] in UNIT_ROLES for index in known)
    for index, column in enumerate(header.columns):
        name = squeeze(header.names[index])
        if column in UNIT_ROLES and name in _WEAK_UNIT_WORDS:
            if _average(column, _sample(table, header, index)) > _MISFITTING:
                header.columns[index] = None
        elif column is None and name and texts and not units and _holds_units(table, header, index):
            header.columns[index] = Column.RESPONSIBLE
        elif column is None and name and texts and not _BEGIN.search(name) and _holds_times(table, header, index):
            header.columns[index] = Column.DEADLINE
        elif column is None and name and texts and index < max(texts):
            sample = _sample(table, header, index)
            if sample and _average(Column.LEVEL, sample) < 1 and not _integers(sample):
                header.columns[index] = Column.LEVEL


def _holds_units(table: Table, header: Header, column: int) -> bool:
    sample = _sample(table, header, column)
    return len(sample) >= 2 and _average(Column.RESPONSIBLE, sample) < 1


def _holds_times(table: Table, header: Header, column: int) -> bool:
    sample = _sample(table, header, column)
    return (
        Column.DEADLINE not in header.columns
        and len(sample) >= 2
        and all(kind_of(cell) is Kind.TIME for cell in sample)
    )


def _name_the_unnamed(table: Table, header: Header) -> None:
    """Columns under a blank header cell: numbers, the second part of a spanning heading, or a header narrower than its data."""
    unnamed = [column for column, name in enumerate(header.names) if not name.strip()]
    samples = {column: _sample(table, header, column) for column in range(len(header.names))}
    unnamed = [column for column in unnamed if samples[column]]
    if Column.NUMBER not in header.columns:
        spanned = [
            column for column, kind in enumerate(header.columns) if kind is Column.LEVEL and _integers(samples[column])
        ]
        if spanned and header.columns.count(Column.LEVEL) > len(spanned):
            header.columns[spanned[-1]], header.names[spanned[-1]] = Column.NUMBER, ""
    if not unnamed:
        return
    printed = [(name, column) for name, column in zip(header.names, header.columns, strict=True) if name.strip()]
    if any(role is not None and _average(role, samples[column]) >= 3 for column, role in enumerate(header.columns)):
        _align(header, printed, samples)
        return
    for column in unnamed:
        left = header.columns[column - 1] if column else None
        if _integers(samples[column]):
            header.columns[column] = Column.NUMBER
        elif left in {Column.LEVEL, Column.NAME} and _average(Column.LEVEL, samples[column]) < 3:
            header.columns[column], header.names[column] = Column.LEVEL, header.names[column - 1]
        elif left is Column.NUMBER and _average(Column.LEVEL, samples[column]) < 2:
            header.columns[column] = Column.LEVEL


def _integers(cells: Sequence[str]) -> bool:
    return bool(cells) and sum(kind_of(cell) is Kind.INTEGER for cell in cells) >= 0.8 * len(cells)


def _average(column: Column, cells: Sequence[str]) -> float:
    return sum(misfit(column, cell) for cell in cells) / len(cells) if cells else 0.0


def _align(header: Header, printed: Sequence[tuple[str, Column | None]], samples: dict[int, list[str]]) -> None:
    """Deals the printed names out to the columns in order, least misfit first; a heading may stand over several columns."""
    used = [column for column in range(len(header.names)) if samples[column]]
    free = [
        column
        for column in used
        if _integers(samples[column]) and not any(role is Column.NUMBER for _, role in printed)
    ]
    targets = [column for column in used if column not in free]
    best = _dealt(printed, targets, samples)
    if best is None:
        return
    for column in range(len(header.names)):
        header.columns[column], header.names[column] = None, ""
    for column in free:
        header.columns[column] = Column.NUMBER
    for column, index in zip(targets, best, strict=True):
        header.names[column], header.columns[column] = printed[index]


def _dealt(
    printed: Sequence[tuple[str, Column | None]], targets: Sequence[int], samples: dict[int, list[str]]
) -> list[int] | None:
    if len(targets) < len(printed):
        return None
    scores: dict[int, tuple[float, list[int]]] = {}
    for position, column in enumerate(targets):
        following: dict[int, tuple[float, list[int]]] = {}
        for index, (_, role) in enumerate(printed):
            cost = _average(role, samples[column]) if role is not None else 1.0
            if position == 0:
                options = [(0.0, list[int]())] if index == 0 else []
            else:
                options = [scores[index - 1]] if index - 1 in scores else []
                if role is Column.LEVEL and index in scores:
                    options.append((scores[index][0] + 0.1, scores[index][1]))
            if options:
                least = min(options, key=lambda option: option[0])
                following[index] = (least[0] + cost, [*least[1], index])
        scores = following
    final = scores.get(len(printed) - 1)
    return final[1] if final else None


def _choose_requirement(table: Table, header: Header) -> None:
    """Exactly one column is the requirement; where no header says so, the innermost heading column is."""
    columns = header.columns
    found = [index for index, column in enumerate(columns) if column is Column.REQUIREMENT]
    if len(found) > 1:
        for index in found[1:]:
            columns[index] = Column.GOAL
        return
    if found:
        return
    for wanted in (Column.GOAL, Column.NAME, Column.LEVEL):
        candidates = [index for index, column in enumerate(columns) if column is wanted]
        if wanted is Column.GOAL and any(column in {Column.NAME, Column.LEVEL} for column in columns):
            candidates = [
                index for index in candidates if _average(Column.REQUIREMENT, _sample(table, header, index)) < 1
            ]
        if candidates:
            columns[_further_in(table, header, candidates[-1])] = Column.REQUIREMENT
            return
    _choose_by_length(table, header)


def _further_in(table: Table, header: Header, chosen: int) -> int:
    """`项目 | 年度建设任务`: a heading column to the right that says more than the name is the task, and the name its name."""

    def length(column: int) -> float:
        cells = _sample(table, header, column)
        return sum(map(len, cells)) / len(cells) if cells else 0.0

    further = {Column.LEVEL, Column.GOAL} if header.names[chosen].rstrip().endswith("名称") else {Column.LEVEL}
    within = [index for index, column in enumerate(header.columns) if column in further and index > chosen]
    longest = max(within, key=length, default=chosen)
    return longest if length(longest) > length(chosen) else chosen


def _choose_by_length(table: Table, header: Header) -> None:
    """No word of the header names the task: of the columns with other words the one with the longest texts is it."""
    samples = {
        index: _sample(table, header, index)
        for index, column in enumerate(header.columns)
        if column is None and header.names[index].strip()
    }
    lengths = {index: sum(map(len, cells)) / len(cells) for index, cells in samples.items() if cells}
    best = max(lengths, key=lambda index: lengths[index], default=None)
    if best is None or lengths[best] < _SHORTEST_REQUIREMENT:
        return
    header.columns[best] = Column.REQUIREMENT
    if best and best - 1 in lengths and _average(Column.NAME, samples[best - 1]) < 1:
        header.columns[best - 1] = Column.NAME


def guess_header(table: Table) -> Header | None:
    """A table without header words: told by what its columns hold, where one holds units and one holds requirements."""
    if len(table.grid) < 2:
        return None
    width = len(table.grid[0])
    header = Header(-1, -1, [None] * width, [""] * width)
    samples = {column: _sample(table, header, column) for column in range(width)}
    units = [
        column
        for column in range(width)
        if len(samples[column]) >= 2
        and sum(kind_of(cell) is Kind.UNITS for cell in samples[column]) >= 0.7 * len(samples[column])
    ]
    if not units:
        return None
    texts = {
        column: sum(map(len, cells)) / len(cells) for column, cells in samples.items() if cells and column not in units
    }
    requirement = max(texts, key=lambda column: texts[column], default=None)
    if requirement is None or texts[requirement] < _SHORTEST_REQUIREMENT or len(samples[requirement]) < 2:
        return None
    for column in range(width):
        if column in units:
            header.columns[column] = Column.RESPONSIBLE
        elif column == requirement:
            header.columns[column] = Column.REQUIREMENT
        elif _integers(samples[column]):
            header.columns[column] = Column.NUMBER
        elif samples[column] and _average(Column.DEADLINE, samples[column]) < 1:
            header.columns[column] = Column.DEADLINE
        elif samples[column] and column < requirement:
            header.columns[column] = Column.LEVEL
    return header


def is_repeated(header: Header, cells: Sequence[str]) -> bool:
    """The header printed again (on the next page): nothing but its own words, or at least another row of header words."""
    filled = [squeeze(cell) for cell in cells if cell and not cell.isspace()]
    if len(filled) < 2:
        return False
    if all(cell in header.words for cell in filled):
        return True
    return _is_header_row(cells)
