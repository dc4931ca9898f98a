"""A finding from registering to striking off, by everybody it passes through; a spot check from drawing to its findings."""

from __future__ import annotations

import re
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser.conftest import PHONE
from tests.browser.steps.hands import fits, follow, pick, told

FINDING = "校门口的公开栏没有更新"
BEFORE = {"name": "整改前.txt", "mimeType": "text/plain", "buffer": "旧的公开栏".encode()}
AFTER = {"name": "整改后.txt", "mimeType": "text/plain", "buffer": "新的公开栏".encode()}


def open_finding(page: Page, title: str) -> None:
    follow(page, "整改台账")
    page.get_by_role("link", name=title).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(title)


def register(page: Page) -> None:
    follow(page, "整改台账")
    page.get_by_role("link", name="登记问题").click()
    page.get_by_label("问题概述").fill(FINDING)
    page.get_by_label("问题详情").fill("走访时看到栏内仍是去年的内容。")
    pick(page, "unit", "教育局", "云岫市教育局")
    page.get_by_role("button", name="登记", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(FINDING)


def put_right(page: Page) -> None:
    """The unit, on a telephone: from its desk to the report, which is refused once for want of a file."""
    page.get_by_role("link", name=FINDING).first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(FINDING)
    page.get_by_role("link", name="制定措施").click()
    page.get_by_role("textbox", name="整改措施").fill("当天更换，每月检查一次。")
    page.get_by_label("责任人").fill("办公室主任")
    page.get_by_role("button", name="保存措施").click()
    page.get_by_role("link", name="报送整改").click()
    page.get_by_label("整改完成情况").fill("已更换全部内容。")
    page.get_by_label("整改前佐证").set_input_files(BEFORE)
    page.get_by_role("button", name="提交本单位审核").click()
    expect(page.get_by_role("alert")).to_contain_text("整改前和整改后的佐证材料")
    expect(page.get_by_label("整改完成情况")).to_have_value("已更换全部内容。")
    expect(page.get_by_role("link", name="整改前.txt")).to_be_visible()
    page.get_by_label("整改后佐证").set_input_files(AFTER)
    page.get_by_role("button", name="提交本单位审核").click()
    told(page, "已提交本单位审核")
    fits(page)


def approve(page: Page) -> None:
    """The unit's own reviewer, from the desk."""
    page.get_by_role("link", name=FINDING).first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(FINDING)
    page.locator("main").get_by_role("link", name="审核", exact=True).click()
    page.get_by_role("button", name="审核通过").click()
    told(page, "已送牵头办公室核验")


def test_a_finding_is_put_right_by_one_and_struck_off_by_another(open_page, sign_in):
    office, second, unit, reviewer = open_page(), open_page(), open_page(PHONE), open_page()
    sign_in(office, "qiantou")
    register(office)
    sign_in(unit, "jiaoyu")
    put_right(unit)
    sign_in(reviewer, "jiaoyu-shenhe")
    approve(reviewer)

    office.reload()
    expect(office.get_by_text("须由另一人核验")).to_be_visible()
    expect(office.get_by_role("link", name="核验", exact=True).and_(office.locator("main a"))).to_have_count(0)

    sign_in(second, "heyan")
    open_finding(second, FINDING)
    second.locator("main").get_by_role("link", name="核验", exact=True).click()
    second.get_by_role("textbox", name="核验意见").fill("背面没有更换。")
    second.get_by_role("button", name="退回再改").click()
    told(second, "已退回再改")

    unit.reload()
    expect(unit.get_by_text("背面没有更换。").first).to_be_visible()
    unit.get_by_role("link", name="报送整改").click()
    unit.get_by_label("整改完成情况").fill("背面也已更换。")
    unit.get_by_label("整改后佐证").set_input_files(AFTER)
    unit.get_by_role("button", name="提交本单位审核").click()
    told(unit, "已提交本单位审核")
    follow(reviewer, "工作台")
    approve(reviewer)

    open_finding(second, FINDING)
    second.locator("main").get_by_role("link", name="核验", exact=True).click()
    second.get_by_role("button", name="销号").click()
    told(second, "号问题已销号")
    unit.reload()
    expect(unit.get_by_text("已销号").first).to_be_visible()
    expect(unit.get_by_text("退回 1 次")).to_be_visible()


def choose_plan(page: Page, name: str) -> None:
    """The plan of the year that has been worked on, whichever year that is."""
    plan = page.get_by_label("计划").locator("option").filter(has_text=name).first
    page.get_by_label("计划").select_option(plan.get_attribute("value"))


def test_a_sample_is_drawn_seen_and_typed_back(open_page, sign_in, tmp_path: Path):
    page = open_page()
    sign_in(page, "kaohe")
    follow(page, "定期抽查")
    page.get_by_role("link", name="抽取样本").click()
    choose_plan(page, "政务公开重点任务")
    page.get_by_label("核收日期自").fill("2020-01-01")
    page.get_by_label("抽取数量").fill("2")
    page.get_by_label("随机种子").fill("当众抽签 38 号")
    page.get_by_role("button", name="抽取", exact=True).click()
    expect(page.get_by_text("重新抽取，结果一致")).to_be_visible()
    check = page.url

    page.get_by_role("link", name="抽查表", exact=True).click()
    expect(page.get_by_role("button", name="打印")).to_be_visible()
    expect(page.get_by_text("当众抽签 38 号")).to_be_visible()
    with page.expect_download() as download:
        page.get_by_role("link", name="抽查表 Excel").click()
    download.value.save_as(tmp_path / "sheet.xlsx")
    assert (tmp_path / "sheet.xlsx").read_bytes().startswith(b"PK")

    page.goto(check)
    page.get_by_role("link", name=re.compile("^录入")).first.click()
    page.get_by_label("发现问题，登记整改").check()
    page.get_by_label("抽查情况").fill("现场未见台账。")
    page.get_by_label("问题概述").fill("抽查现场没有台账")
    page.get_by_role("button", name="保存结果").click()
    told(page, "已录入第 1 项")
    page.get_by_label("未发现问题").check()
    page.get_by_role("button", name="保存结果").click()
    told(page, "已录入第 2 项")
    page.get_by_role("textbox", name="抽查结论").fill("一处没有台账。")
    page.get_by_role("button", name="办结抽查").click()
    told(page, "这次抽查已办结")

    office = open_page()
    sign_in(office, "qiantou")
    open_finding(office, "抽查现场没有台账")
    office.get_by_role("link", name="交办").click()
    office.get_by_role("button", name="交办").click()
    told(office, "已交办")
