"""The application as it is served, with an empty page beside it: the floor of what pages cost.

"An empty Flask page of the same server", and "a POST that does nothing", are read in the strict way: a Flask application
of its own in the same processes, without session, token, rights or transaction. An empty page of our own application
would have all of these in it, and what they cost would count for nothing.
"""

from __future__ import annotations

import hashlib
import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

from flask import Flask
from flask.sessions import SecureCookieSessionInterface
from itsdangerous import URLSafeTimedSerializer
from werkzeug.middleware.dispatcher import DispatcherMiddleware

from app import create_app
from bench import database
from bench.city import SECRET, application
from bench.harness import ROOT
from tracker import clock
from tracker.accounts.access import SEEN, TOKEN
from tracker.accounts.models import SignIn
from tracker.accounts.queries import by_username
from tracker.accounts.roles import SIGNED_IN, allow
from tracker.accounts.tokens import new_token, token_hash
from tracker.db import session, transaction

EMPTY = "/bench/empty"
NOTHING = "/nothing"


def empty_page() -> Flask:
    """A bare Flask application: no session, no database, no hooks."""
    app = Flask("empty")

    @app.route("/empty", methods=["GET", "POST"])
    def empty() -> str:
        return "<!doctype html><title>empty</title>"

    return app


@allow(SIGNED_IN)
def nothing() -> str:
    """A POST to our own application that does nothing: what who asks, the token and a transaction cost. Never a floor."""
    return ""


def with_empty_page() -> Flask:
    """The application of `make run` under the address it has, the empty page under `EMPTY`."""
    app = create_app()
    app.add_url_rule(NOTHING, view_func=nothing, methods=["POST"])
    app.wsgi_app = DispatcherMiddleware(app.wsgi_app, {"/bench": empty_page()})  # type: ignore[method-assign]  # the documented way
    return app


@contextmanager
def serve(folder: Path, *, workers: int = 2, **settings: str) -> Iterator[int]:
    """Serves what stands in that folder, by gunicorn's own settings; yields the port."""
    with socket.create_server(("127.0.0.1", 0), backlog=256) as listening:
        port, handle = listening.getsockname()[1], listening.fileno()
        environment = {"INSTANCE_DIR": str(folder), "SECRET_KEY": SECRET, "LUOSHI_BIND": f"fd://{handle}"}
        environment["DATABASE_URL"] = database.url_of(folder)
        process = subprocess.Popen(
            [sys.executable, "-m", "gunicorn", "bench.server:with_empty_page()"],
            cwd=ROOT,
            env=os.environ | environment | {"LUOSHI_JOBS": "0", "LUOSHI_WORKERS": str(workers)} | settings,
            pass_fds=[handle],
            stdout=subprocess.DEVNULL,
        )
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=60) as connection:
                connection.sendall(f"GET {EMPTY} HTTP/1.0\r\n\r\n".encode())
                connection.recv(64)
            yield port
        finally:
            _stop(process)


def _stop(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(60)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def memory_mb() -> float:
    """What all processes below this one hold in memory, in MB; what they share counts once (Linux: `Pss`)."""
    kilobytes = 0
    for number in _below(os.getpid()):
        try:
            rollup = Path(f"/proc/{number}/smaps_rollup").read_text(encoding="ascii")
        except OSError:  # it has ended meanwhile
            continue
        kilobytes += next(int(line.split()[1]) for line in rollup.splitlines() if line.startswith("Pss:"))
    return kilobytes * 1024 / 1e6


def _below(process: int) -> list[int]:
    """Ids of the processes that this one has started, and they in turn."""
    try:
        started = Path(f"/proc/{process}/task/{process}/children").read_text(encoding="ascii").split()
    except OSError:
        return []
    return [one for child in map(int, started) for one in (child, *_below(child))]


class Person:
    """Somebody signed in: the cookie a browser would send, and the token its forms would carry."""

    def __init__(self, folder: Path, username: str) -> None:
        raw = hashlib.sha1(username.encode(), usedforsecurity=False).hexdigest()
        self.token = str(URLSafeTimedSerializer(SECRET, salt="wtf-csrf-token").dumps(raw))
        app = application(folder)
        cookie: dict[str, Any] = {"csrf_token": raw, TOKEN: new_token(), SEEN: int(clock.now().timestamp())}
        with app.app_context(), transaction():
            person = by_username(username)
            assert person is not None, f"nobody is called {username}"
            now = clock.now()
            session.add(
                SignIn(
                    token_hash=token_hash(cookie[TOKEN]),
                    person_id=person.id,
                    address="127.0.0.1",
                    began_at=now,
                    expires_at=now + timedelta(hours=12),
                )
            )
        signer = SecureCookieSessionInterface().get_signing_serializer(app)
        assert signer is not None
        self.cookie = f"{app.config['SESSION_COOKIE_NAME']}={signer.dumps(cookie)}"
