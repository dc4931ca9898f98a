"""Evaluators (考核组): a scheme, what is entered by hand, a run, its explanation, publishing by a second person."""

from __future__ import annotations

import re
from decimal import Decimal

from playwright.sync_api import Page, expect

from tests.browser.steps.hands import agree, choose, follow, row, told


def begin_scheme(page: Page, name: str, starter: str, plan: str) -> None:
    """Begins a scheme with a ready-made starting point."""
    follow(page, "考核方案")
    page.get_by_role("link", name="新建方案").click()
    page.get_by_label("方案名称").fill(name)
    page.get_by_role("radio", name=starter).check()
    page.get_by_label("考核哪个计划").select_option(label=plan)
    page.get_by_role("button", name="开始编制").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(f"编辑方案：{name}")


def number_of(page: Page, indicator: str) -> str:
    """The number of the indicator's box in the editor, of the newest one for an empty name."""
    box = page.locator(f'input[name^="name-"][value="{indicator}"]')
    return str(box.get_attribute("id")).removeprefix("name-")


def set_points(page: Page, indicator: str, points: str) -> None:
    page.locator(f"#points-{number_of(page, indicator)}").fill(points)


def sums_to(page: Page, parent: str, text: str) -> None:
    """The sum below an indicator, as it follows what is typed."""
    expect(page.locator(f"#sum-{number_of(page, parent)}")).to_contain_text(text)


def add_after(page: Page, indicator: str, name: str, points: str, kind: str) -> None:
    page.get_by_role("button", name=f"在“{indicator}”之后添加").click()
    at = number_of(page, "")
    page.locator(f"#name-{at}").fill(name)
    page.locator(f"#points-{at}").fill(points)
    page.locator(f"#kind-{at}").select_option(label=kind)
    expect(page.locator(f'input[name^="name-"][value="{name}"]')).to_be_visible()  # the rule's own fields are there


def adopt_scheme(page: Page, name: str) -> None:
    """Saves the scheme of the editor and puts it to use."""
    page.get_by_role("button", name="保存草稿").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(name)
    page.get_by_role("button", name="启用方案").click()
    agree(page)
    told(page, "方案已启用")


def enter_marks(page: Page, scheme: str, indicator: str, marks: list[Decimal], units: int) -> None:
    """Gives every unit a mark, going down the column with Enter; `marks` are given in turn."""
    follow(page, "评分依据")
    row(page, scheme).get_by_role("link", name=scheme).click()
    page.get_by_role("table").get_by_role("link", name=indicator).click()
    cells = page.locator("[data-typing-table] .mark-input")
    expect(cells).to_have_count(units)
    expect(page.get_by_text("回车或上下箭头换行")).to_be_visible()
    cells.first.focus()
    for at in range(units):
        page.keyboard.type(str(marks[at % len(marks)]))
        page.keyboard.press("Enter")
    page.get_by_role("button", name="保存").click()
    told(page, f"已录入 {units} 个单位")


def run(page: Page, scheme: str, plan: str) -> None:
    """Checks that nothing is missing, then runs the scheme over the plan as of today."""
    follow(page, "考核结果")
    page.get_by_role("link", name="运行评分").click()
    choose(page.get_by_label("考核方案"), scheme)
    choose(page.get_by_label("计划"), plan)
    page.get_by_role("button", name="检查依据").click()
    expect(page.get_by_text("依据已齐，可以运行")).to_be_visible()
    page.get_by_role("button", name="运行", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("得分和名次")


def explained(page: Page, unit: str) -> None:
    """Opens what a unit's score is made of, from the run."""
    row(page, "").filter(has_text=unit).get_by_role("link", name=unit, exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(f"{unit}：得分说明")


def open_records(page: Page, indicator: str) -> None:
    page.get_by_text(re.compile(f"^“{indicator}”依据的")).first.click()


def publish(page: Page) -> None:
    page.get_by_role("link", name="复核并公布").click()
    expect(page.get_by_label("公示期")).to_have_value("5")
    page.get_by_role("button", name="公布", exact=True).click()
    told(page, "已公布")
