"""Nothing that was acknowledged is lost: many at once, and a server that is killed without warning."""

from __future__ import annotations

import hashlib
import math
import os
import random
import sys
import threading
from collections import Counter
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from tests.integration.progress.test_counting import kept, recounted
from tests.support.doings import Answer, Line, reporting, supervising
from tests.support.issued import QUARTERLY, TaskSpec, adopted, people
from tests.support.killing import Crowd, Headers, Server, Thing, headers_of, kill, server
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
from tracker.progress.models import Evidence, Obligation, Return, ReturnEvidence, ReturnText
from tracker.reminders.models import SlipItem, SupervisionSlip

CLIENTS, PEOPLE = 8, 50
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
            _reporter(place, number)
            service.sign(plan.assignment(spec.name, "市财政局").id, by=plan.viewer(f"r{number}"), at=AT)
    return plan


def _reporter(place, number: int) -> None:
    person = Person(
        username=f"r{number}", name=f"填报{number}", password_hash=NOBODY, password_set_at=AT, created_at=AT
    )
    session.add(person)
    session.flush()
    place.people[person.username] = person.id
    accounts.grant(person, Role.REPORTER, place.units["市财政局"], by=None, at=AT, since=FOUNDED)


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


def test_fifty_people_on_one_report(busy, place, reading, writing):
    """One begins the draft, the others are told of it; nothing stands twice, and who was first may write on."""
    one, answers = _owed(reading)[0][0], dict[int, str]()
    with writing():
        for number in range(CLIENTS, PEOPLE):
            _reporter(place, number)
    with reading():
        by = [busy.viewer(f"r{number}") for number in range(PEOPLE)]

    def save(number: int) -> None:
        try:
            with writing():
                service.save_draft(one, Content(f"第{number}号"), version=0, editor=f"e{number}", by=by[number], at=AT)
            answers[number] = "saved"
        except Exception as error:  # noqa: BLE001 the kind of answer is what is counted
            answers[number] = type(error).__name__

    threads = [threading.Thread(target=save, args=(number,)) for number in range(PEOPLE)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answers.values()) == ["Conflict"] * (PEOPLE - 1) + ["saved"]
    (first,) = (number for number, answer in answers.items() if answer == "saved")
    with writing():
        service.hand_in(one, content=Content(f"第{first}号，完"), editor=f"e{first}", by=by[first], at=AT)
    with reading():
        assert [(row.state, row.author_id) for row in session.scalars(select(Return))] == [
            ("own_review", place.people[f"r{first}"])
        ]


KILLS = int(os.environ.get("LUOSHI_KILLS", "8"))
"""So many in all; `make soak` wants more than a run of all tests has time for."""
KILLS_A_SERVER = 8
"""The last of them kills everything at once."""
SLIPS = 6
"""The first reports of a task, which were due long ago."""
MOST_BETWEEN = 10
"""Answers between two kills, at most: so that all of a server's come before all that is owed is done."""


def _signed_in(busy, app) -> dict[str, Headers]:
    """A session of everybody who takes part, as long as a server lives."""
    opened = {}
    for name in [*(f"r{number}" for number in range(CLIENTS)), "lead"]:
        token, now = new_token(), clock.now()
        session.add(
            SignIn(
                token_hash=token_hash(token), person_id=busy.place.people[name], address="", began_at=now,
                expires_at=now + timedelta(hours=2),
            )
        )  # fmt: skip
        opened[name] = headers_of(app, token)
    return opened


def _newest_slip() -> int:
    return session.scalar(select(func.max(SupervisionSlip.id))) or 0


def _crowd(
    busy, served: Server, headers: dict[str, Headers], owed: list[list[int]], turn: int, *, seen: int
) -> Crowd:  # fmt: skip
    """Reporters of every task, and the lead office, which sends slips about what is overdue of the first. With every turn
    they begin one report further on: else the same few would have more files than a report may hold."""
    words = f"第{turn}次"
    shifted = (mine[turn % len(mine) :] + mine[: turn % len(mine)] for mine in owed)
    reporters = (
        reporting(Line(served.port, headers[f"r{number}"]), mine, words) for number, mine in enumerate(shifted)
    )
    slips = supervising(
        Line(served.port, headers["lead"]), busy.place.units["市财政局"], owed[0][:SLIPS], words, seen=seen
    )
    return Crowd([*reporters, slips])


def _whole(acknowledged: dict[Thing, str], folder: Path) -> None:
    """What was acknowledged is there; what is there is there as a whole, once, and recorded."""
    there = session.execute(
        select(Return.obligation_id, Return.state, ReturnText.done)
        .outerjoin(ReturnText, ReturnText.return_id == Return.id)
        .order_by(Return.id)
    ).all()
    sent = [row for row in there if row.state != "draft"]  # a draft is all that is left of a file without its report
    assert all(row.done and row.state in {"own_review", "own_returned"} for row in sent), "something is half written"
    held = {(("report", row.obligation_id), row.done) for row in sent if row.state == "own_review"}
    assert set(acknowledged.items()) <= held | _files(folder) | _slips()
    assert session.scalar(select(func.count()).where(AuditEntry.action == "提交本单位审核")) == len(sent)
    assert kept() == recounted()


def _files(folder: Path) -> set[tuple[Thing, str]]:
    """What stands with a version of a report; the bytes of each are kept."""
    rows = session.execute(
        select(Return.obligation_id, Evidence.sha256)
        .join(ReturnEvidence, ReturnEvidence.return_id == Return.id)
        .join(Evidence, Evidence.id == ReturnEvidence.evidence_id)
    ).all()
    for mark in {row.sha256 for row in rows}:
        assert hashlib.sha256((folder / "files" / mark[:2] / mark).read_bytes()).hexdigest() == mark
    return {(("file", row.obligation_id), row.sha256) for row in rows}


def _slips() -> set[tuple[Thing, str]]:
    """Each with its item, recorded, none twice, and without a gap in their numbers."""
    rows = session.execute(
        select(SupervisionSlip.number, SupervisionSlip.reason, SlipItem.obligation_id)
        .outerjoin(SlipItem, SlipItem.slip_id == SupervisionSlip.id)
        .order_by(SupervisionSlip.number)
    ).all()
    assert [row.number for row in rows] == list(range(1, len(rows) + 1))
    assert session.scalar(select(func.count()).where(AuditEntry.action == "发出督办单")) == len(rows)
    held: set[tuple[Thing, str]] = {(("slip", row.obligation_id), row.reason) for row in rows}
    assert len(held) == len(rows)
    return held


def _owe_again(busy) -> None:
    """The reviewer gives everything back."""
    for number in session.scalars(select(Return.id).where(Return.state == "own_review").order_by(Return.id)).all():
        service.send_back_own(number, reason="请再报一次。", by=busy.viewer("reviewer"), at=clock.now())


@dataclass(frozen=True)
class Straight(Line):
    """To the application itself: every answer comes."""

    app: Flask

    def ask(self, method: str, path: str, body: str | bytes = b"") -> Answer:
        kind = "application/octet-stream" if isinstance(body, bytes) else "application/x-www-form-urlencoded"
        client = FlaskClient(self.app, self.app.response_class, use_cookies=False)
        answer = client.open(path, method=method, data=body, headers=self.headers | {"Content-Type": kind})
        return Answer(answer.status_code, answer.text)


def test_what_was_taken_without_an_answer_is_told_when_it_is_asked_for_again(busy, app, reading, writing):
    """Killed between its commit and its answer, a server leaves people who do the same again: they are not refused."""
    owed = _owed(reading)
    with writing():
        headers, seen = _signed_in(busy, app), _newest_slip()
    unit, office = Straight(0, headers["r1"], app), Straight(0, headers["lead"], app)
    slips = supervising(office, busy.place.units["市财政局"], owed[0][:1], "第0次", seen=seen)
    for doing in [*reporting(unit, owed[1][:4], "第0次"), *slips]:
        taken = doing()
        assert isinstance(taken, dict)
        assert doing() == taken


def test_killed_at_any_moment_it_loses_nothing_it_acknowledged(busy, app, database_url, reading, writing, tmp_path):
    """Web workers and the job worker are killed at random, then everything at once, again and again on one database."""
    owed, chance, taken = _owed(reading), random.Random(KILLS), Counter[str]()  # noqa: S311 - chance, not a secret
    for turn in range(math.ceil(KILLS / KILLS_A_SERVER)):
        with writing():
            headers, seen = _signed_in(busy, app), _newest_slip()
        with server(database_url, tmp_path) as served, _crowd(busy, served, headers, owed, turn, seen=seen) as crowd:
            for left in reversed(range(KILLS_A_SERVER)):
                assert crowd.wait_for(chance.randint(1, MOST_BETWEEN)), served.log.read_text("utf-8")
                threading.Event().wait(chance.uniform(0, 0.02))  # in the middle of whatever comes next
                if left:
                    kill([chance.choice(served.workers())])
            crowd.send_home()
            served.kill_all()
            crowd.join()
        assert crowd.refused == []
        taken.update(kind for kind, _obligation in crowd.acknowledged)
        with reading():
            _whole(crowd.acknowledged, tmp_path)
        with writing():
            _owe_again(busy)
    with reading():
        assert verify_chain().broken_at is None
    sys.stdout.write(f"{KILLS} kills, acknowledged and none lost: {dict(taken)}\n")
