"""Small things that hands do on every page."""

from __future__ import annotations

import re

from playwright.sync_api import Locator, Page, expect


def follow(page: Page, menu: str) -> None:
    """Goes to a page by the main menu."""
    page.get_by_role("navigation", name="主菜单").get_by_role("link", name=re.compile(f"^{menu}")).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(menu)


def agree(page: Page) -> None:
    """Says yes to what the page asks first."""
    page.locator("#ask [data-ask-yes]").click()


def pick(page: Page, field: str, typed: str, option: str) -> None:
    """Chooses from a list that is typed into (`field` is the id of its select); what an option says of itself may follow."""
    page.locator(f"#{field} + .ts-wrapper .ts-control").click()
    page.locator(f"#{field}-ts-control").fill(typed)
    found = page.locator(f"#{field}-ts-dropdown").get_by_role("option").first
    expect(found).to_have_text(re.compile(rf"^\s*{option}(\s|$)"))  # the list follows what is typed after a pause
    found.click()


def choose(select: Locator, words: str) -> None:
    """Chooses the option that begins with these words."""
    option = select.locator("option").filter(has_text=re.compile(rf"^\s*{re.escape(words)}"))
    select.select_option(option.get_attribute("value"))


def row(page: Page | Locator, head: str) -> Locator:
    """The row of a table whose head begins with these words."""
    return page.get_by_role("row").filter(has=page.get_by_role("rowheader", name=re.compile("^" + re.escape(head))))


def told(page: Page, text: str | re.Pattern[str]) -> None:
    """The page says so in its messages."""
    expect(page.locator("[data-messages]")).to_contain_text(text)
