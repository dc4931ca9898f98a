"""The daily round: who is told what, once."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from tests.integration.reminders.conftest import Killed, kill
from tests.support.issued import at, reported
from tracker.accounts.models import Person
from tracker.db import session
from tracker.plans.models import Plan
from tracker.progress import service
from tracker.reminders.models import ReminderNotice, ReminderRound
from tracker.reminders.service import rounds

NEAR, DUE, LATE = date(2026, 3, 13), date(2026, 3, 20), date(2026, 3, 21)


def told(day):
    """User name → what they were told on a day."""
    rows = session.execute(
        select(Person.username, ReminderNotice.counts)
        .join(Person, Person.id == ReminderNotice.person_id)
        .where(ReminderNotice.day == day)
        .order_by(Person.username)
    )
    return {row.username: row.counts for row in rows}


def test_those_who_report_are_told_before_on_and_after_the_date(plan, look, reading):
    for day in (NEAR, date(2026, 3, 14), DUE, LATE, date(2026, 3, 28)):
        look(day)
    reporters = {"reporter", "other_reporter"}
    everybody = {*reporters, "reviewer", "other_reviewer", "second_reviewer"}
    with reading():
        assert told(NEAR) == {name: {"near": 1} for name in reporters}
        assert told(date(2026, 3, 14)) == {}
        assert told(DUE) == {name: {"due": 1} for name in reporters}
        assert told(LATE) == {name: {"late": 1} for name in everybody}
        assert told(date(2026, 3, 28)) == {name: {"again": 1} for name in everybody}


def test_a_day_has_one_round_and_the_night_none(plan, look, reading):
    look(date(2026, 3, 12), 18)
    look(date(2026, 3, 12), 23)
    with reading():
        assert session.scalars(select(ReminderRound.day)).all() == []
    look(NEAR, 8)
    look(NEAR, 17)
    with reading():
        assert session.scalars(select(ReminderRound.day)).all() == [NEAR]
        assert len(told(NEAR)) == 2


def test_what_a_day_without_a_worker_would_have_told_is_told_the_next(plan, look, reading):
    look(date(2026, 3, 10))
    look(date(2026, 3, 23))
    with reading():
        assert told(date(2026, 3, 23))["reporter"] == {"late": 1}
        assert session.get_one(ReminderRound, date(2026, 3, 23)).since == date(2026, 3, 10)


def test_a_worker_killed_within_the_round_leaves_nothing_and_the_next_one_makes_it(plan, look, reading, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr(rounds, "record", kill)
        with pytest.raises(Killed):
            look(NEAR)
    with reading():
        assert told(NEAR) == {}
    look(NEAR)
    with reading():
        assert len(told(NEAR)) == 2


def test_what_waits_for_the_reviewer_is_the_reporters_no_more(plan, look, reading, writing):
    with writing():
        first = plan.obligations("压减审批时限", "市财政局")[0]
        reported(plan, first.id, day=date(2026, 3, 12), reviewer=None)
    look(LATE)
    with reading():
        assert {"reviewer", "other_reporter"} <= told(LATE).keys()
        assert "reporter" not in told(LATE)


def test_on_the_day_itself_the_reviewer_is_told_of_what_only_they_can_send(plan, look, reading, writing):
    """The general rules tell the reporter alone of what is near or due; their part is done."""
    with writing():
        first = plan.obligations("压减审批时限", "市财政局")[0]
        reported(plan, first.id, day=date(2026, 3, 12), reviewer=None)
    look(DUE)
    with reading():
        assert told(DUE) == {name: {"due": 1} for name in ("other_reporter", "reviewer", "second_reviewer")}


def test_what_was_handed_in_is_mentioned_to_nobody(plan, look, reading, writing):
    with writing():
        first = plan.obligations("压减审批时限", "市财政局")[0]
        reported(plan, first.id, day=date(2026, 3, 12))
    look(DUE)
    with reading():
        assert told(DUE).keys() == {"other_reporter"}


def test_the_rule_set_says_who_else_is_told(plan, look, reading, writing):
    with writing():
        found = session.get_one(Plan, plan.plan_id)
        found.policy = {**found.policy, "lights": "ouhai"}
    look(DUE)
    look(LATE)
    with reading():
        assert {"lead", "second_lead", "leader", "reviewer"} <= told(LATE).keys()
        assert told(LATE)["lead"] == {"late": 2}
        assert "lead" not in told(DUE)


def test_what_was_sent_back_is_told_where_the_rules_say_so(plan, look, reading, writing):
    """宿迁: 退办待重报 is a light of its own, with those who are told of it."""
    june = date(2026, 6, 2)
    with writing():
        found = session.get_one(Plan, plan.plan_id)
        found.policy = {**found.policy, "lights": "suqian"}
    look(june)
    with writing():
        second = plan.obligations("压减审批时限", "市财政局")[1]
        version = reported(plan, second.id, day=june)
        service.send_back(version, reason="请补充台账。", by=plan.viewer("lead"), at=at(june, 15))
    look(june + timedelta(days=1))
    look(june + timedelta(days=2))
    with reading():
        unit = {"reporter", "reviewer", "second_reviewer"}
        mine = {who: n for who, n in told(june + timedelta(days=1)).items() if "sent_back" in n}
        assert mine == {who: {"sent_back": 1} for who in unit}
        assert told(june + timedelta(days=2)).keys() & unit == set()


def test_the_general_rules_tell_nobody_of_what_was_sent_back(plan, look, reading, writing):
    june = date(2026, 6, 2)
    look(june)
    with writing():
        version = reported(plan, plan.obligations("压减审批时限", "市财政局")[1].id, day=june)
        service.send_back(version, reason="请补充台账。", by=plan.viewer("lead"), at=at(june, 15))
    look(june + timedelta(days=1))
    with reading():
        assert not [n for n in told(june + timedelta(days=1)).values() if "sent_back" in n]


def test_what_was_excused_is_not_told_higher_up(plan, look, reading, writing):
    """三明: a graver light, and those who are told with it, only where there is no just cause (正当理由)."""
    with writing():
        found = session.get_one(Plan, plan.plan_id)
        found.policy = {**found.policy, "lights": "sanming"}
        plan.obligations("压减审批时限", "市财政局")[0].excuse = "waived"
    look(LATE)
    for _day in range(21):
        look(LATE + timedelta(days=_day + 1))
    orange, red, week = (LATE + timedelta(days=days) for days in (9, 16, 20))
    with reading():
        assert told(LATE)["reporter"] == told(LATE)["other_reporter"] == {"late": 1}
        assert told(orange)["lead"] == told(red)["lead"] == told(red)["leader"] == {"late": 1}, "the other unit's alone"
        assert not {"reporter", "reviewer"} & (told(orange).keys() | told(red).keys())
        assert told(week)["reporter"] == {"again": 1}, "it is to be reported all the same"
        assert told(week)["leader"] == {"again": 1}


def test_whose_account_is_stopped_is_not_told(plan, look, reading, writing):
    with writing():
        session.scalars(select(Person).where(Person.username == "county_reporter")).one().is_active = False
    look(date(2026, 6, 30))
    with reading():
        assert [one.due_on for one in plan.obligations("公开办事指南", "望川县")] == [date(2026, 6, 30)]
        assert "county_reporter" not in told(date(2026, 6, 30))


def test_the_desk_says_how_many_are_unread_until_they_are_read(plan, look, sign_in_as):
    look(NEAR)
    reporter = sign_in_as("reporter")
    assert "查看通知，未读 1 条" in reporter.get("/").text
    page = reporter.get("/notices/daily").text
    assert "▲ 临期 1 项" in page
    assert "压减审批时限" in page
    assert reporter.post("/notices/daily/read").status_code == 302
    assert "未读 1 条" not in reporter.get("/").text
    assert "已阅" in reporter.get("/notices/daily").text
    assert "还没有通知" in sign_in_as("evaluator").get("/notices/daily").text


def test_the_round_by_hand_says_what_it_did(plan, app, clock_stands):
    clock_stands.move_to("2026-03-13 02:00+00:00")
    runner = app.test_cli_runner()
    assert "已提醒 2 人，对外发送 0 条" in runner.invoke(args=["reminders", "round"]).output
    assert "没有重复" in runner.invoke(args=["reminders", "round"]).output
