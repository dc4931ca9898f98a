"""The queue of those who write to an SQLite file, and the disk that they wait for."""

from __future__ import annotations

import errno
import fcntl
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from sqlalchemy import make_url
from sqlalchemy.exc import DBAPIError

from tests.support.databases import ON_SQLITE
from tests.support.place import AT
from tests.support.server import ROOT
from tracker import prepared, turns
from tracker.accounts.models import SignInFailure
from tracker.db import session, transaction
from tracker.turns import Line, sync, take_turn

HOLDER = """
import sys
from tracker.turns import take_turn
take_turn(sys.argv[1])
print("mine", flush=True)
sys.stdin.read()
"""


@contextmanager
def held_by_another(database: str) -> Iterator[subprocess.Popen[str]]:
    """A process that has its turn to write and does not give it on."""
    command = [sys.executable, "-c", HOLDER, database]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "mine\n"
        yield process
        process.kill()


def waiting(database: str) -> tuple[threading.Thread, list[int | None]]:
    """A thread that takes its turn, and what it was given once it had it."""
    given: list[int | None] = []
    thread = threading.Thread(target=lambda: given.append(take_turn(database)))
    thread.start()
    return thread, given


def test_nobody_waits_for_the_dead(tmp_path):
    name = str(tmp_path / "city.db")
    with held_by_another(name) as neighbour:
        thread, given = waiting(name)
        thread.join(0.1)
        assert given == [], "passed by somebody whose turn it was"
        neighbour.send_signal(signal.SIGKILL)
        thread.join(10)
        assert given[0] is not None
        os.close(given[0])


def test_threads_of_a_process_come_one_after_the_other(tmp_path):
    name = str(tmp_path / "city.db")
    mine = take_turn(name)
    assert mine is not None
    thread, given = waiting(name)
    thread.join(0.1)
    assert given == []
    os.close(mine)
    thread.join(10)
    assert given[0] is not None
    os.close(given[0])


def test_where_no_lock_can_be_made_nobody_is_kept_out(tmp_path):
    assert take_turn(str(tmp_path / "missing" / "city.db")) is None


@pytest.fixture
def file(database_url) -> Path:
    return Path(make_url(database_url).database or "")


def _fail_to_sign_in() -> None:
    session.add(SignInFailure(username="nobody", address="", at=AT))


def _is_free(file: Path) -> bool:
    with file.with_name(f"{file.name}-turn").open() as turn:
        try:
            fcntl.flock(turn, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
    return True


@ON_SQLITE
def test_what_is_committed_is_on_the_disk_before_anybody_is_told(app, file, tmp_path, monkeypatch):
    """What stands in the files once the log is synced is all that a power cut leaves: the commit is in it. Others may
    write meanwhile."""
    left, turns_free = tmp_path / "left.db", list[bool]()

    def sync_and_lose_power(log: str) -> None:
        turns_free.append(_is_free(file))
        sync(log)
        for suffix in ("", "-wal"):
            shutil.copyfile(f"{file}{suffix}", f"{left}{suffix}")

    monkeypatch.setattr(turns, "sync", sync_and_lose_power)
    with app.app_context():
        with transaction():
            _fail_to_sign_in()
        assert turns_free == [True]
    with closing(sqlite3.connect(left)) as found:
        assert found.execute("SELECT username FROM sign_in_failure").fetchall() == [("nobody",)]


@ON_SQLITE
def test_nobody_is_told_where_the_disk_refuses(app, file, monkeypatch):
    def refuse(_log: str) -> None:
        raise OSError(errno.EIO, "the disk refuses")

    monkeypatch.setattr(turns, "sync", refuse)
    with app.app_context(), pytest.raises(OSError, match="the disk refuses"), transaction():
        _fail_to_sign_in()
    assert _is_free(file)


def test_where_no_log_can_be_kept_sqlite_waits_for_the_disk_itself():
    """As on a disk of the network: FULL is 2."""
    with closing(sqlite3.connect(":memory:", factory=turns.Writer)) as writer:
        writer.open_log("")
        assert writer.execute("PRAGMA synchronous").fetchone() == (2,)


class TestLine:
    """The threads of a process that write."""

    @staticmethod
    def coming(line: Line, number: int, came: list[int]) -> threading.Thread:
        """A thread that stands in line, comes to the front and leaves."""

        def come() -> None:
            place = line.join()
            came.append(number)
            line.leave(place)

        before, thread = len(line), threading.Thread(target=come)
        thread.start()
        while thread.is_alive() and len(line) == before:
            thread.join(0.001)
        return thread

    def test_they_come_in_the_order_in_which_they_joined(self):
        line, came, threads = Line(), list[int](), list[threading.Thread]()
        mine = line.join()
        for number in range(5):
            threads.append(self.coming(line, number, came))
        assert came == []
        line.leave(mine)
        for thread in threads:
            thread.join(10)
        assert came == [0, 1, 2, 3, 4]

    def test_who_is_at_the_front_stays_there(self):
        line = Line()
        mine = line.join()
        assert line.join() is mine
        line.leave(mine)

    def test_leaving_again_sends_nobody_away(self):
        line, came = Line(), list[int]()
        mine = line.join()
        line.leave(mine)
        again = line.join()
        line.leave(mine)
        thread = self.coming(line, 1, came)
        assert came == [], "passed by who stands at the front"
        line.leave(again)
        thread.join(10)
        assert came == [1]

    def test_nobody_of_a_forked_process_waits_for_a_thread_that_did_not_come_along(self):
        line, came = Line(), list[int]()
        threading.Thread(target=line.join).start()  # and never leaves
        line.clear()
        self.coming(line, 1, came).join(10)
        assert came == [1]


@ON_SQLITE
def test_a_connection_that_is_given_up_keeps_nobody_waiting(app, file):
    def lose_it() -> None:
        with prepared.turn() as taken:
            assert not _is_free(file)
            taken.driver.close()
            assert _is_free(file)

    with app.app_context(), pytest.raises(DBAPIError):
        lose_it()


@ON_SQLITE
def test_who_writes_already_is_told_and_does_not_wait_for_itself(app, file):
    with app.app_context(), transaction():
        _fail_to_sign_in()
        session.flush()
        with pytest.raises(RuntimeError, match="writes already"), prepared.turn():
            pytest.fail("two writers at once")
        assert not _is_free(file), "the first goes on"
    with app.app_context(), prepared.turn():
        assert not _is_free(file)
    assert _is_free(file)
