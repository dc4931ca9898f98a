"""A unit (责任单位) and its check: signing, handing back, reporting, approving, accepting."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from playwright.sync_api import FilePayload, Page, expect

from tests.browser.steps.hands import follow, pick, row, told, turn_to


@dataclass(frozen=True)
class Told:
    """What a unit tells in a return; `figures` by the words of the target."""

    done: str
    percent: int
    problems: str = ""
    figures: dict[str, str] = field(default_factory=dict)
    evidence: tuple[FilePayload, ...] = ()


def open_mine(page: Page, tab: str, task: str) -> None:
    """Opens a task of one's own unit from a tab of 我的任务."""
    follow(page, "我的任务")
    turn_to(page, "任务状态", tab)
    row(page, task).get_by_role("link", name=task).first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(task)


def hand_back(page: Page, task: str, reason: str, typed: str, proposed: str) -> None:
    """Hands a task back to the lead office, with a reason and whose it should be."""
    open_mine(page, "待签收", task)
    page.get_by_role("link", name="退回", exact=True).click()
    page.get_by_label("退回理由").fill(reason)
    pick(page, "proposed_unit", typed, proposed)
    page.get_by_role("button", name="退回牵头办公室").click()
    expect(page.get_by_text("已退回，等待牵头办公室处理")).to_be_visible()


def sign_all(page: Page, plan: str, waiting: int) -> None:
    """Signs for everything that waits, so many tasks of the plan among it."""
    follow(page, "我的任务")
    turn_to(page, "任务状态", "待签收")
    expect(page.get_by_role("row").filter(has_text=plan).get_by_role("checkbox", checked=True)).to_have_count(waiting)
    page.get_by_role("button", name="签收所选任务").click()
    told(page, "已签收")
    expect(page.get_by_role("navigation", name="任务状态").get_by_role("link", name="待签收")).to_contain_text("0")


def begin_report(page: Page, task: str) -> None:
    open_mine(page, "办理中", task)
    page.locator("#obligations").get_by_role("link", name="报送").or_(
        page.locator("#obligations").get_by_role("link", name="重报")
    ).first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("报送进展")


def begin_last(page: Page) -> None:
    """Opens the form of the last report that is not handed in, empty or begun earlier."""
    follow(page, "我的任务")
    turn_to(page, "任务状态", "办理中")
    page.get_by_role("link", name=re.compile("^(报送|续填|重报)")).last.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("报送进展")


def fill(page: Page, report: Told) -> None:
    """Types a return; files go up as they are chosen, the text saves itself."""
    page.get_by_label("本期完成情况").fill(report.done)
    page.get_by_label("完成百分比").fill(str(report.percent))
    page.get_by_label("存在问题").fill(report.problems)
    for target, figure in report.figures.items():
        page.get_by_role("group", name="目标值完成情况").get_by_label(target).fill(figure)
    saved(page)
    if report.evidence:
        page.get_by_label("佐证材料").set_input_files(list(report.evidence))
    for file in report.evidence:
        expect(page.locator("[data-evidence-list] li").filter(has_text=file["name"])).to_contain_text("已上传")


def saved(page: Page) -> None:
    """The page says that the server has what was typed."""
    expect(page.locator("[data-autosave-status]")).to_contain_text("已保存")


def hand_in(page: Page) -> None:
    page.get_by_role("button", name="提交本单位审核").click()
    told(page, "本单位审核")


def open_queue(page: Page, queue: str, task: str, unit: str) -> None:
    """Opens a return from 本单位审核 or 核验."""
    follow(page, queue)
    row(page, task).filter(has_text=unit).get_by_role("link", name=task).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(task)


def approve(page: Page, task: str, unit: str) -> None:
    open_queue(page, "本单位审核", task, unit)
    page.get_by_role("button", name="审核通过").click()
    told(page, "已审核通过")


def send_back(page: Page, task: str, unit: str, reason: str) -> None:
    """The lead office sends a return back; without a reason it may not."""
    open_queue(page, "核验", task, unit)
    page.get_by_role("button", name="退办", exact=True).click()
    expect(page.get_by_text("请更正以下内容后重新提交")).to_be_visible()
    page.get_by_label("退办理由").fill(reason)
    page.get_by_role("button", name="退办", exact=True).click()
    told(page, "已退办")


def accept(page: Page, task: str, unit: str) -> None:
    open_queue(page, "核验", task, unit)
    page.get_by_role("button", name="核收").click()
    told(page, "已核收")


def rule_on(page: Page, task: str, unit: str, decision: str) -> None:
    """The lead office decides on what a unit handed back."""
    follow(page, "退回处理")
    row(page, task).filter(has_text=unit).get_by_role("link", name=task).click()
    page.get_by_role("radio", name=decision).check()
    page.get_by_role("button", name="确定").click()
    told(page, {"维持": "已维持原单位", "改派": "已改派", "撤销": "已撤销"}[decision[:2]])
