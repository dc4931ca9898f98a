"""The queue of those who write to an SQLite file, and the disk that they wait for together."""

from __future__ import annotations

import subprocess
import sys
import threading
import time

import pytest
from sqlalchemy import text

from tests.support.place import AT
from tracker import db as database_module, durable
from tracker.accounts.models import Person
from tracker.accounts.passwords import NOBODY
from tracker.db import db, session, transaction
from tracker.turns import _Line, take_turn

SQLITE = pytest.mark.parametrize("database", ["sqlite"], indirect=True)
NEIGHBOUR = """
import sys
from pathlib import Path
from tracker.turns import take_turn
turn = take_turn(sys.argv[1])
Path(sys.argv[1] + "-had").touch()
turn.end()
"""


def until(holds) -> None:
    """Waits for something that another thread or process is about to do."""
    deadline = time.monotonic() + 10
    while not holds():
        assert time.monotonic() < deadline
        time.sleep(0.002)


def test_threads_are_served_in_the_order_in_which_they_came():
    line, served, threads = _Line(), [], []
    assert line.enter(1)
    for number in range(5):

        def wait(number=number) -> None:
            assert line.enter(10)
            served.append(number)
            line.leave()

        threads.append(threading.Thread(target=wait))
        threads[-1].start()
        until(lambda number=number: len(line._waiting) == number + 1)
    line.leave()
    for thread in threads:
        thread.join(10)
    assert served == list(range(5))
    assert line.enter(0.1), "and then it is free"


def test_whoever_loses_patience_leaves_the_line():
    line = _Line()
    assert line.enter(1)
    assert not line.enter(0.01)
    line.leave()
    assert line.enter(0.01)


def test_a_process_that_has_written_lets_the_next_one_write(tmp_path):
    name = str(tmp_path / "city.db")
    turn = take_turn(name)
    with subprocess.Popen([sys.executable, "-c", NEIGHBOUR, name]) as neighbour:
        until(lambda: _is_shut(f"{name}-next"))
        turn.end()
        again = take_turn(name)
        assert (tmp_path / "city.db-had").exists(), "the neighbour stood at the door and was passed by"
        again.end()
        assert neighbour.wait(10) == 0


def _is_shut(door: str) -> bool:
    """Whether somebody waits inside it."""
    held = subprocess.run(["flock", "--nonblock", door, "true"], check=False)
    return held.returncode != 0


@SQLITE
def test_nobody_is_told_before_the_disk_has_it_and_the_next_need_not_wait_for_that(app, monkeypatch):
    synced = []

    def sync(log: str) -> None:
        take_turn(log.removesuffix("-wal")).end()  # the turn is free again, or this waits for ever
        synced.append(names())

    monkeypatch.setattr(durable, "_sync", sync)
    with app.app_context(), transaction():
        session.add(somebody("first"))
        assert synced == []
    assert synced == [["first"]]


def names() -> list[str]:
    with db.engine.connect() as connection:
        return list(connection.execute(text("SELECT username FROM person ORDER BY id")).scalars())


def somebody(username: str) -> Person:
    return Person(username=username, name="某人", password_hash=NOBODY, password_set_at=AT, created_at=AT)


def test_one_sync_serves_all_who_wait_for_it(monkeypatch):
    begun, go, syncs = threading.Event(), threading.Event(), []

    def sync(_log: str) -> None:
        syncs.append(1)
        begun.set()
        assert go.wait(10)

    monkeypatch.setattr(durable, "_sync", sync)
    disk = durable._Disk("city.db")
    first = threading.Thread(target=disk.sync)
    first.start()
    assert begun.wait(10)
    others = [threading.Thread(target=disk.sync) for _ in range(6)]
    for thread in others:
        thread.start()
    until(lambda: disk._newest == 7)
    go.set()
    for thread in (first, *others):
        thread.join(10)
    assert len(syncs) == 2, "their commits came after the first had begun: one more for all six"


@SQLITE
def test_where_the_disk_refuses_nobody_is_told_that_it_is_done(app, client, place, sign_in_as, monkeypatch):
    client = sign_in_as("leader")
    monkeypatch.setattr(durable, "_sync", lambda _log: OSError("no disk"))
    with pytest.raises(OSError, match="no disk"):  # which a server answers by an error page
        client.post("/language/en", lint=False)
    with app.app_context(), pytest.raises(OSError, match="no disk"), transaction():
        session.add(somebody("lost"))


@SQLITE
def test_only_what_is_synced_after_the_commit_is_committed_without(app):
    with app.app_context(), transaction():
        assert session.scalar(text("PRAGMA synchronous")) == 1
    with app.app_context(), database_module.db.engine.connect() as first, db.engine.connect() as other:
        levels = {connection.scalar(text("PRAGMA synchronous")) for connection in (first, other)}
    assert 2 in levels, "a connection that nobody wrote by syncs its own commits"
