"""Hands that are faster than the line: what a key, a name or a file meant is not taken for something else."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, Request, expect

from tests.browser.steps.lines import Line

TABLE = """云岫市2026年重点工作任务分解表
序号,工作任务,工作要求,责任单位,完成时限
1,一、财源,清理各项欠税。,市税务局,2026年2月30日前
2,一、财源,盘活闲置资产。,市财政局,2026年4月31日前
3,一、财源,公开预算决算。,市财政局等有关部门,2026年底前
3,一、财源,压减一般支出。,市审计局,2026年底前
"""
"""Two dates that do not exist, a list of units that is not finished, and a number that stands there twice."""
FORM = re.compile(r"/tasks/\d+/(deadlines|units)$")
PRESENCE = re.compile("/presence$")


@pytest.fixture
def review(page: Page, line: Line, sign_in) -> Page:
    """The lead office before a draft with four problems."""
    sign_in(page, "qiantou")
    page.goto("/drafts")
    file = {"name": "财源任务.csv", "mimeType": "text/csv", "buffer": TABLE.encode()}
    page.get_by_label("选择文件").set_input_files(file)
    page.get_by_role("button", name="读入").click()
    stands(page, errors=2, warnings=2)
    return page


def stands(page: Page, *, errors: int, warnings: int) -> None:
    expect(page.locator("#draft-status")).to_contain_text(f"错误 {errors}")
    expect(page.locator("#draft-status")).to_contain_text(f"警告 {warnings}")


def test_a_colleague_who_comes_between_a_key_and_its_form_is_not_in_the_way(review, line, open_page, sign_in):
    """The word of who else is here settles after the key that asks for a correction, and before its form has come."""
    page, other = review, open_page()
    sign_in(other, "heyan")
    other.goto(page.url)
    expect(other.locator(".presence")).to_contain_text("沈文舟")
    line.hold(PRESENCE)
    line.hold(FORM)
    with page.expect_request(PRESENCE):
        page.reload()
    page.keyboard.press("n")
    expect(page.locator(".finding[aria-current]")).to_contain_text("2月30日")
    with page.expect_request(FORM):
        page.keyboard.press("e")
    line.release(PRESENCE)
    expect(page.locator(".presence")).to_contain_text("陆知微")
    line.release(FORM)
    expect(page.locator("[data-in-place] input:focus")).to_have_count(1)
    page.keyboard.press("Control+a")
    page.keyboard.type("2026年9月底前")
    page.keyboard.press("Enter")
    stands(page, errors=1, warnings=2)
    expect(page.locator(".finding:focus")).to_contain_text("4月31日")  # the keys go on with the next problem


def test_what_is_typed_while_a_form_is_on_its_way_does_nothing_else(review, line):
    page = review
    page.keyboard.press("n")
    page.keyboard.press("n")
    page.keyboard.press("n")
    expect(page.locator(".finding[aria-current]")).to_contain_text("没有列完")
    with line.held(FORM):
        with page.expect_request(FORM):
            page.keyboard.press("e")
        page.keyboard.type("naku")  # next, accept, previous and undo, were they taken for keys of the page
    expect(page.locator("[data-in-place] input:focus")).to_have_value("市财政局")
    expect(page.locator("details.finding-confirm[open]")).to_have_count(0)
    page.keyboard.press("Escape")
    expect(page.locator(".finding:focus")).to_contain_text("没有列完")
    stands(page, errors=2, warnings=2)


def test_keys_pressed_before_the_scripts_have_come_are_answered(review, line):
    page = review
    with line.held(re.compile(r"/js/review\b")):
        page.goto(page.url, wait_until="commit")
        expect(page.locator(".finding")).to_have_count(4)
        page.keyboard.type("nne")
    expect(page.locator("[data-in-place] input:focus")).to_have_value("2026年4月31日前")


def test_a_key_that_is_held_down_accepts_one_problem(review):
    page, accepted = review, []

    def note(request: Request) -> None:
        accepted.extend([request.url] if request.url.endswith("/accept") else [])

    page.on("request", note)
    for _problem in range(3):
        page.keyboard.press("n")
    page.keyboard.down("a")
    stands(page, errors=2, warnings=1)
    expect(page.locator(".finding:focus")).to_contain_text("重复")
    page.keyboard.down("a")  # repeats, as a key does that is held
    page.keyboard.up("a")
    page.keyboard.press("p")
    expect(page.locator(".finding:focus")).to_contain_text("4月31日")
    stands(page, errors=2, warnings=1)
    assert len(accepted) == 1


def test_a_name_typed_before_the_list_has_come_stays_in_it(review, line):
    page = review
    with line.held(re.compile(r"/js/select\b")):
        page.goto(f"{page.url}/units/one?text=等有关部门", wait_until="commit")
        page.locator("#more").fill("教育")
    typed = page.get_by_role("combobox", name="再加一个单位")
    expect(typed).to_have_value("教育")
    expect(typed).to_be_focused()


def test_a_file_chosen_before_the_scripts_have_come_is_named(page, line, sign_in):
    sign_in(page, "qiantou")
    with line.held(re.compile(r"/js/upload\b")):
        page.goto("/drafts", wait_until="commit")
        page.get_by_label("选择文件").set_input_files({"name": "很早.csv", "mimeType": "text/csv", "buffer": b"x"})
    expect(page.locator("[data-upload-list]")).to_contain_text("很早.csv")
