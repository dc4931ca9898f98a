"""What the columns of a printed scheme are called."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal

Role = Literal["level", "indicator", "content", "points", "weight", "criteria", "kind", "parameters", "source", "aside"]

_NAMES: tuple[tuple[Role, str], ...] = (
    ("level", "考核项目|考评项目|考核类别|类别|项目|项目名称|一级指标|二级指标|考核大项|板块|领域"),
    ("indicator", "指标|三级指标|考核指标|考评指标|测评指标|评价指标|具体指标|指标名称|考核内容名称"),
    ("content", "考评内容|考核内容|内容|评价内容|指标内容|考核要点|评价要点|工作要求|考核事项"),
    ("points", "分值|标准分|标准分值|权重分|满分|分数|指标分值|赋分|考核分值|基本分|基准分|应得分|最高分|满分值"),
    ("weight", "权重|指标权重|比重|分值权重"),
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
_ABOUT: tuple[tuple[Role, re.Pattern[str]], ...] = (
    ("criteria", re.compile(r"(评分|计分|赋分|扣分|加分|考核|考评|评价|打分)(标准|办法|方法|细则|规则|说明)")),
    ("aside", re.compile(r"^(自评|考评|考核|实际|最终|复核)得?分$")),
    ("indicator", re.compile(r"^(考核|考评|评价|测评|评估)(要素|要点|指标项)$")),
    ("content", re.compile(r"^(主要|具体)?(考核|考评|评价|工作|指标|目标)?(内容|要点|要求|事项)(及|和|与|$)")),
)
"""What a head is about where nobody has put down its very words: 考核内容及要求, 评分标准及说明."""
_POINTS = re.compile(r"分值$|权重分?$|^满分|基准分$|标准分$|基本分$")
"""A head of points of any wording: of several the first is read."""
_SUB_HEAD = re.compile(r"^[一二三四1-4]级(指标|名称)?$")
ROLES: dict[str, Role] = {name: role for role, names in _NAMES for name in names.split("|")}
_HEADINGS = (
    re.compile(r"^第[一二三四五六七八九十\d]+(部分|章|篇)"),
    re.compile(r"^[一二三四五六七八九十]+、"),
    re.compile(r"^[（(][一二三四五六七八九十]+[）)]"),
    re.compile(r"^(?![\d０-９]).*[（(]\s*\d+(\.\d+)?\s*分\s*[）)]$"),
)
"""How a heading across a table begins, from the highest kind to the lowest, or that it ends with points."""
_LONGEST = 60
"""Characters of a head; what is longer is none."""
LOOKED_AT = 15
"""Rows in which the head of a table is looked for."""


def squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)


def plain(text: str) -> str:
    """A head as it is compared: a unit in brackets after its name (分值（分）) does not matter."""
    head = squeezed(text)
    return head if len(head) > _LONGEST else re.sub(r"[（(].*?[）)]$", "", head)


def heading_kind(text: str) -> int | None:
    """0 is the highest; None for what is no heading."""
    return next((at for at, words in enumerate(_HEADINGS) if words.search(text)), None)


def roles_of(cells: Sequence[str]) -> dict[int, Role]:
    """Column → what it holds, for a row of heads."""
    heads = list(map(plain, cells))
    found = {column: role for column, head in enumerate(heads) if (role := _role_of(head)) is not None}
    if not {"points", "weight"} & set(found.values()):
        first = next((column for column, head in enumerate(heads) if points_head(head)), None)
        if first is not None:
            found[first] = "points"
    return _with_weights(dict(sorted(found.items())))


def points_head(head: str) -> bool:
    return bool(_POINTS.search(plain(head)))


def _role_of(head: str) -> Role | None:
    return ROLES.get(head) or next((role for role, words in _ABOUT if words.search(head)), None)


def _with_weights(roles: dict[int, Role]) -> dict[int, Role]:
    """Weights are points where there are no others, and those of a level where they stand before the points; beside the
    points of the indicators themselves nobody knows what they do, and they are not read."""
    weights = [column for column, role in roles.items() if role == "weight"]
    points = [column for column, role in roles.items() if role == "points"]
    read: dict[int, Role] = {column: role for column, role in roles.items() if role != "weight"}
    for column in weights:
        if not points or (column < points[-1] and roles.get(column - 1) == "level"):
            read[column] = "points"
    return read


def head_of(grid: Sequence[Sequence[str]]) -> tuple[int, dict[int, Role]] | None:
    """(last row, roles by column) of the first row that names points and something to score, or of the first two that do
    so together (一级指标 over 名称 and 分值); None where there is none."""
    rows = [roles_of(cells) for cells in grid[:LOOKED_AT]]
    for row, roles in enumerate(rows):
        below = rows[row + 1] if row + 1 < len(rows) else {}
        for last, held in ((row, roles), (row + 1, roles | below)):
            if roles and "points" in held.values() and {"level", "indicator", "content"} & set(held.values()):
                return _second_row(grid, last, held)
    return None


def _second_row(grid: Sequence[Sequence[str]], row: int, held: dict[int, Role]) -> tuple[int, dict[int, Role]]:
    """Goes on to a row of heads below the one that has the points (一级 and 二级 under 考核指标)."""
    above = list(map(squeezed, grid[row]))
    more: dict[int, Role] = {}
    for column, text in enumerate(map(squeezed, grid[row + 1] if row + 1 < len(grid) else ())):
        role: Role | None = "level" if _SUB_HEAD.match(text) else _role_of(plain(text))
        if text in ("", above[column]):
            continue
        if role is None:
            more.clear()
            break
        more[column] = role
    return (row + 1, _with_indicator(held | more)) if "level" in more.values() else (row, _with_indicator(held))


def _with_indicator(roles: dict[int, Role]) -> dict[int, Role]:
    """Where no column is called 指标, the content names what is scored; where there is none either, the last level."""
    if "indicator" in roles.values():
        first = min(column for column, role in roles.items() if role == "indicator")
        return {column: "level" if role == "content" and column < first else role for column, role in roles.items()}
    other: Role = "content" if "content" in roles.values() else "level"
    last = max(column for column, role in roles.items() if role == other)
    return {**roles, last: "indicator"}
