"""Tables in which nobody is asked to do anything, whatever numbers their cells begin with: figures (budgets, statistics), and
registers of other things."""

from __future__ import annotations

import re
from collections.abc import Sequence

from imports.document import Block, Table
from imports.phrases.chars import fold, squeeze
from imports.recognise.columns import UNIT_ROLES, Column, column_of
from imports.recognise.headers import Header, is_label_row

_FIGURE = re.compile(r"[-+]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?%?|[-—/]{1,2}")
_SHARE = 0.25
_LEAST_ROWS = 2
_LEAST_CELLS = 3
_MOSTLY = 0.6
_SEARCHED_ROWS = 4
_MONEY = re.compile(r".{0,6}(?:金额|资金|经费|预算|补助|额度)(?:\(.*元\))?")
_GIVEN = re.compile(r".{0,4}(?:金额|补助|奖补|分配|下达|拨付).{0,4}(?:\(.*元\))?")
_JUDGED = re.compile(
    r"(?:年度|任务|目标|总体|累计)?(?:完成(?:率|比例|比|投资)|形象进度|评价|评定|序时进度|超欠(?:进度|情况)?)(?:\(%\))?"
)
_DEALT = re.compile("(?:任务|责任|目标|工作|项目).{0,4}(?:分解|分工|清单|台账|调度)|调度表")
_TOLD = re.compile("进展|完成情况|落实情况|通报|结果|汇总|总结")
_RANKED = re.compile(
    r"(?:详细)?地址|所在地|(?:保护|评定|认定)?(?:等级|级别)|(?:评定|批准|公布|认定|命名|设立|成立)(?:时间|日期|年份|批次|文号)|批次"
)
_NAMED = re.compile(r"(?:名录|名单)(?:\([^()]*\))?$")
_DUTY = re.compile(r"(?:主要|工作|岗位)?职责(?:任务)?")
_HOLDER = re.compile(r"(?:成员)?(?:单位|部门)(?:名称)?|岗位|机构|科室|处室")
_MOST_OF_DUTIES = 3
_PLACE = re.compile(r"所在|所属|属地")
_SERVICE = re.compile(
    r"(?:办理|受理)(?:条件|材料|地点|窗口)|申[请报](?:条件|材料)|所需材料|咨询电话|计价单位|(?:法定|承诺)(?:办[理结])?(?:时限|期限)|"
    r"(?:是否)?收费(?:情况|标准|方式)?|办件类型|(?:适用|支持|奖补|补助)对象|咨询(?:部门|单位|方式)(?:及.{1,4})?"
)
_GROUNDS = re.compile(r"(?:设定|法律|法定|收费|实施|行使|处罚|审批)(?:和实施)?依据|(?:行使|实施)层级|(?:项目|事项)编码")
_PUBLISHED = re.compile(r"公开(?:渠道|形式|方式|载体|平台|途径)(?:\(.*\))?(?:和载体)?")
_PUBLISHED_BY = re.compile("公开(?:依据|时限)")
_TIME_OF_DAY = re.compile(r"[上下中]午|晚上|\d{1,2}:\d{2}(?!前)")
_MERE_BODIES = frozenset({"单位", "部门", "单位名称", "部门名称", "乡镇", "主管部门"})
_ABOUT_SHEETS = re.compile(r"(?:总)?目录|索引|封面|首页|(?:填表|填报|填写|使用|编制)?说明")
_OCCASION = re.compile(
    r"(?:会议|培训|活动|授课|考试)?地点|(?:授课|主讲|主持|发言|汇报)(?:人|老师|专家)|(?:参加|参会|参训)(?:人员|对象)|议[程题]"
)


def is_figures(table: Table) -> bool:
    """Is a good part of the cells numbers that are no row numbers? Asked of tables in which no task header was found."""
    filled = [cell for row in table.grid for cell in row[1:] if cell and not cell.isspace()]
    figures = sum(1 for cell in filled if _FIGURE.fullmatch(squeeze(fold(cell))))
    rows = sum(1 for row in table.grid if sum(1 for cell in row if cell and not cell.isspace()) > 1)
    return rows > _LEAST_ROWS and figures > _SHARE * len(filled)


def is_other_data(table: Table) -> bool:
    """Rows of several short cells, and no text that was only laid out in a table. Asked where no task header was found."""
    if any(is_label_row(cells) for cells in table.grid[:_SEARCHED_ROWS]):
        return True
    rows = [[cell for cell in cells if cell.strip()] for cells in table.grid]
    several = sum(len(cells) >= _LEAST_CELLS for cells in rows)
    return several > 1 and 2 * several >= len(rows) and not any("。" in cell for cells in rows for cell in cells)


def is_allotment(header: Header) -> bool:
    """Money for each body and project: by name only, with no time and nothing that is to be done."""
    names = [squeeze(fold(name)) for name in header.names]
    return (
        Column.DEADLINE not in header.columns
        and any(map(_MONEY.fullmatch, names))
        and all(
            name in _MERE_BODIES or any(map(_GIVEN.fullmatch, names))
            if column in UNIT_ROLES
            else column_of(name) in {Column.NAME, Column.GOAL}
            for name, column in zip(names, header.columns, strict=True)
            if column in UNIT_ROLES or column is Column.REQUIREMENT
        )
    )


def is_agenda(table: Table, header: Header) -> bool:
    """A programme of a meeting or training: what, when and where, but nobody who is to do it, or at a time of the day."""
    names = [squeeze(fold(name)) for name in header.names]
    if not any(map(_OCCASION.fullmatch, names)):
        return False
    rows = [row for row in table.grid[header.bottom + 1 :] if sum(map(bool, row)) > 1]
    timed = sum(1 for row in rows if any(map(_TIME_OF_DAY.search, map(fold, row))))
    return not set(UNIT_ROLES) & set(header.columns) or timed > len(rows) // 2


def is_catalogue(header: Header) -> bool:
    """Services with how they are had, permits or prices with what they rest on (and no time), information with where it is
    published; nobody who is to lead."""
    names = [squeeze(fold(name)) for name in header.names]
    rests = Column.DEADLINE not in header.columns and any(map(_GROUNDS.fullmatch, names))
    published = any(map(_PUBLISHED.fullmatch, names)) and any(map(_PUBLISHED_BY.fullmatch, names))
    return rests or (Column.LEAD not in header.columns and (published or any(map(_SERVICE.fullmatch, names))))


def is_roster(header: Header) -> bool:
    """People, and how they are reached, for each place or project: by name only, with no time and no unit."""
    columns = {
        column
        for name, column in zip(header.names, header.columns, strict=True)
        if not _PLACE.match(squeeze(fold(name)))
    }
    named = [
        column_of(name)
        for name, column in zip(header.names, header.columns, strict=True)
        if column is Column.REQUIREMENT
    ]
    return (
        {Column.PERSON, Column.PHONE} <= columns
        and not columns & {*UNIT_ROLES, Column.DEADLINE}
        and named == [Column.NAME]
    )


def is_about_the_others(table: Table, blocks: Sequence[Block]) -> bool:
    """A sheet of a workbook that tells of its other sheets (目录, 填表说明), called so on its tab."""
    return (
        table.column_labels is not None
        and _ABOUT_SHEETS.fullmatch(squeeze(table.locator)) is not None
        and any(isinstance(block, Table) and block.locator != table.locator for block in blocks)
    )


def is_report(header: Header) -> bool:
    """What became of each project, by name only: no unit, no time, nothing that is to be done."""
    named = [name for name, column in zip(header.names, header.columns, strict=True) if column is Column.REQUIREMENT]
    return (
        Column.PROGRESS in header.columns
        and not header.says_who_or_when
        and [column_of(name) for name in named] == [Column.NAME]
    )


def is_results(table: Table, header: Header) -> bool:
    """What became of each task, and no time by which more is to be done: with its rate or a judgement of it, or done in most
    rows."""
    if Column.PROGRESS not in header.columns or Column.DEADLINE in header.columns:
        return False
    at = header.columns.index(Column.PROGRESS)
    told = [cells[at] for cells in table.grid[header.bottom + 1 : header.end] if sum(map(bool, cells)) > 1]
    if any(_JUDGED.fullmatch(squeeze(fold(name))) for name in header.names):
        return not (set(UNIT_ROLES) & set(header.columns) and (_deals_out(table, header) or not any(told)))
    return sum("已" in cell for cell in told) > _MOSTLY * len(told)


def _deals_out(table: Table, header: Header) -> bool:
    """Is a table with units called a list of tasks (任务清单, 调度表), and not of what became of them?"""
    above = [squeeze(fold(cell)) for row in table.grid[: max(header.top, 0)] for cell in row]
    called = [name for name in (*above, squeeze(fold(table.caption))) if name]
    return any(map(_DEALT.search, called)) and not any(map(_TOLD.search, called))


def is_register(header: Header) -> bool:
    """Things of one kind, by name only, with where they are or what rank they have."""
    names = [squeeze(fold(name)) for name in header.names]
    return _is_by_name(header) and any(map(_RANKED.fullmatch, names))


def is_list_of_names(table: Table, header: Header) -> bool:
    """Things of one kind, by name only, under a title that says so (名录)."""
    above = [squeeze(fold(cell)) for row in table.grid[: max(header.top, 0)] for cell in row]
    return _is_by_name(header) and any(map(_NAMED.search, [*above, squeeze(fold(table.caption))]))


def _is_by_name(header: Header) -> bool:
    named = [name for name, column in zip(header.names, header.columns, strict=True) if column is Column.REQUIREMENT]
    asks = {Column.GOAL, Column.STAGE, Column.PROGRESS} & set(header.columns)
    return [column_of(name) for name in named] == [Column.NAME] and not asks


def is_duties(table: Table, _header: Header) -> bool:
    """What each body or post is there for (成员单位, 主要职责), and nothing else."""
    first = next((cells for cells in table.grid if sum(map(bool, cells)) > 1), [])
    names = [squeeze(fold(cell)) for cell in first if cell.strip()]
    return len(names) <= _MOST_OF_DUTIES and any(map(_DUTY.fullmatch, names)) and any(map(_HOLDER.fullmatch, names))


def is_no_assignment(table: Table, header: Header) -> bool:
    """Does the header of a table say that nothing is to be done by anybody, whatever its cells are?"""
    return any(told(header) for told in _TELLING) or any(
        told(table, header) for told in (is_agenda, is_results, is_duties, is_list_of_names)
    )


_TELLING = (is_allotment, is_catalogue, is_roster, is_report, is_register)
