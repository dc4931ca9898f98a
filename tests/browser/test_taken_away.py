"""Something happens to a return while somebody types: it is told in plain words, and what was typed stays to be copied."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import select, update

from tests.browser.conftest import DESKTOP, PHONE
from tests.browser.steps.reporting import saved
from tests.support.server import EVENING, change
from tracker.accounts.models import Grant, Person
from tracker.progress.models import Obligation

STATUS = "[data-autosave-status]"
FIRST, MORE = "先写的、已存的话。", "先写的、已存的话。又写下的话。"

pytestmark = pytest.mark.lets_page_fail


def done(page: Page):
    return page.get_by_label("本期完成情况")


def typing(page: Page, sign_in) -> str:
    """Somebody who has typed and goes on; the address of the form."""
    sign_in(page, "jiaoyu")
    page.locator("#begun").get_by_role("link").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("报送进展")
    done(page).fill(FIRST)
    saved(page)
    return page.url


@pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["desk", "telephone"])
def test_a_report_that_is_called_off_leaves_what_was_typed_to_be_copied(open_page, sign_in, live_server, viewport):
    """By another edition of the plan, a suspension, or a task that is withdrawn."""
    page = open_page(viewport)
    address = typing(page, sign_in)
    number = int(address.split("/")[-2])

    def put(state: str) -> None:
        change(live_server, update(Obligation).where(Obligation.id == number).values(state=state))

    put("cancelled")
    try:
        done(page).fill(MORE)
        expect(page.locator(STATUS)).to_contain_text("已取消")
        page.get_by_role("button", name="提交本单位审核").click()
        expect(page.locator(".error-summary")).to_contain_text("已取消")
        expect(done(page)).to_have_value(MORE)
        expect(page.locator(STATUS)).to_contain_text("未保存")
        page.goto(f"{address.removesuffix('/report')}")
        expect(page.locator("[data-unsent]")).to_contain_text(MORE)
        page.goto("/")
        expect(page.locator("[data-unsent-shelf]")).to_contain_text(MORE)
    finally:
        put("open")


@pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["desk", "telephone"])
def test_whoever_may_report_no_more_is_told_so_and_keeps_what_was_typed(open_page, sign_in, live_server, viewport):
    """The unit was merged, or the role has ended: the line is there, and saying otherwise would let somebody wait for it."""
    page = open_page(viewport)
    address = typing(page, sign_in)
    theirs = select(Person.id).where(Person.username == "jiaoyu").scalar_subquery()

    def until(day: date | None) -> None:
        change(live_server, update(Grant).where(Grant.person_id == theirs).values(valid_to=day))

    until(EVENING.date() - timedelta(days=1))
    try:
        done(page).fill(MORE)
        expect(page.locator(STATUS)).to_contain_text("不由您填报")
        page.get_by_role("button", name="提交本单位审核").click()
        expect(page.locator(STATUS)).to_contain_text("没有提交")
        expect(done(page)).to_have_value(MORE)
        page.goto(address)
        expect(page.get_by_role("heading", level=1)).to_have_text("没有找到")
        shelf = page.locator("[data-unsent-shelf]")
        expect(shelf).to_contain_text(MORE)
        shelf.get_by_role("button", name="放弃本机内容").click()
        page.goto("/")
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        expect(shelf).to_be_hidden()
    finally:
        until(None)


def test_what_a_closed_window_left_is_one_click_away_on_the_desk(open_page, sign_in):
    """The line broke, the window was closed: the next day begins at the desk, and nobody remembers which report it was."""
    page = open_page(PHONE)
    typing(page, sign_in)
    page.context.set_offline(True)
    done(page).fill(MORE)
    expect(page.locator(STATUS)).to_contain_text("网络不通")
    later = page.context.new_page()
    page.close()
    later.context.set_offline(False)
    later.goto("/")
    shelf = later.locator("[data-unsent-shelf]")
    expect(shelf).to_contain_text(MORE)
    shelf.get_by_role("link", name="打开这份报送").click()
    expect(done(later)).to_have_value(MORE)
    saved(later)
    later.goto("/")
    expect(later.get_by_role("heading", level=1)).to_have_text("工作台")
    expect(shelf).to_be_hidden()
