"""Workbooks: texts as shown, true addresses, and everything that is hidden, computed or linked said aloud."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, strategies as st
from openpyxl.comments import Comment
from openpyxl.worksheet.worksheet import Worksheet

from imports.document import Area
from imports.problems import UnreadableDocument
from imports.readers import limits
from imports.readers.xlsx.plain import PlainRows
from tests.files.office import SHEET_PART, grid_workbook, packed, parts_of, sheet_xml, workbook
from tests.unit.imports.readers.help import codes, places, read, refusal, table_of

SHARED = ' t="s"'
INLINE = ' t="str"'


def cell(address: str, content: str = "<v>1</v>", attributes: str = "") -> str:
    return f'<c r="{address}"{attributes}>{content}</c>'


def data(*rows: str) -> bytes:
    return sheet_xml(f"<sheetData>{''.join(rows)}</sheetData>")


def test_cells_are_cited_by_sheet_and_address() -> None:
    document = read(workbook(lambda sheet: sheet.append(["任务", "单位"]), titles=["任务 分解!表"]), "a.xlsx")
    table = table_of(document)
    assert (document.kind, table.locator) == ("xlsx", "任务 分解!表")
    assert table.cite(0, 1) == "任务 分解!表!B1"
    assert table.cite(0) == "任务 分解!表!1"


def test_numbers_and_dates_come_as_shown() -> None:
    cells: list[tuple[float | date, str]] = [
        (0.95, "0%"),
        (date(2026, 6, 30), 'yyyy"年"m"月"d"日"'),
        (18.5, "General"),
        (1234.5, "#,##0.00"),
        (True, "General"),
    ]

    def fill(sheet: Worksheet) -> None:
        for row, (value, form) in enumerate(cells, 1):
            sheet.cell(row, 1, value).number_format = form

    table = table_of(read(workbook(fill), "a.xlsx"))
    assert [row[0] for row in table.grid] == ["95%", "2026年6月30日", "18.5", "1,234.50", "TRUE"]


def test_merged_areas_keep_their_text_at_the_top_left() -> None:
    def fill(sheet: Worksheet) -> None:
        for row in (["标题", None, None], ["甲", "一", "x"], [None, "二", "y"]):
            sheet.append(row)
        sheet.merge_cells("A1:C1")
        sheet.merge_cells("A2:A3")

    table = table_of(read(workbook(fill), "a.xlsx"))
    assert table.merges == [Area(0, 0, 0, 2), Area(1, 0, 2, 0)]
    assert table.grid == [["标题", "", ""], ["甲", "一", "x"], ["", "二", "y"]]


def test_a_text_under_a_merged_area_is_told() -> None:
    def fill(sheet: Worksheet) -> None:
        for row in (["甲"], ["压住的"], ["甲"]):
            sheet.append(row)

    parts = parts_of(workbook(fill))
    merged = parts[SHEET_PART].replace(
        b"</sheetData>", b'</sheetData><mergeCells><mergeCell ref="A1:A3"/></mergeCells>'
    )
    document = read(packed(parts | {SHEET_PART: merged}), "a.xlsx")
    assert [row[0] for row in table_of(document).grid] == ["甲", "", ""]
    assert places(document, "merged-hidden-text") == ("Sheet1!A2",)
    assert document.problems[0].params == {"text": "压住的"}


def test_hidden_rows_columns_and_sheets_are_read_and_told() -> None:
    def fill(sheet: Worksheet) -> None:
        for row in (["a", "b", "c"], ["d", "e", "f"]):
            sheet.append(row)
        sheet.row_dimensions[2].hidden = True
        sheet.column_dimensions["B"].hidden = True

    def hide(sheet: Worksheet) -> None:
        fill(sheet)
        sheet.sheet_state = "hidden"

    document = read(workbook(fill, hide), "a.xlsx")
    shown, hidden = document.tables()
    for table in (shown, hidden):
        assert (table.hidden_rows, table.hidden_columns) == (frozenset({1}), frozenset({1}))
    assert (shown.hidden, hidden.hidden) == (False, True)
    assert places(document, "hidden-rows") == ("Sheet1!2",)
    assert places(document, "hidden-columns") == ("Sheet1!B",)
    assert places(document, "hidden-sheet") == ("Sheet2",)


def test_formulas_show_their_stored_value_and_are_told() -> None:
    document = read(
        data(
            '<row r="1">',
            cell("A1", "<f>1+1</f><v>2</v>"),
            cell("B1", "<f>SUM(A1)</f>"),
            cell("C1", '<f>IF(A1,"")</f><v></v>', ' t="str"'),
            cell("D1", "<f>cmd|'/c calc'!A0</f><v>0</v>"),
            cell("E1", '<f>"a|b"</f><v>a|b</v>', ' t="str"'),
            cell("F1", "<f>1/0</f><v>#DIV/0!</v>", ' t="e"'),
            "</row>",
        ),
        "a.xlsx",
    )
    assert table_of(document).grid == [["2", "", "", "0", "a|b", "#DIV/0!"]]
    assert places(document, "formula-cell") == ("S1!A1", "S1!C1", "S1!E1", "S1!F1")
    assert places(document, "formula-no-value") == ("S1!B1",)
    assert places(document, "formula-dde") == ("S1!D1",)
    assert places(document, "cell-error-value") == ("S1!F1",)


def test_blank_edges_and_long_gaps_are_left_out_and_labels_stay_true() -> None:
    def fill(sheet: Worksheet) -> None:
        for address, text in {"C3": "甲", "E5": "乙", "C900": "丙", "XFD1048576": "丁"}.items():
            sheet[address] = text

    table = table_of(read(workbook(fill), "a.xlsx"))
    assert table.row_labels == ["Sheet1!3", "Sheet1!4", "Sheet1!5", "Sheet1!900", "Sheet1!1048576"]
    assert table.column_labels == ["C", "D", "E", "XFD"]
    assert table.cite(4, 3) == "Sheet1!XFD1048576"


def test_a_merged_area_reaches_no_further_than_the_texts() -> None:
    document = read(
        sheet_xml(
            f'<sheetData><row r="2">{cell("B2")}{cell("C2")}</row></sheetData>'
            '<mergeCells><mergeCell ref="A1:A1048576"/><mergeCell ref="B2:B2"/><mergeCell ref="B1:C2"/><mergeCell ref="?"/></mergeCells>'
        ),
        "a.xlsx",
    )
    assert table_of(document).merges == [Area(0, 0, 0, 1)]


def test_text_in_every_form_the_format_allows() -> None:
    document = read(
        data(
            '<row r="1">',
            cell("A1", "<is><r><t>市</t></r><r><t>财政局</t></r><rPh><t>caizheng</t></rPh></is>", ' t="inlineStr"'),
            cell("B1", "<v>甲_x000D_\n乙_x5F_x</v>", ' t="str"'),
            cell("C1", "<v>0</v>", ' t="b"'),
            '<c t="str"><v>无地址</v></c></row><row><c><v>7</v></c></row>',
        ),
        "a.xlsx",
    )
    assert table_of(document).grid == [["市财政局", "甲\n乙_x5F_x", "FALSE", "无地址"], ["7", "", "", ""]]


def test_elements_with_a_prefix_are_the_same_elements() -> None:
    parts = parts_of(data('<row r="1">', cell("A1"), "</row>"))
    namespace = b'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    parts[SHEET_PART] = (
        b"<x:worksheet "
        + namespace.replace(b"xmlns", b"xmlns:x")
        + b'><x:sheetData><x:row r="1"><x:c r="A1"><x:v>1</x:v></x:c>'
        b"</x:row></x:sheetData></x:worksheet>"
    )
    assert table_of(read(packed(parts), "a.xlsx")).grid == [["1"]]


def test_comments_and_shapes_are_told_with_their_text() -> None:
    def fill(sheet: Worksheet) -> None:
        sheet["A1"] = "任务"
        sheet["A1"].comment = Comment("请核对", "云岫市政府办")

    document = read(workbook(fill), "a.xlsx")
    (problem,) = document.problems
    assert (problem.code, problem.locators, problem.params) == ("cell-comment", ("Sheet1!A1",), {"text": "请核对"})


def test_headers_of_the_printed_page_are_furniture() -> None:
    header = '<headerFooter><oddHeader>&amp;L&amp;"宋体,加粗"&amp;12云岫市&amp;R第&amp;P页&amp;&amp;</oddHeader></headerFooter>'
    document = read(sheet_xml(f'<sheetData><row r="1">{cell("A1")}</row></sheetData>{header}'), "a.xlsx")
    (paragraph,) = document.paragraphs()
    assert (paragraph.locator, paragraph.text.split(), paragraph.noise) == ("S1", ["云岫市", "第", "页&"], True)


def test_text_in_shapes_is_told() -> None:
    lines = "".join(f"<a:p><a:r><a:t>{text}</a:t></a:r></a:p>" for text in ("单位:万元", "截至六月"))
    drawing = f'<d:wsDr xmlns:d="urn:d" xmlns:a="urn:a"><d:sp><d:txBody>{lines}</d:txBody></d:sp></d:wsDr>'
    document = read(sheet_xml(f'<sheetData><row r="1">{cell("A1")}</row></sheetData>', drawing=drawing), "a.xlsx")
    (problem,) = document.problems
    assert (problem.code, problem.params) == ("shape-text", {"text": "单位:万元 截至六月"})


def test_sheets_of_charts_are_told_and_left() -> None:
    parts = parts_of(workbook(lambda sheet: sheet.append(["x"]), lambda sheet: sheet.append(["y"])))
    changed = parts["xl/_rels/workbook.xml.rels"].replace(b"relationships/worksheet", b"relationships/chartsheet", 1)
    document = read(packed(parts | {"xl/_rels/workbook.xml.rels": changed}), "a.xlsx")
    assert len(list(document.tables())) == 1
    assert codes(document) == ["chart-sheet"]


def test_macros_and_embedded_objects_are_told() -> None:
    parts = parts_of(workbook(lambda sheet: sheet.append(["x"])))
    document = read(packed(parts | {"xl/vbaProject.bin": b"x", "xl/embeddings/a.bin": b"x"}), "a.xlsm")
    assert codes(document) == ["macro", "embedded-object"]


@pytest.mark.parametrize(
    ("rows", "code"),
    [
        (f'<row r="1">{cell("A1")}{cell("A1", "<v>2</v>")}</row>', "cell-twice"),
        (f'<row r="1">{cell("A1")}</row><row r="1">{cell("A1")}</row>', "cell-twice"),
        (f'<row r="1">{cell("A2")}</row>', "cell-address"),
        (f'<row r="0">{cell("A0")}</row>', "cell-address"),
        (f'<row r="1">{cell("1")}</row>', "cell-address"),
        (f'<row r="1">{cell("XFE1")}</row>', "too-many-columns"),
        (f'<row r="1048577">{cell("A1048577")}</row>', "too-many-rows"),
        (f'<row r="1">{cell("A1", "<v>5</v>", SHARED)}</row>', "shared-text-missing"),
        (f'<row r="1">{cell("A1", "<v>" + "x" * 32_768 + "</v>", INLINE)}</row>', "cell-too-long"),
        (f'<row r="1">{cell("A1", "<v>" + "1" * 32_768 + "</v>")}</row>', "cell-too-long"),
        ('<row r="1"><c r="A1"><c r="B1"/></c></row>', "xml-too-deep"),
        ('<row r="1"><c r="A1">', "damaged"),
        ("<!-- " + "x" * (limits.MAX_XML_TOKEN_BYTES * 2) + " -->", "xml-token-too-long"),
    ],
)
def test_what_no_sound_sheet_holds_is_refused(rows: str, code: str) -> None:
    assert refusal(data(rows), "a.xlsx") == code


def test_rows_and_cells_out_of_order_are_read() -> None:
    table = table_of(read(data(f'<row r="2">{cell("B2")}{cell("A2")}</row><row r="1">{cell("A1")}</row>'), "a.xlsx"))
    assert table.row_labels == ["S1!1", "S1!2"]


def test_a_grid_beyond_the_limit_is_refused_before_it_is_made(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MAX_GRID_CELLS", 3)
    assert refusal(grid_workbook([["a", "b"], ["c", "d"]]), "a.xlsx") == "grid-too-large"


def test_a_workbook_without_any_text_says_so() -> None:
    assert refusal(workbook(lambda sheet: sheet.merge_cells("A1:B2")), "a.xlsx") == "nothing-to-read"


def test_rows_written_by_another_library_come_back() -> None:
    rows = [[f"任务{row}", row, row / 8, None, "市财政局"] for row in range(30)]

    def fill(sheet: Worksheet) -> None:
        for row in rows:
            sheet.append(row)

    table = table_of(read(workbook(fill), "a.xlsx"))
    assert table.column_labels == ["A", "B", "C", "D", "E"]
    expected = [
        ["" if value is None else f"{value:g}" if isinstance(value, float) else str(value) for value in row]
        for row in rows
    ]
    assert table.grid == expected


ODD_CELLS = (
    '<c r="{at}"><v>1</v></c>',
    '<c r="{at}" s="0"><v>0.5</v></c>',
    '<c r="{at}" t="s"><v>0</v></c>',
    '<c r="{at}" t="s"><v>1</v></c>',
    '<c r="{at}"/>',
    '<c r="{at}" t="inlineStr"><is><t>甲</t></is></c>',
    '<c r="{at}" t="str"><f>A1</f><v>乙</v></c>',
    '<c r="{at}" t="e"><v>#REF!</v></c>',
    '<c r="{at}" s="77"><v>3</v></c>',
    '<c r="{at}" t="s"><v>9</v></c>',
    '<c r="{at}"><v>1</v><!-- x --></c>',
    "<c><v>4</v></c>",
)
ODD_ROWS = (
    '<row r="{at}">',
    '<row r="{at}" spans="1:3" hidden="1">',
    '<row r="{at}" ht="0" customHeight="1">',
    "<row>",
)


@st.composite
def sheets(draw: st.DrawFn) -> bytes:
    rows = []
    for number in draw(st.lists(st.integers(1, 9), max_size=6)):
        cells = draw(st.lists(st.tuples(st.sampled_from("ABC"), st.sampled_from(ODD_CELLS)), max_size=4))
        head = draw(st.sampled_from(ODD_ROWS)).format(at=number)
        rows.append(head + "".join(form.format(at=f"{column}{number}") for column, form in cells) + "</row>")
    strings = draw(
        st.sampled_from(("<si><t>一</t></si><si><t>二</t></si>", "<si><r><t>一</t></r></si><si><t>二</t></si>"))
    )
    parts = parts_of(data(*rows)) | {"xl/sharedStrings.xml": f"<sst>{strings}</sst>".encode()}
    link = b'<Relationship Id="r2" Type="http://x/sharedStrings" Target="sharedStrings.xml"/></Relationships>'
    names = "xl/_rels/workbook.xml.rels"
    return packed(parts | {names: parts[names].replace(b"</Relationships>", link)})


@given(sheets())
def test_rows_taken_whole_say_what_the_full_pass_says(file: bytes) -> None:
    """Plain rows go by an expression of their own, others by events: whatever the mixture, the answer is one."""

    def answer() -> object:
        try:
            return read(file, "a.xlsx")
        except UnreadableDocument as error:
            return error.problem

    quick = answer()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(PlainRows, "rest", lambda _, piece: piece)
        patch.setattr("imports.readers.xlsx.strings._plain_strings", lambda _: None)
        full = answer()
    assert quick == full
