"""What people print: few sheets of A4, without what only a screen needs."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.browser.steps.hands import follow

SHEET = re.compile(rb"/Type\s*/Page\b")
PAGES = [
    ("leader", "看板", "", 3),
    ("leader", "任务分解", "main tbody th a", 3),
    ("reporter", "我的得分", "main tbody a", 2),
]


def sheets(page) -> int:
    return len(SHEET.findall(page.pdf(format="A4", prefer_css_page_size=True, print_background=True)))


@pytest.mark.parametrize(("role", "item", "inside", "most"), PAGES)
def test_a_page_lies_on_few_sheets(page, sign_in, role, item, inside, most):
    sign_in(page, role)
    follow(page, item)
    if inside:
        inner = page.locator(inside).first.get_attribute("href")
        page.goto(str(inner))
    if item == "看板":
        page.locator(".js-plotly-plot").first.wait_for()
    assert 1 <= sheets(page) <= most
    page.emulate_media(media="print")
    for name in ("#sidebar", ".topbar", ".page-actions", ".crumbs"):
        expect(page.locator(name).filter(visible=True)).to_have_count(0)
    expect(page.locator(".print-head")).to_be_visible()


def test_how_a_score_came_about_lies_on_one_sheet(page, sign_in):
    """Two last lines alone on a second sheet looked like a mistake on the desk of whoever signs it."""
    sign_in(page, "evaluator")
    follow(page, "考核结果")
    page.locator("main tbody a").first.click()
    page.get_by_role("table").get_by_role("rowheader").get_by_role("link").first.click()
    expect(page.get_by_role("heading", name="名次和等次")).to_be_visible()
    assert sheets(page) == 1


def test_all_units_stand_on_paper_and_the_others_come_when_asked_for(page, sign_in):
    sign_in(page, "leader")
    page.goto("/dashboard")
    further = page.locator(".rows-more").first
    expect(further).to_be_hidden()
    page.emulate_media(media="print")
    expect(further).to_be_visible()
    page.emulate_media(media="screen")
    page.get_by_role("button", name=re.compile("显示其余")).first.click()
    expect(further).to_be_visible()
    expect(further.locator("a").first).to_be_focused()


def test_a_supervision_slip_is_printed_as_an_official_paper(page, sign_in):
    sign_in(page, "lead_office")
    page.goto("/slips/new")
    page.locator("main tbody th a").first.click()
    page.locator("main form button[type=submit]").last.click()
    expect(page).to_have_url(re.compile(r"/slips/\d+$"))
    paper, number = page.locator(".paper"), page.locator(".paper-number")
    expect(paper).to_be_hidden()
    page.emulate_media(media="print")
    expect(paper).to_be_visible()
    expect(number).to_contain_text("〕1号")
    for name in (".page-head", ".print-head", "main .card"):
        expect(page.locator(name).filter(visible=True)).to_have_count(0)
    assert sheets(page) == 1, "an item or two and the reply slip"


def test_the_sheet_of_a_spot_check_leaves_room_to_write(page, sign_in):
    """It is taken along and filled in with a pen: the column of remarks is a hand wide, each box beside its own words."""
    sign_in(page, "lead_office")
    follow(page, "定期抽查")
    page.get_by_role("rowheader").get_by_role("link").first.click()
    page.get_by_role("link", name="抽查表", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("抽查表")
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 1032, "height": 700})  # A4 turned, without its margins
    row = page.get_by_role("row").filter(has_text="□").first
    written, asked = row.locator("td").last.bounding_box(), row.get_by_text("发现问题", exact=False).last.bounding_box()
    assert written["width"] >= 55 * 96 / 25.4, written
    assert written["height"] >= 14 * 96 / 25.4, written
    assert asked["height"] < 30, "□ 发现问题 is broken over two lines"
