"""A task in steps: each return says whether its milestone (节点) is reached, and the percent is reckoned from that."""

from __future__ import annotations

import json
import re
from datetime import date
from typing import Any

import pytest

from tests.integration.progress.test_chain import fields_of
from tests.support.databases import ON_SQLITE
from tests.support.issued import TaskSpec, at, issued
from tests.support.kits import Filled, confirm, down, shown
from tests.support.place import AT, DAY
from tracker.desk.queries.exports import Reader, _ledger_rows
from tracker.errors import DomainError
from tracker.progress import queries, service
from tracker.progress.content import Content
from tracker.progress.milestones import Said
from tracker.progress.queries.milestones import milestones_of
from tracker.progress.queries.passing import passed_of
from tracker.progress.service.passing import pass_down, report_part

TASK, UNIT, COUNTY = "制定管理办法", "市财政局", "望川县"
STEPS = tuple(
    {"text": text, "kind": "date", "date": day, "recurrence": None, "action": action}
    for text, day, action in (
        ("6月底前", "2026-06-30", "完成征求意见"), ("9月底前", "2026-09-30", "提交审议"), ("年底前", "2026-12-31", "印发"),
    )
)  # fmt: skip
SPECS = (
    TaskSpec(TASK, ((UNIT, "lead"), ("市交通运输局", "support")), STEPS),
    TaskSpec("建设服务网点", ((COUNTY, "responsible"),), STEPS),
)
REACHED, LATER = Said(reached=True), Said(False, date(2026, 10, 15))


def json_in(page: str, name: str) -> dict[str, Any]:
    """What a page gives its scripts."""
    found = re.search(rf'<script type="application/json" id="{name}">(.*?)</script>', page, re.DOTALL)
    assert found
    return json.loads(found[1])


@pytest.fixture
def plan(place, writing):
    with writing():
        made = issued(place, SPECS)
        for task, unit, who in ((TASK, UNIT, "reporter"), ("建设服务网点", COUNTY, "county_reporter")):
            service.sign(made.assignment(task, unit).id, by=made.viewer(who), at=AT)
        return made


@pytest.fixture
def steps(plan, reading):
    """The three reports of the finance bureau."""
    with reading():
        return [one.id for one in plan.obligations(TASK, UNIT)]


def accepted(plan, obligation, said, *, problems="", setback=""):
    """A report that was handed in, approved and accepted."""
    content = Content("已开展。", problems, milestones=said, setback=setback)
    version = service.hand_in(obligation, content=content, by=plan.viewer("reporter"), at=AT)
    service.approve(version.id, by=plan.viewer("reviewer"), at=at(DAY, 11))
    return service.accept(version.id, by=plan.viewer("lead"), at=at(DAY, 12))


def newest(obligation):
    return queries.versions(obligation, inside=True)[0]


def test_the_form_asks_whether_it_is_reached_and_when_it_will_be(plan, steps, sign_in_as, reading):
    reporter, path = sign_in_as("reporter"), f"/obligations/{steps[0]}/report"
    page = reporter.get(path)
    assert 'name="percent"' not in page.text
    typed = {**fields_of(page), "done": "已形成初稿。"}
    answers = (({}, "是否已达成"), ({f"reached_{steps[0]}": "no"}, "预计达成日期"),
               ({f"expected_{steps[0]}": "2026-06-30"}, "晚于该节点的期限"),
               ({f"expected_{steps[0]}": "2026-08-15"}, "写明原因"))  # fmt: skip
    for more, said in answers:
        typed |= more
        refused = reporter.post(path, data=typed)
        assert refused.status_code == 422
        assert said in refused.text
        typed |= fields_of(refused)
    assert reporter.post(path, data=typed | {"problems": "意见分歧较大。"}).status_code == 302
    with reading():
        version = newest(steps[0])
        assert (version.state, version.percent, version.of_milestones) == ("own_review", 0, (0, 3))
        assert version.says(steps[0]) == Said(False, date(2026, 8, 15))
    assert "未达成，预计 2026-08-15 达成" in sign_in_as("reviewer").get(f"/reviews/{version.id}").text


def test_the_percent_is_the_share_of_those_reached(plan, steps, writing, reading):
    with writing():
        accepted(plan, steps[0], {steps[0]: LATER}, problems="意见分歧较大。")
    with writing():
        accepted(plan, steps[1], {steps[1]: REACHED, steps[0]: REACHED})
    with reading():
        version = newest(steps[1])
        assert (version.percent, version.of_milestones) == (66, (2, 3))
        assert plan.assignment(TASK, UNIT).percent == 66
        mine = milestones_of([plan.assignment(TASK, UNIT).id])[plan.assignment(TASK, UNIT).id]
        assert [one.standing(date(2026, 11, 1)) for one in mine] == ["reached", "reached", "ahead"]
    with writing():
        accepted(plan, steps[2], {steps[2]: REACHED})
        assert plan.assignment(TASK, UNIT).percent == 100


def test_an_earlier_one_may_be_expected_before_the_date_of_this_report(plan, steps, writing, reading):
    """Of September's report, made in July: June's is a month late, and comes in August."""
    with writing():
        accepted(plan, steps[0], {steps[0]: LATER}, problems="意见分歧较大。")
    august = Said(False, date(2026, 8, 20))
    with writing():
        accepted(plan, steps[1], {steps[1]: REACHED, steps[0]: august}, problems="还有一家没有回函。")
    with reading():
        assert newest(steps[1]).says(steps[0]) == august


def test_what_was_reached_and_is_not_any_more_is_explained(plan, steps, writing, reading):
    with writing():
        accepted(plan, steps[0], {steps[0]: REACHED})
    said = {steps[1]: REACHED, steps[0]: LATER}
    with pytest.raises(DomainError) as refused, writing():
        accepted(plan, steps[1], said, problems="重新征求意见。")
    assert refused.value.field == "setback"
    with writing():
        accepted(plan, steps[1], said, problems="重新征求意见。", setback="审议要求重新征求意见。")
    with reading():
        assert newest(steps[1]).setback == "审议要求重新征求意见。"
        assert plan.assignment(TASK, UNIT).percent == 33


@ON_SQLITE
def test_what_was_typed_is_kept_and_nothing_is_the_same_as_last_time(plan, steps, writing, reading, sign_in_as):
    with writing():
        accepted(plan, steps[0], {steps[0]: REACHED})
    reporter, path = sign_in_as("reporter"), f"/obligations/{steps[1]}/report"
    page = reporter.get(path)
    assert "没有变化，直接提交" not in page.text
    assert "本期要报告节点是否达成" in reporter.post(path, data=fields_of(page) | {"same": "1"}).text
    typed = {f"reached_{steps[1]}": "no", f"expected_{steps[1]}": "十月", f"reached_{steps[0]}": "yes", "editor": "e"}
    told = reporter.post(f"{path.removesuffix('/report')}/draft", data=typed)
    assert "预计达成日期" in told.get_json()["message"]
    with reading():
        draft = newest(steps[1])
        assert (draft.says(steps[1]), draft.says(steps[0]), draft.percent) == (Said(reached=False), REACHED, 33)


@ON_SQLITE
def test_what_was_said_last_is_there_for_the_script_that_fills_the_form(plan, steps, writing, sign_in_as):
    with writing():
        accepted(plan, steps[0], {steps[0]: LATER}, problems="意见分歧较大。")
    with writing():
        accepted(plan, steps[1], {steps[1]: REACHED, steps[0]: LATER}, problems="意见分歧较大。")
    last = json_in(sign_in_as("reporter").get(f"/obligations/{steps[2]}/report").text, "last-return")
    said = {name: value for name, value in last.items() if name.startswith(("reached_", "expected_"))}
    assert said == {
        f"reached_{steps[0]}": "no", f"expected_{steps[0]}": "2026-10-15", f"reached_{steps[1]}": "yes",
        f"expected_{steps[1]}": "",
    }  # fmt: skip
    assert (last["done"], last["percent"]) == ("已开展。", "33")


@ON_SQLITE
def test_versions_side_by_side_and_the_pages_that_show_them(plan, steps, writing, reading, sign_in_as, clock_stands):
    with writing():
        content = Content("已形成初稿。", "意见分歧较大。", milestones={steps[0]: LATER})
        first = service.hand_in(steps[0], content=content, by=plan.viewer("reporter"), at=AT)
        service.send_back_own(first.id, reason="请核对。", by=plan.viewer("reviewer"), at=at(DAY, 11))
        again = Content("已征求意见。", milestones={steps[0]: REACHED})
        second = service.hand_in(steps[0], content=again, by=plan.viewer("reporter"), at=at(DAY, 12)).id
    with reading():
        new, old = queries.versions(steps[0], inside=True)
        assert queries.compared(old, new).milestones == {steps[0]: (LATER, REACHED)}
    page = sign_in_as("reviewer").get(f"/reviews/{second}").text
    assert "<del>未达成，预计 2026-10-15 达成</del> <ins>已达成</ins>" in page
    assert "3 个节点中已达成 1 个" in page
    with writing():
        service.approve(second, by=plan.viewer("reviewer"), at=at(DAY, 13))
        service.accept(second, by=plan.viewer("lead"), at=at(DAY, 14))
    clock_stands.move_to(at(date(2026, 10, 8)))
    with reading():
        task = plan.assignment(TASK, UNIT).id
    shown_to_leader = sign_in_as("leader").get(f"/assignments/{task}").text
    assert [word in shown_to_leader for word in ("✓ 已达成", "■ 逾期未达成", "○ 未到期")] == [True] * 3


@ON_SQLITE
def test_many_at_once_and_offline(plan, steps, writing, reading, sign_in_as):
    reporter = sign_in_as("reporter")
    page = reporter.get("/assignments/reports?due=all")
    row = f"row{steps[0]}-"
    assert f'name="{row}percent"' not in page.text
    typed = {**fields_of(page), "row": steps[0], "chosen": steps[0], "hand_in": "1", f"{row}done": "已征求意见。"}
    assert "是否已达成" in reporter.post("/assignments/reports?due=all", data=typed).text
    kit = Filled(down(reporter, plan.place.units[UNIT], due="all"))
    for header, value in (
        ("本期完成情况", "已征求意见。"),
        ("节点1是否达成", "未达成"),
        ("节点1预计达成日期", "2026/8/5"),
    ):
        kit.fill(TASK, header, value, due="2026-06-30")
    url, told = shown(reporter, kit.saved())
    assert "未达成" in told
    confirm(reporter, url, told)
    with reading():
        draft = newest(steps[0])
        assert (draft.state, draft.says(steps[0])) == ("draft", Said(False, date(2026, 8, 5)))
    kit.fill(TASK, "节点1是否达成", "快了", due="2026-06-30")
    assert "请选“已达成”或“未达成”。" in shown(reporter, kit.saved())[1]


@ON_SQLITE
@pytest.mark.parametrize("reached", [None, "已达成", "快了"])
def test_a_day_expected_of_what_is_not_said_to_be_missed_is_told_and_not_written(
    reached, plan, steps, sign_in_as, reading
):
    reporter = sign_in_as("reporter")
    kit = Filled(down(reporter, plan.place.units[UNIT], due="all"))
    for header, value in (
        ("本期完成情况", "在办。"),
        ("节点1是否达成", reached),
        ("节点1预计达成日期", "2026-08-05"),
    ):
        kit.fill(TASK, header, value, due="2026-06-30")
    url, told = shown(reporter, kit.saved())
    assert "没有选“未达成”，这个日期不写入。" in told
    assert "2026-08-05" not in told.partition("将写入草稿")[2].partition("</table>")[0]
    assert confirm(reporter, url, told).status_code == 302
    with reading():
        assert newest(steps[0]).says(steps[0]) == (REACHED if reached == "已达成" else None)


@ON_SQLITE
def test_what_a_kit_changes_is_shown_in_the_order_of_its_row(plan, steps, writing, sign_in_as):
    with writing():
        accepted(plan, steps[0], {steps[0]: REACHED})
    reporter = sign_in_as("reporter")
    kit = Filled(down(reporter, plan.place.units[UNIT], due="all"))
    filled = (
        ("本期完成情况", "已提交审议。"), ("节点1是否达成", "未达成"), ("节点1预计达成日期", "2026/10/20"),
        ("节点2是否达成", "未达成"), ("节点2预计达成日期", "2026/10/15"), ("存在问题", "意见分歧较大。"),
    )  # fmt: skip
    for header, value in filled:
        kit.fill(TASK, header, value, due="2026-09-30")
    _url, told = shown(reporter, kit.saved())
    cells = re.findall(r"<strong>(.*?)</strong>", told.partition("将写入草稿")[2])
    own, before = "9月底前提交审议（2026-09-30 前）", "6月底前完成征求意见（2026-06-30 前）"
    assert cells == [
        "本期完成情况", own, f"{own}（预计达成日期）", before, f"{before}（预计达成日期）", "存在问题",
    ]  # fmt: skip


def test_a_county_begins_with_what_its_offices_have_reached_together(plan, writing, reading, sign_in_as):
    with writing():
        owed = plan.obligations("建设服务网点", COUNTY)[0]
        office = plan.place.units["望川县财政局"]
        county = plan.viewer("county_reporter")
        pass_down(owed.assignment_id, [office], "报送建设情况。", 5, by=county, at=AT)
        passed = passed_of(owed.assignment_id)[0].id
        for said, field in ((None, "reached_"), (Said(reached=False), "expected_")):
            content = Content("在建。", "缺场地。", milestones={owed.id: said})
            with pytest.raises(DomainError) as refused:
                report_part(passed, owed.id, content, version=0, editor="e", by=county, at=AT)
            assert refused.value.field == f"{field}{owed.id}"
        content = Content("在建。", "缺场地。", milestones={owed.id: LATER})
        report_part(passed, owed.id, content, version=0, editor="e", by=county, at=AT)
        number = owed.id
    page = sign_in_as("county_reporter").get(f"/obligations/{number}/report").text
    assert f'value="{LATER.expected_on}"' in page
    assert "未达成，预计 2026-10-15 达成" in page


@ON_SQLITE
def test_the_lead_unit_takes_over_what_all_have_reached(plan, steps, writing, sign_in_as):
    with writing():
        theirs = plan.obligations(TASK, "市交通运输局")[0]
        service.sign(theirs.assignment_id, by=plan.viewer("other_reporter"), at=AT)
        content = Content("已反馈意见。", milestones={theirs.id: REACHED})
        one = service.hand_in(theirs.id, content=content, by=plan.viewer("other_reporter"), at=AT)
        service.approve(one.id, by=plan.viewer("other_reviewer"), at=AT)
    taken = json_in(sign_in_as("reporter").get(f"/obligations/{steps[0]}/report").text, "takeover")
    milestone = taken["figures"][f"reached_{steps[0]}"]
    assert (milestone["value"], milestone["taken"]) == ("yes", "本节点按各单位报送填入：已达成")


@ON_SQLITE
def test_the_ledger_says_them(plan, steps, writing, reading):
    with writing():
        accepted(plan, steps[0], {steps[0]: REACHED})
    with reading():
        found = queries.ledger_rows(plan.plan_id, today=DAY)
        rows = list(_ledger_rows(found, Reader(None, DAY, AT)))
        assert "已开展。6月底前完成征求意见：已达成" in [one.done for one in rows]


def _shown(page):
    """The words of a page, without its tags."""
    return " ".join(re.sub(r"<[^>]+>", " ", page.text.split("<main")[1]).split())


@ON_SQLITE
def test_the_queue_says_what_is_reached_and_what_is_expected_when(
    plan, steps, writing, reading, sign_in_as, statements
):
    reviewer, lead = sign_in_as("reviewer"), sign_in_as("lead")
    with writing():
        accepted(plan, steps[0], {steps[0]: LATER}, problems="意见分歧较大。")
        content = Content("已提交。", "意见分歧较大。", milestones={steps[1]: REACHED, steps[0]: LATER})
        version = service.hand_in(steps[1], content=content, by=plan.viewer("reporter"), at=AT).id
    said = "9月底前提交审议 ✓ 已达成 ○ 6月底前完成征求意见：未达成， 预计 2026-10-15 33% 3 个节点中已达成 1 个"
    assert said in _shown(reviewer.get("/reviews"))
    with writing():
        service.approve(version, by=plan.viewer("reviewer"), at=at(DAY, 11))
        theirs = plan.obligations(TASK, "市交通运输局")[0]
        service.sign(theirs.assignment_id, by=plan.viewer("other_reporter"), at=AT)
        theirs = theirs.id
    with reading(), statements() as few:
        assert len(queries.check_queue(plan.viewer("lead")).rows) == 1
    with writing():
        content = Content("未形成意见。", "意见分歧较大。", milestones={theirs: LATER})
        one = service.hand_in(theirs, content=content, by=plan.viewer("other_reporter"), at=AT)
        service.approve(one.id, by=plan.viewer("other_reviewer"), at=at(DAY, 11))
    with reading(), statements() as many:
        assert len(queries.check_queue(plan.viewer("lead")).rows) == 2
    both = _shown(lead.get("/checks"))
    assert said in both
    assert "6月底前完成征求意见 ○ 未达成， 预计 2026-10-15 0% 3 个节点中已达成 0 个" in both
    assert len(many) == len(few)


@ON_SQLITE
def test_the_tasks_page_says_which_unit_has_reached_what(plan, steps, writing, reading, sign_in_as):
    with writing():
        accepted(plan, steps[0], {steps[0]: LATER}, problems="意见分歧较大。")
        task = plan.assignment(TASK, UNIT).task_id
    page = _shown(sign_in_as("lead").get(f"/tasks/{task}"))
    assert "0% 3 个节点中已达成 0 个" in page
    first, second, third = (page.index(f"{one['text']}{one['action']} 期限 {one['date']}") for one in STEPS)
    assert f"○ 未到期 {UNIT} （预计 2026-10-15） 、 市交通运输局" in page[first:second]
    assert second < third
    assert f"○ 未到期 {UNIT}、 市交通运输局" in page[third:]
    own = _shown(sign_in_as("other_reporter").get(f"/tasks/{task}"))
    assert f"{UNIT} （" not in own, "how far others are is not the unit's to see"
    assert "节点" in own
    with writing():
        accepted(plan, steps[1], {steps[1]: REACHED, steps[0]: REACHED})
    page = _shown(sign_in_as("lead").get(f"/tasks/{task}"))
    assert "66% 3 个节点中已达成 2 个" in page
    assert f"✓ 已达成 {UNIT} ○ 未到期 市交通运输局" in page


@ON_SQLITE
def test_a_task_told_by_percent_says_nothing_of_milestones(place, writing, sign_in_as):
    with writing():
        made = issued(place, [TaskSpec("修订目录", ((UNIT, "lead"),), STEPS[:1])])
        task = made.assignment("修订目录", UNIT).task_id
    assert "节点" not in _shown(sign_in_as("lead").get(f"/tasks/{task}"))
