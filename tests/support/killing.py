"""A server that is killed without warning, and people who work with it all the while."""

from __future__ import annotations

import hashlib
import http.client
import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from flask import Flask
from flask.sessions import SecureCookieSessionInterface
from itsdangerous import URLSafeTimedSerializer

from tests.support.server import ROOT, environment
from tracker import clock
from tracker.accounts.access import SEEN, TOKEN

SECRET = "killed without warning, and started again"
RAW = hashlib.sha1(b"a test", usedforsecurity=False).hexdigest()
PATIENCE = 60
"""Seconds without a single answer after which the server is taken for broken."""

Headers = dict[str, str]
Thing = tuple[str, int]
"""What was taken: of which kind, and about which obligation."""
Taken = dict[Thing, str] | str
"""The words, or the mark of the bytes, of each thing that was taken; a text where it was refused."""
Doing = Callable[[], Taken | None]
"""None where no answer came."""


def headers_of(app: Flask, token: str) -> Headers:
    """The cookie and the CSRF token of somebody who has signed in, as their browser sends them."""
    app.secret_key = SECRET
    serializer = SecureCookieSessionInterface().get_signing_serializer(app)
    assert serializer is not None
    cookie = serializer.dumps({TOKEN: token, SEEN: int(clock.now().timestamp()), "csrf_token": RAW})
    csrf = str(URLSafeTimedSerializer(SECRET, salt="wtf-csrf-token").dumps(RAW))
    return {"Cookie": f"session={cookie}", "X-CSRFToken": csrf}


class Server:
    """The application served by gunicorn as `make run` does: two web workers, and the job worker beside them."""

    def __init__(self, process: subprocess.Popen[bytes], port: int, log: Path) -> None:
        self.process, self.port, self.log = process, port, log

    def workers(self) -> list[int]:
        """Those that work now: for the web, and for the jobs (below what starts it again)."""
        return [
            worker
            for child in children(self.process.pid)
            for worker in (children(child) if "keep_running" in command_of(child) else [child])
        ]

    def kill_all(self) -> None:
        """Everything at once, as when the current fails."""
        kill([self.process.pid, *below(self.process.pid)])
        self.process.wait(PATIENCE)


@contextmanager
def server(url: str, folder: Path) -> Iterator[Server]:
    log = folder / "log"
    with socket.create_server(("127.0.0.1", 0)) as listening, log.open("ab") as output:
        port, handle = listening.getsockname()[1], listening.fileno()
        settings = environment(folder, LUOSHI_BIND=f"fd://{handle}", LUOSHI_WORKERS="2", DATABASE_URL=url)
        process = subprocess.Popen(
            [sys.executable, "-m", "gunicorn", "app:create_app()"], cwd=ROOT, env=settings | {"SECRET_KEY": SECRET},
            pass_fds=[handle], stdout=output, stderr=output,
        )  # fmt: skip
    served = Server(process, port, log)  # the socket is its alone from here on: who asks a dead one is refused at once
    try:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
        connection.request("GET", "/sign-in")
        assert connection.getresponse().status == 200, log.read_text("utf-8")
        connection.close()
        yield served
    finally:
        served.kill_all()


class Crowd:
    """Everybody does one thing after the other in a thread; who gets no answer does the same again, as people do."""

    def __init__(self, people: Iterable[Iterable[Doing]]) -> None:
        self.acknowledged: dict[Thing, str] = {}
        self.refused: list[str] = []
        self._going_home, self._news = threading.Event(), threading.Condition()
        self._threads = [threading.Thread(target=self._work, args=(doings,)) for doings in people]
        self._busy = len(self._threads)
        for thread in self._threads:
            thread.start()

    def __enter__(self) -> Crowd:
        return self

    def __exit__(self, *_failure: object) -> None:
        self.send_home()

    def wait_for(self, more: int) -> bool:
        """Until so much more was taken, or nothing is left to be done. False where nothing moves."""
        with self._news:
            wanted = len(self.acknowledged) + more
            return self._news.wait_for(
                lambda: len(self.acknowledged) >= wanted or self.refused or not self._busy, PATIENCE
            )

    def send_home(self) -> None:
        """What is on its way is on its way; nobody sends anything again."""
        self._going_home.set()

    def join(self) -> None:
        for thread in self._threads:
            thread.join()

    def _work(self, doings: Iterable[Doing]) -> None:
        for doing in doings:
            taken = None
            while taken is None and not self._going_home.is_set():
                taken = doing()
            if taken is None:
                break
            with self._news:
                if isinstance(taken, str):
                    self.refused.append(taken)
                else:
                    self.acknowledged |= taken
                self._news.notify_all()
        with self._news:
            self._busy -= 1
            self._news.notify_all()


def kill(processes: Iterable[int]) -> None:
    for process in processes:
        with suppress(ProcessLookupError):  # it has ended meanwhile
            os.kill(process, signal.SIGKILL)


def children(process: int) -> list[int]:
    try:
        return [int(one) for one in Path(f"/proc/{process}/task/{process}/children").read_text("ascii").split()]
    except OSError:  # it has ended meanwhile
        return []


def below(process: int) -> list[int]:
    """Processes that this one has started, and they in turn."""
    return [one for child in children(process) for one in (child, *below(child))]


def command_of(process: int) -> str:
    try:
        return Path(f"/proc/{process}/cmdline").read_text("utf-8")
    except OSError:
        return ""
