"""The first page anybody meets, at a desk and on a telephone, by keyboard alone."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.steps.hands import fits


@pytest.mark.parametrize("who", ["page", "phone"])
def test_everybody_can_read_it(who: str, request: pytest.FixtureRequest, axe):
    page = request.getfixturevalue(who)
    page.goto("/sign-in")
    axe(page)
    fits(page)


def test_keyboard_alone_signs_in(page, live_server):
    page.goto("/sign-in")
    page.keyboard.type(live_server.people["lead_office"])
    page.keyboard.press("Tab")
    page.keyboard.type(live_server.password)
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: "/sign-in" not in url)
    expect(page.get_by_role("heading", level=1)).to_have_count(1)


def test_a_page_behind_it_is_reached_after_it(page, live_server, sign_in):
    page.goto("/account/password")
    assert "/sign-in" in page.url
    page.locator("input[name=username]").fill(live_server.people["reporter"])
    page.locator("input[name=password]").fill(live_server.password)
    page.locator("input[name=password]").press("Enter")
    page.wait_for_url("**/account/password")


def test_what_goes_wrong_behind_the_page_is_seen(page, watcher):
    """The watcher of every other test here does its work."""
    page.goto("/sign-in")
    with page.expect_console_message():
        page.evaluate("document.body.append(Object.assign(document.createElement('script'), {textContent: '1'}))")
    with page.expect_event("pageerror"):
        page.evaluate("setTimeout(() => { throw new Error('broken') })")
    assert len(watcher.faults) == 2
    assert "Content Security Policy" in watcher.faults[0]
    watcher.faults.clear()
