"""Small things that hands do on every page."""

from __future__ import annotations

import re

from playwright.sync_api import Locator, Page, expect

PATIENCE = 30_000
BEYOND = """(patience) => new Promise((tell) => {
  const end = performance.now() + patience;
  const look = () => {
    const beyond = document.documentElement.scrollWidth - window.innerWidth;
    if (beyond <= 0 || performance.now() > end) tell(beyond);
    else setTimeout(look, 50);
  };
  look();
})"""
"""Pixels by which the page is wider than its window, as soon as it is not, or when the patience (ms) is over. The policy
of our pages lets nothing be evaluated later, so that `wait_for_function` is not to be had."""


def follow(page: Page, menu: str) -> None:
    """Goes to a page by the main menu."""
    page.get_by_role("navigation", name="主菜单").get_by_role("link", name=re.compile(f"^{menu}")).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(menu)


def turn_to(page: Page, tabs: str, name: str) -> None:
    """Opens one of the page's tabs."""
    tab = page.get_by_role("navigation", name=tabs).get_by_role("link", name=name)
    tab.click()
    expect(tab).to_have_attribute("aria-current", "page")


def fits(page: Page) -> None:
    """Nothing stands out of the page to the right, once its figures have followed the width."""
    assert page.evaluate(BEYOND, PATIENCE) <= 0, f"{page.url} scrolls sideways at {page.viewport_size}"


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


def row(page: Page, head: str) -> Locator:
    """The row of a table whose head begins with these words."""
    return page.get_by_role("row").filter(has=page.get_by_role("rowheader", name=re.compile("^" + re.escape(head))))


def told(page: Page, text: str | re.Pattern[str]) -> None:
    """The page says so in its messages."""
    expect(page.locator("[data-messages]")).to_contain_text(text)


def taps(page: Page) -> list[str]:
    """What is clicked or tapped from the page that is gone to next on, as it happens; a key that does the same is none."""
    found: list[str] = []
    page.expose_binding("tapped", lambda _source, what: found.append(what))
    page.add_init_script("addEventListener('click', (one) => one.detail && tapped(one.target.outerHTML), true)")
    return found
