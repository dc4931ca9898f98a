"""Tables in which nobody is asked to do anything, whatever numbers their cells begin with: figures (budgets, statistics), and
registers of other things."""

from __future__ import annotations

import re

from imports.document import Table
from imports.phrases.chars import fold, squeeze
from imports.recognise.columns import UNIT_ROLES, Column, column_of
from imports.recognise.headers import Header, is_label_row

_FIGURE = re.compile(r"[-+]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?%?|[-—/]{1,2}")
_SHARE = 0.25
_LEAST_ROWS = 2
_LEAST_CELLS = 3
_SEARCHED_ROWS = 4
_MONEY = re.compile(r".{0,6}(?:金额|资金|经费|预算|补助|额度)(?:\(.*元\))?")
_MERE_BODIES = frozenset({"单位", "部门", "单位名称", "部门名称", "乡镇", "主管部门"})
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
            name in _MERE_BODIES if column in UNIT_ROLES else column_of(name) is Column.NAME
            for name, column in zip(names, header.columns, strict=True)
            if column in UNIT_ROLES or column is Column.REQUIREMENT
        )
    )


def is_agenda(header: Header) -> bool:
    """A programme of a meeting or training: what, when and where, but nobody who is to do it."""
    names = [squeeze(fold(name)) for name in header.names]
    return not set(UNIT_ROLES) & set(header.columns) and any(map(_OCCASION.fullmatch, names))
