"""The application as people meet it: gunicorn on a free port, with the job worker beside it."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from sqlalchemy import select

from app import create_app
from tracker.accounts.models import Grant, Person
from tracker.db import db, session
from tracker.demo.commands import PASSWORD_FILE

ROOT = Path(__file__).resolve().parents[2]
SECRET = "only for tests, never for people"


@dataclass(frozen=True)
class City:
    """A demonstration city at rest: its folder can be copied."""

    folder: Path
    people: dict[str, str]
    """For each role the user name of somebody who holds it alone where there is such a person."""
    password: str
    """Everybody's."""


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


def flask(folder: Path, *arguments: str) -> str:
    """Runs a command of the application on that folder; returns what it prints. Raises AssertionError with its words."""
    done = subprocess.run(
        [sys.executable, "-m", "flask", *arguments],
        cwd=ROOT,
        env=environment(folder),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, f"flask {' '.join(arguments)}: {done.stdout}{done.stderr}"
    return done.stdout


def demonstration_city(folder: Path, today: date | None = None) -> City:
    """Loads the demonstration city into an empty folder."""
    flask(folder, "db", "upgrade")
    flask(folder, "demo", "load", *(["--today", today.isoformat()] if today else []))
    app = create_app({"TESTING": True, "INSTANCE_DIR": folder, "SECRET_KEY": SECRET})
    with app.app_context():
        people = _one_of_each_role()
        session.remove()
        db.engine.dispose()
    return City(folder, people, (folder / PASSWORD_FILE).read_text("ascii").strip())


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
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port, handle = listening.getsockname()[1], listening.fileno()
        log = (folder / "server.log").open("wb")
        process = subprocess.Popen(
            [sys.executable, "-m", "gunicorn", "app:create_app()"],
            cwd=ROOT,
            env=environment(folder, LUOSHI_BIND=f"fd://{handle}", LUOSHI_WORKERS="1"),
            pass_fds=[handle],
            stdout=log,
            stderr=log,
        )
        try:
            _wait_until_it_answers(port, process, folder / "server.log")
            yield Server(f"http://127.0.0.1:{port}", folder, city.people, city.password)
        finally:
            process.terminate()
            process.wait(60)
            log.close()


def _wait_until_it_answers(port: int, process: subprocess.Popen[bytes], log: Path) -> None:
    """The socket listens already, so one request simply waits until a worker takes it."""
    with socket.create_connection(("127.0.0.1", port), timeout=60) as connection:
        connection.sendall(b"GET /sign-in HTTP/1.0\r\nHost: 127.0.0.1\r\n\r\n")
        answer = connection.recv(32)
    assert b" 200 " in answer, f"{answer!r} ({process.poll()})\n{log.read_text('utf-8')}"
