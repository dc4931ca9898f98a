"""Changing the time limits of a task (调整完成时限): seen before it is done, only what lies ahead moves, units are told."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import func, select

from imports.phrases.deadlines import parse_time_cell
from tests.support.breakdown import fields_of
from tests.support.databases import ON_BOTH, ON_SQLITE
from tests.support.issued import at
from tests.support.place import AT, DAY
from tracker.audit.queries import verify_chain
from tracker.db import session
from tracker.drafts.bodies import deadline_json
from tracker.plans.models import TaskText
from tracker.progress import service
from tracker.progress.models import Obligation, ObligationSummary
from tracker.progress.obligations import obligations
from tracker.progress.printed import Phrase
from tracker.progress.queries.calendar import workdays

TASK = "压减审批时限"


@pytest.fixture
def url(plan) -> str:
    return f"/tasks/{plan.tasks[TASK]}/dates"


def dates(plan, unit="市财政局", task=TASK) -> list[tuple[date, str]]:
    return [(one.due_on, one.state) for one in plan.obligations(task, unit) if one.state != "cancelled"]


def counted(day: date) -> int:
    """Open reports due that day, as dashboards count them."""
    statement = select(func.sum(ObligationSummary.n)).where(ObligationSummary.due_on == day)
    return session.scalar(statement.where(ObligationSummary.state == "open")) or 0


def typed(client, url, words, reason="市政府专题会议要求提前。"):
    return client.post(url, data={**fields_of(client.get(url).text, url), "words": words, "reason": reason})


def confirmed(client, url, words, reason="市政府专题会议要求提前。"):
    page = typed(client, url, words, reason)
    return client.post(url, data={**fields_of(page.text, url), "confirm": "1"})


@ON_BOTH
def test_it_is_seen_first_and_done_then(plan, url, sign_in_as, reading):
    lead = sign_in_as("lead")
    seen = typed(lead, url, "每季度末月10日前")
    assert seen.status_code == 200
    assert "2026-03-20 → 2026-03-10" in seen.text
    with reading():
        assert dates(plan)[0] == (date(2026, 3, 20), "open")  # nothing is written by looking
    assert lead.post(url, data={**fields_of(seen.text, url), "confirm": "1"}).status_code == 302
    days = [date(2026, month, 10) for month in (3, 6, 9, 12)]
    with reading():
        assert [day for day, _state in dates(plan)] == days
        assert [day for day, _state in dates(plan, "市交通运输局")] == days
        assert session.get_one(TaskText, plan.tasks[TASK]).deadlines[0]["text"] == "每季度末月10日前"
        assert (counted(date(2026, 3, 20)), counted(date(2026, 3, 10))) == (0, 2)
        assert verify_chain().broken_at is None
    desk = sign_in_as("reporter").get("/").text
    assert "2026-03-20→2026-03-10" in desk
    assert "市政府专题会议要求提前" in desk
    assert "2026-03-20→2026-03-10" not in sign_in_as("county_reporter").get("/").text


def test_what_was_due_or_reported_stays(plan, url, sign_in_as, writing, reading, clock_stands):
    with writing():
        first = plan.obligations(TASK, "市财政局")[0]
        service.sign(first.assignment_id, by=plan.viewer("reporter"), at=AT)
    clock_stands.move_to(AT + timedelta(days=60))  # 1 May: March was due and is overdue
    confirmed(sign_in_as("lead"), url, "6月底前\n11月底前")
    with reading():
        assert dates(plan) == [
            (date(2026, 3, 20), "open"), (date(2026, 6, 30), "open"), (date(2026, 11, 30), "open"),
        ]  # fmt: skip


def test_a_granted_extension_stays(plan, url, sign_in_as, writing, reading):
    with writing():
        one = plan.obligations(TASK, "市财政局")[0]
        first_id = one.id
        service.sign(one.assignment_id, by=plan.viewer("reporter"), at=AT)
        wish = service.Wish("待上级印发。", "已完成征求意见。", until=date(2026, 4, 10))
        asked = service.ask_for("extension", one.id, wish, by=plan.viewer("reviewer"), at=at(DAY)).id
        service.grant_request(asked, until=date(2026, 4, 10), note="", by=plan.viewer("lead"), at=at(DAY, 12))
    confirmed(sign_in_as("lead"), url, "每季度末月25日前")
    with reading():
        first = session.get_one(Obligation, first_id)
        assert (first.due_on, first.original_due_on) == (date(2026, 4, 10), date(2026, 3, 25))


@ON_BOTH
def test_what_changed_since_it_was_seen_is_not_done(plan, url, sign_in_as, reading):
    lead = sign_in_as("lead")
    mine = fields_of(typed(lead, url, "每季度末月10日前").text, url)
    assert confirmed(lead, url, "9月底前").status_code == 302
    late = lead.post(url, data={**mine, "confirm": "1"})
    assert late.status_code == 409
    assert "请核对下面的影响后再确认" in late.text
    assert "每季度末月10日前</textarea>" in late.text
    with reading():
        assert dates(plan) == [(date(2026, 9, 30), "open")]


def test_words_typed_after_looking_are_looked_at_first(plan, url, sign_in_as, reading):
    lead = sign_in_as("lead")
    mine = fields_of(typed(lead, url, "每季度末月10日前").text, url)
    answer = lead.post(url, data={**mine, "words": "9月底前", "confirm": "1"})
    assert answer.status_code == 409
    assert "2026-09-30" in answer.text
    with reading():
        assert dates(plan)[0] == (date(2026, 3, 20), "open")


@pytest.mark.parametrize(
    ("words", "reason", "said"),
    [
        ("尽量快一些", "会议要求。", "没有读出时限"),
        ("9月底前", " ", "请写明调整理由"),
        ("", "会议要求。", "请填写时限"),
        ("每季度末月20日前", "会议要求。", "时限没有变化"),
    ],
)
@ON_SQLITE
def test_what_cannot_be_done_is_told(plan, url, sign_in_as, words, reason, said):
    answer = confirmed(sign_in_as("lead"), url, words, reason)
    assert answer.status_code == 422
    assert said in answer.text


def test_what_is_not_read_is_told_before(plan, url, sign_in_as):
    assert "“汛期前”没有读成日期或周期" in typed(sign_in_as("lead"), url, "9月底前\n汛期前").text


@pytest.mark.parametrize("who", ["leader", "reporter", "reviewer", "evaluator"])
@ON_SQLITE
def test_it_is_for_the_lead_office(plan, url, sign_in_as, who):
    assert sign_in_as(who).get(url).status_code == 404
    assert "调整时限" not in sign_in_as(who).get(f"/tasks/{plan.tasks[TASK]}").text


@ON_SQLITE
def test_words_of_no_time_are_told_when_they_are_looked_at(plan, url, sign_in_as):
    looked = typed(sign_in_as("lead"), url, "尽快")
    assert looked.status_code == 422
    assert "没有读出时限" in looked.text


@pytest.mark.parametrize(
    "words",
    ["6月25日前（原每季度末月20日前）", "由每季度末月20日前调整为6月25日前", "由原定的6月20日推迟到6月25日", "原6月底前，现延期至6月25日",
     "由6月底前改为6月25日前完成"],
)  # fmt: skip
def test_what_it_was_before_is_no_time_limit(plan, url, sign_in_as, reading, words):
    """People type a change as letters say it."""
    assert confirmed(sign_in_as("lead"), url, words).status_code == 302
    with reading():
        assert dates(plan) == [(date(2026, 6, 25), "open")]


def test_a_unit_whose_dates_stay_is_told_the_new_words(plan, url, sign_in_as):
    assert confirmed(sign_in_as("lead"), url, "每季末月20日前").status_code == 302
    desk = sign_in_as("reporter").get("/").text
    assert "完成时限 每季末月20日前" in desk


def test_a_request_that_waits_stands_with_the_date_as_it_is_now(plan, url, sign_in_as, writing):
    with writing():
        one = plan.obligations(TASK, "市财政局")[0]
        service.sign(one.assignment_id, by=plan.viewer("reporter"), at=AT)
        wish = service.Wish("待上级印发。", "已完成征求意见。", until=date(2026, 3, 24))
        asked = service.ask_for("extension", one.id, wish, by=plan.viewer("reviewer"), at=at(DAY)).id
    lead = sign_in_as("lead")
    confirmed(lead, url, "每季度末月27日前")
    shown = lead.get(f"/requests/{asked}").text
    assert "2026-03-27" in shown.partition("现期限")[2].partition("申请延期至")[0]


@pytest.mark.parametrize(
    ("printed", "day"),
    [("4月、7月、10月15日前", date(2026, 4, 15)), ("3、6、9、12月的25日前", date(2026, 3, 25)), ("每月1日、15日", date(2026, 3, 15)),
     ("每周一、周四报送", date(2026, 3, 5)), ("上、下半年各召开一次会议", date(2026, 6, 30)), ("每年6月、12月20日前", date(2026, 6, 20)),
     ("每月25日前报送（8月提前至20日前）", date(2026, 8, 20))],
)  # fmt: skip
def test_what_is_in_force_stays_beside_a_line_that_is_added(plan, url, sign_in_as, writing, reading, printed, day):
    """Of several that share their words each stands on a line of its own, and means what it meant."""
    with writing():
        text = session.get_one(TaskText, plan.tasks[TASK])
        text.deadlines = [deadline_json(one) for one in parse_time_cell(printed, 2026)]
    lead = sign_in_as("lead")
    words = fields_of(lead.get(url).text, url)["words"]
    confirmed(lead, url, f"{words}\n2026年11月18日前")
    with reading():
        before = [one.due for one in _owed(plan, printed)]
        after = [one for one, state in dates(plan) if state == "open"]
        assert day in before
        assert after == sorted({*(one for one in before if one > DAY), date(2026, 11, 18)})


def _owed(plan, printed):
    phrases = [
        Phrase(one.text, one.kind, one.date, one.recurrence, one.action) for one in parse_time_cell(printed, 2026)
    ]
    return obligations(phrases, year=2026, workdays=workdays())
