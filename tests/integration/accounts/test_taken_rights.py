"""A right that is taken while somebody's act waits for its turn is not used once more."""

from __future__ import annotations

import functools
import io
import threading

import pytest
from sqlalchemy import func, select

from tests.support.databases import ON_SQLITE
from tests.support.issued import TASKS, issued
from tests.support.place import AT, DAY
from tracker.accounts import service as accounts
from tracker.accounts.models import Grant, Person
from tracker.accounts.queries import by_username
from tracker.accounts.roles import Role
from tracker.audit.models import AuditEntry
from tracker.db import session, transaction
from tracker.plans.models import Assignment
from tracker.progress.models import Return, ReturnedKit

ENDPOINT = "progress.save_draft"


@pytest.fixture
def plan(place, writing):
    with writing():
        return issued(place, TASKS)


@pytest.fixture
def address(plan, writing) -> str:
    with writing():
        owed = plan.obligations("压减审批时限", "市财政局")[0]
        session.get_one(Assignment, owed.assignment_id).state = "in_progress"
        return f"/obligations/{owed.id}/draft"


def withdrawn() -> None:
    held = session.scalars(select(Grant).join(Person).where(Person.username == "reporter")).one()
    held.valid_to = DAY.replace(year=2025)


def changed() -> None:
    person = by_username("reporter")
    accounts.grant(person, Role.REVIEWER, person.grants[0].unit_id, by=None, at=AT, since=DAY)


def deactivated() -> None:
    by_username("reporter").is_active = False


def begun_after(app, endpoint, act):
    """The view of that address, begun once somebody else has acted meanwhile."""
    view = app.view_functions[endpoint]

    def other() -> None:
        with app.app_context(), transaction():
            act()

    @functools.wraps(view)
    def late(**values: object):
        thread = threading.Thread(target=other)
        thread.start()
        thread.join(10)
        return view(**values)

    return late


@pytest.mark.parametrize(("act", "status"), [(withdrawn, 404), (deactivated, 302), (changed, 409), (lambda: None, 200)])
def test_what_was_taken_before_the_first_statement_counts(app, address, sign_in_as, reading, monkeypatch, act, status):
    """Between the check at the door and the act: somebody else, on a connection of their own."""
    reporter = sign_in_as("reporter")
    monkeypatch.setitem(app.view_functions, ENDPOINT, begun_after(app, ENDPOINT, act))
    before = entries(reading)
    answer = reporter.post(address, data={"done": "本期完成。", "percent": "10"}, lint=False)
    assert answer.status_code == status
    with reading():
        assert session.scalar(select(func.count()).select_from(Return)) == (1 if status == 200 else 0)
    added = entries(reading) - before
    assert added == (1 if status in {200, 409} else 0), "the grant itself, or the draft, and nothing else"


@pytest.mark.parametrize(("act", "status"), [(withdrawn, 404), (deactivated, 302), (changed, 409)])
def test_what_was_taken_before_the_first_row_is_added_counts(app, plan, sign_in_as, reading, monkeypatch, act, status):
    """Where an act begins by adding a row, its first statement comes from the session: whoever is refused there is told all
    the same."""
    reporter, kits = sign_in_as("reporter"), "progress.return_kit"
    monkeypatch.setitem(app.view_functions, kits, begun_after(app, kits, act))
    sent = {"files": (io.BytesIO("不是填报包".encode()), "说明.txt")}
    assert reporter.post("/assignments/kits/returned", data=sent, lint=False).status_code == status
    with reading():
        assert session.scalar(select(func.count()).select_from(ReturnedKit)) == 0


def entries(reading) -> int:
    with reading():
        return session.scalar(select(func.count()).select_from(AuditEntry))


@ON_SQLITE
def test_what_was_taken_while_an_act_waited_for_its_turn_counts(app, address, sign_in_as, reading):
    reporter, answers = sign_in_as("reporter"), []

    def post() -> None:
        answers.append(reporter.post(address, data={"done": "本期完成。", "percent": "10"}, lint=False).status_code)

    waiting = threading.Thread(target=post)
    with app.app_context(), transaction():
        withdrawn()
        session.flush()
        waiting.start()
        waiting.join(0.2)
        assert answers == [], "it waits for its turn"
    waiting.join(10)
    assert answers == [404]
    with reading():
        assert session.scalar(select(func.count()).select_from(Return)) == 0
