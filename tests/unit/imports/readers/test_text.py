"""Plain and pasted text: lines verbatim, tables where they are certain, encodings told strictly."""

from __future__ import annotations

import codecs
import time

import pytest

from imports.document import Paragraph, Table
from imports.problems import UnreadableDocument
from imports.readers import limits, read_pasted
from imports.readers.text import read_text
from tests.unit.imports.readers.help import codes, read, refusal, table_of, texts

FLATTENED = "工作任务 |\n工作要求 |\n责任单位 |\n建好台账 |\n逐项销号。 |\n市档案局 |\n|\n"


def test_lines_come_verbatim_with_their_numbers_blank_ones_too() -> None:
    document = read("云岫市文件\r\n\r\n 一、总体要求 \n", "a.txt")
    assert [(block.locator, block.text) for block in document.paragraphs()] == [
        ("line 1", "云岫市文件"),
        ("line 2", ""),
        ("line 3", " 一、总体要求 "),
    ]


def test_a_line_separator_inside_a_line_does_not_end_it() -> None:
    assert texts(read("甲\u2028乙\x0c丙\n丁", "a.txt")) == ["甲\u2028乙\x0c丙", "丁"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be"])
def test_encodings_are_told_by_their_bytes(encoding: str) -> None:
    text = "一、市财政局牵头\n二、2026年6月底前完成\n"
    assert texts(read(text.encode(encoding), "a.txt")) == text.splitlines()


def test_utf_16_with_either_mark() -> None:
    for mark, encoding in ((codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be")):
        assert texts(read(mark + "任务".encode(encoding), "a.txt")) == ["任务"]


def test_bytes_that_no_encoding_explains_are_named_by_line_and_byte() -> None:
    with pytest.raises(UnreadableDocument) as caught:
        read(b"a\n\xff\xfe\xfa", "a.csv")
    assert caught.value.problem.params == {"place": "line 2", "offset": "3"}


def test_a_lost_character_is_reported_where_it_stands() -> None:
    document = read("好\n坏\ufffd\n", "a.txt")
    assert document.problems[0].locators == ("line 2",)
    assert codes(document) == ["replaced-characters"]


def test_control_characters_are_kept_and_told() -> None:
    document = read("甲乙丙丁" * 30 + "\x02\n戊\n", "a.txt")
    assert texts(document)[0].endswith("\x02")
    assert (codes(document), document.problems[0].locators) == (["control-characters"], ("line 1",))


def test_a_flattened_table_is_left_as_its_lines() -> None:
    document = read_pasted(FLATTENED)
    assert texts(document) == FLATTENED.splitlines()
    assert not list(document.tables())


def test_cells_copied_from_a_sheet_become_a_table() -> None:
    document = read_pasted('任务表\n序号\t任务\t单位\n1\t"建好\n台账"\t市档案局\n2\t销号\t\n完\n')
    assert texts(document) == ["任务表", "完"]
    table = table_of(document)
    assert table.grid == [["序号", "任务", "单位"], ["1", "建好\n台账", "市档案局"], ["2", "销号", ""]]
    assert table.row_labels == ["line 2", "line 3", "line 5"]
    assert document.kind == "paste"


def test_tabs_that_only_indent_make_no_table() -> None:
    assert not list(read_pasted("\t一、甲\n\t二、乙\n").tables())


def test_an_open_quote_in_a_pasted_cell_is_a_plain_character() -> None:
    assert table_of(read_pasted('甲\t"乙\n丙\t丁\n')).grid == [["甲", '"乙'], ["丙", "丁"]]


def test_a_markdown_table_with_its_rule() -> None:
    document = read("## 任务\n| 任务 | 单位 |\n|------|:----:|\n| 建账 | 市档案局 |\n", "a.md")
    assert table_of(document).grid == [["任务", "单位"], ["建账", "市档案局"]]
    assert table_of(document).row_labels == ["line 2", "line 4"]
    assert next(document.paragraphs()).heading_level == 2


def test_pasted_html_is_taken_where_it_holds_a_table() -> None:
    html = "<table><tr><td>任务</td><td>单位</td></tr><tr><td>甲</td><td>乙</td></tr></table>"
    assert isinstance(read_pasted("任务 单位 甲 乙", html).blocks[0], Table)
    assert isinstance(read_pasted("任务", "<b>任务</b>").blocks[0], Paragraph)


@pytest.mark.parametrize("text", ["", " \n\u3000\n"])
def test_nothing_pasted_is_said_to_be_nothing(text: str) -> None:
    with pytest.raises(UnreadableDocument) as caught:
        read_pasted(text)
    assert caught.value.problem.code == "nothing-to-read"


def test_limits_on_lines() -> None:
    assert refusal("x" * (limits.MAX_LINE_CHARS + 1), "a.txt") == "line-too-long"
    assert refusal("\n" * limits.MAX_LINES + "x\n", "a.txt") == "too-many-lines"


@pytest.mark.parametrize("line", ["\t一", '"甲\t乙', "甲 |", "|--|--|"])
def test_long_runs_of_lines_are_walked_once(line: str) -> None:
    begin = time.process_time()
    read_pasted(f"|a|b|\n{line}\n" + f"{line}\n" * 20_000)
    assert time.process_time() - begin < 5


def test_a_section_line_without_tabs_stays_in_the_pasted_table():
    pasted = (
        "序号\t工作任务\t牵头单位\n一、校园安全\n1\t护学岗\t市公安局\n二、校园环境\n2\t绿化\t市林业局\n以上共两项。\n"
    )
    document = read_pasted(pasted)
    (table,) = document.tables()
    assert [row[0] for row in table.grid] == ["序号", "一、校园安全", "1", "二、校园环境", "2"]
    assert table.grid[1] == ["一、校园安全", "", ""]
    assert [paragraph.text for paragraph in document.paragraphs()] == ["以上共两项。"]


def test_cells_with_breaks_and_without_quotes_are_put_back_into_their_rows() -> None:
    text = (
        "序号\t重点工作\t工作措施\t责任单位\t时限\n1\t矿山安全\t1.开展普查。\n2.关闭小矿山3处。\t市应急局\n市发改委\t9月\n底前\n"
        "2\t燃气安全\t更新管道15公里。\t市住建局\t11月底前\n联系人：张三\n"
    )
    document = read_text(text)
    [table] = document.tables()
    assert table.grid[1:] == [
        ["1", "矿山安全", "1.开展普查。\n2.关闭小矿山3处。", "市应急局\n市发改委", "9月\n底前"],
        ["2", "燃气安全", "更新管道15公里。", "市住建局", "11月底前"],
    ]
    assert table.row_labels == ["line 1", "line 2", "line 6"]
    assert [paragraph.text for paragraph in document.paragraphs()] == ["联系人：张三"]
