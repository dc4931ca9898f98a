"""Work that several units share, as its people do it: taking over, asking, answering, deciding."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import DESKTOP, PHONE
from tests.browser.steps.hands import fits, follow, row, taps, told
from tests.browser.steps.reporting import saved

TASK, SUPPORTING = "学前教育扩容", "云岫市自然资源和规划局"
LATE = "16 食品安全"


def open_report(page: Page, sign_in) -> None:
    sign_in(page, "jiaoyu")
    page.get_by_role("table", name="尚未提交的报送").get_by_role("link", name=TASK).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("报送进展")


def test_the_leading_unit_takes_over_at_a_click(page, sign_in, axe):
    open_report(page, sign_in)
    page.get_by_label("存在问题").fill("本单位编制不足。")
    page.get_by_role("button", name="汇总各单位报送").click()
    expect(page.get_by_label("本期完成情况")).to_have_value(
        re.compile(f"^已印发工作方案.*\\n【{SUPPORTING}】", re.DOTALL)
    )
    expect(page.get_by_label("存在问题")).to_have_value(re.compile(f"^本单位编制不足。\\n【{SUPPORTING}】"))
    expect(page.get_by_role("status").filter(has_text="已取用")).to_contain_text(SUPPORTING)
    typed = page.get_by_label("本期完成情况").input_value()
    page.get_by_role("button", name="汇总各单位报送").click()
    expect(page.get_by_label("本期完成情况")).to_have_value(typed)
    saved(page)
    page.reload()
    expect(page.get_by_label("本期完成情况")).to_have_value(typed)
    axe(page)


def test_reported_asked_answered_and_settled_on_a_phone(page, phone, sign_in, axe):
    """A monthly report is four taps away from signing in, those into its fields among them."""
    tapped = taps(phone)
    sign_in(phone, "baishi")
    phone.get_by_role("table", name="尚未提交的报送").get_by_role("link", name="办好企业诉求直通车").click()
    for field, typed in (("本期完成情况", "受理诉求 31 件，办结 30 件。"), ("完成百分比", "90")):
        phone.get_by_label(field).click()
        phone.keyboard.press("Control+a")
        phone.keyboard.type(typed)
    phone.get_by_role("button", name="提交本单位审核").click()
    told(phone, "本单位审核")
    assert len(tapped) == 4, tapped
    phone.goto("/")
    phone.get_by_role("table", name="询问与协调").get_by_role("link").first.click()
    phone.get_by_label("内容").fill("已按乡镇列出，见附件。")
    phone.get_by_role("button", name="答复").click()
    told(phone, "已答复")
    expect(phone.get_by_role("listitem").filter(has_text="已按乡镇列出")).to_contain_text("白石县")
    axe(phone)
    open_report(page, sign_in)
    page.locator("#partners").get_by_role("link", name=f"请补充 {SUPPORTING}").click()
    page.get_by_label("内容").fill("请补充开工日期。")
    page.get_by_role("button", name="发出").click()
    told(page, "已发给")
    page.get_by_role("button", name="了结").click()
    told(page, "已了结")


@pytest.mark.parametrize(
    ("viewport", "way", "task"),
    [
        (DESKTOP, "下次报送", "公开养老服务机构名录"),
        (PHONE, "下次报送", "及时公开重大建设项目"),
        (DESKTOP, "办理中", "规范政务新媒体管理"),
        (PHONE, "办理中", "持续做好依申请公开"),
        (DESKTOP, "我的任务", "健全政务舆情收集"),
    ],
)
def test_a_return_is_four_clicks_away_while_others_wait_to_be_signed_for(open_page, sign_in, viewport, way, task):
    """Neither near nor begun, so that nothing presses; from the list of what is next, from the number, by the menu."""
    page = open_page(viewport)
    tapped = taps(page)
    sign_in(page, "baishi")
    expect(page.get_by_role("link", name=re.compile(r"^待签收 [1-9]"))).to_be_visible()
    tapped.clear()
    if way == "下次报送":
        page.get_by_role("table", name=way).get_by_role("link", name=f"填写 {task}").click()
    else:
        page.get_by_role("link", name=re.compile(f"^{way}")).first.click()
        expect(page.get_by_role("heading", level=1)).to_have_text("我的任务")
        page.get_by_role("link", name=f"报送 {task}").click()
    page.get_by_label("本期完成情况").click()
    page.keyboard.type("按计划推进，已完成两项。")
    page.keyboard.press("Tab")
    page.keyboard.press("Control+a")
    page.keyboard.type("60")
    expect(page.get_by_label("完成百分比")).to_have_value("60")
    page.get_by_role("button", name="提交本单位审核").click()
    told(page, "本单位审核")
    assert len(tapped) <= 4, tapped


def test_what_is_asked_stands_before_what_is_answered(phone, page, sign_in):
    """On a telephone the words of the task stood below the whole form; so did, on its page, fifty acts beside one report."""
    sign_in(phone, "jiaoyu")
    phone.locator("#begun").get_by_role("link", name=TASK).click()
    asked = phone.get_by_text("新建、改扩建公办幼儿园18所,新增学位4200个")
    expect(asked).to_be_visible()
    assert asked.bounding_box()["y"] < phone.get_by_label("本期完成情况").bounding_box()["y"]
    sign_in(page, "baishi")
    page.goto("/assignments?tab=in_progress")
    page.get_by_role("link", name="四(一) 办好企业诉求直通车", exact=True).click()
    acts = page.locator(".history > li:visible")
    expect(acts).to_have_count(8)
    more = page.get_by_role("button", name=re.compile("^显示更早的 \\d+ 条$"))
    more.click()
    expect(more).to_be_hidden()
    expect(page.locator(".history > li:visible").nth(20)).to_be_visible()


def test_a_picture_is_shown_small_as_soon_as_it_is_there(page, sign_in):
    open_report(page, sign_in)
    point = bytes.fromhex(
        "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
        "1f15c4890000000d49444154789c6360606060000000050001a5f645400000000049454e44ae426082"
    )
    page.get_by_label("佐证材料").set_input_files([{"name": "开工.png", "mimeType": "image/png", "buffer": point}])
    line = page.locator("[data-evidence-list] li").filter(has_text="开工.png")
    expect(line).to_contain_text("已上传")
    expect(line.locator("img.evidence-small")).to_be_visible()


def test_what_two_units_do_not_agree_on_is_decided(page, sign_in):
    sign_in(page, "qiantou")
    follow(page, "询问与协调")
    row(page, "1 学前教育扩容").get_by_role("link").click()
    page.get_by_role("button", name="作出协调决定").click()
    expect(page.get_by_text("请写明内容").first).to_be_visible()
    page.get_by_label("内容").fill("由牵头单位采集，配合单位核对。")
    page.get_by_role("button", name="作出协调决定").click()
    told(page, "已作出协调决定")
    follow(page, "询问与协调")
    expect(page.get_by_text("没有等您办理的询问")).to_be_visible()


def test_a_task_that_nobody_has_is_claimed_and_confirmed(page, phone, sign_in, axe):
    sign_in(phone, "baishi")
    phone.get_by_role("link", name="待认领任务 1 项").click()
    row(phone, "18 便民驿站").get_by_role("link", name="认领").click()
    phone.get_by_label("认领说明").fill("县城公园已有场地。")
    phone.get_by_role("button", name="申请认领").click()
    told(phone, "已申请认领")
    expect(row(phone, "18 便民驿站")).to_contain_text("待确认")
    axe(phone)
    sign_in(page, "qiantou")
    follow(page, "待认领任务")
    row(page, "18 便民驿站").get_by_role("link", name="白石县").click()
    expect(page.get_by_text("县城公园已有场地。")).to_be_visible()
    page.get_by_role("radio", name="牵头").check()
    page.get_by_role("button", name="确认认领").click()
    told(page, "由白石县承担（牵头）")
    expect(row(page, "18 便民驿站").filter(has_text="云岫市城市管理局")).to_contain_text("已失效")
    phone.goto("/assignments?tab=in_progress")
    row(phone, "18 便民驿站").get_by_role("link", name="18 便民驿站").click()
    phone.get_by_role("link", name="转办下级").click()
    phone.get_by_label("白石县住房和城乡建设局").check()
    phone.get_by_role("button", name="转办", exact=True).click()
    told(phone, "已转办")


def test_what_is_late_is_supervised_answered_reported_and_closed(open_page, page, phone, sign_in):
    """The county answers the slip and reports on a telephone; its reviewer and the lead office follow."""
    sign_in(page, "qiantou")
    page.goto("/slips/new")
    row(page, "白石县").get_by_role("link").first.click()
    row(page, LATE).get_by_role("checkbox").check()
    page.get_by_label("督办理由").fill("多次催报未报。")
    page.get_by_label("督办要求").fill("三日内报送，并说明原因。")
    page.get_by_role("button", name="发出督办单").click()
    told(page, "督办单已发出")

    sign_in(phone, "baishi")
    phone.get_by_role("table", name="待回执的督办单").get_by_role("link").click()
    phone.get_by_label("办理情况").fill("因人员变动漏报，今日补报。")
    phone.get_by_role("button", name="提交回执").click()
    told(phone, "回执")
    phone.goto("/assignments?tab=to_sign")
    phone.get_by_role("button", name="签收所选任务").click()
    told(phone, "已签收")
    phone.goto("/")
    phone.get_by_role("table", name="逾期").get_by_role("link", name="填写").click()
    phone.get_by_label("本期完成情况").fill("抽检 1200 批次，全部合格。")
    phone.get_by_label("完成百分比").fill("100")
    phone.get_by_role("button", name="提交本单位审核").click()
    told(phone, "本单位审核")
    fits(phone)

    reviewer = open_page()
    sign_in(reviewer, "baishi-shenhe")
    follow(reviewer, "本单位审核")
    row(reviewer, LATE).get_by_role("link").click()
    reviewer.get_by_role("button", name="审核通过").click()
    told(reviewer, "已审核通过")

    follow(page, "核验")
    row(page, LATE).get_by_role("link").click()
    page.get_by_label("同时办结这项任务").check()
    page.get_by_role("button", name="核收").click()
    told(page, "已核收并办结")
    phone.goto("/assignments?tab=done")
    expect(row(phone, LATE)).to_contain_text("100%")


def test_a_county_finds_what_came_from_below_by_the_menu_of_a_phone(phone, sign_in, axe):
    """The tab it stands on is in view among those before it, and what came is taken up where it is listed."""
    sign_in(phone, "baishi")
    phone.get_by_role("button", name="菜单", exact=True).click()
    link = phone.get_by_role("navigation", name="主菜单").get_by_role("link", name=re.compile("^下级报送"))
    expect(link).to_contain_text("1 项待办")
    link.click()
    expect(phone.get_by_role("heading", level=1)).to_have_text("下级报送")
    expect(phone.get_by_role("navigation", name="任务状态").get_by_role("link", name="下级报送")).to_be_in_viewport(
        ratio=0.99
    )
    fits(phone)
    axe(phone)
    phone.get_by_role("link", name=re.compile("^汇总.*白石县发展和改革局$")).click()
    expect(phone.get_by_role("heading", level=1)).to_have_text("报送进展")
    expect(phone.get_by_label("本期完成情况")).to_have_value(re.compile("已完成两个乡镇的改造"))
