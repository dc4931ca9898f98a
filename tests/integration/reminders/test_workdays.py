"""Reminders go out on workdays (工作日): what would fall on a day off is told before it, or after it, and once."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from tests.integration.progress.conftest import plan
from tests.integration.reminders.conftest import remind
from tests.integration.reminders.test_outages import away
from tests.integration.reminders.test_rounds import told
from tests.support.breakdown import fields_of
from tests.support.databases import ON_SQLITE
from tests.support.issued import at, reported
from tracker.clock import day_of
from tracker.db import session
from tracker.plans.models import Plan
from tracker.progress import service
from tracker.progress.models import Obligation
from tracker.progress.service.calendar import import_calendar
from tracker.reminders.models import ReminderRound, ReminderSending
from tracker.reminders.service.slips import SlipFacts, issue_slips

__all__ = ["away", "plan"]
"""Fixtures of other files that hold here too; the plan is as it is adopted, not one that reminds every day."""

FRIDAY, SATURDAY, SUNDAY, MONDAY = (date(2026, 3, day) for day in (20, 21, 22, 23))
"""A report is due on that Friday."""


def days(first, last):
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]


def due(plan, day):
    """Puts the date of the report to another day."""
    held = session.get_one(Obligation, plan.obligations("压减审批时限", "市财政局")[0].id)
    service.counting.change([held], due_on=day)


def rounds():
    return list(session.scalars(select(ReminderRound.day).order_by(ReminderRound.day)))


def mine():
    """Day → what the reporter was told, of days that told them anything."""
    return {day: told(day)["reporter"] for day in rounds() if "reporter" in told(day)}


def test_a_weekend_has_no_round_and_monday_tells_what_it_would_have(plan, look, reading):
    for day in days(date(2026, 3, 9), date(2026, 3, 30)):
        look(day)
    with reading():
        assert {day.isoweekday() for day in rounds()} == {1, 2, 3, 4, 5}
        assert mine() == {
            date(2026, 3, 13): {"near": 1}, FRIDAY: {"due": 1}, MONDAY: {"late": 1}, date(2026, 3, 27): {"again": 1},
        }  # fmt: skip


def test_what_is_due_on_a_day_off_is_told_on_the_last_workday_before(plan, look, reading, writing, sign_in_as):
    with writing():
        due(plan, SUNDAY)
    for day in days(date(2026, 3, 9), date(2026, 3, 24)):
        look(day)
    with reading():
        assert mine() == {date(2026, 3, 13): {"near": 1}, FRIDAY: {"due_off": 1}, MONDAY: {"late": 1}}
    assert "▲ 休息日到期 1 项" in sign_in_as("reporter").get("/notices/daily").text


def test_a_make_up_saturday_is_a_workday_and_a_weekday_holiday_is_none(plan, look, reading, writing):
    lines = "2026-03-20\t休\t某节\n2026-03-21\t班\t某节"
    with writing():
        import_calendar(lines, source="测试", by=plan.viewer("admin"), at=at(date(2026, 3, 2)))
    for day in days(date(2026, 3, 12), MONDAY):
        look(day)
    with reading():
        assert FRIDAY not in rounds()
        assert mine() == {
            date(2026, 3, 13): {"near": 1}, date(2026, 3, 19): {"due_off": 1}, SATURDAY: {"late": 1},
        }  # fmt: skip


def test_a_slip_is_told_of_on_workdays(plan, look, reading, writing):
    look(FRIDAY)
    with writing():
        late = plan.obligations("压减审批时限", "市财政局")[0].id
        facts = SlipFacts("云督", "yellow", "逾期未报。", "三日内报送。", date(2026, 3, 29))
        issue_slips([late], facts, seen=0, by=plan.viewer("lead"), at=at(SATURDAY))
    for day in days(SATURDAY, date(2026, 3, 31)):
        look(day)
    with reading():
        kinds = {day: [key for key in counts if "slip" in key] for day, counts in mine().items()}
    assert {day: one for day, one in kinds.items() if one} == {
        MONDAY: ["slip"], date(2026, 3, 27): ["slip"], date(2026, 3, 30): ["slip_late"],
    }  # fmt: skip


def test_a_plan_may_remind_every_day_and_the_others_do_not_hear_of_it_twice(plan, look, reading, writing):
    """The rounds of its weekends tell nothing of plans that keep to workdays, and take nothing from their Mondays."""
    for day in (date(2026, 3, 19), FRIDAY):
        look(day)
    with writing():
        other = session.get_one(Plan, plan.plan_id)
        session.add(
            Plan(
                name="每天提醒的计划", year=2026, owner_unit_id=other.owner_unit_id, state="issued", adopted_at=other.adopted_at,
                document_title="每天", policy={"reminds": "every_day"},
            )
        )  # fmt: skip
    for day in days(SATURDAY, date(2026, 3, 24)):
        look(day)
    with reading():
        assert {SATURDAY, SUNDAY, MONDAY} <= set(rounds())
        assert mine() == {FRIDAY: {"due": 1}, MONDAY: {"late": 1}}


def test_a_plan_of_every_day_tells_on_the_day_itself(plan, look, reading, writing):
    with writing():
        remind(plan, "every_day")
    for day in days(FRIDAY, MONDAY):
        look(day)
    with reading():
        assert mine() == {FRIDAY: {"due": 1}, SATURDAY: {"late": 1}}


def test_what_was_refused_on_friday_is_in_mondays_digest_and_not_sent_on_saturday(by_letter, look, away):
    away(by_letter, FRIDAY, start=17, tries=2)
    for day in (SATURDAY, SUNDAY):
        look(day, 8)
        look(day, 12)
    assert by_letter.sent == []
    look(MONDAY)
    look(MONDAY, 12)
    ((_channel, _key, text),) = by_letter.sent
    assert "【落实】2026-03-23 任务提醒：■ 逾期 1 项" in text


def test_what_somebody_sends_again_goes_out_on_a_day_off(by_letter, look, away, sign_in_as, clock_stands, reading):
    away(by_letter, FRIDAY)
    clock_stands.move_to(at(SATURDAY, 10))
    with reading():
        number = session.scalars(select(ReminderSending.id)).one()
    assert sign_in_as("lead").post(f"/reminders/{number}/again").status_code == 302
    look(SATURDAY, 11)
    assert len(by_letter.sent) == 1


def test_what_was_reported_over_the_weekend_is_mentioned_to_nobody(plan, look, reading, writing):
    look(FRIDAY)
    with writing():
        reported(plan, plan.obligations("压减审批时限", "市财政局")[0].id, day=SUNDAY)
    look(MONDAY)
    with reading():
        assert "reporter" not in told(MONDAY)


@ON_SQLITE
def test_the_lead_office_says_on_which_days_a_plan_reminds(plan, sign_in_as, reading):
    lead, url = sign_in_as("lead"), f"/plans/{plan.plan_id}/lights/general"
    assert "工作日（遇休息日提前或顺延）" in lead.get(f"/plans/{plan.plan_id}").text
    said = fields_of(lead.get(url).text, url)
    assert said["reminds"] == "workdays"
    assert lead.post(url, data={**said, "reminds": "every_day"}).status_code == 302
    with reading():
        assert session.get_one(Plan, plan.plan_id).policy["reminds"] == "every_day"
        assert session.get_one(Plan, plan.plan_id).policy["near_days"] == 7
    assert "每天" in lead.get(f"/plans/{plan.plan_id}").text


def test_the_round_by_hand_says_that_it_is_a_day_off(plan, app, clock_stands):
    clock_stands.move_to(at(SATURDAY, 10))
    assert day_of(at(SATURDAY, 10)) == SATURDAY
    assert "休息日不提醒" in app.test_cli_runner().invoke(args=["reminders", "round"]).output


@pytest.mark.parametrize("missing", [FRIDAY, date(2026, 3, 19)])
def test_a_workday_without_a_worker_is_made_up_for(plan, look, reading, writing, missing):
    with writing():
        due(plan, SUNDAY)
    for day in days(date(2026, 3, 16), MONDAY):
        if day != missing:
            look(day)
    with reading():
        kinds = [kind for counts in mine().values() for kind in counts]
    assert kinds == (["late"] if missing == FRIDAY else ["due_off", "late"])
