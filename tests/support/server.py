"""The application as people meet it: gunicorn on a free port, with the job worker beside it."""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

from sqlalchemy import UpdateBase, select

from app import create_app
from tests.support.ready import ROOT, running
from tracker.accounts import service as accounts
from tracker.accounts.models import Grant, Person
from tracker.accounts.queries import viewer_for
from tracker.accounts.roles import Role
from tracker.assessment.service import schemes
from tracker.clock import CHINA
from tracker.db import db, session, transaction
from tracker.demo.commands import PASSWORD_FILE
from tracker.plans.models import Plan
from tracker.units.models import Unit

SECRET = "only for tests, never for people"
EVENING = datetime(2026, 11, 21, 19, 0, tzinfo=CHINA)
"""When the city is loaded, by its own clock: what is due, late or open then is known, whenever the tests run."""
CLOCK = Path(__file__).parent / "clock"
KNOWN = "city.json"


@dataclass(frozen=True)
class City:
    """A demonstration city at rest: its folder can be copied."""

    folder: Path
    people: dict[str, str]
    """For each role the user name of somebody who holds it alone where there is such a person."""
    password: str
    """Everybody's."""
    ahead: float
    """Seconds by which its clock is ahead of ours."""


@dataclass(frozen=True)
class Server:
    url: str
    folder: Path
    people: dict[str, str]
    password: str


def environment(folder: Path, **more: str) -> dict[str, str]:
    """Settings of a server: without reminders, which come and go by the hour of the day."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("LUOSHI_", "DATABASE_URL"))}
    return (
        kept | {"INSTANCE_DIR": str(folder), "SECRET_KEY": SECRET, "PYTHONUNBUFFERED": "1", "REMINDER_HOURS": ""} | more
    )


def by_clock(ahead: float) -> dict[str, str]:
    """Settings of programs whose clock is that many seconds ahead of ours."""
    return {"PYTHONPATH": str(CLOCK), "LUOSHI_TEST_AHEAD": str(ahead)}


def flask(folder: Path, *arguments: str, **more: str) -> str:
    """Runs a command of the application on that folder; returns what it prints. Raises AssertionError with its words."""
    done = subprocess.run(
        [sys.executable, "-m", "flask", *arguments],
        cwd=ROOT,
        env=environment(folder, **more),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, f"flask {' '.join(arguments)}: {done.stdout}{done.stderr}"
    return done.stdout


def load_city(folder: Path) -> None:
    """Loads the demonstration city into an empty folder, as of that evening."""
    flask(folder, "db", "upgrade")
    ahead = (EVENING - datetime.now(UTC)).total_seconds()
    flask(folder, "demo", "load", **by_clock(ahead))
    with _within(folder):
        people = _one_of_each_role()
    known = {"people": people, "password": (folder / PASSWORD_FILE).read_text("ascii").strip(), "ahead": ahead}
    (folder / KNOWN).write_text(json.dumps(known), "ascii")


@contextmanager
def _within(folder: Path) -> Iterator[None]:
    """The application on that folder, in this process."""
    app = create_app({"TESTING": True, "INSTANCE_DIR": folder, "SECRET_KEY": SECRET})
    with app.app_context():
        try:
            yield
        finally:
            session.remove()
            db.engine.dispose()


def city_in(folder: Path) -> City:
    """The city that was loaded into that folder."""
    return City(folder, **json.loads((folder / KNOWN).read_text("ascii")))


def _one_of_each_role() -> dict[str, str]:
    roles: dict[str, list[str]] = {}
    for username, role in session.execute(
        select(Person.username, Grant.role).join(Grant.person).where(Person.is_active).order_by(Person.id, Grant.id)
    ):
        roles.setdefault(username, []).append(role)
    chosen: dict[str, str] = {}
    for username, held in sorted(roles.items(), key=lambda item: len(item[1])):
        for role in held:
            chosen.setdefault(role, username)
    return chosen


@contextmanager
def serve(city: City, folder: Path) -> Iterator[Server]:
    """Serves a copy of the city from that folder, which must not be there yet."""
    shutil.copytree(city.folder, folder)
    log, settings = folder / "server.log", environment(folder, LUOSHI_WORKERS="1", LUOSHI_JOBS="0")
    with (
        socket.create_server(("127.0.0.1", 0)) as listening,
        running(
            ("gunicorn", "app:create_app()"), settings, log, ahead=city.ahead, end=signal.SIGTERM, listening=listening
        ) as process,
        running(("flask", "jobs", "work"), settings, log, ahead=city.ahead, end=signal.SIGINT),
    ):
        port = listening.getsockname()[1]
        _wait_until_it_answers(port, process, log)
        yield Server(f"http://127.0.0.1:{port}", folder, city.people, city.password)


def employ(server: Server, username: str, name: str, role: Role, unit: str) -> None:
    """One more person of the city, who signs in with everybody's password."""
    with _within(server.folder), transaction():
        unit_id = session.scalars(select(Unit.id).where(Unit.name == unit)).one()
        person = accounts.create_person(
            username=username, name=name, password=server.password, by=None, at=EVENING, must_change=False
        )
        accounts.grant(person, role, unit_id, by=None, at=EVENING, since=EVENING.date())


def change(server: Server, statement: UpdateBase) -> None:
    """What others do meanwhile, as it stands in the database afterwards."""
    with _within(server.folder), transaction():
        session.execute(statement)


def put_marks(server: Server, name: str, plan: str, indicators: Sequence[str]) -> None:
    """A scheme in use by which evaluators mark every unit of a plan, ten points an indicator."""
    leaves = [
        {"key": f"mark{at}", "name": one, "points": "10", "rule": {"kind": "marks", "combine": "mean"}}
        for at, one in enumerate(indicators)
    ]
    body: dict[str, Any] = {
        "rounding": {"places": "2", "mode": "half_up", "stage": "total"}, "not_applicable": "rescale",
        "ties": "competition", "tie_break": [], "grades": [],
        "indicators": {
            "key": "total", "name": "总分", "points": str(10 * len(leaves)), "aggregate": "sum", "children": leaves
        },
    }  # fmt: skip
    with _within(server.folder), transaction():
        by = viewer_for(
            session.scalars(select(Person.id).where(Person.username == "kaohe")).one(), today=EVENING.date()
        )
        plan_id = session.scalars(select(Plan.id).where(Plan.name == plan)).one()
        made = schemes.create_scheme(
            name=name, body=body, sources={one["key"]: {"from": "entered"} for one in leaves}, plan_id=plan_id, by=by,
            at=EVENING,
        )  # fmt: skip
        schemes.adopt_scheme(made, version=made.version, by=by, at=EVENING)


def _wait_until_it_answers(port: int, process: BaseProcess, log: Path) -> None:
    """The socket listens already, so one request simply waits until a worker takes it."""
    with socket.create_connection(("127.0.0.1", port), timeout=300) as connection:
        connection.sendall(b"GET /sign-in HTTP/1.0\r\nHost: 127.0.0.1\r\n\r\n")
        answer = connection.recv(32)
    assert b" 200 " in answer, f"{answer!r} ({process.exitcode})\n{log.read_text('utf-8')}"
