"""Columns headed by units, in which a mark says that the unit has a part in the task (√), or leads it (★, ▲)."""

from __future__ import annotations

import re
from collections.abc import Iterable

from imports.document import Table
from imports.draft import Role
from imports.phrases.chars import fold, squeeze
from imports.phrases.units import looks_like_units
from imports.phrases.units.vocabulary import ENDINGS, LEVEL, NOBODY, STRONG_END
from imports.recognise.columns import column_of
from imports.recognise.headers.sampling import SAMPLE
from imports.recognise.signs import is_mark

PLACE = re.compile(
    r"(?!全|合|各|其他)[\u4e00-\u9fff]{1,6}(?:(?<!地|城|农|山|园|社|小|郊|灾|库|牧)[县市区旗镇乡]|街道|开发区|新区|高新区|经开区)"
)
FIGURE = re.compile(r"\d[\d,]*(?:\.\d+)?%?")
_ALLOTS = re.compile(r"任务|分解|分配|计划|下达|目标")
_REPORTS = re.compile(r"完成(?!时|期|日)|统计|情况|进度|进展|得分|排名|名次|现状|实绩|同比|增长率|增幅|台账|通报")
_LEADING = frozenset("★▲")
_LONGEST = 16
_PARTS: dict[str, Role] = {
    "牵头": "lead", "主办": "lead", "主责": "lead", "责任": "responsible", "负责": "responsible", "承办": "responsible",
    "落实": "responsible", "配合": "support", "协办": "support", "协同": "support", "参与": "support", "督办": "supervise",
}  # fmt: skip
_LEGEND = re.compile(
    r"[“\"(（]?(?P<sign>[√✓✔☑∨●○◎▲△★☆◆◇■□※])[”\")）]?(?:号|标记|标注|标识|符号)?(?:的|者)?(?:单位|部门)?(?:表示|代表|标示|为|是|指|[:：—-])*"
    rf"(?:该项)?(?:任务|工作)?的?总?(?P<part>{'|'.join(_PARTS)})"
)


def heads_marks(table: Table, row: int, column: int) -> bool:
    """Does a cell name a unit over nothing but marks?"""
    name = table.grid[row][column]
    if not name or name.isspace() or column_of(name) is not None:
        return False
    below = _below(table, row, column)
    return all(map(is_mark, below)) and heads_a_unit(name)


def names_holder(name: str) -> bool:
    """Is it a county, a town, a zone or a body, to which a share may be dealt out?"""
    return PLACE.fullmatch(name) is not None or (
        len(name) <= _LONGEST and LEVEL.match(name) is not None and STRONG_END.search(name) is not None
    )


def heads_shares(table: Table, row: int, column: int) -> bool:
    """Does a cell name a county, a town, a zone or a body over nothing but figures?"""
    name = squeeze(fold(table.grid[row][column]))
    if not names_holder(name) or column_of(name) is not None:
        return False
    below = [squeeze(fold(cell)) for cell in _below(table, row, column)]
    return any(map(FIGURE.fullmatch, below)) and all(cell in NOBODY or FIGURE.fullmatch(cell) for cell in below)


def allots(texts: Iterable[str]) -> bool:
    """Do the title and the heads of a table say that its figures are to be reached, and none that they were?"""
    said = "".join(texts)
    return _ALLOTS.search(said) is not None and _REPORTS.search(said) is None


def share_columns(table: Table, row: int) -> list[int]:
    """The columns that a row heads with places that have shares; none where it does not so with two."""
    found = [column for column in range(len(table.grid[row])) if heads_shares(table, row, column)]
    return found if len(found) > 1 else []


def deals_out(table: Table, row: int) -> bool:
    """Does a row with shares, which itself says neither who nor when, head tasks and not what was counted?"""
    return bool(share_columns(table, row)) and (
        table.allots or allots([table.caption, *(cell for cells in table.grid[: row + 1] for cell in cells)])
    )


def heads_a_unit(name: str) -> bool:
    """Is it the name of a unit, where marks under it speak for that: `人力资源部` too, which elsewhere would say little?"""
    return looks_like_units(name) or (len(name) <= _LONGEST and ENDINGS.search(squeeze(fold(name))) is not None)


def marked_columns(table: Table, row: int) -> list[int]:
    """The columns that a row heads with units; none where it does not so with two that have marks."""
    found = [column for column in range(len(table.grid[row])) if heads_marks(table, row, column)]
    return found if sum(bool(_below(table, row, column)) for column in found) > 1 else []


def _below(table: Table, row: int, column: int) -> list[str]:
    return [cells[column] for cells in table.grid[row + 1 : row + 1 + SAMPLE] if cells[column].strip()]


def legend_of(texts: Iterable[str]) -> dict[str, Role]:
    """What the document itself says of its marks: `▲为牵头单位，√为配合单位`."""
    found = (match for text in texts for match in _LEGEND.finditer(squeeze(text)))
    return {match["sign"]: _PARTS[match["part"]] for match in found}


def part_of(mark: str, legend: dict[str, Role]) -> Role:
    """The part that a mark gives: by a word of its own (`牵头`), by the legend, or the lead by a star or triangle."""
    plain = squeeze(mark)
    if plain[:2] in _PARTS:
        return _PARTS[plain[:2]]
    return legend.get(plain, "lead" if plain in _LEADING else "responsible")
