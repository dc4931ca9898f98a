"""The lead office (牵头办公室): from a file to a plan in the hands of its units."""

from __future__ import annotations

import re
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

from tests.browser.steps.hands import agree, follow, pick, row, told


def upload(page: Page, document: Path, year: str, tasks: int) -> None:
    """Uploads the document, with the year that its deadlines are of where it is not its own; stands at its review."""
    follow(page, "导入分解表")
    page.get_by_label("选择文件").set_input_files(document)
    page.get_by_label("年度").fill(year)
    page.get_by_role("button", name="读入").click()
    expect(page.locator("#draft-status")).to_contain_text(f"{tasks} 项任务")
    expect(page.locator(".task-card")).to_have_count(tasks)


def card(page: Page, number: int) -> Locator:
    """What was read as the task of that number."""
    return page.get_by_role("article", name=f"第 {number} 项", exact=True)


def see_both_sides(page: Page, number: int, locator: str) -> None:
    """A click on what was read marks its place in the source, and the other way round."""
    marked = re.compile("is-marked")
    piece = page.get_by_role("region", name="原文").locator(f'[data-locator="{locator}"]')
    card(page, number).locator(".task-card-number").click()
    expect(piece).to_have_class(marked)
    expect(piece).to_be_in_viewport()
    card(page, 1).locator(".task-card-number").click()
    expect(piece).not_to_have_class(marked)
    piece.scroll_into_view_if_needed()
    piece.click()
    expect(card(page, number)).to_have_class(marked)
    expect(card(page, number)).to_be_in_viewport()


def correct(page: Page, number: int, field: str, text: str) -> None:
    """Corrects a field in place; the page then says so."""
    task = card(page, number)
    task.get_by_role("link", name=f"更正 {field}").click()
    task.get_by_label(field, exact=True).fill(text)
    task.get_by_role("button", name="保存").click()
    expect(task.locator("form")).to_have_count(0)
    expect(field_of(task, field)).to_contain_text("已更正")


def field_of(task: Locator, field: str) -> Locator:
    return task.locator(".card-field").filter(has=task.page.get_by_role("term").filter(has_text=field))


def undo_last(page: Page) -> None:
    page.get_by_role("button", name="撤销上一步").click()
    told(page, "已撤销上一步")


def cannot_adopt(page: Page) -> None:
    """Tries to adopt while something stands in the way: the page says what, and nothing is adopted."""
    page.get_by_role("link", name="3 入库").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("入库")
    expect(page.get_by_text("还不能入库")).to_be_visible()
    page.locator("form").get_by_role("button", name="入库").click()
    expect(page.get_by_text("请更正以下内容后重新提交")).to_be_visible()
    expect(page.get_by_role("heading", level=1)).to_have_text("入库")


def begin_matching(page: Page, unknown: int) -> None:
    page.get_by_role("link", name="2 匹配单位").click()
    waiting(page, unknown)


def waiting(page: Page, unknown: int) -> None:
    said = f"还有 {unknown} 个待匹配" if unknown else "全部匹配"
    expect(page.locator(".content-subtitle")).to_contain_text(said)


def expands_to(page: Page, expression: str, units: int) -> None:
    """A collective shows whom it stands for."""
    found = row(page, expression)
    expect(found).to_contain_text(f"{units} 个")
    expect(found).to_contain_text("已确认的集合")


def accept_certain(page: Page) -> None:
    page.get_by_role("link", name="确认有把握的").click()
    page.get_by_role("button", name="确认勾选的称谓").click()
    told(page, "已确认")


def take_proposal(page: Page, expression: str, unit: str) -> None:
    row(page, expression).get_by_role("button", name=unit).click()
    expect(row(page, expression)).to_contain_text("别名")  # remembered for the next document


def nobody_further(page: Page, expression: str) -> None:
    row(page, expression).get_by_role("button", name="没有其他单位").click()
    expect(row(page, expression).get_by_role("button", name="没有其他单位")).to_have_count(0)


def create_unit(page: Page, expression: str, kind: str) -> None:
    """Makes a unit of a kind whose collectives are confirmed already; those stay as they were."""
    row(page, expression).get_by_role("link", name="其他…").click()
    page.get_by_label("类别").select_option(label=kind)
    page.get_by_role("button", name="新增并匹配").click()
    expect(page.get_by_text("还没有新增")).to_be_visible()
    page.get_by_role("button", name="新增并匹配").click()
    told(page, "单位已新增并匹配")


def pick_unit(page: Page, expression: str, typed: str, unit: str) -> None:
    """Finds the unit by typing; what it is called here is remembered as another name of it."""
    row(page, expression).get_by_role("link", name="其他…").click()
    pick(page, "unit", typed, unit)
    page.get_by_role("button", name="匹配到这个单位").click()
    expect(row(page, expression)).to_contain_text(unit)


def not_for_anybody(page: Page, expression: str, note: str) -> None:
    row(page, expression).get_by_role("link", name="其他…").click()
    page.locator("#nobody").get_by_role("textbox").fill(note)
    page.get_by_role("button", name="不落实", exact=True).click()
    expect(row(page, expression)).to_contain_text(note)


def choose_members(page: Page, expression: str, *, also: tuple[str, ...] = (), without: tuple[str, ...] = ()) -> None:
    """Says whom an unfinished list stands for, beginning with what is proposed."""
    row(page, expression).get_by_role("link", name="选择成员…").click()
    form = page.locator("#members")
    for unit in also:
        form.get_by_role("checkbox", name=unit, exact=True).check()
    for unit in without:
        form.get_by_role("checkbox", name=unit, exact=True).uncheck()
    form.get_by_role("button", name="确认成员").click()
    expect(row(page, expression)).not_to_contain_text("待匹配")


def adopt(page: Page, plan: str, proof: str) -> None:
    """Adopts the draft as a plan; `proof` is how often is reported what has no deadline."""
    page.get_by_role("link", name="3 入库").click()
    expect(page.get_by_text("还不能入库")).to_have_count(0)
    page.get_by_label("计划名称").fill(plan)
    page.get_by_label("没有写明时限的任务多久报送一次").select_option(label=proof)
    expect(page.locator("form").get_by_role("button", name="入库")).to_be_visible()  # the whole form is there
    warned = page.get_by_label("已核对警告")
    if warned.count():
        warned.check()
    page.locator("form").get_by_role("button", name="入库").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(plan)


def issue(page: Page, plan: str) -> None:
    """Issues the plan that stands adopted on the page."""
    page.get_by_role("link", name="下发", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("下发计划")
    page.locator("form").get_by_role("button", name="下发").click()
    agree(page)
    expect(page.get_by_role("heading", level=1)).to_have_text(plan)
    expect(page.locator(".content-subtitle")).to_contain_text("已下发")
