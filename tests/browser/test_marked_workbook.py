"""A draft goes out as a marked-up workbook, is corrected there and here at once, and comes back."""

from __future__ import annotations

from pathlib import Path

import openpyxl
from playwright.sync_api import Page, expect

from tests.browser.steps import importing
from tests.browser.steps.hands import row, told

OWN = Path(__file__).resolve().parents[1] / "files/documents/yunxiu-flattened.txt"


def test_corrections_come_back_and_a_conflict_is_chosen(page: Page, sign_in, axe, tmp_path):
    sign_in(page, "lead_office")
    importing.upload(page, OWN, "", 8)
    page.get_by_role("link", name="批注工作簿").click()
    with page.expect_download() as given:
        page.get_by_role("link", name="下载批注工作簿").click()
    path = tmp_path / "批注.xlsx"
    given.value.save_as(path)
    correct_in_program(path)

    page.go_back()
    importing.correct(page, 1, "任务名称", "草稿里改的名称")
    page.get_by_role("link", name="批注工作簿").click()
    page.get_by_label("更正后的批注工作簿").set_input_files(path)
    page.get_by_role("button", name="上传并比对").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("核对更正")
    axe(page)
    page.get_by_role("button", name="确认写入").click()
    expect(page.get_by_text("还有 1 处两边都改过")).to_be_visible()  # nothing is decided for a person
    both = row(page, "第 1 项")
    expect(both).to_contain_text("草稿里改的名称")
    both.get_by_role("radio", name="工作簿里改的名称").check()
    page.get_by_label("新增的任务").check()
    page.get_by_role("button", name="确认写入").click()

    told(page, "已采纳批注工作簿，3 项任务有变化")
    first, second = importing.card(page, 1), importing.card(page, 2)
    expect(importing.field_of(first, "任务名称")).to_contain_text("工作簿里改的名称")
    expect(importing.field_of(second, "完成时限")).to_contain_text("2026-10-31")
    expect(importing.field_of(second, "完成时限")).to_contain_text("已更正")
    expect(page.locator("#draft-status")).to_contain_text("9 项任务")
    importing.undo_last(page)
    expect(importing.field_of(first, "任务名称")).to_contain_text("草稿里改的名称")
    expect(page.locator("#draft-status")).to_contain_text("8 项任务")


def correct_in_program(path: Path) -> None:
    """As a person does in an office program: two cells, and one more row."""
    book = openpyxl.load_workbook(path)
    sheet = book["任务"]
    top = next(number for number in range(1, 9) if str(sheet.cell(number, 1).value).startswith("T"))
    column = {cell.value: cell.column for cell in sheet[top - 1]}
    sheet.cell(top, column["任务名称"]).value = "工作簿里改的名称"
    sheet.cell(top + 1, column["完成时限"]).value = "10月底前"
    sheet.cell(sheet.max_row + 1, column["工作要求"]).value = "新增的任务，年底前完成。"
    book.save(path)
