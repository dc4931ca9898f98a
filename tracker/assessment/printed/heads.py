"""What the columns of a printed scheme are called."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal

Role = Literal["level", "indicator", "content", "points", "criteria", "kind", "parameters", "source", "aside"]

_NAMES: tuple[tuple[Role, str], ...] = (
    ("level", "考核项目|考评项目|考核类别|类别|项目|项目名称|一级指标|二级指标|考核大项|板块|领域"),
    ("indicator", "指标|三级指标|考核指标|考评指标|测评指标|评价指标|具体指标|指标名称|考核内容名称"),
    ("content", "考评内容|考核内容|内容|评价内容|指标内容|考核要点|评价要点|工作要求|考核事项"),
    ("points", "分值|标准分|标准分值|权重分|满分|分数|指标分值|赋分"),
    (
        "criteria",
        "评分标准|考核标准|考评标准|评分办法|计分办法|评分细则|扣分标准|评价标准|计分标准|考核评分标准|评分依据和标准",
    ),
    ("kind", "计分方式"),
    ("parameters", "计分参数|参数"),
    ("source", "评分来源"),
    (
        "aside",
        "序号|编号|备注|考评得分|得分|自评得分|自评分|扣分|失分原因|扣分原因|整改情况|考核单位|责任单位|考核方式|数据来源",
    ),
)
ROLES: dict[str, Role] = {name: role for role, names in _NAMES for name in names.split("|")}
LOOKED_AT = 15
"""Rows in which the head of a table is looked for."""


def squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)


def plain(text: str) -> str:
    """A head as it is compared: a unit in brackets after its name (分值（分）) does not matter."""
    return re.sub(r"[（(].*?[）)]$", "", squeezed(text))


def roles_of(cells: Sequence[str]) -> dict[int, Role]:
    """Column → what it holds, for a row of heads."""
    return {column: ROLES[plain(text)] for column, text in enumerate(cells) if plain(text) in ROLES}


def head_of(grid: Sequence[Sequence[str]]) -> tuple[int, dict[int, Role]] | None:
    """(last row, roles by column) of the first row that names points and something to score, or of the first two that do
    so together (一级指标 over 名称 and 分值); None where there is none."""
    rows = [roles_of(cells) for cells in grid[:LOOKED_AT]]
    for row, roles in enumerate(rows):
        below = rows[row + 1] if row + 1 < len(rows) else {}
        for last, held in ((row, roles), (row + 1, roles | below)):
            if roles and "points" in held.values() and {"level", "indicator", "content"} & set(held.values()):
                return last, _with_indicator(held)
    return None


def _with_indicator(roles: dict[int, Role]) -> dict[int, Role]:
    """Where no column is called 指标, the content names what is scored; where there is none either, the last level."""
    if "indicator" in roles.values():
        return roles
    other: Role = "content" if "content" in roles.values() else "level"
    last = max(column for column, role in roles.items() if role == other)
    return {**roles, last: "indicator"}
