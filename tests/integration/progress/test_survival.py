"""Nothing that was acknowledged is lost: many at once, and a server that is killed without warning."""

from __future__ import annotations

import hashlib
import http.client
import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from urllib.parse import urlencode

import pytest
from flask.sessions import SecureCookieSessionInterface
from itsdangerous import URLSafeTimedSerializer
from sqlalchemy import select

from tests.integration.progress.test_counting import kept, recounted
from tests.support.issued import QUARTERLY, TaskSpec, adopted, people
from tests.support.place import AT, FOUNDED
from tests.support.server import ROOT, environment
from tracker import clock
from tracker.accounts import service as accounts
from tracker.accounts.access import SEEN, TOKEN
from tracker.accounts.models import Person, SignIn
from tracker.accounts.passwords import NOBODY
from tracker.accounts.roles import Role
from tracker.accounts.tokens import new_token, token_hash
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


SECRET = "killed without warning, and started again"
RAW = hashlib.sha1(b"a test", usedforsecurity=False).hexdigest()


def _headers(app, token: str) -> dict[str, str]:
    """The cookie and the CSRF token of somebody who has signed in, as their browser holds them."""
    app.secret_key = SECRET
    serializer = SecureCookieSessionInterface().get_signing_serializer(app)
    assert serializer is not None
    cookie = serializer.dumps({TOKEN: token, SEEN: int(clock.now().timestamp()), "csrf_token": RAW})
    csrf = URLSafeTimedSerializer(SECRET, salt="wtf-csrf-token").dumps(RAW)
    return {"Cookie": f"session={cookie}", "X-CSRFToken": csrf, "Content-Type": "application/x-www-form-urlencoded"}


def _open_session(busy, app, username: str) -> dict[str, str]:
    token, now = new_token(), clock.now()
    session.add(
        SignIn(
            token_hash=token_hash(token), person_id=busy.place.people[username], address="", began_at=now,
            expires_at=now + timedelta(hours=2),
        )
    )  # fmt: skip
    return _headers(app, token)


@contextmanager
def _server(url: str, folder) -> Iterator[tuple[subprocess.Popen[bytes], int]]:
    """The application served by gunicorn in processes of its own, in a group of its own: killed as a whole."""
    with socket.create_server(("127.0.0.1", 0)) as listening, (folder / "log").open("ab") as log:
        port, handle = listening.getsockname()[1], listening.fileno()
        settings = environment(folder, LUOSHI_BIND=f"fd://{handle}", LUOSHI_WORKERS="1", DATABASE_URL=url)
        process = subprocess.Popen(
            [sys.executable, "-m", "gunicorn", "app:create_app()"], cwd=ROOT, env=settings | {"SECRET_KEY": SECRET},
            pass_fds=[handle], stdout=log, stderr=log, start_new_session=True,
        )  # fmt: skip
    try:  # the socket is the server's alone from here on: who asks a dead one is refused at once
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        connection.request("GET", "/sign-in")
        assert connection.getresponse().status == 200, (folder / "log").read_text("utf-8")
        connection.close()
        yield process, port
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
        process.wait(60)


def _submit(
    port: int, headers: dict[str, str], owed: list[int], acknowledged: list[int], enough: threading.Event
) -> None:
    """Hands in one report after the other and notes each that was acknowledged, until the server is gone."""
    for obligation_id in owed:
        try:
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
            body = urlencode(
                {"done": f"已报送{obligation_id}", "percent": "10", "version": "0", "editor": f"e{obligation_id}"}
            )
            connection.request("POST", f"/obligations/{obligation_id}/report", body, headers)
            if connection.getresponse().status == 302:
                acknowledged.append(obligation_id)
        except (OSError, http.client.HTTPException):
            return
        finally:
            connection.close()
        if len(acknowledged) >= 20:
            enough.set()


def test_a_killed_server_loses_nothing_it_acknowledged(busy, app, database_url, reading, writing, tmp_path):
    owed = _owed(reading)
    with writing():
        people_of = [_open_session(busy, app, f"r{number}") for number in range(CLIENTS)]
    acknowledged, enough = list[int](), threading.Event()
    with _server(database_url, tmp_path) as (process, port):
        threads = [
            threading.Thread(target=_submit, args=(port, people_of[number], owed[number], acknowledged, enough))
            for number in range(CLIENTS)
        ]
        for thread in threads:
            thread.start()
        assert enough.wait(60), (tmp_path / "log").read_text("utf-8")
        os.killpg(process.pid, signal.SIGKILL)
        for thread in threads:
            thread.join()
    assert len(acknowledged) < sum(map(len, owed)), "killed in the middle, not at the end"
    with reading():
        there = session.execute(
            select(Return.obligation_id, Return.state, ReturnText.done).join(
                ReturnText, ReturnText.return_id == Return.id
            )
        ).all()
        texts = {row.obligation_id: row.done for row in there if row.state == "own_review"}
        assert {one: texts.get(one) for one in acknowledged} == {one: f"已报送{one}" for one in acknowledged}
        assert all(row.state == "own_review" for row in there), "nothing stands half written"
        assert kept() == recounted()
        assert verify_chain().broken_at is None
