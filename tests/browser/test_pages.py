"""Every page that a person reaches from the menu, wide and narrow: whole, quiet, readable by everybody, by keyboard alone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from tests.browser.steps import importing, scoring
from tests.browser.steps.hands import fits, follow
from tests.support.pages import uncounted

ROLES = ("lead_office", "reporter", "reviewer", "evaluator", "admin", "leader")
WIDE, NARROW = ({"width": width, "height": 800} for width in (1920, 360))
FILES = re.compile(r"\.(xlsx|docx|json)$|/original$|/file$|/files/|^/evidence/|^/static/")
UNHEADED = """() => [...document.querySelectorAll('main table')].flatMap((table) => {
  const width = (row) => row ? [...row.cells].reduce((sum, cell) => sum + cell.colSpan, 0) : 0
  const head = table.tHead && table.tHead.rows[0], body = table.tBodies[0] && table.tBodies[0].rows[0]
  return head && body && width(head) !== width(body) ? [table.caption ? table.caption.innerText : body.innerText] : []
})"""
LINKS = """() => [
  ...[...document.querySelectorAll('a[href]')].map((one) => one.getAttribute('href')),
  ...[...document.querySelectorAll('main form[method=get][action]')].map(
    (one) => one.getAttribute('action') + '?' + new URLSearchParams(new FormData(one)))
]"""
OWN = Path(__file__).resolve().parents[1] / "files/documents/yunxiu-flattened.txt"
PLAN = "待下发的计划"


@pytest.fixture(scope="module")
def looked_at() -> set[str]:
    """Kinds of pages that somebody has looked at: who comes later looks at those only that are new."""
    return set()


def kind_of(address: str) -> str:
    """Pages of one kind differ in numbers and in what they are asked for."""
    return re.sub(r"\d+", "N", urlsplit(address).path)


def reachable(page: Page, looked_at: set[str]) -> Iterator[str]:
    """Goes from link to link, to one page of each kind; what was looked at before only has to answer this person too."""
    waiting = ["/"]
    met: set[str] = set()
    looked_at.discard("/")  # everybody has a desk of their own
    while waiting:
        address = waiting.pop(0)
        kind = kind_of(address)
        if kind in met:
            continue
        met.add(kind)
        if kind in looked_at:
            links = answered(page, address)
        else:
            looked_at.add(kind)
            page.goto(address)
            yield address
            links = page.evaluate(LINKS)
        waiting += [link for link in links if link.startswith("/") and not FILES.search(kind_of(link))]


def answered(page: Page, address: str) -> list[str]:
    """The links of a page that is not looked at. A link that a person is shown leads somewhere."""
    answer = page.request.get(address)
    assert answer.ok, f"{address} answers {answer.status}"
    return [unescape(link) for link in re.findall(r'<a[^>]* href="([^"]*)"', answer.text())]


def begin(role: str, page: Page) -> None:
    """What is under way, where the demonstration has only what is finished: a plan to be issued, a draft, a scheme."""
    if role == "lead_office":
        importing.upload(page, OWN, "", 8)
        page.get_by_text("原文就是如此…").click()
        page.get_by_label("理由").fill("已与起草单位核对。")
        page.get_by_role("button", name="确认", exact=True).click()
        importing.begin_matching(page, 1)
        importing.nobody_further(page, "等有关部门、单位")
        importing.adopt(page, PLAN, "每年")
        importing.upload(page, OWN, "", 8)
    if role == "evaluator":
        scoring.begin_scheme(page, "编制中的方案", "县区政务公开考核", PLAN)


@pytest.mark.parametrize("role", ROLES)
def test_every_page_serves_everybody(role: str, open_page, sign_in, axe, looked_at):
    widths = [WIDE, NARROW]
    page = open_page(WIDE)
    sign_in(page, role)
    begin(role, page)
    for address in reachable(page, looked_at):
        expect(page.get_by_role("heading", level=1)).to_have_count(1)
        assert uncounted(page.title()) == page.get_by_role("heading", level=1).inner_text(), address
        assert page.evaluate(UNHEADED) == [], f"{address}: tables whose rows have more or fewer cells than heads"
        for width in widths:
            page.set_viewport_size(width)
            axe(page, again=width is NARROW)
            fits(page)
        widths.reverse()  # the next page comes in the width that is there
    page.set_viewport_size(WIDE)
    if role == "lead_office":  # whom it is for finds it waiting
        follow(page, "任务分解")
        page.get_by_role("link", name=PLAN).click()
        importing.issue(page, PLAN)


def test_keyboard_alone_skips_the_menu_and_filters_a_list(page, sign_in):
    sign_in(page, "reporter")
    follow(page, "进展台账")
    page.goto(page.url)
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="跳到正文")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.locator("main").locator("*:focus")).to_have_count(1)
    page.get_by_label("亮灯").focus()
    page.keyboard.press("ArrowDown")
    page.wait_for_url(re.compile(r"light="))
    expect(page.get_by_label("亮灯")).to_be_focused()


def test_keyboard_alone_opens_and_closes_the_menu_on_a_telephone(phone, sign_in):
    sign_in(phone, "reporter")
    menu = phone.get_by_role("button", name="菜单", exact=True)
    menu.focus()
    phone.keyboard.press("Enter")
    expect(phone.get_by_role("button", name="关闭菜单").first).to_be_focused()
    phone.keyboard.press("Escape")
    expect(menu).to_be_focused()
    phone.keyboard.press("Enter")
    phone.keyboard.press("Tab")
    phone.keyboard.press("Tab")
    phone.keyboard.press("Enter")
    expect(phone.get_by_role("heading", level=1)).to_have_text("我的任务")


def test_a_list_comes_before_its_filters_on_a_telephone(phone, sign_in):
    sign_in(phone, "lead_office")
    phone.goto("/work?light=overdue")
    light = phone.get_by_label("亮灯")
    expect(light).to_be_hidden()
    fold = phone.get_by_role("button", name="筛选条件 1")  # one is chosen
    expect(fold).to_have_attribute("aria-expanded", "false")
    fold.click()
    expect(light).to_be_visible()
    expect(fold).to_have_attribute("aria-expanded", "true")


def test_a_score_leads_to_its_source_on_a_telephone(phone, sign_in):
    """Each record shows what it was and where it stands in the document, without being moved sideways."""
    sign_in(phone, "evaluator")
    phone.goto("/runs/1")
    phone.get_by_role("link", name="云岫市教育局").click()
    phone.locator("summary", has_text="任务完成率").click()
    records = phone.get_by_role("region", name="表格：“任务完成率”依据的记录")
    for shown in (records.get_by_text("按时报送，已核").first, records.get_by_role("link", name="第 51 行")):
        box = shown.bounding_box()
        assert box
        assert box["x"] + box["width"] <= phone.viewport_size["width"]
    records.get_by_role("link", name="第 51 行").click()
    expect(phone.locator("#here")).to_contain_text("3月底前公布本级重大行政决策事项目录")


def test_bars_keep_their_words_on_a_telephone(phone, sign_in):
    """What stands behind a bar, how many are overdue, is not cut off by the edge of its figure."""
    sign_in(phone, "leader")
    phone.goto("/dashboard")
    expect(phone.locator("[data-figure].js-plotly-plot")).to_have_count(phone.locator("[data-figure]").count())
    words = phone.locator(".js-plotly-plot .bartext").filter(has_text="逾期")
    expect(words).not_to_have_count(0)
    cut_off = words.evaluate_all("""all => all.filter((one) => {
      const edge = one.closest('.js-plotly-plot').getBoundingClientRect().right
      return one.getBoundingClientRect().right > edge
    }).map((one) => one.textContent)""")
    assert cut_off == []
