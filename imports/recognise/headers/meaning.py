"""What the columns of a header hold, told by its words and held against the cells under them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from imports.document import Table
from imports.phrases.chars import fold, squeeze
from imports.phrases.numbering import read_label
from imports.phrases.targets import parse_targets
from imports.phrases.units.vocabulary import NOBODY
from imports.recognise.columns import UNIT_ROLES, Column, column_of
from imports.recognise.headers.marks import deals_out, heads_a_unit, share_columns
from imports.recognise.headers.requirement import choose_requirement
from imports.recognise.headers.sampling import (
    Header,
    average,
    codes,
    groups_rows,
    in_every_row,
    integers,
    sampled,
    says_something,
)
from imports.recognise.kinds import Kind, kind_of
from imports.recognise.signs import is_mark

_OF_A_YEAR = re.compile(r"20\d{2}年度?(?:工作|建设|主要)*(?:目标|任务|计划|内容)")
_GOAL_OF_A_YEAR = re.compile(r"20\d{2}年度?(?:工作|建设|主要)*(?:目标|任务|计划)(?:值|数|量)?")
_MEASURED = re.compile(r"(?:计量|指标|数量)?单位|量纲")
TASK_COLUMNS = {Column.REQUIREMENT, Column.LEVEL, Column.NAME, Column.GOAL}


def find_meaning(table: Table, header: Header) -> None:
    """Sets the header's columns right, by its words and by what stands under them."""
    _take_marks(table, header)
    _take_years_as_goals(header)
    _take_measures(table, header)
    _settle_numbers(table, header)
    _doubt(table, header)
    _take_amounts_as_goals(table, header)
    _take_standards(table, header)
    _name_the_unnamed(table, header)
    choose_requirement(table, header)
    _reach_behind_names(header)
    _head_with_problems(header)
    _head_with_aims(table, header)
    _leave_what_was_closed(header)


def _reach_behind_names(header: Header) -> None:
    """`任务名称 | … | 目标任务`: what is to be reached heads nothing where it stands behind the task itself."""
    if Column.REQUIREMENT in header.columns:
        for index in range(header.columns.index(Column.REQUIREMENT) + 1, len(header.columns)):
            if header.columns[index] is Column.LEVEL and "目标" in header.names[index]:
                header.columns[index] = Column.GOAL


_TIER = re.compile("[一二三四]级(?:指标|任务|目标)")
_SEEN = re.compile(r"^(?:检查|排查|巡查|抽查|发现|揭榜|发榜|交办|下发)(?:时间|日期)$")
"""Since when a matter is known, beside the time by which it is to be done."""
_CLOSED = re.compile(r"^(?:销号|办结|实际.{0,4})(?:时间|日期)$")


def _leave_what_was_closed(header: Header) -> None:
    """`销号时间` behind what became of it (整改进展) says when it was closed, where another column says by when it is to be."""
    columns = header.columns
    if columns.count(Column.DEADLINE) < 2:
        return
    seen = [
        index
        for index, name in enumerate(header.names)
        if columns[index] is Column.DEADLINE and _SEEN.match(squeeze(name))
    ]
    if len(seen) < columns.count(Column.DEADLINE):
        for index in seen:
            columns[index] = None
    if Column.PROGRESS not in columns:
        return
    for index in range(columns.index(Column.PROGRESS), len(columns)):
        if columns[index] is Column.DEADLINE and _CLOSED.match(squeeze(header.names[index])):
            columns[index] = None


def _take_marks(table: Table, header: Header) -> None:
    """Columns that a unit heads, and in which nothing but marks stands, or but its share of each task."""
    for index, name in enumerate(header.names):
        if name.strip() and column_of(name) is None and heads_a_unit(name):
            cells = sampled(table, header, index)
            if cells and all(map(is_mark, cells)):
                header.columns[index] = Column.MARK
    shares = share_columns(table, header.bottom)
    if not shares or not (header.says_who_or_when or deals_out(table, header.bottom)):
        return
    for index in shares:
        if header.columns[index] is None:
            header.columns[index] = Column.SHARE
    if not TASK_COLUMNS & set(header.columns[: shares[0]]):
        words = (index for index in range(shares[0]) if says_something(sampled(table, header, index)))
        header.columns[next(words, 0)] = Column.REQUIREMENT


def _take_years_as_goals(header: Header) -> None:
    """`2025年工作目标` alone among the columns is no stage of the work: it says what is to be reached.
    Several such (`2024年目标 | 2025年目标`) are."""
    stages = [index for index, column in enumerate(header.columns) if column is Column.STAGE]
    years = [index for index, name in enumerate(header.names) if _GOAL_OF_A_YEAR.fullmatch(squeeze(fold(name)))]
    if len(years) > 1 and len({header.names[index] for index in years}) == len(years):
        for index in years:
            header.columns[index] = Column.STAGE
    if len(stages) == 1 and _OF_A_YEAR.match(squeeze(fold(header.names[stages[0]]))):
        header.columns[stages[0]] = Column.GOAL


def _take_standards(table: Table, header: Header) -> None:
    """`测评内容 | 测评标准` over `交通秩序 | 文明礼让率达到95%以上`: a standard of which no cell speaks of points says what is to be
    reached, and the few words before it only name that."""
    for index, name in enumerate(header.names):
        if header.columns[index] is not Column.SCORING or not squeeze(name).endswith("标准"):
            continue
        cells = sampled(table, header, index)
        if not cells or any("分" in cell for cell in cells):
            continue
        header.columns[index] = Column.GOAL
        named = [at for at, column in enumerate(header.columns[:index]) if column is Column.REQUIREMENT]
        if named and all(
            len(short) < len(long) for short, long in zip(sampled(table, header, named[-1]), cells, strict=False)
        ):
            header.columns[index], header.columns[named[-1]] = Column.REQUIREMENT, Column.NAME


def _take_measures(table: Table, header: Header) -> None:
    """`计量单位` over `%`, `家`, `亿元`, beside the goals that are counted so."""
    for index, name in enumerate(header.names):
        if _MEASURED.fullmatch(squeeze(fold(name))) and Column.GOAL in header.columns:
            cells = [cell for cell in sampled(table, header, index) if squeeze(fold(cell)) not in NOBODY]
            if cells and all(parse_targets(f"1{squeeze(cell)}") for cell in cells):
                header.columns[index] = Column.MEASURE


def _settle_numbers(table: Table, header: Header) -> None:
    """`条目` over 1, 2, 3 or A-1, A-2 are numbers; `序号` over `（一）推行清单管理` headings with their numbers."""
    first = sampled(table, header, 0)
    named = header.columns[0] is None and header.names[0].strip() and Column.NUMBER not in header.columns
    if named and (integers(first) or codes(first)):
        header.columns[0] = Column.NUMBER
    if Column.NUMBER not in header.columns:
        counted = next((index for index in range(len(header.columns)) if _counts(table, header, index)), None)
        if counted is not None:
            header.columns[counted] = Column.NUMBER
    for index, column in enumerate(header.columns):
        cells = sampled(table, header, index) if column is Column.NUMBER else []
        labels = [(read_label(cell), cell) for cell in cells]
        worded = sum(label is not None and label.length < len(cell) for label, cell in labels)
        if 2 * worded > len(cells):
            header.columns[index] = Column.LEVEL


def _counts(table: Table, header: Header, index: int) -> bool:
    """`三级指标` over 1, 2, 3: the rows are counted, whatever the head of the column is called."""
    if header.columns[index] not in {None, Column.LEVEL} or not _TIER.fullmatch(squeeze(header.names[index])):
        return False
    cells = [squeeze(cell) for cell in sampled(table, header, index)]
    return len(cells) > 1 and cells == [str(number) for number in range(1, len(cells) + 1)]


def _head_with_problems(header: Header) -> None:
    """A problem (存在问题) that stands before what is to be done about it heads the task; behind it, it reports on it."""
    if Column.REQUIREMENT in header.columns:
        for index in range(header.columns.index(Column.REQUIREMENT)):
            if header.columns[index] is Column.PROGRESS and squeeze(header.names[index]).endswith("问题"):
                header.columns[index] = Column.LEVEL


def _head_with_aims(table: Table, header: Header) -> None:
    """Aims (目标) that stand for several rows before the task, in words that say no figure, head it."""
    if Column.REQUIREMENT not in header.columns:
        return
    for index in range(header.columns.index(Column.REQUIREMENT)):
        if header.columns[index] is not Column.GOAL:
            continue
        cells = sampled(table, header, index)
        if (
            groups_rows(table, header, index)
            and average(Column.LEVEL, cells) <= _HEADINGS
            and not any(map(_FIGURE.search, cells))
        ):
            header.columns[index] = Column.LEVEL


_NO_ORDER = re.compile(r"开始|起始|立项|成立|发文|制定|受理|接收|出生|任职")
"""Times by which nothing is to be done."""
_FIGURE = re.compile(r"\d")
_WEAK_UNIT_WORDS = frozenset({"单位", "部门", "分工", "co", "配合", "牵头", "主办", "主责", "协办", "协同", "会办"})
_MISFITTING = 3.0
_BODY = re.compile(
    r"^(?!计量|填报|报送|推荐|用人|招聘|发文|来文|交办|批示|申报|执收|采购|审批|验收).{1,8}(?:单位|部门|科室|机构)$"
)
"""Bodies that are asked to do something, by whatever word."""
_SAYS_NUMBERS = re.compile(r"数据|来源|采集|统计|提供|出处")
"""Bodies that only say what was reached (数据采集单位, 数据来源)."""
_HEADINGS = 1.5
"""Most that cells of a heading column misfit: one of them may look like a unit (一网通办)."""
_AMOUNT = re.compile(r"\s*\D{0,3}\d[\d.,]*\s*\D{1,6}$")


def _doubt(table: Table, header: Header) -> None:
    """Header words that say little are held against their cells: 单位 over 万吨 is a measure, 改革领域 over headings a level."""
    known = [index for index, column in enumerate(header.columns) if column is not None]
    texts = [index for index in known if header.columns[index] in TASK_COLUMNS]
    units = any(header.columns[index] in UNIT_ROLES for index in known)
    for index, column in enumerate(header.columns):
        name = "" if _SAYS_NUMBERS.search(header.names[index]) else squeeze(header.names[index])
        if column in UNIT_ROLES and name in _WEAK_UNIT_WORDS:
            if average(column, sampled(table, header, index)) > _MISFITTING:
                header.columns[index] = None
        elif column is None and name and not units and _holds_units(table, header, index):
            header.columns[index] = Column.RESPONSIBLE
        elif column is None and _BODY.search(name) and _holds_units(table, header, index):
            header.columns[index] = Column.SUPPORT if Column.LEAD in header.columns else Column.RESPONSIBLE
        elif column is Column.LEVEL and name.endswith("分工") and _holds_units(table, header, index):
            header.columns[index] = Column.RESPONSIBLE
        elif column is None and name and not _NO_ORDER.search(name) and _holds_times(table, header, index):
            header.columns[index] = Column.DEADLINE
        elif column is None and name and texts and index < max(texts):
            sample = sampled(table, header, index)
            heads = Column.NUMBER in header.columns[index:] or not in_every_row(table, header, index)
            most = _MISFITTING if heads else _HEADINGS
            if says_something(sample) and average(Column.LEVEL, sample) <= most and not integers(sample):
                header.columns[index] = Column.LEVEL


def _holds_units(table: Table, header: Header, column: int) -> bool:
    sample = sampled(table, header, column)
    return len(sample) >= 2 and average(Column.RESPONSIBLE, sample) < 1


def _take_amounts_as_goals(table: Table, header: Header) -> None:
    """`任务 | 指标` over `新建避难场所 | 3处`: the second column says how much."""
    texts = [index for index, column in enumerate(header.columns) if column in TASK_COLUMNS]
    for index in texts[1:]:
        if header.columns[index] is Column.LEVEL and _holds_amounts(sampled(table, header, index)):
            header.columns[index] = Column.GOAL


def _holds_amounts(cells: Sequence[str]) -> bool:
    """`3处`, `5.5%以上`, but no numbers of rows."""
    return bool(cells) and not integers(cells) and sum(bool(_AMOUNT.match(cell)) for cell in cells) >= 0.8 * len(cells)


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
        if integers(samples[column]) or codes(samples[column]):
            header.columns[column] = Column.NUMBER
        elif left in {Column.LEVEL, Column.NAME} and average(Column.LEVEL, samples[column]) < 3:
            header.columns[column], header.names[column] = Column.LEVEL, header.names[column - 1]
        elif left is Column.NUMBER and average(Column.LEVEL, samples[column]) < 2:
            header.columns[column] = Column.LEVEL


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
