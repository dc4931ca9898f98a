"""The marked-up workbook round: down, corrected in another program, up again, taken in."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import openpyxl
import pytest
from sqlalchemy import select

from reports.markup import SEAL
from tests.integration.drafts.conftest import Desk
from tests.support.breakdown import ROWS, fields_of, upload, word, workbook
from tests.support.databases import ON_BOTH, ON_SQLITE
from tracker.db import session
from tracker.drafts.models import DraftEdit, DraftFinding, DraftTask

pytestmark = ON_SQLITE

Open = Callable[[bytes, str], Desk]
Reading = Callable[[], AbstractContextManager[None]]
HEAD = 4
"""Rows of the table of tasks above the first task: title, line, header."""


def down(desk: Desk) -> Any:
    answer = desk.client.get(f"{desk.url}/workbook.xlsx")
    assert answer.status_code == 200, answer.text
    return openpyxl.load_workbook(io.BytesIO(answer.data))


def up(desk: Desk, book: Any, name: str = "改好的.xlsx") -> Any:
    out = io.BytesIO()
    book.save(out)
    return desk.post("/workbooks", data=upload(out.getvalue(), name))


def shown(desk: Desk, book: Any) -> tuple[str, str]:
    """The address and the page of what would change."""
    answer = up(desk, book)
    assert answer.status_code == 302, answer.text
    url = answer.headers["Location"]
    page = desk.client.get(url)
    assert page.status_code == 200
    return url, page.text


def confirm(desk: Desk, url: str, page: str, **more: Any) -> Any:
    return desk.client.post(url, data={**fields_of(page, url.rsplit("/", 1)[1]), **more})


def cell_of(sheet: Any, row: int, header: str) -> Any:
    columns = {cell.value: cell.column for line in sheet.iter_rows(max_row=HEAD) for cell in line}
    return sheet.cell(row, columns[header])


def bodies(desk: Desk, reading: Reading) -> list[dict[str, Any]]:
    with reading():
        statement = select(DraftTask).where(DraftTask.draft_id == int(desk.url.rsplit("/", 1)[1]))
        return [
            {**task.body, "removed": task.removed}
            for task in session.scalars(statement.order_by(DraftTask.position, DraftTask.id))
        ]


def codes(desk: Desk, reading: Reading) -> list[tuple[str, str]]:
    with reading():
        statement = select(DraftFinding.code, DraftFinding.settled).where(
            DraftFinding.draft_id == int(desk.url.rsplit("/", 1)[1]), DraftFinding.code.like("workbook-%")
        )
        return [(code, settled) for code, settled in session.execute(statement.order_by(DraftFinding.position))]


@pytest.fixture
def table(open_desk: Open) -> Desk:
    """A Word document under review: its workbook is a table of the tasks."""
    return open_desk(word(), "分解表.docx")


def first(sheet: Any) -> int:
    return next(row for row in range(1, 9) if str(sheet.cell(row, 1).value).startswith("T"))


def test_a_word_document_comes_as_a_table_of_its_tasks(table: Desk):
    book = down(table)
    assert book.sheetnames == ["核对清单", "任务", SEAL]
    sheet = book["任务"]
    top = first(sheet)
    assert sheet.column_dimensions["A"].hidden
    assert [cell_of(sheet, top, name).value for name in ("工作领域", "工作要求", "牵头单位", "责任单位", "完成时限")] == [
        "优化营商环境", "推行开办企业一次办理,办结率达到95%以上。", "市财政局", "市交通运输局", "6月底前",
    ]  # fmt: skip
    assert sheet.max_row == top + len(ROWS) - 1


def test_corrections_are_taken_in_as_one_act_that_is_undone_as_one(table: Desk, reading: Reading):
    before = bodies(table, reading)
    book = down(table)
    sheet, top = book["任务"], first(book["任务"])
    cell_of(sheet, top, "牵头单位").value = "市财政局、市教育局"
    cell_of(sheet, top + 1, "完成时限").value = "每月10日前"
    cell_of(sheet, top + 1, "任务名称").value = "=按月通报"
    cell_of(sheet, top + 1, "任务名称").data_type = "s"
    url, page = shown(table, book)
    assert bodies(table, reading) == before  # nothing is written before it is confirmed
    assert "将写入的更正（3 处）" in page
    answer = confirm(table, url, page)
    assert answer.status_code == 302
    now = bodies(table, reading)
    assert [unit["text"] for unit in now[0]["units"]] == ["市财政局", "市教育局", "市交通运输局"]
    assert now[1]["deadlines"][0]["recurrence"] == "monthly:10"
    assert now[1]["name"] == "=按月通报"
    assert now[2:] == before[2:]
    review = table.client.get(table.url).text
    assert review.count("已更正") >= 3
    table.post("/undo")
    assert bodies(table, reading) == before
    assert "待确认" in table.client.get(f"{table.url}/workbooks").text


def test_rows_may_be_sorted_and_columns_moved(table: Desk, reading: Reading):
    book = down(table)
    sheet, top = book["任务"], first(book["任务"])
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=top)]
    rows.reverse()
    rows[0][5] = "健全日常养护机制,每季度巡查一次。"
    for number, row in enumerate(rows, top):
        for column, value in enumerate(row, 1):
            sheet.cell(number, column).value = value
    url, page = shown(table, book)
    assert "将写入的更正（1 处）" in page
    confirm(table, url, page)
    assert bodies(table, reading)[3]["requirement"] == "健全日常养护机制,每季度巡查一次。"


def test_what_both_changed_is_chosen_cell_by_cell(table: Desk, reading: Reading):
    book = down(table)
    sheet, top = book["任务"], first(book["任务"])
    for row, text in ((top, "工作簿的一"), (top + 1, "工作簿的二")):
        cell_of(sheet, row, "任务名称").value = text
    table.correct(0, "name", value="草稿的一")
    table.correct(1, "name", value="草稿的二")
    url, page = shown(table, book)
    assert "两边都改过，请选择（2 处）" in page
    names = [name for name in (f"use-{number}-name" for number in table.tasks[:2]) if name in page]
    refused = confirm(table, url, page, **{names[0]: "theirs"})
    assert refused.status_code == 422
    assert "还有 1 处两边都改过" in refused.text
    assert fields_of(refused.text, url.rsplit("/", 1)[1])[names[0]] == "theirs"  # what was chosen is kept
    assert confirm(table, url, refused.text, **{names[1]: "ours"}).status_code == 302
    assert [body["name"] for body in bodies(table, reading)[:2]] == ["工作簿的一", "草稿的二"]


def test_a_correction_made_after_the_page_was_shown_is_not_overwritten(table: Desk, reading: Reading):
    book = down(table)
    cell_of(book["任务"], first(book["任务"]), "任务名称").value = "工作簿的"
    url, page = shown(table, book)
    table.correct(0, "name", value="别人刚改的")
    answer = confirm(table, url, page)
    assert answer.status_code == 409
    assert "又有更正" in answer.text
    assert "两边都改过" in answer.text
    assert bodies(table, reading)[0]["name"] == "别人刚改的"


@ON_BOTH
def test_new_and_missing_rows_are_asked_and_what_is_left_stays_a_finding(table: Desk, reading: Reading):
    book = down(table)
    sheet, top = book["任务"], first(book["任务"])
    for row, name in ((top + 4, "要加的任务"), (top + 5, "不加的任务")):
        cell_of(sheet, row, "工作要求").value = f"{name}，年底前完成。"
        cell_of(sheet, row, "任务名称").value = name
    sheet.delete_rows(top + 2, 2)  # the third and the fourth task
    url, page = shown(table, book)
    assert "新增的行（2 行）" in page
    assert "没有了的任务（2 项）" in page
    confirm(table, url, page, add=["0"], remove=[str(table.tasks[2])])
    now = bodies(table, reading)
    assert [body["name"] for body in now if body["removed"]] == [now[3]["name"]]
    added = next(body for body in now if body["name"] == "要加的任务")
    assert added["deadlines"][0]["date"] == "2026-12-31"
    assert now.index(added) == 2  # behind the row above it
    assert codes(table, reading) == [("workbook-row-added", ""), ("workbook-row-gone", "")]
    table.post("/undo")
    assert codes(table, reading) == []
    assert sum(not body["removed"] for body in bodies(table, reading)) == 4


def test_what_is_not_understood_is_kept_as_a_finding(table: Desk, reading: Reading):
    book = down(table)
    cell_of(book["任务"], first(book["任务"]), "完成时限").value = "看情况再定"
    url, page = shown(table, book)
    assert "不能写入的改动（1 处）" in page
    confirm(table, url, page)
    assert codes(table, reading) == [("workbook-left", "")]
    assert bodies(table, reading)[0]["deadlines"][0]["text"] == "6月底前"


def test_decisions_of_the_first_sheet_settle_findings(open_desk: Open, reading: Reading):
    wrong = (*ROWS[0][:4], "2月30日前")
    table = open_desk(word((wrong, *ROWS[1:])), "分解表.docx")

    def settled() -> list[str]:
        with reading():
            return list(session.scalars(select(DraftFinding.settled).where(DraftFinding.code == "date-impossible")))

    def line(book: Any) -> Any:
        sheet = book["核对清单"]
        return next(row for row in sheet.iter_rows(min_row=5) if "2月30日" in str(row[3].value))

    assert settled() == [""]
    book = down(table)
    line(book)[6].value = "核对无误"
    url, page = shown(table, book)
    assert "没有写理由" in page
    confirm(table, url, page)
    assert settled() == [""]  # an error needs a reason
    assert codes(table, reading) == [("workbook-unreasoned", "")]
    book = down(table)
    line(book)[6].value, line(book)[7].value = "核对无误", "原文如此"
    url, page = shown(table, book)
    assert "清单里填写的处理（1 处）" in page
    confirm(table, url, page)
    assert settled() == ["accepted"]
    table.post("/undo")
    assert settled() == [""]


def test_a_foreign_or_broken_workbook_is_refused_with_what_to_do(table: Desk, open_desk: Open):
    other = down(open_desk(word(ROWS[:2]), "另一份.docx"))
    broken = down(table)
    broken[SEAL].delete_rows(2)
    without = down(table)
    without["任务"].delete_cols(1)
    plain = openpyxl.load_workbook(io.BytesIO(workbook()))
    for book, said in (
        (other, "这是另一份导入稿"),
        (broken, "识别信息不完整"),
        (plain, "这不是从这里下载的批注工作簿"),
        (without, "找不到任务表"),
        (down(table), "没有改动"),
    ):
        answer = up(table, book)
        assert answer.status_code == 422
        assert said in answer.text
    assert table.post("/workbooks", data=upload(b"", "空.xlsx")).status_code == 422


def test_as_a_new_document_it_is_refused(table: Desk):
    out = io.BytesIO()
    down(table).save(out)
    answer = table.client.post("/drafts", data=upload(out.getvalue(), "批注.xlsx"))
    assert answer.status_code == 422
    assert "批注工作簿，不是新的文件" in answer.text


def test_an_adopted_or_discarded_draft_has_none(table: Desk):
    book = down(table)
    table.post("/discard")
    assert table.client.get(f"{table.url}/workbook.xlsx").status_code == 404
    assert up(table, book).status_code == 404


def test_it_is_taken_in_once(table: Desk):
    book = down(table)
    cell_of(book["任务"], first(book["任务"]), "任务名称").value = "新名称"
    url, page = shown(table, book)
    form = fields_of(page, url.rsplit("/", 1)[1])
    assert table.client.post(url, data=form).status_code == 302
    again = table.client.post(url, data=form)
    assert again.status_code in {409, 422}
    assert "已经处理" in table.client.get(url).text


# -- the person's own workbook -----------------------------------------------------------------------------------------


def test_a_workbook_comes_back_as_it_was_with_marks(desk: Desk):
    book = down(desk)
    assert book.sheetnames == ["核对清单", "任务", SEAL]
    theirs = openpyxl.load_workbook(io.BytesIO(workbook()))["任务"]
    assert [[cell.value for cell in row] for row in book["任务"].iter_rows()] == [
        [cell.value for cell in row] for row in theirs.iter_rows()
    ]
    assert book["任务"].merged_cells.ranges == theirs.merged_cells.ranges
    unchanged = up(desk, book)
    assert unchanged.status_code == 422
    assert "没有改动" in unchanged.text


def test_corrections_of_the_document_itself_are_read_again(desk: Desk, reading: Reading):
    desk.correct(2, "name", value="人工更正的名称")
    before = bodies(desk, reading)
    book = down(desk)
    assert any("人工更正的名称" in str(cell.value) for row in book["核对清单"].iter_rows() for cell in row)
    book["任务"]["B3"] = "推行开办企业一日办结,办结率达到98%以上。"
    book["任务"]["D4"] = "望川县"
    url, page = shown(desk, book)
    assert "将写入的更正" in page
    assert bodies(desk, reading) == before
    confirm(desk, url, page)
    now = bodies(desk, reading)
    assert now[0]["requirement"] == "推行开办企业一日办结,办结率达到98%以上。"
    assert now[0]["targets"][0]["value"] == 98
    assert [unit["text"] for unit in now[1]["units"]] == ["市财政局", "望川县"]
    assert now[2]["name"] == "人工更正的名称"
    review = desk.client.get(desk.url).text
    assert "一日办结" in review
    assert "改好的.xlsx" in review
    desk.post("/undo")
    assert bodies(desk, reading) == before
    assert "分解表.xlsx" in desk.client.get(desk.url).text


@ON_BOTH
def test_a_decision_of_the_first_sheet_outlives_the_reading_of_the_corrected_document(
    open_desk: Open, reading: Reading
):
    """Reading it again gives every finding another number; another draft stands behind, so that none comes twice."""
    open_list = workbook((*ROWS[:3], (*ROWS[3][:2], "市财政局等有关部门", *ROWS[3][3:])))
    desk = open_desk(open_list, "分解表.xlsx")
    open_desk(open_list, "另一份.xlsx")

    def settled() -> list[str]:
        with reading():
            held = select(DraftFinding.settled).where(DraftFinding.code == "list-open", DraftFinding.draft_id == 1)
            return list(session.scalars(held))

    book = down(desk)
    line = next(row for row in book["核对清单"].iter_rows(min_row=5) if "没有列完" in str(row[3].value))
    line[6].value = "核对无误"
    book["任务"]["B3"].value = "改写过的要求。"
    url, page = shown(desk, book)
    confirm(desk, url, page)
    assert settled() == ["accepted"]
    assert codes(desk, reading) == []
    desk.post("/undo")
    assert settled() == [""]


def test_a_field_corrected_on_both_sides_is_chosen(desk: Desk, reading: Reading):
    book = down(desk)
    desk.correct(0, "requirement", value="草稿里的要求。")
    book["任务"]["B3"] = "文件里的要求。"
    url, page = shown(desk, book)
    assert "两边都改过，请选择" in page
    confirm(desk, url, page, **dict.fromkeys(choices_of(page), "theirs"))
    assert bodies(desk, reading)[0]["requirement"] == "文件里的要求。"
    desk.post("/undo")
    assert bodies(desk, reading)[0]["requirement"] == "草稿里的要求。"


def choices_of(page: str) -> list[str]:
    return [piece.split('"', 1)[0] for piece in page.split('name="')[1:] if piece.startswith("use-")]


@ON_BOTH
def test_rows_put_in_and_taken_out_do_not_shift_what_was_corrected(desk: Desk, reading: Reading):
    """As the office programs do it: names move with their cells."""
    desk.correct(3, "name", value="人工更正的养护")
    book = down(desk)
    sheet = book["任务"]
    sheet.unmerge_cells("A5:A6")
    sheet.insert_rows(5)
    for column, text in enumerate(("强化督查", "每季度督查一次。", "市财政局", "望川县", "每季度末"), 1):
        sheet.cell(5, column).value = text
    sheet.merge_cells("A6:A7")
    for name in list(book.defined_names):
        found = book.defined_names[name]
        place, row = found.attr_text.rsplit("$", 1)
        if int(row) >= 5:
            found.attr_text = f"{place}${int(row) + 1}"
    url, page = shown(desk, book)
    assert "新增的行（1 行）" in page
    assert "没有了的任务" not in page
    confirm(desk, url, page)
    now = bodies(desk, reading)
    assert [body["name"] for body in now][-1] == "人工更正的养护"
    assert "督查" in now[2]["requirement"]
    assert len(now) == 5


def test_a_change_beside_the_tasks_is_not_lost(desk: Desk):
    book = down(desk)
    book["任务"]["A8"] = "注：按季度通报。"
    url, page = shown(desk, book)
    assert "原文共有" in page
    confirm(desk, url, page)
    assert "按季度通报" in desk.client.get(desk.url).text


def test_a_workbook_of_before_the_document_was_replaced_is_refused(desk: Desk):
    old, book = down(desk), down(desk)
    book["任务"]["B3"] = "另一个要求。"
    url, page = shown(desk, book)
    confirm(desk, url, page)
    old["任务"]["B4"] = "旧工作簿里的要求。"
    answer = up(desk, old)
    assert answer.status_code == 422
    assert "原文件已经被替换过" in answer.text


@ON_BOTH
def test_edits_are_of_one_act(desk: Desk, reading: Reading):
    book = down(desk)
    book["任务"]["B3"] = "另一个要求。"
    url, page = shown(desk, book)
    confirm(desk, url, page)
    with reading():
        assert {edit.act for edit in session.scalars(select(DraftEdit))} == {1}


def test_a_large_one_is_written_by_a_job(table: Desk, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("tracker.drafts.queries.WRITTEN_AT_ONCE", 3)
    page = table.client.get(f"{table.url}/workbooks").text
    assert "下载批注工作簿" not in page
    assert table.client.get(f"{table.url}/workbook.xlsx").status_code == 302
    started = table.post("/workbook", data=fields_of(page, "/workbook"))
    job = table.client.get(started.headers["Location"]).text
    assert "批注工作簿已生成" in job
    found = re.search(r'href="(/exports/files/\d+)"', job)
    assert found is not None
    book = openpyxl.load_workbook(io.BytesIO(table.client.get(found.group(1)).data))
    assert book.sheetnames == ["核对清单", "任务", SEAL]
