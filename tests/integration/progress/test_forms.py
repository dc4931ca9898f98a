"""Forms that are refused keep what was typed; two at once are told; and what is sent as a file is judged by its content."""

from __future__ import annotations

import io
import json
import re
from datetime import timedelta

import pytest
from sqlalchemy import func, select, update

from tests.integration.progress.test_chain import fields_of
from tests.support.issued import at, reported
from tests.support.place import AT, DAY
from tracker.audit.models import AuditEntry
from tracker.db import session
from tracker.plans.models import TaskTarget
from tracker.progress import queries, service
from tracker.progress.commands import progress
from tracker.progress.models import Obligation, Return


@pytest.fixture
def signed(plan, writing):
    """The finance bureau's first obligation, signed for."""
    with writing():
        one = plan.obligations("压减审批时限", "市财政局")[0]
        service.sign(one.assignment_id, by=plan.viewer("reporter"), at=AT)
        return one.id


def test_a_refused_form_keeps_text_numbers_and_files(plan, signed, sign_in_as, reading):
    reporter = sign_in_as("reporter")
    path = f"/obligations/{signed}/report"
    typed = {**fields_of(reporter.get(path)), "done": "已完成一半", "percent": "一半", "problems": "缺资金"}
    typed["files"] = [(io.BytesIO(b"%PDF-1.7 a"), "甲.pdf"), (io.BytesIO(b"MZ\x90"), "乙.pdf")]
    answer = reporter.post(path, data=typed)
    assert answer.status_code == 422
    for kept in ("已完成一半", "缺资金", 'value="一半"', "甲.pdf", "程序文件"):
        assert kept in answer.text, kept
    with reading():
        draft = queries.versions(signed, inside=True)[0]
        assert (draft.state, draft.done, draft.problems) == ("draft", "已完成一半", "缺资金")
        assert [one.name for one in draft.files] == ["甲.pdf"]
    again = {**fields_of(answer), "done": "已完成一半", "percent": "50", "problems": "缺资金"}
    assert reporter.post(path, data=again).status_code == 302
    with reading():
        assert queries.versions(signed, inside=True)[0].state == "own_review"


def test_a_figure_is_asked_for_in_the_words_of_the_document(plan, signed, sign_in_as, writing):
    """Of two figures counted in 个 nobody could tell else which is which. One adopted before has its own words only."""
    reporter, path = sign_in_as("reporter"), f"/obligations/{signed}/report"
    assert re.search(r"<label[^>]*>压减30%以上", reporter.get(path).text)
    with writing():
        session.execute(update(TaskTarget).values(text="30%以上", words="审批时限压减30%以上"))
    page = reporter.get(path)
    assert re.search(r"<label[^>]*>审批时限压减30%以上", page.text)
    name = re.search(r'name="(figure_\d+)"', page.text)
    assert name is not None
    typed = {**fields_of(page), "done": "已办。", "percent": "50", name[1]: "12"}
    assert reporter.post(path, data=typed).status_code == 302
    assert re.search(r'<th scope="row">审批时限压减30%以上</th>', reporter.get(f"/obligations/{signed}").text)


def test_nothing_done_is_said_at_its_field(signed, sign_in_as):
    reporter = sign_in_as("reporter")
    path = f"/obligations/{signed}/report"
    answer = reporter.post(path, data={**fields_of(reporter.get(path)), "done": " ", "percent": "101"})
    assert answer.status_code == 422
    assert 'id="done-error"' in answer.text
    assert "0 至 100" in answer.text


def test_what_stands_against_it_is_said_once(plan, signed, writing, sign_in_as):
    """Handing in is tried, and then keeping a draft: both are refused for the same reason."""
    reporter = sign_in_as("reporter")
    path = f"/obligations/{signed}/report"
    page = reporter.get(path)
    with writing():
        reported(plan, signed, reviewer=None)
    answer = reporter.post(path, data={**fields_of(page), "done": "后来写的话", "percent": "50"})
    assert answer.status_code in (409, 422)
    assert "后来写的话" in answer.text
    said = re.findall(r"<li>([^<]+)</li>", answer.text.partition("error-summary")[2].partition("</ul>")[0])
    assert len(said) == len(set(said)) == 1, said


def test_a_date_that_moved_while_the_form_was_open_is_told(plan, signed, writing, sign_in_as):
    """What was typed is handed in all the same, and whoever did so learns of the other date."""
    reporter = sign_in_as("reporter")
    path = f"/obligations/{signed}/report"
    typed = {**fields_of(reporter.get(path)), "done": "已完成一半", "percent": "50"}
    with writing():
        held = session.get(Obligation, signed)
        was, held.due_on = held.due_on, held.due_on + timedelta(days=5)
        now = held.due_on
    sent = reporter.post(path, data=typed)
    assert sent.status_code == 302
    assert f"期限由 {was} 调整为 {now}" in reporter.get(sent.location).text


def test_autosave_answers(signed, sign_in_as, reading):
    one, two = sign_in_as("reporter"), sign_in_as("reporter")
    url = f"/obligations/{signed}/draft"
    first = fields_of(one.get(f"/obligations/{signed}/report"))
    second = fields_of(two.get(f"/obligations/{signed}/report"))
    saved = one.post(url, data={**first, "done": "甲", "percent": "x"})
    assert saved.status_code == 200
    assert "完成百分比" in saved.json["message"]
    lost = one.post(url, data={**first, "done": "甲乙"})
    assert lost.status_code == 200, "the same page goes on though its last answer was lost"
    other = two.post(url, data={**second, "done": "丙"})
    assert other.status_code == 409
    assert "保存过" in other.json["message"]
    page = two.post(f"/obligations/{signed}/report", data={**second, "done": "丙", "percent": "5"})
    assert page.status_code == 409
    assert ">丙</textarea>" in page.text.replace("\r\n", "").replace("\n", "")
    with reading():
        assert queries.versions(signed, inside=True)[0].done == "甲乙"
    assert (
        two.post(f"/obligations/{signed}/report", data={**fields_of(page), "done": "丙", "percent": "5"}).status_code
        == 302
    )


def test_what_another_window_saved_is_shown_before_it_is_written_over(signed, sign_in_as):
    one, two = sign_in_as("reporter"), sign_in_as("reporter")
    path = f"/obligations/{signed}/report"
    first, second = fields_of(one.get(path)), fields_of(two.get(path))
    kept = {**first, "done": "已建三条线\r\n还差一条", "problems": "缺资金", "percent": "40", "draft": "1"}
    assert one.post(path, data=kept).status_code == 302
    page = two.post(path, data={**second, "done": "已建三条线\r\n还差一条", "problems": "", "percent": "55"})
    assert page.status_code == 409
    shown = page.text.partition('id="saved"')[2].partition("</section>")[0]
    assert "缺资金" in shown
    assert "40" in shown
    assert "还差一条" not in shown  # the same in both: nothing is lost of it


def test_removing_a_file_keeps_the_text(signed, sign_in_as, reading):
    reporter = sign_in_as("reporter")
    hidden = fields_of(reporter.get(f"/obligations/{signed}/report"))
    sent = reporter.post(
        f"/obligations/{signed}/evidence", data={"file": (io.BytesIO(b"%PDF-1"), "甲.pdf"), "editor": hidden["editor"]}
    )
    typed = {
        **hidden,
        "version": str(sent.json["version"]),
        "done": "写到这里",
        "percent": "3",
        "remove": sent.json["id"],
    }
    assert reporter.post(f"/obligations/{signed}/report", data=typed).status_code == 302
    with reading():
        draft = queries.versions(signed, inside=True)[0]
        assert (draft.done, draft.files) == ("写到这里", ())
    assert reporter.post(f"/obligations/{signed}/evidence", data={}).status_code == 422
    bad = reporter.post(f"/obligations/{signed}/evidence", data={"file": (io.BytesIO(b"<html>"), "x.pdf")})
    assert bad.status_code == 422
    assert "网页" in bad.json["message"]


def test_two_checkers_one_wins_and_the_other_is_told(plan, writing, sign_in_as, reading):
    with writing():
        version = reported(plan, plan.obligations("压减审批时限", "市财政局")[0].id)
    one, two = sign_in_as("lead"), sign_in_as("second_lead")
    first, second = fields_of(one.get(f"/checks/{version}")), fields_of(two.get(f"/checks/{version}"))
    assert one.post(f"/checks/{version}", data={**first, "decision": "pass"}).status_code == 302
    told = two.post(f"/checks/{version}", data={**second, "decision": "back", "reason": "请补充数据"})
    assert told.status_code == 409
    assert "林牵头" in told.text
    assert "已核收" in told.text
    assert "请补充数据" in told.text, "and keeps what they wrote"
    with reading():
        assert session.get(Return, version).state == "accepted"


def test_a_double_click_of_a_check_decides_once_and_leads_on(plan, writing, sign_in_as, reading):
    """What the second click asks for is done: whoever checks many would stand before an error of their own making."""
    with writing():
        one, two = (reported(plan, each.id) for each in plan.obligations("压减审批时限", "市财政局")[:2])
    lead = sign_in_as("lead")
    page = fields_of(lead.get(f"/checks/{one}"))
    twice = [lead.post(f"/checks/{one}", data={**page, "decision": "pass"}) for _click in range(2)]
    assert [answer.headers.get("Location") for answer in twice] == [f"/checks/{two}"] * 2
    other = lead.post(f"/checks/{one}", data={**page, "decision": "back", "reason": "请补充数据"})
    assert other.status_code == 409, "the opposite is not what was done"
    page = fields_of(lead.get(f"/checks/{two}"))
    back = {**page, "decision": "back", "reason": "请补充数据"}
    assert [lead.post(f"/checks/{two}", data=back).status_code for _click in range(2)] == [302, 302]
    assert lead.post(f"/checks/{two}", data={**back, "reason": "另一理由"}).status_code == 409, "it would be lost"
    with reading():
        assert session.scalar(select(func.count()).where(AuditEntry.action.in_(("核收", "退办")))) == 2


def test_a_double_click_of_a_review_decides_once_and_leads_on(plan, writing, sign_in_as):
    with writing():
        version = reported(plan, plan.obligations("压减审批时限", "市财政局")[0].id, reviewer=None)
    reviewer = sign_in_as("reviewer")
    page = {**fields_of(reviewer.get(f"/reviews/{version}")), "decision": "pass"}
    twice = [reviewer.post(f"/reviews/{version}", data=page) for _click in range(2)]
    assert [answer.headers.get("Location") for answer in twice] == ["/reviews"] * 2


def test_what_changed_since_it_was_looked_at_is_not_decided(plan, writing, sign_in_as):
    with writing():
        version = reported(plan, plan.obligations("压减审批时限", "市财政局")[0].id, reviewer=None)
    reviewer = sign_in_as("reviewer")
    stale = {**fields_of(reviewer.get(f"/reviews/{version}")), "version": "0", "decision": "pass"}
    assert reviewer.post(f"/reviews/{version}", data=stale).status_code == 409


def test_handing_back_through_the_pages(plan, sign_in_as, reading):
    with reading():
        mine = plan.assignment("压减审批时限", "市财政局").id
    reporter, lead = sign_in_as("reporter"), sign_in_as("lead")
    assert reporter.post(f"/assignments/{mine}/hand-back", data={"reason": ""}).status_code == 422
    form = fields_of(reporter.get(f"/assignments/{mine}/hand-back"))
    unit = str(plan.place.units["临溪县"])
    assert (
        reporter.post(
            f"/assignments/{mine}/hand-back", data={**form, "reason": "非本单位职责", "proposed_unit": unit}
        ).status_code
        == 302
    )
    assert "非本单位职责" in lead.get("/hand-backs").text
    page = lead.get("/hand-backs/1")
    assert "退回单位建议改派给“临溪县”" in page.text
    assert 'name="unit" type="text" value="临溪县"' in page.text, "the proposed unit is chosen beforehand"
    for other in (
        "市财政局",
        "云岫市",
        "市交通运输局",
    ):  # who handed back, the city itself, who carries the task already
        answer = lead.post("/hand-backs/1", data={**fields_of(page), "decision": "move", "unit": other})
        assert f"这里不能选“{other}”" in answer.text
        assert answer.status_code == 422
    assert lead.post("/hand-backs/1", data={**fields_of(page), "decision": "keep", "reason": ""}).status_code == 422
    assert lead.post("/hand-backs/1", data={**fields_of(page), "decision": "move", "unit": unit}).status_code == 302
    late = lead.post("/hand-backs/1", data={**fields_of(page), "decision": "keep", "reason": "本就是你局职责。"})
    assert (late.status_code, "您的操作没有执行" in late.text, "本就是你局职责。" in late.text) == (409, True, True)
    assert "已改派" in lead.get("/hand-backs").text
    assert lead.get("/hand-backs/1").status_code == 200
    with reading():
        assert session.scalar(select(Obligation.state).where(Obligation.assignment_id == mine).limit(1)) == "cancelled"


def test_the_calendar_page(plan, sign_in_as):
    admin = sign_in_as("admin")
    assert "还没有节假日安排" in admin.get("/calendar").text
    bad = admin.post("/calendar", data={"source": "通知", "lines": "元旦放假三天"})
    assert bad.status_code == 422
    assert "元旦放假三天" in bad.text
    assert admin.post("/calendar", data={"source": "通知", "lines": "2027-01-01,休,元旦"}).status_code == 302
    assert "元旦" in admin.get("/calendar?year=2027").text
    assert sign_in_as("reporter").get("/calendar").status_code == 404


def test_late_arrivals_are_marked(plan, writing, sign_in_as, clock_stands):
    with writing():
        one = plan.obligations("公开办事指南", "望川县")[0].id
        day = DAY.replace(month=7, day=2)
        reported(plan, one, day=day, reporter="county_reporter", reviewer="county_reviewer")
    clock_stands.move_to(at(DAY.replace(month=7, day=3)))
    assert "逾期报送" in sign_in_as("lead").get("/checks").text
    assert "逾期报送" in sign_in_as("leader").get("/work").text


class TestCommands:
    def run(self, app, *arguments: str):
        return app.test_cli_runner().invoke(progress, arguments)

    def test_json_is_all_there_is_on_stdout(self, app):
        done = self.run(app, "obligations", "每季度末月20日前", "--year", "2026", "--json")
        assert done.exit_code == 0
        assert [one["due"] for one in json.loads(done.stdout)] == [
            "2026-03-20",
            "2026-06-20",
            "2026-09-20",
            "2026-12-20",
        ]
        assert all(one.keys() == {"due", "kind", "text"} for one in json.loads(done.stdout))

    def test_rolling_works_before_the_calendar_is_loaded(self, app):
        arguments = ("obligations", "2026年5月1日前", "--year", "2026", "--roll", "next", "--json")
        assert json.loads(self.run(app, *arguments).stdout)[0]["due"] == "2026-05-06"
        assert self.run(app, "seed-calendar").exit_code == 0
        assert json.loads(self.run(app, *arguments).stdout)[0]["due"] == "2026-05-06"

    def test_bad_input_is_one_line_and_exit_2(self, app):
        for arguments in (
            (" ", "--year", "2026"),
            ("6月底前", "--year", "2026", "--from", "2026-05-01", "--to", "2026-04-01"),
            ("6月底前",),
            ("6月底前", "--year", "二〇二六"),
            ("6月底前", "--year", "26"),
            ("6月底前", "--year", "2026", "--from", "2026-02-30"),
            ("6月底前", "--year", "2026", "--to", "明天"),
            ("6月底前", "--year", "2026", "--roll", "later"),
            ("2月30日前", "--year", "2026"),
            ("每年6月31日前", "--year", "2026"),
        ):
            done = self.run(app, "obligations", *arguments)
            assert done.exit_code == 2
            assert done.stdout == ""
            assert done.stderr.count("\n") == 1

    def test_a_span_counts_from_the_day_of_the_document(self, app):
        arguments = ("obligations", "印发后30日内", "--year", "2026", "--json")
        assert json.loads(self.run(app, *arguments, "--issued", "2026-03-02").stdout)[0]["due"] == "2026-04-01"
        assert json.loads(self.run(app, *arguments, "--from", "2026-03-02").stdout)[0]["due"] == "2026-04-01"
        unknown = self.run(app, *arguments)
        assert len(json.loads(unknown.stdout)) == 4
        assert "--issued" in unknown.stderr
        worked = self.run(app, "obligations", "20个工作日内", "--year", "2026", "--issued", "2026-09-21", "--json")
        assert json.loads(worked.stdout)[0]["due"] == "2026-10-26", "seven days off and two made up"

    def test_what_has_no_date_of_its_own_is_named(self, app):
        for text in ("汛期前", "会后3日内"):
            told = self.run(
                app, "obligations", f"6月底前，{text}", "--year", "2026", "--issued", "2026-03-02", "--json"
            )
            assert [one["due"] for one in json.loads(told.stdout)] == ["2026-06-30"]
            assert f"“{text}”没有确定的日期" in told.stderr

    def test_which_feast_is_meant_is_said(self, app):
        told = self.run(app, "obligations", "春节前完成", "--year", "2026", "--json")
        assert [one["due"] for one in json.loads(told.stdout)] == ["2026-02-14"]
        assert "“春节前”按 2026-02-17 的春节推算为 2026-02-14" in told.stderr
        later = self.run(app, "obligations", "春节前完成", "--year", "2026", "--issued", "2026-03-10", "--json")
        assert [one["due"] for one in json.loads(later.stdout)] == ["2027-02-05"]
        assert "2027 年没有工作日历" in later.stderr

    def test_what_is_told_from_the_day_of_writing_asks_for_it(self, app):
        told = self.run(app, "obligations", "下周五前", "--year", "2026", "--json")
        assert len(json.loads(told.stdout)) == 4
        assert "“下周五前”从印发之日起算:请用 --issued" in told.stderr
        known = self.run(app, "obligations", "下周五前", "--year", "2026", "--issued", "2026-04-08", "--json")
        assert [one["due"] for one in json.loads(known.stdout)] == ["2026-04-17"]
        assert known.stderr == ""

    @pytest.mark.parametrize("text", ["每三年", "每学期", "每日"])
    def test_what_comes_again_on_no_day_that_is_known_is_named(self, app, text):
        told = self.run(app, "obligations", text, "--year", "2026", "--json")
        assert [one["due"] for one in json.loads(told.stdout)] == [
            "2026-03-31",
            "2026-06-30",
            "2026-09-30",
            "2026-12-31",
        ]
        assert f"“{text}”定不出各次的日期" in told.stderr

    @pytest.mark.parametrize(
        ("text", "count", "first"),
        [("每两个月报送一次", 6, "2026-02-28"), ("双月25日前", 6, "2026-02-25"), ("每半月报送一次", 24, "2026-01-15"),
         ("每旬", 36, "2026-01-10"), ("每两周", 26, "2026-01-09"), ("每周五下班前", 52, "2026-01-02")],
    )  # fmt: skip
    def test_rhythms_are_dated_without_a_word_beside(self, app, text, count, first):
        told = self.run(app, "obligations", text, "--year", "2026", "--json")
        rows = json.loads(told.stdout)
        assert (len(rows), rows[0]["due"], {one["kind"] for one in rows}) == (count, first, {"recurring"})
        assert told.stderr == ""

    def test_workdays_of_a_year_without_a_calendar_are_told(self, app):
        told = self.run(app, "obligations", "每月最后一个工作日", "--year", "2030", "--json")
        assert json.loads(told.stdout)[5]["due"] == "2030-06-28"
        assert "2030 年没有工作日历" in told.stderr

    def test_two_dates_keep_their_own_words(self, app):
        done = self.run(app, "obligations", "6月底前出台办法，年底前开展评估", "--year", "2026", "--json")
        assert [(one["due"], one["text"]) for one in json.loads(done.stdout)] == [
            ("2026-06-30", "6月底前出台办法"), ("2026-12-31", "年底前开展评估"),
        ]  # fmt: skip

    def test_words_without_a_date(self, app):
        done = self.run(app, "obligations", "尽快推进", "--year", "2026", "--json")
        assert len(json.loads(done.stdout)) == 4
        assert "没有识别到日期" in done.stderr

    @pytest.mark.parametrize(
        ("text", "said"),
        [
            ("6月底前完成，20号前报送总结", "“20号前报送总结”没有读成日期或周期"),
            ("9月前", "“9月前”按到 2026-09-30 为止计"),
            ("每年汛前完成", "“每年汛前”没有确定的日期"),
        ],
    )
    def test_what_was_not_read_or_may_be_meant_otherwise_is_said(self, app, text, said):
        done = self.run(app, "obligations", text, "--year", "2026", "--json")
        assert done.exit_code == 0
        assert said in done.stderr

    def test_workdays_ahead_of_a_date_are_dated(self, app):
        done = self.run(app, "obligations", "6月30日前5个工作日", "--year", "2026", "--json")
        assert [one["due"] for one in json.loads(done.stdout)] == ["2026-06-23"]
        assert done.stderr == ""


def test_a_double_click_hands_in_once_and_ends_well(signed, sign_in_as, reading):
    reporter, path = sign_in_as("reporter"), f"/obligations/{signed}/report"
    typed = {**fields_of(reporter.get(path)), "done": "已完成一半", "percent": "50"}
    first, second = reporter.post(path, data=typed), reporter.post(path, data=typed)
    assert (first.status_code, second.status_code) == (302, 302)
    assert first.headers["Location"] == second.headers["Location"] == f"/obligations/{signed}"
    changed = reporter.post(path, data={**typed, "done": "又改了"})
    assert changed.status_code in {409, 422}
    assert "又改了" in changed.text, "what is new is not taken for the same"
    with reading():
        assert [one.state for one in queries.versions(signed, inside=True)] == ["own_review"]
        assert session.scalar(select(func.count()).where(AuditEntry.action == "提交本单位审核")) == 1
