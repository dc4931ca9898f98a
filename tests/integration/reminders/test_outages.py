"""A mail server or a group's robot that is away for long: what it missed is told with the next round, and only once."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import select, update

from tests.integration.reminders.conftest import wants_letters
from tests.support.issued import at, reported
from tracker.accounts.models import Person
from tracker.db import session
from tracker.reminders import worker
from tracker.reminders.channels.outcome import Undelivered
from tracker.reminders.models import ReminderRobot, ReminderSending

NEAR, DUE, LATE = date(2026, 3, 13), date(2026, 3, 20), date(2026, 3, 21)
DAY = timedelta(days=1)


@pytest.fixture
def away(app, clock_stands):
    """`away(post, day)`: whoever should take what is sent refuses all of it, the whole day long."""

    def go(post, day, *, start=9, tries=4):
        post.troubles += [Undelivered("451 later")] * tries
        for minutes in (0, 6, 40, 200)[:tries]:
            moment = at(day, start) + timedelta(minutes=minutes)
            clock_stands.move_to(moment)
            with app.app_context():
                worker.see_to_reminders(moment)
        assert post.troubles == []
        assert post.sent == []

    return go


def states():
    return session.execute(
        select(ReminderSending.day, ReminderSending.state).order_by(ReminderSending.id)
    ).all()  # fmt: skip


@pytest.mark.parametrize("kind", ["by_letter", "by_robot"])
def test_what_was_given_up_is_told_on_the_next_day_though_nothing_is_new(kind, request, look, away, reading):
    post = request.getfixturevalue(kind)
    away(post, NEAR)
    look(NEAR + DAY)
    look(NEAR + DAY, 12)
    look(NEAR + 2 * DAY)
    ((_channel, _key, text),) = post.sent
    assert "【落实】2026-03-14 任务提醒：▲ 临期" in text
    with reading():
        assert states() == [(NEAR, "failed"), (NEAR + DAY, "sent")]


@pytest.mark.parametrize("kind", ["by_letter", "by_robot"])
def test_what_still_waits_at_night_is_in_the_next_days_digest_and_not_beside_it(kind, request, look, away):
    """Refused at five o'clock and not given up: in the morning there would be two of them."""
    post = request.getfixturevalue(kind)
    look(NEAR)
    post.sent.clear()
    away(post, DUE, start=17, tries=2)
    look(LATE, 8)
    look(LATE, 12)
    ((_channel, _key, text),) = post.sent
    assert "【落实】2026-03-21 任务提醒：■ 逾期" in text


def test_an_outage_of_days_is_told_once_with_what_came_meanwhile(by_letter, look, away):
    away(by_letter, NEAR)
    away(by_letter, DUE)
    look(LATE)
    look(LATE + DAY)
    ((_channel, _key, text),) = by_letter.sent
    assert "任务提醒：■ 逾期 1 项" in text.splitlines()[0]


def test_what_was_reported_meanwhile_is_not_mentioned_again(by_letter, plan, look, away, writing):
    away(by_letter, NEAR, start=17, tries=2)
    with writing():
        reported(plan, plan.obligations("压减审批时限", "市财政局")[0].id, day=NEAR)
    look(NEAR + DAY)
    look(NEAR + DAY, 12)
    assert by_letter.sent == []


def test_what_was_told_later_is_not_sent_again_by_hand(by_letter, look, away, reading, sign_in_as):
    away(by_letter, NEAR)
    with reading():
        number = session.scalars(select(ReminderSending.id)).one()
    again, page = f"/reminders/{number}/again", f"/reminders?day={NEAR}"
    assert again in sign_in_as("lead").get(page).text
    look(NEAR + DAY)
    lead = sign_in_as("lead")
    shown = lead.get(page).text
    assert again not in shown
    assert "已并入以后的汇总" in shown
    assert lead.post(again).status_code == 409
    look(NEAR + DAY, 12)
    assert len(by_letter.sent) == 1


@pytest.mark.parametrize("change", ["stopped", "unsubscribed"])
def test_who_wants_no_letter_any_more_gets_none_that_waits(by_letter, plan, look, away, writing, reading, change):
    away(by_letter, NEAR, tries=1)
    with writing():
        if change == "stopped":
            session.execute(update(Person).where(Person.username == "reporter").values(is_active=False))
        else:
            wants_letters(plan, "")
    look(NEAR, 12)
    look(NEAR + DAY)
    assert by_letter.sent == []
    with reading():
        assert states() == [(NEAR, "failed")]


def test_a_corrected_address_is_what_the_next_attempt_goes_to(by_letter, plan, look, away, writing, monkeypatch):
    went = []
    away(by_letter, NEAR, tries=1)
    with writing():
        wants_letters(plan, "ma.tianbao@example.cn")
    monkeypatch.setattr(worker, "send_letter", lambda made, _settings: went.append(made["To"]))
    look(NEAR, 12)
    assert went == ["ma.tianbao@example.cn"]


def test_a_robot_that_was_switched_off_is_told_nothing_that_waits(by_robot, look, away, writing):
    away(by_robot, NEAR, tries=1)
    with writing():
        session.execute(update(ReminderRobot).values(is_active=False))
    look(NEAR, 12)
    look(NEAR + DAY)
    assert by_robot.sent == []


def test_what_was_not_delivered_stands_first(by_letter, look, away, sign_in_as):
    """Below the notices of a whole city nobody would see it."""
    away(by_letter, NEAR)
    rows = sign_in_as("admin").get(f"/reminders?day={NEAR}").text.split("<tbody>")[1]
    assert rows.index("发送失败") < rows.index("站内通知")


def test_whose_letters_come_back_sees_it_where_the_address_is_typed(by_letter, plan, look, away, writing, sign_in_as):
    """A wrong address is found out by nobody else, and without this not by them either."""
    page = "/account/reminders"
    away(by_letter, NEAR)
    shown = sign_in_as("reporter").get(page).text
    assert "最近一封邮件没有送达" in shown
    assert "451 later" in shown
    with writing():
        wants_letters(plan, "ma.tianbao@example.cn")
    assert "没有送达" not in sign_in_as("reporter").get(page).text, "of the other address nobody knows yet"
    look(NEAR + DAY)
    assert "没有送达" not in sign_in_as("reporter").get(page).text
