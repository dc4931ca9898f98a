"""Tables that plain text sets in columns by blanks, with cells over several lines."""

from __future__ import annotations

from imports.pipeline import understand
from imports.readers.text import read_text
from tests.unit.imports.conservation import lost

TABLE = """云岫市2026年安全生产任务清单

序号  工作任务    具体措施                  责任单位            完成时限
1     燃气安全    对全市餐饮场所开展排查，  市住建局、市市场监  6月底前
                  整改率100%。              管局
2     消防安全    改造老旧小区20个。        市消防救援支队      9月底前
一、长期任务
3     应急演练    每半年组织一次演练。      市应急局            全年
                                            市教育局

填报人：    审核人：
"""


def test_lines_in_columns_are_rows_whose_cells_go_on() -> None:
    [table] = read_text(TABLE).tables()
    assert table.grid == [
        ["序号", "工作任务", "具体措施", "责任单位", "完成时限"],
        ["1", "燃气安全", "对全市餐饮场所开展排查，整改率100%。", "市住建局、市市场监管局", "6月底前"],
        ["2", "消防安全", "改造老旧小区20个。", "市消防救援支队", "9月底前"],
        ["一、长期任务", "", "", "", ""],
        ["3", "应急演练", "每半年组织一次演练。", "市应急局\n市教育局", "全年"],
    ]
    assert table.row_labels == ["line 3", "line 4", "line 6", "line 7", "line 8"]


def test_its_rows_are_tasks_and_what_stands_below_is_none() -> None:
    document = read_text(TABLE)
    draft = understand(document, year=2026)
    assert [(task.number, task.name, [unit.text for unit in task.units]) for task in draft.tasks] == [
        ("1", "燃气安全", ["市住建局", "市市场监管局"]),
        ("2", "消防安全", ["市消防救援支队"]),
        ("3", "应急演练", ["市应急局", "市教育局"]),
    ]
    assert lost(document, draft) == []


def test_text_with_wide_gaps_is_no_table() -> None:
    text = "姓名    部门    电话\n张三    一科    1\n李四    二科    2\n"
    assert list(read_text(text).tables()) == []


def test_many_lines_that_never_become_a_table_are_not_walked_again_and_again() -> None:
    line = "甲    乙    1\n"
    assert len(list(read_text(line * 20_000).paragraphs())) == 20_000


def test_numbers_in_the_middle_of_their_rows_make_no_table() -> None:
    text = (
        "序号  工作措施          责任单位\n"
        "1     开展排查。        市住建局\n"
        "      对老旧小区和市场\n"
        "2     逐一登记造册，并  市应急局\n"
        "      完成改造。\n"
    )
    assert list(read_text(text).tables()) == []
