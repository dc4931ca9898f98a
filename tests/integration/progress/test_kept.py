"""What pages keep for many requests: never a right, and nothing that an act has changed since."""

from __future__ import annotations

import re
import threading

import pytest
from sqlalchemy import select

from tests.support.issued import reported
from tests.support.place import AT, DAY
from tracker.accounts import service as accounts
from tracker.accounts.models import Grant, Person
from tracker.accounts.roles import Role
from tracker.audit.models import AuditHead
from tracker.audit.service import record
from tracker.db import say_writing, session
from tracker.units import service as units
from tracker.units.models import Unit
from tracker.web import kept


def badges(page) -> dict[str, str]:
    """Addresses of the side bar with the number that waits there."""
    links = re.findall(r'<a class="sidebar-link[^"]*" href="([^"]+)".*?</a>', page.text, re.DOTALL)
    waiting = re.findall(r'href="([^"]+)"[^<]*(?:<(?!/a>|a )[^<]*)*?<span class="sidebar-badge">(\d+)', page.text)
    assert set(dict(waiting)) <= set(links)
    return dict(waiting)


def test_a_role_that_is_withdrawn_is_gone_at_the_next_request(plan, writing, sign_in_as):
    leader = sign_in_as("leader")
    for _ in range(2):
        page = leader.get("/work")
        assert page.status_code == 200
        assert 'href="/dashboard"' in page.text
    with writing():
        person = session.get_one(Person, plan.place.people["leader"])
        held = session.scalars(select(Grant).where(Grant.person_id == person.id)).one()
        held.valid_to = DAY.replace(year=2025)  # by hand: no entry in the record tells of it
    assert leader.get("/work").status_code == 404
    assert 'href="/dashboard"' not in leader.get("/").text
    with writing():
        person = session.get_one(Person, plan.place.people["leader"])
        accounts.grant(person, Role.REPORTER, plan.place.units["望川县"], by=None, at=AT, since=DAY)
    page = leader.get("/work")
    assert page.status_code == 200
    assert "望川县" in page.text
    assert "市财政局" not in page.text
    with writing():
        session.get_one(Person, plan.place.people["leader"]).is_active = False
    assert leader.get("/work").status_code == 302


def test_what_waits_is_counted_again_after_an_act(plan, writing, reading, sign_in_as):
    with reading():
        owed = plan.obligations("压减审批时限", "市财政局")[0].id
    reviewer = sign_in_as("reviewer")
    assert "/reviews" not in badges(reviewer.get("/work"))
    with writing():
        reported(plan, owed, reviewer=None)
    assert badges(reviewer.get("/work"))["/reviews"] == "1"
    assert badges(reviewer.get("/work"))["/reviews"] == "1"
    found = reviewer.get("/work?state=open&due_to=2026-03-31").text
    assert f'href="/obligations/{owed}"' in found, "before its own review a report has not left the unit"


def test_names_and_lists_follow_a_change(place, plan, writing, sign_in_as):
    leader = sign_in_as("leader")
    for _ in range(2):
        assert "云岫市" in leader.get("/work").text
    with writing():
        city = session.get_one(Unit, place.units["云岫市"])
        units.rename_unit(city, name="云岫新市", short_name="", by=None, at=AT)
    assert "云岫新市" in leader.get("/work").text
    english = sign_in_as("leader")
    english.post("/language/en", data={"next": "/work"})
    assert 'lang="en"' in english.get("/work").text
    assert 'lang="zh-CN"' in leader.get("/work").text, "what is kept is kept by language"


def test_a_request_that_writes_keeps_nothing(app, plan):
    seen = []
    with app.test_request_context():
        kept.say_state("a", "a")
        assert kept.newest("one", lambda: seen.append(1) or 1) == 1
        assert kept.newest("one", lambda: seen.append(2) or 2) == 1
        kept.say_state("b", "a")
        assert kept.newest("one", lambda: 3) == 3
        assert kept.settled("one", lambda: 4) == 4
        say_writing(True)
        assert kept.newest("one", lambda: 5) == 5
        assert kept.settled("one", lambda: 6) == 6
        say_writing(False)
        kept.say_state("c", "a")
        assert kept.settled("one", lambda: 7) == 4
        assert kept.newest("one", lambda: 8) == 8


def test_a_value_that_many_want_at_once_is_made_once(app, plan):
    begun, done, made, got = threading.Event(), threading.Event(), [], []

    def make() -> str:
        made.append(1)
        begun.set()
        assert done.wait(10)
        return "value"

    def ask() -> None:
        with app.test_request_context():
            kept.say_state("a", "a")
            got.append(kept.newest("wanted by many", make))

    first, *others = threads = [threading.Thread(target=ask) for _ in range(4)]
    first.start()
    assert begun.wait(10)
    for other in others:
        other.start()
    with app.test_request_context():
        kept.say_state("a", "a")
        assert kept.newest("another", lambda: 2) == 2, "nobody waits for what they do not want"
    done.set()
    for thread in threads:
        thread.join(10)
    assert got == ["value"] * 4
    assert made == [1]


def test_a_value_that_could_not_be_made_is_made_by_the_next(app, plan):
    with app.test_request_context():
        kept.say_state("a", "a")
        with pytest.raises(ZeroDivisionError):
            kept.newest("broken", lambda: 1 // 0)
        assert kept.newest("broken", lambda: 3) == 3


def test_a_days_business_leaves_what_is_settled(writing, place):
    def states():
        return session.execute(select(AuditHead.hash, AuditHead.settled)).one()

    with writing():
        record("登录", by=None, at=AT, subject=("person", 1))
        first = states()
        record("提交", by=None, at=AT, subject=("obligation", 1))
        second = states()
        assert second.hash != first.hash
        assert second.settled == first.settled
        record("下发", by=None, at=AT, subject=("plan", 1))
        third = states()
        assert third.settled == third.hash != second.settled


def test_no_name_is_taken_for_the_place_of_a_value(place, plan, writing, sign_in_as):
    """Shapes of rows are cut where a value comes; a name with the same character in it would cut them elsewhere."""
    with writing():
        city = session.get_one(Unit, place.units["云岫市"])
        units.rename_unit(city, name="云岫\x1f市%s", short_name="", by=None, at=AT)
        session.get_one(Person, place.people["leader"]).name = "田\x1f%d"
    assert sign_in_as("leader").get("/work", lint=False).status_code == 200
