"""What the columns of a header hold, told by its words and held against the cells under them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from imports.document import Table
from imports.phrases.chars import squeeze
from imports.recognise.columns import UNIT_ROLES, Column, Kind, kind_of, misfit
from imports.recognise.headers.tiers import BEGINNINGS

TASK_COLUMNS = {Column.REQUIREMENT, Column.LEVEL, Column.NAME, Column.GOAL}
SHORTEST_REQUIREMENT = 8
"""Characters that a requirement has on average, where no header says which column it is."""
_SAMPLE = 60


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
    end: int = 0
    """The first row that is not this header's any more."""

    @property
    def says_who_or_when(self) -> bool:
        return any(column in UNIT_ROLES or column is Column.DEADLINE for column in self.columns)


def find_meaning(table: Table, header: Header) -> None:
    """Sets the header's columns right, by its words and by what stands under them."""
    _doubt(table, header)
    _name_the_unnamed(table, header)
    _choose_requirement(table, header)
    _head_with_problems(header)


def _head_with_problems(header: Header) -> None:
    """A problem (存在问题) that stands before what is to be done about it heads the task; behind it, it reports on it."""
    if Column.REQUIREMENT in header.columns:
        for index in range(header.columns.index(Column.REQUIREMENT)):
            if header.columns[index] is Column.PROGRESS and squeeze(header.names[index]).endswith("问题"):
                header.columns[index] = Column.LEVEL


def sampled(table: Table, header: Header, column: int) -> list[str]:
    """The first cells of a column; rows of one cell alone (sections, notes) tell nothing of it."""
    found: list[str] = []
    for row in range(header.bottom + 1, header.end):
        cell = table.grid[row][column]
        if cell and not cell.isspace() and sum(map(bool, table.grid[row])) > 1:
            found.append(cell)
            if len(found) >= _SAMPLE:
                break
    return found


_WEAK_UNIT_WORDS = frozenset({"单位", "部门", "分工", "co", "配合", "牵头"})
_MISFITTING = 3.0
_BODY = re.compile(
    r"^(?!计量|填报|报送|推荐|用人|招聘|发文|来文|交办|批示|申报|执收|采购|审批|验收).{1,8}(?:单位|部门|科室|机构)$"
)
"""Bodies that are asked to do something, by whatever word."""
_HEADINGS = 1.5
"""Most that cells of a heading column misfit: one of them may look like a unit (一网通办)."""
_WORDS = re.compile("[\u4e00-\u9fffA-Za-z]{2}")
_ORDERED = re.compile("[一二三]级")
"""A level by its own word (一级指标, 二级指标): it never says the task beside a column that does."""


def _doubt(table: Table, header: Header) -> None:
    """Header words that say little are held against their cells: 单位 over 万吨 is a measure, 改革领域 over headings a level."""
    known = [index for index, column in enumerate(header.columns) if column is not None]
    texts = [index for index in known if header.columns[index] in TASK_COLUMNS]
    units = any(header.columns[index] in UNIT_ROLES for index in known)
    for index, column in enumerate(header.columns):
        name = squeeze(header.names[index])
        if column in UNIT_ROLES and name in _WEAK_UNIT_WORDS:
            if average(column, sampled(table, header, index)) > _MISFITTING:
                header.columns[index] = None
        elif column is None and name and texts and not units and _holds_units(table, header, index):
            header.columns[index] = Column.RESPONSIBLE
        elif column is None and texts and _BODY.search(name) and _holds_units(table, header, index):
            header.columns[index] = Column.SUPPORT if Column.LEAD in header.columns else Column.RESPONSIBLE
        elif column is None and name and texts and not BEGINNINGS.search(name) and _holds_times(table, header, index):
            header.columns[index] = Column.DEADLINE
        elif column is None and name and texts and index < max(texts):
            sample = sampled(table, header, index)
            heads = Column.NUMBER in header.columns[index:] or not _in_every_row(table, header, index)
            most = _MISFITTING if heads else _HEADINGS
            if sample and average(Column.LEVEL, sample) <= most and not integers(sample):
                header.columns[index] = Column.LEVEL


def _in_every_row(table: Table, header: Header, column: int) -> bool:
    """Has each row a cell of its own here? Cells that stand for several rows are headings, whatever their words."""
    rows = table.grid[header.bottom + 1 : header.end][:_SAMPLE]
    filled = [cells for cells in rows if sum(map(bool, cells)) > 1]
    return sum(bool(cells[column].strip()) for cells in filled) > 0.8 * len(filled)


def _holds_units(table: Table, header: Header, column: int) -> bool:
    sample = sampled(table, header, column)
    return len(sample) >= 2 and average(Column.RESPONSIBLE, sample) < 1


def _holds_times(table: Table, header: Header, column: int) -> bool:
    sample = sampled(table, header, column)
    return (
        Column.DEADLINE not in header.columns
        and len(sample) >= 2
        and all(kind_of(cell) is Kind.TIME for cell in sample)
    )


def _name_the_unnamed(table: Table, header: Header) -> None:
    """Columns under a blank header cell: numbers, the second part of a spanning heading, or a header narrower than its data."""
    unnamed = [column for column, name in enumerate(header.names) if not name.strip()]
    samples = {column: sampled(table, header, column) for column in range(len(header.names))}
    unnamed = [column for column in unnamed if samples[column]]
    if Column.NUMBER not in header.columns:
        spanned = [
            column for column, kind in enumerate(header.columns) if kind is Column.LEVEL and integers(samples[column])
        ]
        if spanned and header.columns.count(Column.LEVEL) > 1:
            header.columns[spanned[-1]], header.names[spanned[-1]] = Column.NUMBER, ""
    if not unnamed:
        return
    printed = [(name, column) for name, column in zip(header.names, header.columns, strict=True) if name.strip()]
    if any(role is not None and average(role, samples[column]) >= 3 for column, role in enumerate(header.columns)):
        _align(header, printed, samples)
        return
    for column in unnamed:
        left = header.columns[column - 1] if column else None
        if integers(samples[column]):
            header.columns[column] = Column.NUMBER
        elif left in {Column.LEVEL, Column.NAME} and average(Column.LEVEL, samples[column]) < 3:
            header.columns[column], header.names[column] = Column.LEVEL, header.names[column - 1]
        elif left is Column.NUMBER and average(Column.LEVEL, samples[column]) < 2:
            header.columns[column] = Column.LEVEL


def integers(cells: Sequence[str]) -> bool:
    return bool(cells) and sum(kind_of(cell) is Kind.INTEGER for cell in cells) >= 0.8 * len(cells)


def says_something(cells: Sequence[str]) -> bool:
    """Words rather than numbers, figures or telephone numbers."""
    return bool(cells) and sum(map(bool, map(_WORDS.search, cells))) >= 0.5 * len(cells)


def average(column: Column, cells: Sequence[str]) -> float:
    return sum(misfit(column, cell) for cell in cells) / len(cells) if cells else 0.0


def _align(header: Header, printed: Sequence[tuple[str, Column | None]], samples: dict[int, list[str]]) -> None:
    """Deals the printed names out to the columns in order, least misfit first; a heading may stand over several columns."""
    used = [column for column in range(len(header.names)) if samples[column]]
    free = [
        column for column in used if integers(samples[column]) and not any(role is Column.NUMBER for _, role in printed)
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
            cost = average(role, samples[column]) if role is not None else 1.0
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
    if found:
        chosen = _of_several(table, header, found)
        for index in found:
            if index != chosen:
                columns[index] = Column.LEVEL if index < chosen else Column.GOAL
        return
    for wanted in (Column.GOAL, Column.NAME, Column.LEVEL):
        candidates = [index for index, column in enumerate(columns) if column is wanted]
        candidates = [index for index in candidates if says_something(sampled(table, header, index))]
        if wanted is Column.GOAL:
            candidates = [index for index in candidates if _says_the_task(table, header, index)]
        if candidates:
            columns[_further_in(table, header, candidates[-1])] = Column.REQUIREMENT
            return
    _choose_by_length(table, header)


def _of_several(table: Table, header: Header, found: Sequence[int]) -> int:
    """The first column that a word calls the requirement (`政策措施 | 具体内容`), unless it only groups rows or holds names
    beside another's sentences."""
    first, *others = found
    cells = sampled(table, header, first)
    named = all(kind_of(cell) is not Kind.SENTENCE for cell in cells)
    for other in others:
        beside = sampled(table, header, other)
        if len(cells) < len(beside) or (named and beside and average(Column.REQUIREMENT, beside) < 1):
            return other
    return first


def _says_the_task(table: Table, header: Header, goal: int) -> bool:
    """Is a goal (目标要求) the requirement itself? Where it is a sentence, or where the headings beside it only group rows or
    are names that say less."""
    cells = sampled(table, header, goal)
    beside = [
        index
        for index, column in enumerate(header.columns)
        if column in {Column.NAME, Column.LEVEL} and not _ORDERED.match(squeeze(header.names[index]))
    ]
    return all(
        average(Column.REQUIREMENT, cells) < 1
        or len(sampled(table, header, index)) < len(cells)
        or (header.columns[index] is Column.NAME and _length(sampled(table, header, index)) <= _length(cells))
        for index in beside
    )


def _length(cells: Sequence[str]) -> float:
    return sum(map(len, cells)) / len(cells) if cells else 0.0


def _further_in(table: Table, header: Header, chosen: int) -> int:
    """`项目 | 年度建设任务`: a heading column to the right that says more than the name is the task, and the name its name."""

    further = {Column.LEVEL, Column.GOAL} if squeeze(header.names[chosen]).endswith("名称") else {Column.LEVEL}
    within = [index for index, column in enumerate(header.columns) if column in further and index > chosen]
    longest = max(within, key=lambda index: _length(sampled(table, header, index)), default=chosen)
    return longest if _length(sampled(table, header, longest)) > _length(sampled(table, header, chosen)) else chosen


def _choose_by_length(table: Table, header: Header) -> None:
    """No word of the header names the task: of the columns with other words the one with the longest texts is it."""
    samples = {
        index: sampled(table, header, index)
        for index, column in enumerate(header.columns)
        if column is None and header.names[index].strip()
    }
    lengths = {index: _length(cells) for index, cells in samples.items() if cells}
    best = max(lengths, key=lambda index: lengths[index], default=None)
    if best is None or lengths[best] < SHORTEST_REQUIREMENT:
        return
    header.columns[best] = Column.REQUIREMENT
    if best and best - 1 in lengths and average(Column.NAME, samples[best - 1]) < 1:
        header.columns[best - 1] = Column.NAME
