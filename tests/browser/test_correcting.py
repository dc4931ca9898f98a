"""A correction of what was read, on a page of its own: a pencil that was opened in another window."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser.steps import importing

OWN = Path(__file__).resolve().parents[1] / "files/documents/yunxiu-flattened.txt"
TYPED = "另一个窗口里改的名称"


def test_what_is_typed_in_a_window_of_its_own_is_saved_there(page: Page, sign_in, axe):
    sign_in(page, "lead_office")
    importing.upload(page, OWN, "", 8)
    name = importing.field_of(importing.card(page, 1), "任务名称")
    with page.context.expect_page() as opened:
        name.get_by_role("link", name="更正 任务名称").click(modifiers=["ControlOrMeta"])
    alone = opened.value
    expect(alone.get_by_role("heading", level=1)).to_have_text("更正任务")
    axe(alone)
    alone.get_by_label("任务名称").fill(TYPED)
    alone.get_by_role("button", name="保存").click()
    expect(importing.field_of(importing.card(alone, 1), "任务名称")).to_contain_text(TYPED)
