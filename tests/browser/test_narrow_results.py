"""Long results on a telephone: what a comparison says of a unit is a few lines, and no number is broken."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from tests.browser.conftest import PHONE
from tests.browser.steps import scoring
from tests.browser.steps.hands import fits, follow

SCHEME, PLAN = "政务公开半年考核方案", "2026年政务公开重点任务"
BROKEN = r"""() => [...document.querySelectorAll('td.num')].filter((cell) => {
  const texts = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    if (!/^\s*[+−-]?[\d.,]+%?\s*$/.test(texts.currentNode.data)) continue;
    const range = document.createRange();
    range.selectNodeContents(texts.currentNode);
    if (new Set([...range.getClientRects()].map((box) => Math.round(box.top))).size > 1) return true;
  }
  return false;
}).map((cell) => cell.innerText)"""
"""Cells whose number goes on in a second line."""


def cards(page: Page, most: int) -> None:
    """No number is broken, and no unit's card is higher than `most` pixels."""
    fits(page)
    assert page.evaluate(BROKEN) == []
    rows = page.locator("main .table-stack tbody tr:not(.is-total)")
    assert max(box["height"] for row in rows.all() if (box := row.bounding_box())) <= most


def test_two_runs_are_compared_on_a_telephone(page, sign_in):
    sign_in(page, "evaluator")
    scoring.run(page, SCHEME, PLAN)
    follow(page, "考核结果")
    page.goto(page.locator("main tbody th a").first.get_attribute("href") + "/against")
    expect(page.get_by_text("计分规则相同")).to_be_visible()
    page.set_viewport_size(PHONE)
    cards(page, 160)


def test_a_table_that_goes_on_beside_the_screen_tells_so(page, sign_in):
    """Its edge fades until its end is reached, and the column that is kept leaves room for the others."""
    sign_in(page, "evaluator")
    follow(page, "评分依据")
    page.get_by_role("link", name=SCHEME).first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(SCHEME)
    page.set_viewport_size(PHONE)
    pane = page.locator(".table-pane-wide")
    expect(pane).to_have_class(re.compile(r"\bhas-more\b"))
    first, whole = pane.locator("tbody th").first.bounding_box(), pane.bounding_box()
    assert first["width"] <= whole["width"] / 2
    pane.evaluate("(one) => one.scrollTo(one.scrollWidth, 0)")
    expect(pane).not_to_have_class(re.compile(r"\bhas-more\b"))
