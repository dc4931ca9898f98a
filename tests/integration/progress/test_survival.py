"""Nothing that was acknowledged is lost: many at once, and a server that is killed without warning."""

from __future__ import annotations

import math
import os
import random
import sys
import threading
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from tests.integration.progress.test_counting import kept, recounted
from tests.support.issued import QUARTERLY, TaskSpec, adopted, people
from tests.support.killing import Headers, Reporters, headers_of, kill, server
from tests.support.place import AT, FOUNDED
from tracker import clock
from tracker.accounts import service as accounts
from tracker.accounts.models import Person, SignIn
from tracker.accounts.passwords import NOBODY
from tracker.accounts.roles import Role
from tracker.accounts.tokens import new_token, token_hash
from tracker.audit.models import AuditEntry
from tracker.audit.queries import verify_chain
from tracker.db import session
from tracker.progress import service
from tracker.progress.content import Content
from tracker.progress.models import Obligation, Return, ReturnText

CLIENTS = 8
MONTHLY = replace(
    TaskSpec("每月报送", (("市财政局", "lead"),)),
    deadlines=({**QUARTERLY, "text": "每月5日前", "recurrence": "monthly:5"},),
)


@pytest.fixture(autouse=True)
def clock_stands() -> None:
    """Here it goes: a server of its own has a clock of its own."""


@pytest.fixture
def busy(place, writing):
    """Many reports to be handed in by the finance bureau, and a reporter for every client."""
    with writing():
        people(place)
        specs = [replace(MONTHLY, name=f"每月报送{number}") for number in range(CLIENTS)]
        plan = adopted(place, specs)
        service.issue_plan(plan.plan_id, by=plan.viewer("lead"), at=AT - timedelta(days=80))
        for number, spec in enumerate(specs):
            person = Person(
                username=f"r{number}", name=f"填报{number}", password_hash=NOBODY, password_set_at=AT, created_at=AT
            )
            session.add(person)
            session.flush()
            place.people[person.username] = person.id
            accounts.grant(person, Role.REPORTER, place.units["市财政局"], by=None, at=AT, since=FOUNDED)
            service.sign(plan.assignment(spec.name, "市财政局").id, by=plan.viewer(f"r{number}"), at=AT)
    return plan


def _owed(reading) -> list[list[int]]:
    """For each client the obligations of its own task."""
    with reading():
        rows = session.execute(
            select(Obligation.task_id, Obligation.id).order_by(Obligation.task_id, Obligation.id)
        ).all()
        return [[row.id for row in rows if row.task_id == task] for task in sorted({row.task_id for row in rows})]


def test_eight_at_once(busy, app, reading, writing):
    """Every thread hands in its own reports and sees each of them taken: no error, no drift, a whole chain."""
    owed, failures = _owed(reading), list[str]()
    by = []
    with reading():
        by = [busy.viewer(f"r{number}") for number in range(CLIENTS)]

    def hand_in(number: int) -> None:
        for obligation_id in owed[number]:
            try:
                with writing():
                    service.hand_in(obligation_id, content=Content(f"第{number}号", percent=5), by=by[number], at=AT)
            except Exception as error:  # noqa: BLE001 whatever it is, the test names it
                failures.append(repr(error))

    threads = [threading.Thread(target=hand_in, args=(number,)) for number in range(CLIENTS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    with reading():
        states = list(session.scalars(select(Return.state)))
        assert states == ["own_review"] * sum(map(len, owed))
        assert kept() == recounted()
        assert verify_chain().broken_at is None


def test_eight_at_once_on_one_report(busy, reading, writing):
    """One begins the draft, the others are told of it; nothing stands twice."""
    one, answers = _owed(reading)[0][0], list[str]()
    with reading():
        by = [busy.viewer(f"r{number}") for number in range(CLIENTS)]

    def save(number: int) -> None:
        try:
            with writing():
                service.save_draft(one, Content(f"第{number}号"), version=0, editor=f"e{number}", by=by[number], at=AT)
            answers.append("saved")
        except Exception as error:  # noqa: BLE001 the kind of answer is what is counted
            answers.append(type(error).__name__)

    threads = [threading.Thread(target=save, args=(number,)) for number in range(CLIENTS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answers) == ["Conflict"] * (CLIENTS - 1) + ["saved"]
    with reading():
        assert len(list(session.scalars(select(Return.id)))) == 1


KILLS = int(os.environ.get("LUOSHI_KILLS", "8"))
"""So many in all; `make soak` wants more than a run of all tests has time for."""
KILLS_A_SERVER = 8
"""The last of them kills everything at once."""
MOST_BETWEEN = 10
"""Reports between two kills, at most: so that all of a server's come before all that is owed is handed in."""


def _signed_in(busy, app) -> list[Headers]:
    """A session of every client, as long as a server lives."""
    opened = []
    for number in range(CLIENTS):
        token, now = new_token(), clock.now()
        session.add(
            SignIn(
                token_hash=token_hash(token), person_id=busy.place.people[f"r{number}"], address="", began_at=now,
                expires_at=now + timedelta(hours=2),
            )
        )  # fmt: skip
        opened.append(headers_of(app, token))
    return opened


def _whole(acknowledged: dict[int, str]) -> None:
    """What was acknowledged is there; what is there is there as a whole, once, and recorded."""
    there = session.execute(
        select(Return.obligation_id, Return.state, ReturnText.done)
        .outerjoin(ReturnText, ReturnText.return_id == Return.id)
        .order_by(Return.id)
    ).all()
    assert all(row.done and row.state in {"own_review", "own_returned"} for row in there), "something is half written"
    handed_in = {row.obligation_id: row.done for row in there if row.state == "own_review"}
    assert {one: handed_in.get(one) for one in acknowledged} == acknowledged
    assert session.scalar(select(func.count()).where(AuditEntry.action == "提交本单位审核")) == len(there)
    assert kept() == recounted()


def _owe_again(busy) -> None:
    """The reviewer gives everything back."""
    for number in session.scalars(select(Return.id).where(Return.state == "own_review").order_by(Return.id)).all():
        service.send_back_own(number, reason="请再报一次。", by=busy.viewer("reviewer"), at=clock.now())


def test_killed_at_any_moment_it_loses_nothing_it_acknowledged(busy, app, database_url, reading, writing, tmp_path):
    """Web workers and the job worker are killed at random, then everything at once, again and again on one database."""
    owed, chance, taken = _owed(reading), random.Random(KILLS), 0  # noqa: S311 - chance, not a secret
    for server_number in range(math.ceil(KILLS / KILLS_A_SERVER)):
        with writing():
            people_of = _signed_in(busy, app)
        with server(database_url, tmp_path) as served:
            reporters = Reporters(served.port, people_of, owed, f"第{server_number}次")
            for left in reversed(range(KILLS_A_SERVER)):
                assert reporters.wait_for(chance.randint(1, MOST_BETWEEN)), served.log.read_text("utf-8")
                threading.Event().wait(chance.uniform(0, 0.02))  # in the middle of whatever comes next
                if left:
                    kill([chance.choice(served.workers())])
            reporters.send_home()
            served.kill_all()
            reporters.join()
        assert reporters.refused == []
        taken += len(reporters.acknowledged)
        with reading():
            _whole(reporters.acknowledged)
        with writing():
            _owe_again(busy)
    with reading():
        assert verify_chain().broken_at is None
    sys.stdout.write(f"{KILLS} kills, {taken} returns acknowledged, none lost\n")
