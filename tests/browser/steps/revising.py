"""Another edition of a plan's document: changed at a desk, taken in, compared, adopted, read of by a unit."""

from __future__ import annotations

import io
from pathlib import Path

import openpyxl
from playwright.sync_api import FilePayload, Locator, Page, expect

from tests.browser.steps.hands import agree, told

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def second_edition(document: Path) -> FilePayload:
    """The livelihood projects, revised: one asks for more, one is dropped, one is new, one has another unit, one other date."""
    book = openpyxl.load_workbook(document)
    sheet = book.active
    assert sheet is not None
    at = {str(cells[1].value): cells[0].row for cells in sheet.iter_rows(min_row=4) if cells[1].value}
    sheet.cell(at["学前教育扩容"], 3).value = "新建、改扩建公办幼儿园20所,新增学位4600个"
    sheet.cell(at["口袋公园"], 5).value = "市林业局、市教育局"
    sheet.cell(at["技能培训"], 6).value = "12月底前"
    new = at["停车便利化"]
    for column, value in enumerate(("12", "充电设施", "新建公共充电桩2000个", "市城管局", "市公安局", "12月底前"), 1):
        sheet.cell(new, column).value = value
    stream = io.BytesIO()
    book.save(stream)
    return {"name": "民生实事修订稿.xlsx", "mimeType": XLSX, "buffer": stream.getvalue()}


def take_in(page: Page, plan: str, file: FilePayload) -> None:
    """From the plan's page to the review of its new edition."""
    page.goto("/plans")
    page.get_by_role("rowheader", name=plan).get_by_role("link").click()
    page.get_by_role("link", name="收到修订稿").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("收到修订稿")
    page.get_by_label("选择文件").set_input_files(file)
    page.get_by_role("button", name="读入").click()
    expect(page.locator("#draft-status")).to_contain_text("项任务")


def match_all(page: Page) -> None:
    """What the first edition had taught is known; what is certain is taken."""
    page.get_by_role("link", name="2 匹配单位").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("匹配单位")
    expect(page.locator("footer")).to_be_visible()  # the whole page is there
    certain = page.get_by_role("button", name="确认有把握的")
    if certain.count():
        certain.click()
        agree(page)


def compare(page: Page) -> None:
    page.get_by_role("link", name="3 比对采用").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("比对修订稿")


def change(page: Page, name: str) -> Locator:
    """What changed of a task."""
    return page.get_by_role("article", name=name, exact=True)


def only(page: Page, kind: str) -> None:
    """Filters the list; it follows at once."""
    page.get_by_role("combobox", name="变动").select_option(kind)
    page.wait_for_url(f"**kind={kind}**")


def pair_with(page: Page, name: str, other: str) -> None:
    change(page, name).get_by_role("link", name="改配对").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("改配对")
    page.get_by_role("radio", name=other).check()
    page.get_by_role("button", name="保存配对").click()
    told(page, "配对已更改")


def adopt(page: Page, reason: str) -> None:
    page.get_by_role("link", name="采用修订稿").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("采用修订稿")
    page.get_by_label("采用理由").fill(reason)
    expect(page.locator("form").get_by_role("button", name="采用修订稿")).to_be_visible()  # the whole form is there
    warned = page.get_by_label("已核对警告")
    if warned.count():
        warned.check()
    page.get_by_label("没有责任单位的任务作为待认领任务").check()
    page.locator("form").get_by_role("button", name="采用修订稿").click()
    told(page, "已采用第 2 版")
    expect(page.get_by_role("heading", level=1)).to_have_text("版次")


def acknowledge(page: Page) -> None:
    page.get_by_role("button", name="知悉以上").click()
    told(page, "已记为知悉")
    expect(page.locator("#changes")).to_have_count(0)
