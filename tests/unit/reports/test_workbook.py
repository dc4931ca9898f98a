"""The writer of workbooks: kinds of cells, page set-up, long tables, progress and stopping."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook

from reports.words import LIGHTS
from reports.workbook import (
    Column,
    ExportStopped,
    Light,
    Link,
    RowOf,
    Sheet,
    library,
    workbook_bytes,
    write_workbook,
)
from reports.workbook.styles import LIGHT_COLOURS
from tests.unit.reports.reading import footer, formulas, leads_to, part, table, target, written
from tests.unit.reports.samples import PROPERTIES

NUMBERED = [Column("序号", 6, "integer"), Column("名称", 20)]


def rows(count: int) -> list[tuple[object, ...]]:
    return [(number, f"第{number}项") for number in range(1, count + 1)]


def test_numbers_are_numbers_as_they_were_rounded() -> None:
    columns = [Column("分", 8, "number"), Column("个", 8, "integer"), Column("率", 8, "percent", places=0)]
    paper = written([table(columns, [(Decimal("18.50"), 3, Decimal(35)), ("—", None, 7)])]).worksheets[0]
    assert [cell.value for cell in paper[3]] == [18.5, 3, 0.35]
    assert [cell.number_format for cell in paper[3]] == ["0.00", "0", "0%"]
    assert [cell.value for cell in paper[4]] == ["—", None, 0.07]
    assert paper["A4"].data_type == "s"


@pytest.mark.parametrize("number", ["0.1", "87.345", "100", "-3.25", "12345678.91", "0.00"])
def test_decimals_reach_the_file_without_detour(number: str) -> None:
    data = workbook_bytes([table([Column("分", 8, "number")], [(Decimal(number),)])], properties=PROPERTIES)
    assert f"<v>{number}</v>" in part(data, "xl/worksheets/sheet1.xml")


def test_dates_and_moments_are_shown_in_china_standard_time() -> None:
    columns = [Column("日期", 11, "date"), Column("时间", 16, "datetime")]
    late_evening = datetime(2026, 12, 31, 16, 30, tzinfo=UTC)
    book = written([table(columns, [(date(2026, 9, 20), late_evening), (date(1899, 1, 1), None)])])
    paper = book.worksheets[0]
    assert paper["A3"].value == datetime(2026, 9, 20)  # noqa: DTZ001  # a workbook knows no zones
    assert paper["B3"].value == datetime(2027, 1, 1, 0, 30)  # noqa: DTZ001  # as above
    assert paper["A4"].value == "1899-01-01"


def test_lights_are_words_and_shapes_in_colours_that_can_be_read() -> None:
    cells = [(Light(kind, text),) for kind, text in LIGHTS.items()]
    paper = written([table([Column("状态", 9, "light")], cells)]).worksheets[0]
    shown = [paper.cell(3 + row, 1) for row in range(len(LIGHTS))]
    words = "● 按期|▲ 临期|▲ 临期|▼ 滞后|▽ 提醒|◆ 警告|■ 逾期|✓ 已核|◐ 补报|–"
    assert [cell.value for cell in shown] == words.split("|")
    said = [cell.font.color.rgb + cell.value for cell in shown]
    assert len(set(said)) == len(said), "what is near has two colours: some rule sets call it soon"


@pytest.mark.parametrize("colour", LIGHT_COLOURS.values())
def test_light_colours_have_contrast(colour: str) -> None:
    assert contrast_to_white(colour) >= 4.5


def contrast_to_white(colour: str) -> float:
    """WCAG 2.2, relative luminance."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05)


def test_links_lead_to_addresses_and_rows() -> None:
    columns = (Column("来源", 12, "link"),)
    first = Sheet(
        "甲'表", "一", columns, [(Link("网页", "https://luoshi.example/a?b=1&c=2"),), (Link("那一行", RowOf("乙", 4)),)]
    )
    second = Sheet("乙", "二", columns, [(None,)] * 5, lines=("截至今日",))
    paper = written([first, second]).worksheets[0]
    assert target(paper["A3"]) == "https://luoshi.example/a?b=1&c=2"
    assert leads_to(paper["A4"], "乙") == "A8"
    assert [paper["A3"].value, paper["A4"].value] == ["网页", "那一行"]


@pytest.mark.parametrize(
    "target",
    [
        None, "", "javascript:alert(1)", "file:///etc/passwd", r"\\127.0.0.1\share", "mailto:a@b.example", "internal:A1", "//x.example",
        "https://x.example/ a", "https://x.example/" + "a" * 3000, RowOf("没有这张表", 0),
    ],
)  # fmt: skip
def test_what_is_no_address_stays_plain_text(target: str | RowOf | None) -> None:
    paper = written([table([Column("来源", 12, "link")], [(Link("文字", target),)])]).worksheets[0]
    assert paper["A3"].value == "文字"
    assert paper["A3"].hyperlink is None


def test_links_beyond_what_a_sheet_holds_stay_text(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(library, "LINK_LIMIT", 2)
    links = [(Link(f"第{n}", f"https://luoshi.example/{n}"),) for n in range(4)]
    paper = written([table([Column("来源", 12, "link")], links)]).worksheets[0]
    assert [paper.cell(row, 1).hyperlink is not None for row in range(3, 7)] == [True, True, False, False]
    assert paper["A6"].value == "第3"


def test_a_page_is_set_up_for_a4_landscape() -> None:
    paper = written([table(NUMBERED, rows(3), lines=("截至 2026-11-20",), freeze_columns=1)]).worksheets[0]
    assert paper.freeze_panes == "B4"
    assert paper.print_title_rows == "$3:$3"
    assert (paper.page_setup.orientation, paper.page_setup.paperSize) == ("landscape", 9)
    assert (paper.page_setup.fitToWidth or 1, paper.page_setup.fitToHeight) == (1, 0)
    assert paper.sheet_properties.pageSetUpPr is not None
    assert paper.sheet_properties.pageSetUpPr.fitToPage
    assert footer(paper) == "第 &P 页 共 &N 页"
    assert paper.auto_filter.ref == "A3:B6"
    assert paper["A1"].value == "标题"
    assert paper["A2"].value == "截至 2026-11-20"
    assert {str(merged) for merged in paper.merged_cells.ranges} == {"A1:B1", "A2:B2"}
    assert paper.column_dimensions["B"].width == pytest.approx(20, abs=1)


def test_a_table_wider_than_a_page_goes_on_beside_with_its_first_columns() -> None:
    paper = written([table([Column(f"列{n}", 20) for n in range(20)], [], freeze_columns=2)]).worksheets[0]
    assert paper.page_setup.scale == 65
    assert paper.print_title_cols == "$A:$B"


def test_bands_stand_above_their_columns() -> None:
    columns = [
        Column("单位", 12),
        Column("甲", 8, band="公开"),
        Column("乙", 8, band="公开"),
        Column("丙", 8, band="效能"),
    ]
    paper = written([table(columns, [("望川县", 1, 2, 3)])]).worksheets[0]
    assert [cell.value for cell in paper[2]] == ["单位", "公开", None, "效能"]
    assert [cell.value for cell in paper[3]] == [None, "甲", "乙", "丙"]
    assert {"A2:A3", "B2:C2"} <= {str(merged) for merged in paper.merged_cells.ranges}
    assert paper.freeze_panes == "A4"
    assert paper.print_title_rows == "$2:$3"


def test_equal_cells_become_one_within_the_cell_to_their_left() -> None:
    columns = [Column("一级", 8, merge=True), Column("二级", 8, merge=True), Column("项", 8)]
    data = [("甲", "子", "1"), ("甲", "子", "2"), ("乙", "子", "3"), ("乙", None, "4"), ("乙", None, "5")]
    paper = written([table(columns, data, filter=False)]).worksheets[0]
    merged = {str(merged) for merged in paper.merged_cells.ranges}
    assert merged == {"A1:C1", "A3:A4", "B3:B4", "A5:A7"}
    assert [paper.cell(row, 2).value for row in range(3, 8)] == ["子", None, "子", None, None]
    assert paper.auto_filter.ref is None


def test_sums_follow_the_filter_and_show_their_value_at_once() -> None:
    columns = [Column("项", 8), Column("分", 8, "number", total="sum")]
    sheet = table(columns, [("甲", Decimal("0.1")), ("乙", Decimal("0.2")), ("丙", "—")])
    data = workbook_bytes([sheet], properties=PROPERTIES)
    assert formulas(load_workbook(BytesIO(data))) == ["=SUBTOTAL(109,$B$3:$B$5)"]
    shown = load_workbook(BytesIO(data), data_only=True).worksheets[0]
    assert (shown["A6"].value, shown["B6"].value) == ("合计", 0.3)
    assert shown.auto_filter.ref == "A2:B5"


def test_a_change_in_the_column_named_begins_a_page() -> None:
    paper = written([table([Column("组别", 8)], [("县区",), ("县区",), ("部门",), ("园区",)], break_on=0)]).worksheets[
        0
    ]
    assert [mark.id for mark in paper.row_breaks.brk] == [4, 5]


def test_an_empty_table_says_so() -> None:
    paper = written([table(NUMBERED, [], notes=("注：无。",))]).worksheets[0]
    assert paper["A3"].value == "没有记录"
    assert paper["A4"].value == "注：无。"
    assert paper.auto_filter.ref is None


def test_a_long_text_makes_its_row_tall_enough() -> None:
    paper = written([table([Column("要求", 20)], [("字" * 35,), ("短",), ("字" * 5000,)])]).worksheets[0]
    assert paper.row_dimensions[3].height == pytest.approx(4 * 13.5 + 4.5)
    assert paper.row_dimensions[4].height == 13.5 + 4.5
    assert paper.row_dimensions[5].height == pytest.approx(409, abs=0.5)


def test_a_table_longer_than_a_sheet_goes_on_in_further_tabs() -> None:
    target = BytesIO()
    long = Sheet(
        "明细", "标题", (Column("序号", 8, "integer", total="sum"),), ((n,) for n in range(1, 19)), notes=("注",)
    )
    to_row_15 = Sheet("目录", "目录", (Column("到", 8, "link"),), [(Link("第15行", RowOf("明细", 14)),)])
    write_workbook([to_row_15, long], target, properties=PROPERTIES, row_limit=12)
    book = load_workbook(target)
    assert book.sheetnames == ["目录", "明细", "明细 (2)", "明细 (3)"]
    values = [[cell.value for cell in book[name]["A"]][2:] for name in book.sheetnames[1:]]
    assert values[0] == list(range(1, 9))
    assert values[1] == list(range(9, 17))
    assert values[2] == [17, 18, "=SUBTOTAL(109,'明细'!$A$3:$A$10,'明细 (2)'!$A$3:$A$10,$A$3:$A$4)", "注"]
    assert leads_to(book["目录"]["A3"], "明细 (2)") == "A9"
    assert book["明细 (2)"]["A9"].value == 15


def test_progress_is_told_from_the_start_and_to_the_end() -> None:
    told: list[tuple[int, int | None]] = []
    sheet = table(NUMBERED, rows(1200), count=1200)
    write_workbook([sheet], BytesIO(), properties=PROPERTIES, on_rows=lambda done, total: told.append((done, total)))
    assert told == [(0, 1200), (500, 1200), (1000, 1200), (1200, 1200)]


def test_a_total_is_not_made_up_where_a_sheet_does_not_know_it() -> None:
    told: list[int | None] = []
    sheets = [table(NUMBERED, rows(1), count=1), table(NUMBERED, iter(rows(1)))]
    write_workbook(sheets, BytesIO(), properties=PROPERTIES, on_rows=lambda _done, total: told.append(total))
    assert set(told) == {None}


def test_a_stopped_export_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    read: list[int] = []

    def endless() -> Iterator[tuple[object, ...]]:
        while True:
            read.append(1)
            yield (1, "项")

    target = BytesIO()
    with pytest.raises(ExportStopped):
        write_workbook(
            [table(NUMBERED, endless())], target, properties=PROPERTIES, should_stop=lambda: len(read) >= 500
        )
    assert len(read) == 500
    assert target.getvalue() == b""
    assert list(tmp_path.iterdir()) == []


def test_an_error_in_the_rows_goes_through_and_leaves_nothing_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    with pytest.raises(ZeroDivisionError):
        workbook_bytes([table(NUMBERED, ((1 // n, "项") for n in (1, 0)))], properties=PROPERTIES)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("more", [{}, {"break_on": 0}])
def test_a_row_that_does_not_fit_its_columns_is_refused(more: dict[str, int]) -> None:
    with pytest.raises(ValueError, match="3 cells for 2 columns"):
        workbook_bytes([table(NUMBERED, [(1, "a", "b")], **more)], properties=PROPERTIES)


def test_a_workbook_needs_a_sheet() -> None:
    with pytest.raises(ValueError, match="needs a sheet"):
        workbook_bytes([], properties=PROPERTIES)


def test_equal_input_gives_equal_bytes() -> None:
    first, second = (workbook_bytes([table(NUMBERED, rows(30))], properties=PROPERTIES) for _ in range(2))
    assert first == second


def test_the_words_of_the_writer_are_translated() -> None:
    english = {"没有记录": "Nothing to list", "第 &P 页 共 &N 页": "Page &P of &N"}

    def translate(message: str, /, **_values: object) -> str:
        return english.get(message, message)

    data = workbook_bytes([table(NUMBERED, [])], properties=PROPERTIES, translate=translate)
    paper = load_workbook(BytesIO(data)).worksheets[0]
    assert paper["A3"].value == "Nothing to list"
    assert footer(paper) == "Page &P of &N"


def test_the_file_says_what_it_is() -> None:
    properties = written([table(NUMBERED, [])]).properties
    assert (properties.title, properties.creator) == (PROPERTIES.title, PROPERTIES.author)
    assert properties.created == PROPERTIES.created.replace(tzinfo=None)
