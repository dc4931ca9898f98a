"""The whole way of a task that is passed down (转办): reported from below, reviewed three times (三审), completed (办结)."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import PHONE
from tests.browser.steps.hands import fits, follow, row, told
from tests.browser.steps.reporting import saved
from tests.support.server import employ
from tracker.accounts.roles import Role

COUNTY, OFFICE, TASK = "白石县", "白石县住房和城乡建设局", "9 老旧小区改造"
STEPS = {"科室审核": "祝明川", "分管领导审核": "覃分管", "主要负责人审签": "骆主任"}
DONE = "列入计划的小区全部完工，均已验收。"


@pytest.fixture
def somebody(open_page, sign_in):
    """One more person, signed in: at a desk, or on a telephone."""

    def signed_in(who: str, *viewport: dict[str, int]) -> Page:
        page = open_page(*viewport)
        sign_in(page, who)
        return page

    return signed_in


def test_passed_down_reported_reviewed_three_times_and_completed(somebody, live_server, axe):
    employ(live_server, "baishi-fenguan", STEPS["分管领导审核"], Role.REVIEWER, COUNTY)
    employ(live_server, "baishi-zhuyao", STEPS["主要负责人审签"], Role.REVIEWER, COUNTY)
    set_steps(somebody("guanli"))
    county = somebody("baishi", PHONE)
    pass_down(county)
    office = somebody("baishi-zhujian", PHONE)
    report_to_the_county(office)
    axe(office)
    begin_report(county)
    axe(county)
    hand_in(county)
    for step, who in zip(STEPS, ("baishi-shenhe", "baishi-fenguan", "baishi-zhuyao"), strict=True):
        review(somebody(who, PHONE), step)
    lead = somebody("qiantou")
    accept(lead)
    ask_for_completion(county)
    grant(lead)
    county.goto("/assignments?tab=done")
    expect(row(county, TASK)).to_contain_text("100%")


def set_steps(admin: Page) -> None:
    follow(admin, "审核层级")
    row(admin, COUNTY).get_by_role("link", name="设定").click()
    for level, person in zip(("第一级", "第二级", "第三级"), STEPS.values(), strict=True):
        admin.get_by_role("group", name=level).get_by_label(person).check()
    admin.get_by_role("button", name="保存").click()
    told(admin, "审核层级")
    expect(row(admin, COUNTY)).to_contain_text(STEPS["主要负责人审签"])


def open_task(page: Page) -> None:
    page.goto("/assignments?tab=in_progress")
    row(page, TASK).get_by_role("link", name=TASK).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(TASK.split()[1])


def pass_down(county: Page) -> None:
    open_task(county)
    county.get_by_role("link", name="转办下级").click()
    county.get_by_label(OFFICE).check()
    county.get_by_role("button", name="转办", exact=True).click()
    told(county, "已转办")
    expect(county.locator("#below").get_by_role("rowheader", name=OFFICE)).to_be_visible()
    fits(county)


def report_to_the_county(office: Page) -> None:
    """What is typed is not lost by a reload."""
    office.get_by_role("table", name="上级转办").get_by_role("link", name=TASK).click()
    expect(office.get_by_role("heading", level=1)).to_have_text("报送上级单位")
    office.get_by_label("本期完成情况").fill(DONE)
    saved(office)
    office.reload()
    reach(office)
    office.get_by_role("button", name=f"报送{COUNTY}").click()
    told(office, "已报送上级单位")
    fits(office)


def own_milestone(page: Page) -> Locator:
    return page.get_by_role("group", name="本节点：")


def reach(page: Page) -> None:
    """The task is reported on by its milestones: reached are those before it, and now its own."""
    own_milestone(page).get_by_label("已达成").check()


def begin_report(county: Page) -> None:
    """The form begins with what came from below."""
    open_task(county)
    county.get_by_role("link", name="填写").click()
    expect(county.get_by_label("本期完成情况")).to_have_value(re.compile(f"【{OFFICE}】{DONE}"))
    expect(county.get_by_text("逐级审核通过后送牵头办公室核验")).to_contain_text(STEPS["主要负责人审签"])


def hand_in(county: Page) -> None:
    expect(own_milestone(county).get_by_label("已达成")).to_be_checked()  # it came from below, too
    county.get_by_role("button", name="提交本单位审核").click()
    told(county, "本单位审核")


def review(reviewer: Page, step: str) -> None:
    """From the desk; the way of the report says whose turn it is."""
    reviewer.get_by_role("table", name="待本单位审核").get_by_role("link", name=TASK).click()
    now = reviewer.get_by_role("list", name="报送走到哪里").locator("[aria-current=step]")
    expect(now).to_contain_text(step)
    expect(now).to_contain_text(STEPS[step])
    reviewer.get_by_role("button", name="审核通过").click()
    told(reviewer, "已审核通过")
    fits(reviewer)


def accept(lead: Page) -> None:
    follow(lead, "核验")
    row(lead, TASK).filter(has_text=COUNTY).get_by_role("link").click()
    lead.get_by_role("button", name="核收").click()
    told(lead, "已核收")


def ask_for_completion(county: Page) -> None:
    open_task(county)
    county.get_by_role("link", name="申请办结").click()
    county.get_by_label("办结情况").fill("各小区均已移交管理。")
    county.get_by_role("button", name="提交申请").click()
    told(county, "已提交申请")
    expect(county.get_by_text("已申请办结，等待牵头办公室审批")).to_be_visible()
    fits(county)


def grant(lead: Page) -> None:
    follow(lead, "申请审批")
    row(lead, TASK).filter(has_text=COUNTY).get_by_role("link").click()
    expect(lead.get_by_text("各小区均已移交管理。")).to_be_visible()
    lead.get_by_role("button", name="同意办结").click()
    told(lead, "已同意办结")
