"""A revised edition (修订稿) is taken in, compared, adopted, and read of: at a desk, and on a telephone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import DESKTOP, PHONE
from tests.browser.steps import revising
from tests.browser.steps.hands import fits, row
from tests.support.server import City, Server, serve

DOCUMENT = Path(__file__).resolve().parents[2] / "tracker/demo/documents/livelihood.xlsx"
PLAN = "民生实事项目"


@pytest.fixture
def live_server(city: City, tmp_path: Path) -> Iterator[Server]:
    """A city of its own for each width: an edition is adopted once."""
    with serve(city, tmp_path / "instance") as server:
        yield server


@pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["desk", "phone"])
def test_a_revised_edition_is_adopted(viewport, open_page, sign_in):
    office, unit = open_page(viewport), open_page(viewport)
    sign_in(office, "qiantou")
    revising.take_in(office, PLAN, revising.second_edition(DOCUMENT))
    revising.match_all(office)
    revising.compare(office)
    see_what_changes(office)
    revising.adopt(office, "市政府印发修订稿。")
    fits(office)
    expect(row(office, "第 2 版")).to_contain_text("市政府印发修订稿。")
    sign_in(unit, "jiaoyu")
    expect(unit.locator("#changes")).to_contain_text("工作要求改写")
    fits(unit)
    revising.acknowledge(unit)


def see_what_changes(page: Page) -> None:
    """Words out and in, a unit put on, a task dropped; two that are not one are told apart, and put together again."""
    fits(page)
    words = revising.change(page, "学前教育扩容")
    expect(words.locator("del").first).to_be_visible()
    expect(words.locator("ins").first).to_be_visible()
    expect(revising.change(page, "口袋公园").locator("ins")).to_have_text("云岫市教育局")
    revising.only(page, "dropped")
    expect(revising.change(page, "停车便利化")).to_be_visible()
    page.go_back()
    revising.pair_with(page, "充电设施", "停车便利化")
    expect(revising.change(page, "充电设施")).to_contain_text("人工配对")
    revising.pair_with(page, "充电设施", "按文字自动配对")
    expect(revising.change(page, "充电设施")).not_to_contain_text("人工配对")
