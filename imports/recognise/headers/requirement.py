"""Which column of a header is the requirement: by its word, by what stands under it, by the length of its texts."""

from __future__ import annotations

import re
from collections.abc import Sequence

from imports.document import Table
from imports.phrases.chars import fold, squeeze
from imports.phrases.targets import mere_amount
from imports.phrases.units.vocabulary import VERB_FIRST
from imports.recognise.columns import UNIT_ROLES, Column
from imports.recognise.headers.heads import TELLS
from imports.recognise.headers.sampling import Header, average, groups_rows, in_every_row, sampled, says_something
from imports.recognise.kinds import Kind, kind_of

SHORTEST_REQUIREMENT = 8
"""Characters that a requirement has on average, where no header says which column it is."""
_NEXT = re.compile("下一?步|工作打算|打算")
_WAY, _DEED = re.compile("路线图$"), re.compile("(?:举措|措施)$")
_MERE = 0.8
"""Share of goals that are nothing but an amount, with which they only say how much."""
_LONGEST_NAME = 10
"""Characters that names have on average, beside a column of sentences."""
_ASKS = re.compile("要求|内容")
"""A goal that says by its word what is asked for (目标要求)."""
_ORDERED = re.compile("[一二三]级")
"""A level by its own word (一级指标, 二级指标): it never says the task beside a column that does."""

_TASK_LIST, _MEASURE_LIST = re.compile("任务清单"), re.compile("(?:措施|举措)清单")


def choose_requirement(table: Table, header: Header) -> None:
    """Exactly one column is the requirement; where no header says so, the innermost heading column is."""
    columns = header.columns
    found = [index for index, column in enumerate(columns) if column is Column.REQUIREMENT]
    if found:
        _settle(table, header, found)
        return
    for wanted in (Column.GOAL, Column.NAME, Column.LEVEL):
        candidates = [index for index, column in enumerate(columns) if column is wanted]
        candidates = [index for index in candidates if says_something(sampled(table, header, index))]
        if wanted is Column.GOAL:
            candidates = [index for index in candidates if _says_the_task(table, header, index)]
        if candidates:
            chosen = _further_in(table, header, candidates[-1])
            if groups_rows(table, header, chosen) or (wanted is Column.NAME and _are_names(table, header, chosen)):
                chosen = _sentences_beside(table, header, chosen)
            columns[chosen] = Column.REQUIREMENT
            return
    _choose_by_length(table, header)


def _settle(table: Table, header: Header, found: Sequence[int]) -> None:
    """Of the columns that a word calls the requirement one stays it, unless another tells what it only heads or names."""
    columns = header.columns
    chosen = _of_several(table, header, found)
    for index in found:
        if index != chosen:
            columns[index] = Column.LEVEL if index < chosen else Column.GOAL
    within = _told_in_every_row(table, header, chosen)
    measures = _measures_beside_a_road_map(header, chosen)
    within = measures if measures is not None else within
    told, goal = _told_before(table, header, chosen), _told_by_a_goal(table, header, chosen)
    if within is not None:
        columns[within], columns[chosen] = Column.REQUIREMENT, Column.GOAL if within < chosen else Column.LEVEL
    elif told is not None:
        columns[told], columns[chosen] = Column.REQUIREMENT, Column.PROGRESS
    elif goal is not None:
        columns[goal], columns[chosen] = Column.REQUIREMENT, Column.NAME


def _of_several(table: Table, header: Header, found: Sequence[int]) -> int:
    """The first column that a word calls the requirement (`政策措施 | 具体内容`), unless it only groups rows or holds names
    beside another's sentences."""
    first, *others = found
    if _TASK_LIST.fullmatch(squeeze(header.names[first])):
        measures = next((other for other in others if _MEASURE_LIST.fullmatch(squeeze(header.names[other]))), None)
        if measures is not None:
            return measures  # `目标清单 | 任务清单 | 措施清单`, as `工作任务 | 工作措施`
    cells = sampled(table, header, first)
    named = all(kind_of(cell) is not Kind.SENTENCE for cell in cells)
    for other in others:
        beside = sampled(table, header, other)
        if len(cells) < len(beside) or (named and beside and average(Column.REQUIREMENT, beside) < 1):
            return other
    return first


def _sentences_beside(table: Table, header: Header, chosen: int) -> int:
    """`类别 | 工作打算`, `项目名称 | 工作计划`: what groups rows or names them is not the task where another column has a sentence
    of its own in every row, whatever it is called. What was done (进展) is none."""
    for index, column in enumerate(header.columns):
        name = squeeze(header.names[index])
        open_ = (column is None and name and not TELLS.search(name)) or (
            column is Column.PROGRESS and _NEXT.match(name)
        )
        cells = sampled(table, header, index) if open_ else []
        if len(cells) > 1 and not groups_rows(table, header, index) and average(Column.REQUIREMENT, cells) < 1:
            return index
    return chosen


def _are_names(table: Table, header: Header, column: int) -> bool:
    cells = sampled(table, header, column)
    return _length(cells) <= _LONGEST_NAME and all(kind_of(cell) is not Kind.SENTENCE for cell in cells)


def _measures_beside_a_road_map(header: Header, chosen: int) -> int | None:
    """`改革任务 | 改革举措 | 路线图`: the way there is not the task where a word says what is to be done."""
    if not _WAY.search(squeeze(header.names[chosen])):
        return None
    known = (index for index, column in enumerate(header.columns) if column in {Column.NAME, Column.LEVEL})
    return next((index for index in known if _DEED.search(squeeze(header.names[index]))), None)


def _told_in_every_row(table: Table, header: Header, chosen: int) -> int | None:
    """`报告内容 | 分解任务`: what stands for several rows heads them, where a task behind it has words of its own in each."""
    if in_every_row(table, header, chosen):
        return None
    for index in range(chosen + 1, len(header.columns)):
        if header.columns[index] not in {Column.LEVEL, Column.NAME} or groups_rows(table, header, index):
            continue
        cells = sampled(table, header, index)
        if says_something(cells) and _length(cells) >= SHORTEST_REQUIREMENT:
            return index
    return None


def _told_before(table: Table, header: Header, chosen: int) -> int | None:
    """`议定事项 | 主办单位 | 督办要求`: mere words behind the units say how the task is followed, not what it is, where whole
    sentences stand before the units."""
    cells = sampled(table, header, chosen)
    units = [index for index, column in enumerate(header.columns[:chosen]) if column in UNIT_ROLES]
    if not units or average(Column.REQUIREMENT, cells) < 1:
        return None
    for index, column in enumerate(header.columns[: units[0]]):
        beside = sampled(table, header, index) if column in {Column.NAME, Column.LEVEL} else []
        if len(beside) >= max(len(cells), 1) and average(Column.REQUIREMENT, beside) < 1:
            return index
    return None


def _told_by_a_goal(table: Table, header: Header, chosen: int) -> int | None:
    """`工作内容 | 工作目标` over `招商引资 | 引进项目6个，到位资金3亿元。`: a few words are the name of what a sentence says."""
    cells = sampled(table, header, chosen)
    if not cells or not _are_names(table, header, chosen):
        return None
    for index, column in enumerate(header.columns):
        beside = sampled(table, header, index) if column is Column.GOAL and index > chosen else []
        if len(beside) >= len(cells) and average(Column.REQUIREMENT, beside) < 1:
            return index
    return None


def _says_the_task(table: Table, header: Header, goal: int) -> bool:
    """Is a goal (目标要求) the requirement itself? Where it is a sentence, or where the headings beside it only group rows or
    are names that say less."""
    cells = sampled(table, header, goal)
    beside = [
        index
        for index, column in enumerate(header.columns)
        if column in {Column.NAME, Column.LEVEL} and not _ORDERED.match(squeeze(header.names[index]))
    ]
    if beside and len(cells) > 1 and sum(map(bool, map(mere_amount, cells))) >= _MERE * len(cells):
        return False  # `引进亿元项目 | 不少于20个`
    return all(
        average(Column.REQUIREMENT, cells) < 1
        or len(sampled(table, header, index)) < len(cells)
        or (header.columns[index] is Column.NAME and _length(sampled(table, header, index)) <= _length(cells))
        or (
            (_ASKS.search(squeeze(header.names[goal])) or _name_no_deed(table, header, index))
            and _names_what_is_said(table, header, index, cells)
        )
        for index in beside
    )


def _name_no_deed(table: Table, header: Header, column: int) -> bool:
    """`校园安全`, `双减`: words for a field of work, of which few say by a verb what is to be done in it."""
    names = sampled(table, header, column)
    return 3 * sum(VERB_FIRST.match(fold(name).strip()) is not None for name in names) <= len(names)


def _names_what_is_said(table: Table, header: Header, column: int, goals: Sequence[str]) -> bool:
    """`工作事项 | 目标要求` over `研发投入 | 全社会研发投入强度达到2.6%`: mere names, each beside more words than itself."""
    names = sampled(table, header, column)
    return (
        len(names) == len(goals)
        and not groups_rows(table, header, column)
        and _are_names(table, header, column)
        and all(len(name) < len(goal) for name, goal in zip(names, goals, strict=True))
        and _length(goals) >= SHORTEST_REQUIREMENT
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
