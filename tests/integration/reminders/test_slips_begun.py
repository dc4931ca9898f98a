"""A slip begins where its reason is: the ledger, a task, the rules of lights; with what was answered already beside it."""

from __future__ import annotations

import io
import re
from datetime import date

import docx
import pytest

from tests.support.breakdown import fields_of
from tests.support.issued import at, reported
from tests.support.place import AT, DAY
from tracker.progress import service
from tracker.progress.service.questions import Ask, ask, say
from tracker.reminders.queries.slips import slip_view, slips
from tracker.reminders.queries.subjects import due_slips

TASK, UNIT, OTHER = "压减审批时限", "市财政局", "市交通运输局"
LATE, AUTUMN = date(2026, 3, 25), date(2026, 9, 25)
"""One report of each of two departments is overdue; three of each, and one of each county."""


@pytest.fixture
def lead(plan, clock_stands, sign_in_as):
    clock_stands.move_to(at(LATE))
    return sign_in_as("lead")


def send(lead, url, **changes: object):
    form = fields_of(lead.get(url).text, url)
    return lead.post(url, data={**form, **changes})


def go_by(plan, lead, rules):
    """The plan's lead office chooses a rule set of lights."""
    url = f"/plans/{plan.plan_id}/lights"
    assert lead.post(url, data={**fields_of(lead.get(url).text, url), "lights": rules}).status_code == 302


def issued(plan):
    return {row.unit: [one.task for one in slip_view(row.id, plan.viewer("lead"), AUTUMN).items]
            for row in slips(plan.viewer("lead"), AUTUMN)}  # fmt: skip


def test_the_ledger_as_it_is_filtered_gives_a_slip_to_each_unit(plan, sign_in_as, clock_stands, reading):
    clock_stands.move_to(at(AUTUMN))
    lead = sign_in_as("lead")
    way = re.search(r'href="(/slips/new/several\?[^"]+)"', lead.get("/work?text=压减").text)[1].replace("&amp;", "&")
    page = lead.get(way).text
    assert "每个单位一份" in page
    assert "望川县" not in page, "another task, which the filter leaves out"
    assert "已发出督办单 2 份：云督〔2026〕1号 至 云督〔2026〕2号" in lead.get(send(lead, way).location).text
    with reading():
        assert issued(plan) == {UNIT: [f"1 {TASK}"] * 3, OTHER: [f"1 {TASK}"] * 3}
    for who in ("leader", "reporter"):
        assert "/slips/new" not in sign_in_as(who).get("/work").text


def test_a_ledger_without_anything_overdue_begins_none(lead):
    assert "/slips/new" not in lead.get("/work?light=done").text
    assert "没有可督办的事项" in lead.get("/slips/new/several?text=没有这项").text


def test_a_task_begins_a_slip_about_its_own_reports(plan, lead, reading):
    with reading():
        task = plan.assignment(TASK, UNIT).id
    way = re.search(r'href="(/slips/new/\d+\?report=\d+)"', lead.get(f"/assignments/{task}").text)[1]
    send(lead, way)
    with reading():
        assert issued(plan) == {UNIT: [f"1 {TASK}"]}


def test_what_was_answered_stands_beside_the_item_before_it_is_sent(plan, writing, sign_in_as, clock_stands):
    with writing():
        one = plan.obligations(TASK, UNIT)[0].id
        version = reported(plan, one)
        asked = ask(one, Ask("check", "为什么只完成四成？", DAY), by=plan.viewer("lead"), at=AT).id
        say(asked, "answer", "系统改造延后。", by=plan.viewer("reporter"), at=AT)
        service.send_back(version, reason="请补报。", by=plan.viewer("lead"), at=AT)
    clock_stands.move_to(at(LATE))
    lead, way = sign_in_as("lead"), f"/slips/new/{plan.place.units[UNIT]}"
    page = lead.get(way).text
    assert "1 项事项单位已经答复过" in page
    assert f'href="/questions/{asked}"' in page
    assert "系统改造延后。" in page
    first = send(lead, way).location
    assert "已经答复过" not in lead.get(f"/slips/new/{plan.place.units[OTHER]}").text
    unit = sign_in_as("reporter")
    unit.post(f"{first}/reply", data={**fields_of(unit.get(first).text, f"{first}/reply"), "reply": "月底前补报。"})
    assert "月底前补报。" in lead.get(way).text


def test_a_double_click_issues_one_slip_and_says_so(plan, lead, reading):
    url = f"/slips/new/{plan.place.units[UNIT]}"
    typed = fields_of(lead.get(url).text, url)
    assert lead.post(url, data=typed).status_code == 302
    again = lead.post(url, data=typed)
    assert "刚刚已开督办单 云督〔2026〕1号" in again.text
    with reading():
        assert len(slips(plan.viewer("lead"), LATE)) == 1
    assert lead.post(url, data=fields_of(again.text, url)).status_code == 302, "who has read it may issue another"


def test_the_rules_of_lights_say_what_is_due_and_one_click_begins_it(plan, lead, reading):
    assert "应发督办单" not in lead.get("/slips").text, "the general rules ask for none"
    go_by(plan, lead, "sanming")
    assert "按亮灯规则应发督办单 2 份" in lead.get("/slips").text
    page = lead.get("/slips/new").text
    way = f"/slips/new/{plan.place.units[UNIT]}?colour=blue"
    assert f'href="{way}"' in page
    send(lead, way)
    with reading():
        assert [(one.unit, one.colour, one.items) for one in due_slips(plan.viewer("lead"), LATE)] == [
            (OTHER, "blue", 1)
        ]
        later = due_slips(plan.viewer("lead"), date(2026, 3, 30))
        assert [(one.unit, one.colour) for one in later] == [(UNIT, "yellow"), (OTHER, "yellow")], "graver by now"
        assert due_slips(plan.viewer("other_reporter"), LATE) == []


def test_a_slip_bears_the_colour_as_its_rule_set_calls_it(plan, lead, clock_stands, sign_in_as):
    """三明 goes from blue by orange to red; there is no yellow in it."""
    go_by(plan, lead, "sanming")
    clock_stands.move_to(at(date(2026, 3, 30)))
    lead, way = sign_in_as("lead"), f"/slips/new/{plan.place.units[UNIT]}?colour=yellow"
    assert "橙色（警告）" in lead.get("/slips/new").text
    page = lead.get(way).text
    assert re.search(r"<option selected[^>]*>橙色（警告）", page)
    assert "黄色" not in page
    made = send(lead, way).location
    words = [lead.get(one).text for one in (made, "/slips")]
    words.append(
        "\n".join(one.text for one in docx.Document(io.BytesIO(lead.get(f"{made}/slip.docx").data)).paragraphs)
    )
    assert all("橙色（警告）" in one and "黄色" not in one for one in words)


def test_a_slip_begun_by_hand_begins_where_the_rule_set_does(plan, clock_stands, sign_in_as):
    """Nothing is chosen, since everything stands on a slip already: 宿迁 begins with red once a date has passed."""
    clock_stands.move_to(at(LATE))
    lead, way = sign_in_as("lead"), f"/slips/new/{plan.place.units[UNIT]}"
    for rules, begins in (("general", "蓝色"), ("sanming", "蓝色"), ("suqian", "红色")):
        go_by(plan, lead, rules)
        assert re.search(rf"<option selected[^>]*>{begins}", lead.get(way).text), rules
        if rules == "general":
            send(lead, way)


def test_a_rule_may_want_a_slip_before_the_date(plan, clock_stands, sign_in_as):
    clock_stands.move_to(at(date(2026, 3, 18)))
    lead, way = sign_in_as("lead"), f"/slips/new/{plan.place.units[UNIT]}?colour=blue"
    go_by(plan, lead, "suqian")
    page = lead.get(way).text
    assert "以下事项临近期限" in page
    made = send(lead, way).location
    cells = docx.Document(io.BytesIO(lead.get(f"{made}/slip.docx").data)).tables[0].rows[1].cells
    assert [cell.text for cell in cells][2:] == ["2026-03-20", "–"]


def test_a_circular_is_drafted_of_what_is_overdue(plan, lead):
    address = f"/slips/circulars/{plan.plan_id}.docx"
    assert address not in lead.get("/slips/new").text, "the rules want none"
    go_by(plan, lead, "ouhai")
    assert f'href="{address}"' in lead.get("/slips/new").text
    made = docx.Document(io.BytesIO(lead.get(address).data))
    assert "2个单位共2项报送逾期" in "\n".join(one.text for one in made.paragraphs)
    assert [cell.text for cell in made.tables[0].rows[1].cells][1:] == [UNIT, f"1 {TASK}", "2026-03-20", "5"]


def test_a_circular_is_written_by_command(app, plan, clock_stands, tmp_path):
    clock_stands.move_to(at(LATE))
    runner, out = app.test_cli_runner(), tmp_path / "circular.docx"
    assert "circular     通报  (--plan)" in runner.invoke(args=["reports", "list"]).output
    name, export = "2026年营商环境任务分解表", ["reports", "export", "circular", "--out", str(out)]
    assert runner.invoke(args=[*export, "--plan", name]).exit_code == 0
    made = docx.Document(str(out))
    assert "2个单位共2项报送逾期" in "\n".join(one.text for one in made.paragraphs)
    assert len(made.tables[0].rows) == 3
    for asked, words in (([], "请选择计划。"), (["--plan", "没有的计划"], "没有这个计划或评分。")):
        refused = runner.invoke(args=[*export, *asked])
        assert (refused.exit_code, words in refused.output) == (2, True), refused.output


def test_a_circular_of_a_plan_in_which_nothing_is_overdue_says_so(app, plan, clock_stands, tmp_path):
    clock_stands.move_to(at(date(2026, 3, 18)))
    out = tmp_path / "circular.docx"
    args = ["reports", "export", "circular", "--plan", "2026年营商环境任务分解表", "--out", str(out)]
    assert app.test_cli_runner().invoke(args=args).exit_code == 0
    made = docx.Document(str(out))
    assert "截至2026年3月18日，没有逾期未报的事项。" in [one.text for one in made.paragraphs]
    assert made.tables == []


def excuse(plan) -> int:
    """The lead office finds just cause (正当理由) for what is overdue of one of the two; returns the report's id."""
    one = plan.obligations(TASK, UNIT)[0].id
    service.sign(plan.assignment(TASK, UNIT).id, by=plan.viewer("reporter"), at=AT)
    wish = service.Wish("上级系统停机，无法取数。")
    asked = service.ask_for("waiver", one, wish, by=plan.viewer("reporter"), at=at(LATE))
    service.grant_request(asked.id, note="属实。", by=plan.viewer("lead"), at=at(LATE, 11))
    return one


@pytest.fixture
def excused(plan, writing, clock_stands):
    clock_stands.move_to(at(LATE))
    with writing():
        return excuse(plan)


def test_what_was_excused_says_so_and_is_not_chosen_before_anybody_looks(plan, excused, sign_in_as):
    lead = sign_in_as("lead")
    page = lead.get(f"/slips/new/{plan.place.units[UNIT]}").text
    assert "已认定免责" in page
    assert re.search(rf'<input[^>]*value="{excused}"[^>]*>', page)[0].count("checked") == 0
    several = lead.get("/slips/new/several?light=overdue").text
    assert several.count("已认定免责") == 1
    assert len(re.findall(r'<input(?=[^>]*name="reports")(?=[^>]* checked)[^>]*>', several)) == 1, "the other unit's"


def test_the_rules_ask_for_no_slip_about_what_was_excused(plan, excused, sign_in_as, reading):
    lead = sign_in_as("lead")
    go_by(plan, lead, "sanming")
    with reading():
        assert [one.unit for one in due_slips(plan.viewer("lead"), LATE)] == [OTHER]


def test_a_slip_says_which_of_its_items_were_excused(plan, lead, writing, sign_in_as):
    """Asked and granted after it went out: who answers it, and who waits for the answer, should know."""
    url = f"/slips/new/{plan.place.units[UNIT]}"
    slip = send(lead, url).location
    assert "已认定免责" not in lead.get(slip).text
    with writing():
        excuse(plan)
    for who in ("lead", "reporter"):
        assert "已认定免责" in sign_in_as(who).get(slip).text
