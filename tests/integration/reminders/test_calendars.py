"""A person's calendar: by a secret address, and by nothing else."""

from __future__ import annotations

import re
from datetime import date

import pytest
from sqlalchemy import select

from tests.support.issued import reported
from tracker.accounts.models import Grant, Person
from tracker.db import session
from tracker.reminders.models import CalendarAddress

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
