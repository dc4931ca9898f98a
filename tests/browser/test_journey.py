"""The main job as people do it, from a printed table to the score sheet that leads back to its cells."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import pytest
from playwright.sync_api import FilePayload, Page, expect

from tests.browser.steps import importing, reporting, scoring, seeing
from tests.browser.steps.hands import follow, row
from tests.browser.steps.reporting import Told
from tests.shared import SHARED
from tests.support.server import City, Server, flask, serve

UNIT = "云岫市教育局"
SCHEME = "走查考核方案"
MARKED = "考核组评议"
MARKS = [Decimal("6.5"), Decimal(7), Decimal("5.25")]
PAPER: FilePayload = {"name": "目录.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.4\n%%EOF\n"}
TABLE: FilePayload = {"name": "统计表.csv", "mimeType": "text/csv", "buffer": "次数,天数\n12,31.5\n".encode()}


@dataclass(frozen=True)
class Walk:
    """What is particular to a document: how it reads, and what the people of the city make of it."""

    document: Path
    year: str
    """Of the plan where it is not the document's own; one that has passed, so that everything is due on any day."""
    plan: str
    tasks: int
    linked: tuple[int, str]
    """A task, and a place of the source that belongs to it."""
    shifted: dict[int, str]
    """Tasks whose printed heading belongs to the row before, with the right one."""
    above: str
    """The heading over these."""
    unknown: int
    """Expressions that the directory does not know."""
    match: Callable[[Page], None]
    units: int
    """How many units take part, the one that takes over what was handed back among them."""
    to_sign: int
    """How many tasks wait for UNIT."""
    task: str
    """What UNIT reports on, with a target."""
    target: str
    figure: str
    place: str
    """Where that task stands in the document, as pages say it."""
    handed_back: str


def match_linyi(page: Page) -> None:
    """Every way of resolving an expression, one after the other; nothing can be adopted before the last."""
    importing.expands_to(page, "各县区政府", 9)
    importing.accept_certain(page)
    importing.take_proposal(page, "市地方金融监管局", "云岫市地方金融管理局")
    importing.create_unit(page, "市扶贫办", "政府部门")
    importing.pick_unit(page, "市城乡建设服务中心", "市住房和城乡", "云岫市住房和城乡建设局")
    importing.not_for_anybody(page, "市委编办", "党委机构，不在本平台报送。")
    importing.nobody_further(page, "等有关部门、单位")
    importing.choose_members(page, "等有关部门单位", also=("云岫市应急管理局", "云岫市统计局"))
    importing.waiting(page, 1)
    importing.cannot_adopt(page)
    page.get_by_role("link", name="2 匹配单位").click()
    importing.choose_members(page, "市政府有关部门、单位", without=("云岫市融媒体中心",))


def match_yunxiu(page: Page) -> None:
    importing.expands_to(page, "各县区政府", 9)
    importing.nobody_further(page, "等有关部门、单位")


LINYI = Walk(
    document=(SHARED or Path()) / "seeds/002_29ae012ea45e5e0c.txt",
    year="",
    plan="2020年政务公开要点落实",
    tasks=39,
    linked=(37, "line 131"),
    shifted={37: "加强组织领导", 38: "完善制度规范", 39: "强化监督评价"},
    above="强化组织保障和基础工作",
    unknown=8,
    match=match_linyi,
    units=55,
    to_sign=24,
    task="推进决策公开",
    target="不少于30日",
    figure="31.5",
    place="第 80 行",
    handed_back="做好就业创业政策措施公开",
)
YUNXIU = Walk(
    document=Path(__file__).resolve().parents[1] / "files/documents/yunxiu-flattened.txt",
    year="2025",
    plan="2025年数字政府建设任务",
    tasks=8,
    linked=(6, "line 42"),
    shifted={6: "加强组织保障", 7: "健全管理制度", 8: "抓好监督评估"},
    above="强化组织保障",
    unknown=1,
    match=match_yunxiu,
    units=54,
    to_sign=5,
    task="推进数据开放",
    target="不少于200个",
    figure="206",
    place="第 30 行",
    handed_back="推进一网通办",
)


@pytest.fixture
def live_server(city: City, tmp_path: Path) -> Iterator[Server]:
    """A city of its own for each walk: what one adds to the directory is none of the other's business."""
    with serve(city, tmp_path / "instance") as server:
        yield server


def test_a_printed_table_becomes_a_score_sheet(open_page, sign_in, live_server, tmp_path):
    """The Linyi table where it is at hand; a bare clone walks the same way with the small table of our own."""
    walk(LINYI if SHARED else YUNXIU, open_page, sign_in, live_server, tmp_path)


def test_a_small_table_of_ones_own_is_issued(page, sign_in):
    sign_in(page, "qiantou")
    import_and_issue(YUNXIU, page)


def walk(
    way: Walk,
    open_page: Callable[[], Page],
    sign_in: Callable[[Page, str], None],
    server: Server,
    folder: Path,
) -> None:
    def somebody(who: str) -> Page:
        page = open_page()
        sign_in(page, who)
        return page

    office, reporter, reviewer, evaluator = map(somebody, ("qiantou", "jiaoyu", "jiaoyu-shenhe", "kaohe"))
    import_and_issue(way, office)
    report(way, office, reporter, reviewer)
    score(way, evaluator)
    explain(way, evaluator)
    publish(somebody("kaohe-fuhe"))
    expect_published(reporter)
    leader = somebody("lingdao")
    see(way, leader)
    take_away(way, leader, server, folder)


def import_and_issue(way: Walk, office: Page) -> None:
    importing.upload(office, way.document, way.year, way.tasks)
    expect(office.locator("#findings")).to_contain_text("疑似整列错位")
    importing.see_both_sides(office, *way.linked)
    importing.cannot_adopt(office)
    office.get_by_role("link", name="1 核对内容").click()
    for number, heading in way.shifted.items():
        importing.correct(office, number, "所属标题", f"{way.above}\n{heading}")
        importing.correct(office, number, "任务名称", heading)
    last = max(way.shifted)
    importing.correct(office, last, "任务名称", "一时手误")
    importing.undo_last(office)
    expect(importing.field_of(importing.card(office, last), "任务名称")).to_contain_text(way.shifted[last])
    expect(office.locator("#draft-status")).to_contain_text("错误 0")
    importing.begin_matching(office, way.unknown)
    way.match(office)
    importing.waiting(office, 0)
    importing.adopt(office, way.plan, "每年")
    importing.issue(office, way.plan)


def report(way: Walk, office: Page, reporter: Page, reviewer: Page) -> None:
    """One task goes back to the lead office; one is reported, sent back, reported anew and accepted."""
    reporting.hand_back(reporter, way.handed_back, "该事项由大数据部门统筹。", "云岭区政府", "云岭区政府办公室")
    reporting.sign_all(reporter, way.plan, way.to_sign - 1)
    first = Told("全年公开征求意见 12 次。", 80, "渠道偏少。", {way.target: way.figure}, (PAPER,))
    reporting.begin_report(reporter, way.task)
    reporting.fill(reporter, first)
    reporting.hand_in(reporter)
    reporting.approve(reviewer, way.task, UNIT)
    reporting.send_back(office, way.task, UNIT, "请附统计表。")
    reporting.begin_report(reporter, way.task)
    expect(reporter.get_by_text("请附统计表。")).to_be_visible()
    expect(reporter.get_by_label("本期完成情况")).to_have_value(first.done)
    reporting.fill(reporter, Told(f"{first.done}统计表见附件。", 100, first.problems, first.figures, (TABLE,)))
    reporting.hand_in(reporter)
    reporting.approve(reviewer, way.task, UNIT)
    reporting.accept(office, way.task, UNIT)
    reporting.rule_on(office, way.handed_back, UNIT, "改派")


def score(way: Walk, evaluator: Page) -> None:
    scoring.begin_scheme(evaluator, SCHEME + way.plan, "重点任务落实考核", way.plan)
    scoring.sums_to(evaluator, "报送质量", "合计 20，与上级一致")
    scoring.set_points(evaluator, "退办扣分", "12.5")
    scoring.sums_to(evaluator, "报送质量", "合计 12.5，还差 7.5")
    scoring.sums_to(evaluator, "总分", "合计 100，与上级一致")
    scoring.add_after(evaluator, "退办扣分", MARKED, "7.5", "评委打分")
    scoring.sums_to(evaluator, "报送质量", "合计 20，与上级一致")
    scoring.adopt_scheme(evaluator, SCHEME + way.plan)
    scoring.enter_marks(evaluator, SCHEME + way.plan, MARKED, MARKS, way.units)
    scoring.run(evaluator, SCHEME + way.plan, way.plan)


def explain(way: Walk, evaluator: Page) -> None:
    """From the total to the indicator, to the return, to the cell of the document."""
    scoring.explained(evaluator, UNIT)
    explanation = evaluator.url
    scoring.open_records(evaluator, "任务完成率")
    record = row(evaluator, way.task).filter(has_text="已核").first
    record.get_by_role("link", name=way.task).click()
    expect(evaluator.get_by_text("统计表见附件。")).to_be_visible()
    expect(evaluator.get_by_role("link", name="统计表.csv")).to_be_visible()
    evaluator.goto(explanation)
    scoring.open_records(evaluator, "任务完成率")
    record.get_by_role("link", name=way.place).click()
    expect(evaluator.get_by_role("region", name="原文").locator(".is-marked")).to_contain_text(way.place)


def publish(second: Page) -> None:
    follow(second, "考核结果")
    second.get_by_role("rowheader").get_by_role("link").first.click()
    scoring.publish(second)


def expect_published(reporter: Page) -> None:
    follow(reporter, "我的得分")
    expect(row(reporter, SCHEME)).to_contain_text(UNIT)


def see(way: Walk, leader: Page) -> None:
    seeing.dashboard(leader, way.plan)
    expect(leader.locator(".tile").get_by_role("link", name=f"{way.tasks} 项任务")).to_be_visible()
    assert seeing.follow_number(leader, "已核") == 1
    expect(row(leader, way.task)).to_contain_text(UNIT)


def take_away(way: Walk, leader: Page, server: Server, folder: Path) -> None:
    """What the workbooks say is what the engine says."""
    printed = json.loads(flask(server.folder, "assess", "show", "--run", "latest", "--json"))["units"]
    sheet = seeing.opened(seeing.export(leader, "考核得分表", SCHEME + way.plan, folder), "考核得分")
    lines = {str(line["单位"]): line for line in seeing.rows_below(sheet, "单位") if line["单位"]}
    assert len(lines) == len(printed) == way.units
    for unit in printed:
        line = lines[unit["name"]]
        assert [line[name] for name in ("名次", "组别", "等次")] == [unit["rank"], unit["group"], unit["grade"]]
        for name, kind in (("基础分", "base"), ("加分", "bonus"), ("扣分", "penalty"), ("总分", "total")):
            shown = Decimal(str(line[name])).quantize(Decimal(unit[kind]), ROUND_HALF_UP)
            assert shown == Decimal(unit[kind]), (unit["name"], name)
    ledger = seeing.opened(seeing.export(leader, "进展台账", way.plan, folder), "进展台账")
    told = [line for line in seeing.rows_below(ledger, "单位") if "统计表见附件。" in str(line["进展情况"])]
    assert [(line["单位"], line["任务"]) for line in told] == [(UNIT, way.task)]
