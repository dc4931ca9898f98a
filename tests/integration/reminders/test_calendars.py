"""A person's calendar: by a secret address, and by nothing else."""

from __future__ import annotations

import re
from datetime import date

import pytest
from sqlalchemy import select

from tests.integration.progress import test_passing as passing
from tests.support.issued import at, reported
from tracker.accounts.models import Grant, Person
from tracker.db import session
from tracker.progress.models import Passed
from tracker.rectification.service.registering import Found, register
from tracker.reminders.models import CalendarAddress
from tracker.reminders.service.slips import SlipFacts, issue_slips, reply_to_slip

PAGE = "/account/reminders"


@pytest.fixture
def subscribed(plan, sign_in_as):
    """The reporter, and the path of their calendar."""
    reporter = sign_in_as("reporter")
    assert "生成日历地址" in reporter.get(PAGE).text
    return reporter, made(reporter)


def made(client) -> str:
    found = re.search(r'value="http://[^/]+(/calendar/[^"]+\.ics)"', client.post("/account/calendar").text)
    assert found is not None
    return found[1]


def test_it_holds_what_is_to_be_reported_and_needs_no_sign_in(subscribed, plan, client, writing):
    _reporter, path = subscribed
    answer = client.get(path)
    assert answer.headers["Content-Type"].startswith("text/calendar")
    text = answer.text.replace("\r\n ", "")
    assert re.findall(r"DTSTART;VALUE=DATE:(\d+)", text) == ["20260320", "20260620", "20260920", "20261220"]
    assert "SUMMARY:报送：1 压减审批时限（市财政局）" in text
    with writing():
        obligation = plan.obligations("压减审批时限", "市财政局")[0]
        number = obligation.id
        assert f"UID:obligation-{number}@luoshi" in text
        reported(plan, number, day=date(2026, 3, 2))
    assert f"UID:obligation-{number}@luoshi" not in client.get(path).text


def events(client, path) -> dict[str, str]:
    """UID → the event, its lines whole again."""
    text = client.get(path).text.replace("\r\n ", "")
    return {re.search(r"UID:(.+)@", one)[1]: one for one in text.split("BEGIN:VEVENT")[1:]}


def test_it_rings_on_the_workday_before(subscribed, client, plan, reading):
    with reading():
        first, second = (one.id for one in plan.obligations("压减审批时限", "市财政局")[:2])
    _reporter, path = subscribed
    held = events(client, path)
    assert "TRIGGER:-PT15H" in held[f"obligation-{first}"], "a Friday"
    assert "TRIGGER:-PT15H" in held[f"obligation-{second}"], "a Saturday, whose Friday is a workday"
    assert held[f"obligation-{first}"].count("BEGIN:VALARM") == 1


def test_slips_and_findings_stand_in_it_until_they_are_answered(subscribed, client, plan, writing, reading):
    """With the same ids whenever it is read, in the holder's language, each with its own page."""
    _reporter, path = subscribed
    day = date(2026, 3, 24)
    with writing():
        late = plan.obligations("压减审批时限", "市财政局")[0].id
        facts = SlipFacts("云督", "yellow", "逾期未报。", "三日内报送。", date(2026, 3, 30))
        (slip,) = issue_slips([late], facts, seen=0, by=plan.viewer("lead"), at=at(day))
        found = Found("other", "档案不齐", "抽查发现。", plan.place.units["市财政局"], date(2026, 4, 6), plan.plan_id)
        finding = register(found, assign_now=True, by=plan.viewer("lead"), at=at(day)).id
    held = events(client, path)
    one, other = held[f"slip-{slip.id}"], held[f"finding-{finding}"]
    assert "DTSTART;VALUE=DATE:20260330" in one
    assert f"SUMMARY:督办单回执：{slip.name}（市财政局）" in one
    assert "TRIGGER:-P2DT15H" in one, "a Monday: on Friday at nine"
    assert f"/slips/{slip.id}" in one
    assert "DTSTART;VALUE=DATE:20260406" in other
    assert "SUMMARY:整改：档案不齐（市财政局）" in other
    assert events(client, path).keys() == held.keys()
    with writing():
        session.scalars(select(Person).where(Person.username == "reporter")).one().locale = "en"
        reply_to_slip(slip.id, "月底前报送。", version=1, by=plan.viewer("reporter"), at=at(day, 15))
    held = events(client, path)
    assert f"slip-{slip.id}" not in held
    assert "SUMMARY:Rectification: 档案不齐 (市财政局)" in held[f"finding-{finding}"]


def test_what_was_passed_down_stands_in_it_by_its_own_date_until_it_is_reported(reading, writing, sign_in_as, place):
    """In the calendars of those of the unit below; the unit above has its own dates in its own."""
    with writing():
        plan = passing.begun(place)
        passing.give(plan)
        passed, due = session.scalars(select(Passed.id)).one(), passing.first(plan)
    office = sign_in_as("office")
    path = made(office)
    held = events(office, path)
    assert len(held) == 4
    one = held[f"part-{passed}-{due}"]
    assert "DTSTART;VALUE=DATE:20260315" in one, "five days before the county's"
    assert "SUMMARY:转办报送：1 新建便民驿站（望川县财政局）" in one
    assert "报送本镇完成数量。" in one
    assert f"/passed/{passed}/reports/{due}" in one
    with writing():
        passing.send(plan, passed)
    assert f"part-{passed}-{due}" not in events(office, path)


def test_it_speaks_its_holders_language(subscribed, client, writing):
    """A calendar brings no cookie, and says of itself what it likes: its holder chose a language in the application."""
    _reporter, path = subscribed
    with writing():
        session.scalars(select(Person).where(Person.username == "reporter")).one().locale = "en"
    text = client.get(path, headers={"Accept-Language": "zh-CN"}).text.replace("\r\n ", "")
    assert "SUMMARY:Report: 1 压减审批时限 (市财政局)" in text
    assert "报送" not in text


def test_the_address_is_kept_by_its_hash_alone(subscribed, reading):
    _reporter, path = subscribed
    with reading():
        kept = session.scalars(select(CalendarAddress.token_hash)).one()
    token = path.removeprefix("/calendar/").removesuffix(".ics")
    assert token not in kept
    assert len(token) >= 43


def test_another_address_or_none_closes_the_old_one(subscribed, client):
    reporter, path = subscribed
    other = made(reporter)
    assert client.get(path).status_code == 404
    assert client.get(other).status_code == 200
    assert reporter.post("/account/calendar/revoke").status_code == 302
    assert client.get(other).status_code == 404
    assert client.get("/calendar/x.ics").status_code == 404
    assert "生成日历地址" in reporter.get(PAGE).text


def test_it_shows_what_the_person_may_see_today(subscribed, plan, client, writing):
    _reporter, path = subscribed
    with writing():
        grant = session.scalars(select(Grant).where(Grant.person_id == plan.place.people["reporter"])).one()
        grant.valid_to = date(2026, 3, 1)
    assert "BEGIN:VEVENT" not in client.get(path).text
    with writing():
        session.get_one(Person, plan.place.people["reporter"]).is_active = False
    assert client.get(path).status_code == 404


def test_it_is_for_those_who_report(plan, sign_in_as):
    lead = sign_in_as("lead")
    assert "日历订阅" not in lead.get(PAGE).text
    assert lead.post("/account/calendar").status_code == 404
