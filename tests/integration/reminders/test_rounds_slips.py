"""A supervision slip is told of in the daily round, too: it does not wait until somebody happens to sign in."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from tests.integration.reminders.test_rounds import told
from tests.support.issued import at
from tracker.db import session
from tracker.reminders.models import ReminderRobot
from tracker.reminders.service.choosing import choose
from tracker.reminders.service.slips import SlipFacts, issue_slips, reply_to_slip, withdraw_slip

ISSUED, REPLY_BY = date(2026, 3, 24), date(2026, 3, 31)
"""A report of the unit was due on the 20th: of itself it is told of on the 21st, the 27th and every week from then on."""
UNIT = ("reporter", "reviewer", "second_reviewer")
NAME = "云督〔2026〕1号"


@pytest.fixture
def slip(plan, look, writing):
    """Issued at ten, an hour after the round of that day."""
    look(ISSUED)
    with writing():
        late = plan.obligations("压减审批时限", "市财政局")[0].id
        facts = SlipFacts("云督", "yellow", "逾期未报。", "三日内报送。", REPLY_BY)
        (made,) = issue_slips([late], facts, seen=0, by=plan.viewer("lead"), at=at(ISSUED))
    return made.id


def slips_told(day):
    """What was told of slips on a day."""
    return {who: n for who, counts in told(day).items() if (n := {key: counts[key] for key in counts if "slip" in key})}


def test_a_unit_is_told_of_a_slip_when_it_comes_and_before_on_and_after_its_date(slip, look, reading):
    days = [ISSUED + timedelta(days=n) for n in range(16)]
    for day in days[1:]:
        look(day)
    with reading():
        found = {day: slips_told(day) for day in days if slips_told(day)}
    assert {day: set(who) for day, who in found.items()} == {
        day: set(UNIT) for day in (days[1], date(2026, 3, 29), REPLY_BY, date(2026, 4, 1), date(2026, 4, 7))
    }
    kinds = [found[day]["reporter"] for day in sorted(found)]
    assert kinds == [{"slip": 1}, {"slip": 1}, {"slip": 1}, {"slip_late": 1}, {"slip_late": 1}]


def test_it_leads_to_the_slip_everywhere(slip, plan, post, look, writing, sign_in_as, app):
    app.config["SITE_URL"] = "https://duban.example"
    with writing():
        choose(email="ma@example.cn", by_email=True, by=plan.viewer("reporter"), at=at(ISSUED))
        url = "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=geheim"
        session.add(ReminderRobot(unit_id=plan.place.units["云岫市"], kind="wecom", name="督办群", url=url))
    look(ISSUED + timedelta(days=1))
    letter, call = (text for _channel, _key, text in post.sent)
    assert "【落实】2026-03-25 任务提醒：■ 督办单待回执 1 项" in letter
    assert f"■ 督办单待回执　2026-03-31　市财政局：{NAME}\n　　https://duban.example/slips/{slip}\n" in letter
    assert f"市财政局：{NAME}" in call
    page = sign_in_as("reporter").get("/notices/daily").text
    assert f'<a href="/slips/{slip}">{NAME}</a>' in page


@pytest.mark.parametrize("end", ["answered", "withdrawn"])
def test_one_that_is_answered_or_withdrawn_is_not_mentioned(slip, plan, look, writing, reading, end):
    with writing():
        if end == "answered":
            reply_to_slip(slip, "月底前报送。", version=1, by=plan.viewer("reporter"), at=at(ISSUED, 15))
        else:
            withdraw_slip(slip, "发错了单位。", version=1, by=plan.viewer("lead"), at=at(ISSUED, 15))
    look(ISSUED + timedelta(days=1))
    look(REPLY_BY)
    with reading():
        assert slips_told(ISSUED + timedelta(days=1)) == slips_told(REPLY_BY) == {}


def test_one_that_was_issued_before_a_late_round_is_told_once(plan, look, writing, reading):
    """The worker began late that day: the round of the next day must not bring it again."""
    with writing():
        late = plan.obligations("压减审批时限", "市财政局")[0].id
        facts = SlipFacts("云督", "yellow", "逾期未报。", "三日内报送。", REPLY_BY)
        issue_slips([late], facts, seen=0, by=plan.viewer("lead"), at=at(ISSUED, 10))
    look(ISSUED, 15)
    look(ISSUED + timedelta(days=1))
    with reading():
        assert slips_told(ISSUED).keys() == set(UNIT)
        assert slips_told(ISSUED + timedelta(days=1)) == {}
