"""Ten indicators of every unit are marked side by side, by keyboard alone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.steps.hands import follow, row, told
from tests.support.server import City, Server, put_marks, serve

SCHEME, PLAN = "专家评审方案", "2026年政务公开重点任务"
INDICATORS = [f"第{number}项" for number in "一二三四五六七八九十"]
UNITS = 53


@pytest.fixture
def live_server(city: City, tmp_path: Path) -> Iterator[Server]:
    """A city of its own: with a scheme that no other test knows."""
    with serve(city, tmp_path / "instance") as server:
        put_marks(server, SCHEME, PLAN, INDICATORS)
        yield server


def mark(unit: int, indicator: int) -> str:
    """1 to 10: what was left blank would read as 0."""
    return f"{(unit * 7 + indicator * 3) % 10 + 1}"


def test_fifty_three_units_by_ten_indicators(page: Page, sign_in):
    sign_in(page, "kaohe")
    follow(page, "评分依据")
    row(page, SCHEME).get_by_role("link", name=SCHEME).click()
    page.get_by_role("link", name="成批录入").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("成批录入：全部指标")
    fields = page.locator("[data-typing-table] tbody input")
    expect(fields).to_have_count(UNITS * len(INDICATORS))
    expect(page.locator("[data-typing-hint]")).to_be_visible()  # its script has come
    for indicator in range(len(INDICATORS)):
        fields.nth(indicator).focus()
        for unit in range(UNITS):
            page.keyboard.type(mark(unit, indicator))
            page.keyboard.press("Enter")
    page.get_by_role("button", name="保存").press("Enter")
    told(page, f"已录入 {UNITS} 个单位")
    shown = fields.evaluate_all("all => all.map((one) => Number(one.value))")
    assert shown == [int(mark(unit, indicator)) for unit in range(UNITS) for indicator in range(len(INDICATORS))]
