"""The queue of those who write to an SQLite file."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import text

from tests.support.server import ROOT
from tracker.db import session, transaction
from tracker.turns import take_turn

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


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_what_is_committed_is_on_the_disk(app):
    """SQLite's own FULL: a connection syncs every commit before anybody is told of it."""
    with app.app_context(), transaction():
        assert session.scalar(text("PRAGMA synchronous")) == 2
