"""One return, two windows: whoever was slower is told of whom and when, and neither's words are written over unasked."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import DESKTOP, PHONE
from tests.browser.steps.lines import cut
from tests.browser.steps.reporting import saved

STATUS = "[data-autosave-status]"
MINE, THEIRS = "本窗口写下、没有存到服务器的话。", "另一个窗口写了半小时的话。"

pytestmark = pytest.mark.lets_page_fail


def done(page: Page):
    return page.get_by_label("本期完成情况")


def begin(page: Page) -> None:
    page.locator("#begun").get_by_role("link").last.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("报送进展")


@pytest.fixture(params=[DESKTOP, PHONE], ids=["desk", "telephone"])
def overtaken(request, open_page, sign_in) -> Page:
    """A window in which somebody types after another one has saved the same draft."""
    page, other = open_page(request.param), open_page()
    sign_in(page, "jiaoyu")
    begin(page)
    done(page).fill("先写的话。")
    saved(page)
    sign_in(other, "jiaoyu")
    other.goto(page.url)
    done(other).fill(THEIRS)
    saved(other)
    done(page).fill(MINE)
    expect(page.locator(STATUS)).to_have_attribute("data-state", "conflict")
    return page


def offered(page: Page):
    return page.locator("[data-messages] .notice").filter(has_text="本机有您")


def test_who_was_faster_is_named_and_what_was_saved_is_a_click_away(overtaken):
    expect(overtaken.locator(STATUS)).to_contain_text(re.compile(r"您在另一个窗口于 .*\d\d:\d\d 保存过这份内容"))
    overtaken.locator(STATUS).get_by_role("link", name="打开已保存的内容核对").click()
    expect(offered(overtaken)).to_contain_text(MINE)
    expect(offered(overtaken)).to_contain_text(re.compile(r"方晓禾 .*\d\d:\d\d"))
    expect(done(overtaken)).to_have_value(THEIRS)


def test_a_reload_writes_over_nothing(overtaken):
    """Whoever types on in what the other has saved, without choosing, still finds their own words, and may have both."""
    overtaken.reload()
    expect(done(overtaken)).to_have_value(THEIRS)
    done(overtaken).fill(THEIRS + "又补一句。")
    saved(overtaken)
    overtaken.reload()
    expect(done(overtaken)).to_have_value(THEIRS + "又补一句。")
    offered(overtaken).get_by_role("button", name="两份都留").click()
    expect(done(overtaken)).to_have_value(f"{THEIRS}又补一句。\n{MINE}")
    saved(overtaken)
    overtaken.reload()
    expect(done(overtaken)).to_have_value(f"{THEIRS}又补一句。\n{MINE}")
    expect(offered(overtaken)).to_have_count(0)


def test_a_save_of_ones_own_whose_answer_was_lost_is_no_other_window(open_page, sign_in):
    """The line broke after the server had taken the text: what was typed after it comes back without a question."""
    page = open_page(PHONE)
    sign_in(page, "jiaoyu")
    begin(page)
    done(page).fill("先写的话。")
    saved(page)

    def answer_is_lost(route) -> None:
        route.fetch()
        route.abort()

    page.route("**/draft", answer_is_lost, times=1)
    done(page).fill(MINE)
    expect(page.locator(STATUS)).to_contain_text("网络不通")
    with cut(page):
        done(page).fill(MINE + "断网后写的话。")
        later = page.context.new_page()
        page.close()
        later.context.set_offline(False)
        later.goto("/")
        later.locator("[data-unsent-shelf]").get_by_role("link", name="打开这份报送").first.click()
    expect(done(later)).to_have_value(MINE + "断网后写的话。")
    saved(later)


def test_a_table_of_many_asks_for_each_row(open_page, sign_in):
    page, other = open_page(), open_page()
    for one in (page, other):
        sign_in(one, "jiaoyu")
        one.goto("/assignments/reports?due=all")
    row, theirs = (one.locator("tr[data-autosave]").last for one in (page, other))
    theirs.get_by_label("本期完成情况").fill(THEIRS)
    expect(theirs.locator(STATUS)).to_contain_text("已保存")
    row.get_by_label("本期完成情况").fill(MINE)
    expect(row.locator(STATUS)).to_contain_text("您在另一个窗口于")
    page.reload()
    expect(row.get_by_label("本期完成情况")).to_have_value(THEIRS)
    offered(page).get_by_role("button", name="用本机内容").click()
    expect(row.get_by_label("本期完成情况")).to_have_value(MINE)
    expect(row.locator(STATUS)).to_contain_text("已保存")
    page.reload()
    expect(row.get_by_label("本期完成情况")).to_have_value(MINE)
