"""A typing page filled from a workbook: which cell is whose, and every doubt at its cell."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from tests.support.scored import leaf
from tests.unit.assessment.test_printed import table
from tracker.assessment.filling import Filled, Known, fields, filled, origins_of, read_origins
from tracker.assessment.grid import Cells, Grid, read_cells

UNITS = {1: "望川县", 2: "临溪县", 3: "青禾县"}
NAMES = {"望川县": 1, "望川县政府": 1, "临溪县": 2, "青禾县": 3, "石桥区": 4, "市财政局": 5}
SURVEY = Grid(leaf("survey", "群众满意度", "10", "linear", floor="60", goal="95"), Decimal(10))
STAFF = Grid(leaf("staff", "机构人员", "5", "all_or_nothing"), Decimal(5))


def known(name: str) -> Known:
    return Known(NAMES.get(name), "望川县" if name == "望川" else "")


def fill(*rows: str, grids: tuple[Grid, ...] = (SURVEY, STAFF)) -> Filled:
    found = filled([table(*rows)], grids, known=known, units=UNITS | {5: "市财政局"}, closed={5: "本单位，回避"})
    assert found is not None
    return found


def said(found: Filled, *, doubts: bool = True) -> list[tuple[str, str]]:
    return [(one.place, str(one.text)) for one in found.noticed if one.is_doubt is doubts]


def test_every_cell_goes_to_its_unit_and_indicator() -> None:
    found = fill(
        "第三方测评结果", "序号 | 被考核单位 | 机构人员 | 群众满意度（分）", "1 | 望川县政府 | 达标 | 92.5分", "2 | 临溪县 | 未达标 | ８８",
        "3 | 青禾县 | 1 | ", "平均 | | | 90.25",
    )  # fmt: skip
    assert found.rows == {
        "staff": {1: {"met": "1"}, 2: {"met": "0"}, 3: {"met": "1"}}, "survey": {1: {"amount": "92.5"}, 2: {"amount": "８８"}},
    }  # fmt: skip
    assert found.places["survey"][1] == {"amount": "Sheet1!D3"}
    assert said(found) == []
    assert said(found, doubts=False) == [
        ("Sheet1!A2", "没有读入这一栏：序号"), ("Sheet1!D5", "空白，没有录入：空白不等于零分"), ("Sheet1!B6", "没有读入这一行：平均"),
    ]  # fmt: skip
    assert found.units == 3


def test_each_doubt_stands_at_its_cell() -> None:
    found = fill(
        "单位 | 群众满意度 | 机构人员 | 群众满意度", "望川 | 90 | 是的 | 91", "临溪县 | 90 | 是的 | 91", "临溪县 | 80 | 达标 |",
        "石桥区 | 70 | 达标 |", "| 60 | |", "市财政局 | 60 | 达标 |", "望川县 | abc | |",
    )  # fmt: skip
    assert said(found) == [
        ("Sheet1!D1", "“群众满意度”有两栏，只读第一栏"),
        ("Sheet1!A2", "没有叫“望川”的单位，是不是“望川县”？"),
        ("Sheet1!C3", "“是的”不是可填的内容：达标、未达标"),
        ("Sheet1!A4", "“临溪县”在 Sheet1!A3 已有一行，这一行没有读入"),
        ("Sheet1!A5", "“石桥区”不是这张表里的参评单位"),
        ("Sheet1!A6", "这一行没有写单位，没有读入"),
        ("Sheet1!A1", "表里没有这些单位，它们没有录入：青禾县"),
    ]
    assert ("Sheet1!A7", "“市财政局”没有读入：本单位，回避") in said(found, doubts=False)
    assert found.rows["survey"] == {2: {"amount": "90"}, 1: {"amount": "abc"}}
    cells = read_cells(fields(found, [SURVEY], {"survey": {unit: {} for unit in UNITS}}), UNITS, {}, SURVEY)
    assert list(cells.faults) == [(1, "amount")]


def test_one_indicator_alone_may_be_called_a_result() -> None:
    found = fill("单位名称 | 得分", "望川县 | 90", grids=(SURVEY,))
    assert found.rows == {"survey": {1: {"amount": "90"}}}
    mixed = Grid(leaf("mixed", "评议", "10", "mix", parts="第三方 60、互评 40"), Decimal(10))
    found = fill("单位名称 | 互评 | 第三方", "望川县 | 90 | 80", grids=(mixed,))
    assert found.rows == {"mixed": {1: {"part-1": "90", "part-0": "80"}}}
    assert found.places["mixed"][1] == {"part-1": "Sheet1!B2", "part-0": "Sheet1!C2"}


def test_what_is_no_table_of_results_is_none() -> None:
    for rows in (("单位 | 电话", "望川县 | 1"), ("群众满意度 | 得分", "90 | 1"), ("单位 | 得分", "望川县 | 90")):
        assert filled([table(*rows)], (SURVEY, STAFF), known=known, units=UNITS, closed={}) is None


def test_further_tables_are_named() -> None:
    tables = [table("说明"), table("单位 | 得分", "望川县 | 90"), table("单位 | 得分", "临溪县 | 90", name="Sheet2")]
    found = filled(tables, (SURVEY,), known=known, units={1: "望川县"}, closed={})
    assert found is not None
    assert said(found) == [("Sheet2!A1", "这张表没有读入：一次只读第一张结果表")]


def test_what_stands_is_shown_where_the_workbook_says_nothing() -> None:
    found = fill("单位 | 得分", "望川县 | 90", grids=(SURVEY,))
    standing: dict[str, Any] = {"survey": {1: {"amount": "80"}, 2: {"amount": "70"}, 3: {}}}
    cells = read_cells(fields(found, [SURVEY], standing), UNITS, standing["survey"], SURVEY)
    assert [row["amount"] for row in cells.typed.values()] == ["90", "70", ""]
    assert cells.entries == [(1, SURVEY.entry(amount=Decimal(90)))]


def test_the_page_carries_where_its_rows_come_from() -> None:
    mixed = Grid(leaf("mixed", "评议", "10", "mix", parts="第三方 60、互评 40"), Decimal(10))
    row = {"part-0": "80", "part-1": "90"}
    found = fill("单位名称 | 互评 | 第三方", "望川县 | 90 | 80", grids=(mixed,))
    assert read_origins(origins_of(found, {"mixed": Cells({1: row})})) == {("mixed", 1): ("Sheet1!B2、Sheet1!C2", row)}
    for text in ("", "{", "5", "[1]", '[["a", "b", "c", "d"]]', "null"):
        assert read_origins(text) == {}
