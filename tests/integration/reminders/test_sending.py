"""What leaves the application: once, whenever the worker is killed, and only where somebody wants it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from tests.integration.reminders.conftest import URL, Killed, kill
from tests.support.breakdown import fields_of
from tests.support.issued import at
from tests.support.trickle import Trickle
from tracker.db import session
from tracker.reminders import worker
from tracker.reminders.channels import robots
from tracker.reminders.channels.outcome import Undelivered
from tracker.reminders.models import ReminderRobot, ReminderSending

NEAR = date(2026, 3, 13)


def states():
    return session.scalars(select(ReminderSending.state).order_by(ReminderSending.id)).all()


def test_who_wants_letters_gets_one_a_day_and_nobody_else(by_letter, look, reading):
    look(NEAR)
    look(NEAR, 10)
    ((channel, _key, text),) = by_letter.sent
    assert channel == "email"
    assert "【落实】2026-03-13 任务提醒：▲ 临期 1 项" in text
    assert "市财政局：1 压减审批时限" in text
    with reading():
        assert states() == ["sent"]


def test_each_report_in_a_letter_has_its_address(by_letter, plan, look, reading, app):
    app.config["SITE_URL"] = "https://duban.example"
    with reading():
        first = plan.obligations("压减审批时限", "市财政局")[0].id
    look(NEAR)
    ((_channel, _key, text),) = by_letter.sent
    assert f"：1 压减审批时限\n　　https://duban.example/obligations/{first}\n" in text


def test_a_group_is_told_one_address(by_robot, look, app):
    app.config["SITE_URL"] = "https://duban.example"
    look(NEAR)
    ((_channel, _key, text),) = by_robot.sent
    assert text.count("https://duban.example") == 1


def test_killed_before_it_was_sent_a_letter_goes_out_once_the_lease_has_ended(by_letter, look, reading):
    by_letter.troubles.append(Killed())
    with pytest.raises(Killed):
        look(NEAR)
    with reading():
        assert states() == ["sending"]
    look(NEAR)
    assert by_letter.sent == []
    look(NEAR, 10)
    assert len(by_letter.sent) == 1
    look(NEAR, 11)
    assert len(by_letter.sent) == 1


def killed_before_marking(monkeypatch, look):
    with monkeypatch.context() as patch:
        patch.setattr(worker, "arrived", kill)
        with pytest.raises(Killed):
            look(NEAR)


def test_killed_after_it_was_sent_a_letter_comes_again_under_the_same_id(by_letter, look, reading, monkeypatch):
    killed_before_marking(monkeypatch, look)
    look(NEAR, 10)
    look(NEAR, 11)
    first, again = by_letter.sent
    assert first == again
    with reading():
        assert states() == ["sent"]


def test_a_robot_is_never_told_twice_and_what_nobody_knows_is_for_a_person_to_decide(
    by_robot, look, reading, monkeypatch, sign_in_as
):
    killed_before_marking(monkeypatch, look)
    look(NEAR, 10)
    look(NEAR, 11)
    assert len(by_robot.sent) == 1
    with reading():
        assert states() == ["unknown"]
        number = session.scalars(select(ReminderSending.id)).one()
    lead = sign_in_as("lead")
    assert "是否送达不明" in lead.get("/reminders").text
    assert sign_in_as("reporter").post(f"/reminders/{number}/again").status_code == 404
    assert lead.post(f"/reminders/{number}/again").status_code == 302
    look(NEAR, 12)
    assert len(by_robot.sent) == 2
    lead = sign_in_as("lead")
    assert lead.post(f"/reminders/{number}/again").status_code == 409
    assert "已发送" in lead.get("/reminders").text


def test_no_answer_is_not_a_refusal(by_robot, look, reading):
    by_robot.troubles.append(Undelivered("timed out", perhaps=True))
    look(NEAR)
    with reading():
        assert states() == ["unknown"]


def test_what_is_refused_is_tried_a_few_times_and_then_given_up(by_robot, look, reading, clock_stands, app, sign_in_as):
    by_robot.troubles += [Undelivered("HTTP 503")] * 4
    look(NEAR, 9)
    for minutes in (4, 6, 40, 200):
        clock_stands.move_to(at(NEAR, 9) + timedelta(minutes=minutes))
        with app.app_context():
            worker.see_to_reminders(at(NEAR, 9) + timedelta(minutes=minutes))
    assert by_robot.troubles == []
    assert by_robot.sent == []
    with reading():
        assert states() == ["failed"]
    assert "HTTP 503" in sign_in_as("admin").get("/reminders?day=2026-03-13").text


def test_a_server_that_does_not_answer_holds_the_worker_up_for_a_few_only(by_robot, plan, look, reading, writing):
    with writing():
        for number in range(3):
            city = plan.place.units["云岫市"]
            session.add(ReminderRobot(unit_id=city, kind="webhook", name=f"群{number}", url=URL))
    by_robot.troubles += [Undelivered("HTTP 503")] * 3
    look(NEAR)
    assert by_robot.troubles == []
    assert by_robot.sent == []
    look(NEAR)
    assert len(by_robot.sent) == 1
    with reading():
        assert states() == ["waiting", "waiting", "waiting", "sent"]


def test_servers_that_answer_but_take_long_hold_the_worker_up_for_a_while_only(
    by_robot, plan, look, writing, monkeypatch
):
    with writing():
        for name in ("二群", "三群"):
            session.add(ReminderRobot(unit_id=plan.place.units["云岫市"], kind="wecom", name=name, url=URL))
    moments = iter([0.0, 0.0, 40.0, 80.0])
    with monkeypatch.context() as patch:
        patch.setattr(worker, "monotonic", lambda: next(moments))
        look(NEAR)
    assert len(by_robot.sent) == 2
    look(NEAR)
    assert len(by_robot.sent) == 3


def test_an_answer_that_comes_byte_by_byte_is_cut_said_and_tried_again(
    plan, look, reading, writing, app, sign_in_as, monkeypatch
):  # fmt: skip
    monkeypatch.setattr(robots, "ALTOGETHER", 0.2)
    app.config["REMINDER_HOSTS"] = frozenset({"127.0.0.1"})
    with Trickle() as server:
        server.answers = [b"HTTP/1.1 200 OK\r\nX-Padding: " + b"x" * 150 + b"\r\n\r\n"]
        with writing():
            url = f"http://127.0.0.1:{server.port}/"
            session.add(ReminderRobot(unit_id=plan.place.units["云岫市"], kind="webhook", name="平台", url=url))
        look(NEAR)
    with reading():
        row = session.scalars(select(ReminderSending)).one()
        assert (row.state, row.attempts, row.due_at) == ("waiting", 1, at(NEAR, 9) + timedelta(minutes=5))
    page = sign_in_as("lead").get("/reminders").text
    assert "待发送" in page
    assert "对方 0.2 秒内没有答完，连接已断开" in page


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ({"REMINDER_HOURS": (8, 18)}, "每天 8:00 至 18:00 之间发出，其他时间不发"),
        ({"REMINDER_HOURS": (0, 0)}, "现在没有设定发出提醒的时段"),
        ({"SMTP_HOST": "mail.duban.example", "MAIL_FROM": "duban@yunxiu.example"}, "邮件由 duban@yunxiu.example 发出"),
        ({"SMTP_HOST": ""}, "没有配置邮件服务器"),
    ],
)
def test_the_page_says_when_reminders_go_out_and_from_whom(plan, app, sign_in_as, monkeypatch, settings, said):
    for name, value in settings.items():
        monkeypatch.setitem(app.config, name, value)
    assert said in sign_in_as("reporter").get("/account/reminders").text


def test_a_person_chooses_for_themselves(plan, post, look, sign_in_as):
    reporter, url = sign_in_as("reporter"), "/account/reminders"
    mine = fields_of(reporter.get(url).text, url)
    for wrong in ("", "ma", "ma@example.cn, x@evil.example", "ma@example.cn\nBcc: x@evil.example"):
        answer = reporter.post(url, data={**mine, "by_email": "y", "email": wrong})
        assert answer.status_code == 422, wrong
    assert reporter.post(url, data={**mine, "by_email": "y", "email": " ma@example.cn "}).status_code == 302
    look(NEAR)
    assert len(post.sent) == 1
    reporter = sign_in_as("reporter")
    mine = fields_of(reporter.get(url).text, url)
    assert mine["email"] == "ma@example.cn"
    del mine["by_email"]
    assert reporter.post(url, data=mine).status_code == 302
    look(date(2026, 3, 20))
    assert len(post.sent) == 1


def test_the_lead_office_sets_up_a_robot_and_its_key_is_shown_to_nobody(plan, post, look, sign_in_as, reading):
    lead, url = sign_in_as("lead"), "/reminders/robots/new"
    form = {**fields_of(lead.get(url).text, url), "name": "督办群", "kind": "wecom", "is_active": "y"}
    answer = lead.post(url, data={**form, "url": "https://evil.example/send?key=1"})
    assert answer.status_code == 422
    assert "REMINDER_HOSTS" in answer.text
    assert lead.post(url, data={**form, "url": URL, "secret": "SECgeheim"}).status_code == 302
    with reading():
        robot = session.scalars(select(ReminderRobot)).one()
    page, shown = f"/reminders/robots/{robot.id}", lead.get("/reminders/robots").text
    for text in (shown, lead.get(page).text):
        assert "geheim" not in text
        assert "qyapi.weixin.qq.com" in text
    assert lead.post(page, data={**fields_of(lead.get(page).text, page), "name": "考核群"}).status_code == 302
    with reading():
        assert session.get_one(ReminderRobot, robot.id).url == URL
    look(NEAR)
    assert [channel for channel, *_rest in post.sent] == ["wecom"]
    listed = sign_in_as("lead").get("/reminders").text
    assert "考核群" in listed
    assert "马填报" in listed
    assert sign_in_as("reporter").get(page).status_code == 404
