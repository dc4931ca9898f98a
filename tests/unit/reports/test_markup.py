"""Marks on a person's own workbook: what was there stays, what was put on comes off again."""

from __future__ import annotations

import io
import zipfile
from typing import Any

import openpyxl
import pytest
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill
from openpyxl.workbook.defined_name import DefinedName

from reports.markup import (
    SEAL,
    Anchor,
    Book,
    Item,
    Level,
    Place,
    Words,
    can_be_marked,
    checklist_of,
    mark_workbook,
    unmark_workbook,
)

LEVELS: dict[Level, str] = {"error": "错误", "warning": "警告", "note": "说明", "done": "已更正"}
WORDS = Words(
    sheet="核对清单",
    heading="任务分解表核对清单",
    lines=("共 2 处",),
    labels=("序号", "级别", "位置", "问题", "怎样处理", "状态", "处理", "说明"),
    levels=LEVELS,
    accepted="核对无误",
    nothing="没有问题",
    page="第 &P 页",
)
ITEMS = (
    Item("warning", "单位重复", "请核对", (Place("任务 一", "B3", "任务 一!B3"),), key="2"),
    Item(
        "error",
        '=HYPERLINK("x")',
        "",
        (Place("任务 一", "B3", "任务 一!B3"), Place("任务 一", "C9", "任务 一!C9")),
        key="1",
    ),
    Item("note", "没有位置", "", ()),
)


def theirs() -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "任务 一"
    sheet.append(["标题", None, None])
    sheet.merge_cells("A1:C1")
    sheet.append(["任务", "要求", "单位"])
    sheet.append(["一", "=1+1", "市财政局"])
    sheet.append(["二", "@隐藏", 0.95])
    sheet["B3"].font, sheet["A3"].fill = Font(bold=True, color="FF00AA00"), PatternFill("solid", fgColor="FFABCDEF")
    sheet["C4"].number_format = "0%"
    sheet["A3"].comment = Comment("起草人的话", "起草人")
    sheet.row_dimensions[4].hidden = True
    sheet.print_area = "A1:C4"
    other = book.create_sheet("底稿")
    other["A1"], other.sheet_state = "底稿的话", "hidden"
    book.defined_names["范围"] = DefinedName("范围", attr_text="'任务 一'!$A$1")
    book.active = 0
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def marked(data: bytes, items: tuple[Item, ...] = ITEMS) -> bytes:
    return mark_workbook(data, Book(WORDS, items, (("号", "12"), ("_x0041_",)), (Anchor("t1", "任务 一", "B3"),)))


def repacked(data: bytes, changed: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for name in dict.fromkeys([*old.namelist(), *changed]):
            new.writestr(name, changed[name] if name in changed else old.read(name))
    return out.getvalue()


def opened(data: bytes) -> Any:
    return openpyxl.load_workbook(io.BytesIO(data))


def look(cell: Any) -> tuple[Any, ...]:
    return cell.value, cell.number_format, repr(cell.font), repr(cell.fill)


def part(data: bytes, name: str) -> bytes:
    return zipfile.ZipFile(io.BytesIO(data)).read(name)


def test_what_was_there_is_there():
    before, after = opened(theirs()), opened(marked(theirs()))
    assert after.sheetnames == ["核对清单", "任务 一", "底稿", SEAL]
    assert [after[name].sheet_state for name in after.sheetnames] == ["visible", "visible", "hidden", "veryHidden"]
    for name in before.sheetnames:
        for old, new in zip(before[name].iter_rows(), after[name].iter_rows(), strict=False):
            for one, other in zip(old, new, strict=True):
                assert look(one) == look(other)
    sheet = after["任务 一"]
    assert sheet.merged_cells.ranges == before["任务 一"].merged_cells.ranges
    assert sheet.row_dimensions[4].hidden
    assert sheet.print_area == before["任务 一"].print_area
    assert after.defined_names["范围"].attr_text == "'任务 一'!$A$1"
    assert [one.sheet_view.tabSelected for one in after.worksheets[:2]] == [True, None]


def test_findings_stand_at_their_cells_by_colour_shape_and_text():
    sheet = opened(marked(theirs()))["任务 一"]
    said = sheet["B3"].comment.text
    assert said.index("■ 错误") < said.index("▲ 警告：单位重复")  # the gravest first
    assert "请核对" in said
    assert sheet["A3"].comment.text == "起草人的话"
    assert sheet["C9"].comment.text.endswith('■ 错误：=HYPERLINK("x")')
    rules = [
        (str(held.sqref), rule.dxf.fill.bgColor.rgb, rule.dxf.numFmt and rule.dxf.numFmt.formatCode)
        for held in sheet.conditional_formatting
        for rule in held.rules
    ]
    assert rules == [("B3 C9", "FFFBDAD7", None)]  # a formula and a blank cell: no sign goes before a number
    text = (Item("note", "说", "", (Place("任务 一", "C3", ""),)),)
    held = opened(marked(theirs(), text))["任务 一"].conditional_formatting
    assert [rule.dxf.numFmt.formatCode for one in held for rule in one.rules] == ['"● "@']


def test_the_first_sheet_lists_every_finding_at_every_place():
    sheet = opened(marked(theirs()))["核对清单"]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=3)]
    assert rows[0][:8] == list(WORDS.labels)
    assert [(row[0], row[1], row[2]) for row in rows[1:]] == [
        ("1", "▲ 警告", "任务 一!B3"), ("2", "■ 错误", "任务 一!B3"), ("2", "■ 错误", "任务 一!C9"), ("3", "● 说明", None),
    ]  # fmt: skip
    assert {sheet.cell(row, 4).data_type for row in range(4, 8)} == {"s"}  # what looks like a formula is text
    assert sheet["D5"].quotePrefix
    assert sheet["C6"].hyperlink.location == "'任务 一'!C9"
    assert [row[8] for row in rows[1:]] == ["2", "1", "1", None]
    assert sheet.column_dimensions["I"].hidden


def test_marks_come_off_without_a_trace():
    data = theirs()
    clean, anchors = unmark_workbook(marked(data), checklist="核对清单")
    assert anchors == {"t1": "任务 一!B3"}
    before, after = zipfile.ZipFile(io.BytesIO(data)), zipfile.ZipFile(io.BytesIO(clean))
    assert set(before.namelist()) == set(after.namelist())
    book = opened(clean)
    assert book.sheetnames == ["任务 一", "底稿"]
    assert book["任务 一"]["A3"].comment.text == "起草人的话"
    assert book["任务 一"]["B3"].comment is None
    assert not book["任务 一"].conditional_formatting
    assert book["任务 一"].print_area == opened(data)["任务 一"].print_area
    assert list(book.defined_names) == ["范围"]
    assert opened(marked(data))["核对清单"].print_title_rows == "$3:$3"


def test_a_comment_that_was_there_keeps_its_words():
    items = (Item("error", "错", "", (Place("任务 一", "A3", ""),)),)
    data = marked(theirs(), items)
    assert opened(data)["任务 一"]["A3"].comment.text == "起草人的话\n【核对】\n■ 错误：错"
    clean, _ = unmark_workbook(data, checklist="核对清单")
    assert opened(clean)["任务 一"]["A3"].comment.text == "起草人的话"


def test_marked_anew_it_bears_the_new_marks_only():
    clean, _ = unmark_workbook(marked(theirs()), checklist="核对清单")
    again = marked(clean, ITEMS[:1])
    assert opened(again).sheetnames == ["核对清单", "任务 一", "底稿", SEAL]
    assert part(again, "xl/worksheets/sheet1.xml").count(b"luoshi-") == 1


def test_a_sheet_of_theirs_with_the_same_name_stays():
    book = opened(theirs())
    book.create_sheet("核对清单")["A1"] = "他们的清单"
    out = io.BytesIO()
    book.save(out)
    data = marked(out.getvalue())
    assert opened(data).sheetnames[0] == "核对清单 (2)"
    assert checklist_of(data, "核对清单") == "核对清单 (2)"
    clean, _ = unmark_workbook(data, checklist="核对清单")
    assert opened(clean)["核对清单"]["A1"].value == "他们的清单"
    assert opened(clean).sheetnames == ["任务 一", "底稿", "核对清单"]


def test_equal_content_gives_equal_bytes():
    data = theirs()
    assert marked(data) == marked(data)


def test_macros_never_survive():
    names = zipfile.ZipFile(io.BytesIO(theirs())).namelist()
    types = part(theirs(), "[Content_Types].xml").replace(
        b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
        b"application/vnd.ms-excel.sheet.macroEnabled.main+xml",
    )  # fmt: skip
    links = part(theirs(), "xl/_rels/workbook.xml.rels").replace(
        b"</Relationships>",
        b'<Relationship Id="rIdM" Type="http://schemas.microsoft.com/office/2006/relationships/vbaProject" '
        b'Target="vbaProject.bin"/></Relationships>',
    )
    book = part(theirs(), "xl/workbook.xml").replace(
        b"</definedNames>", b'<definedName name="Auto_Open" xlm="1">x</definedName></definedNames>'
    )
    data = repacked(
        theirs(),
        {
            "[Content_Types].xml": types,
            "xl/_rels/workbook.xml.rels": links,
            "xl/workbook.xml": book,
            "xl/vbaProject.bin": b"\xd0\xcf",
        },
    )
    assert len(zipfile.ZipFile(io.BytesIO(data)).namelist()) == len(names) + 1
    out = marked(data)
    assert not any("vba" in name.lower() for name in zipfile.ZipFile(io.BytesIO(out)).namelist())
    for name in ("[Content_Types].xml", "xl/_rels/workbook.xml.rels", "xl/workbook.xml"):
        said = part(out, name).lower()
        assert not [word for word in (b"vba", b"macroenabled", b"auto_open") if word in said]
    assert opened(out).sheetnames[1] == "任务 一"


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"<html></html>"])
def test_what_is_no_workbook_cannot_be_marked(data: bytes):
    assert not can_be_marked(data)
    assert can_be_marked(theirs())
