"""The frame of a page, kept for a person: what it says is so at the moment, and is theirs."""

from __future__ import annotations

from datetime import timedelta

import pytest
from markupsafe import escape

from tests.support.databases import ON_SQLITE
from tests.support.issued import TASKS, at, issued, reported
from tests.support.place import DAY
from tracker import clock

pytestmark = ON_SQLITE


@pytest.fixture
def plan(place, writing):
    with writing():
        return issued(place, TASKS)


def test_a_message_is_said_once(plan, sign_in_as):
    lead = sign_in_as("lead")
    lead.get("/work")
    with lead.session_transaction() as cookie:
        cookie["_flashes"] = [("success", "计划已下发。")]
    assert ["计划已下发。" in lead.get("/work").text for _ in range(2)] == [True, False]


def test_what_waits_follows_the_act_of_another(plan, writing, reading, sign_in_as):
    lead = sign_in_as("lead")
    assert 'class="sidebar-badge">' not in lead.get("/work").text
    with reading():
        owed = plan.obligations("压减审批时限", "市财政局")[0].id
    with writing():
        reported(plan, owed)
    assert 'class="sidebar-badge">1<' in lead.get("/work").text


def test_the_way_back_from_another_language_is_the_very_page(plan, sign_in_as):
    lead = sign_in_as("lead")
    for asked in ("/work?light=near", '/work?text="><b>'):
        page = lead.get(asked)
        assert f'name="next" value="{escape(page.request.full_path)}"' in page.text
        assert '"><b>' not in page.text


def test_the_time_goes_on(plan, sign_in_as, monkeypatch):
    lead, seen = sign_in_as("lead"), []
    for minutes in (0, 1):
        monkeypatch.setattr(clock, "now", lambda moved=minutes: at(DAY, 10) + timedelta(minutes=moved))
        page = lead.get("/dashboard").text
        seen.append([f"截至 {DAY} {hour}" in page for hour in ("10:00", "10:01")])
    assert seen == [[True, False], [False, True]]
