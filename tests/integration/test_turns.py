"""The queue of those who write to an SQLite file."""

from __future__ import annotations

import subprocess
import sys
import threading
import time

import pytest
from sqlalchemy import text

from tracker.db import session, transaction
from tracker.turns import _Line, take_turn

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


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_what_is_committed_is_on_the_disk(app):
    """SQLite's own FULL: a connection syncs every commit before anybody is told of it."""
    with app.app_context(), transaction():
        assert session.scalar(text("PRAGMA synchronous")) == 2
