"""Whose turn it is to write to an SQLite file: threads and processes queue here, instead of polling SQLite's own lock.

Polling wakes late and out of order: under sixteen writers the slowest waits seconds. Threads of a process are served in
the order in which they came, and processes by turns. The file locks are given back by the system where their holder
dies, so nobody waits for the dead. It is only a queue: what keeps the data whole is SQLite.
"""

from __future__ import annotations

import fcntl
import os
import sys
import threading
from collections import deque
from dataclasses import dataclass

PATIENCE = 30.0
"""Seconds that a thread waits for the others of its process before it tries its luck with SQLite's own timeout."""

HURRY = 0.00005
"""Seconds for which other threads of the process may compute while one of it writes: it waits so long for them after
every statement, and everybody who writes waits for it."""


class _Line:
    """A lock that is handed on in the order of asking. Python's own goes to whoever happens to be awake."""

    def __init__(self) -> None:
        self._guard, self._waiting, self._taken = threading.Lock(), deque[threading.Lock](), False

    def enter(self, patience: float) -> bool:
        """Waits for the turn; False where it did not come in time."""
        with self._guard:
            if not self._taken:
                self._taken = True
                return True
            mine = threading.Lock()
            mine.acquire()
            self._waiting.append(mine)
        if mine.acquire(timeout=patience):
            return True
        with self._guard:
            if mine not in self._waiting:
                return True  # it came just now
            self._waiting.remove(mine)
            return False

    def leave(self) -> None:
        with self._guard:
            if self._waiting:
                self._waiting.popleft().release()
            else:
                self._taken = False


_lines: dict[str, _Line] = {}
_guard = threading.Lock()


@dataclass(slots=True)
class Turn:
    line: _Line | None
    handle: int | None
    unhurried: float
    """How long other threads may compute when nobody writes."""

    def end(self) -> None:
        if self.handle is not None:
            sys.setswitchinterval(self.unhurried)
            os.close(self.handle)
            self.handle = None
        if self.line is not None:
            self.line.leave()
            self.line = None


def take_turn(database: str) -> Turn:
    """Waits until nobody else in line writes to the database file; `end` gives the turn on."""
    with _guard:
        line = _lines.setdefault(database, _Line())
    held, unhurried = line.enter(PATIENCE), sys.getswitchinterval()
    try:
        handle = _of_processes(database)
    except OSError:
        return Turn(line if held else None, None, unhurried)
    if held:
        sys.setswitchinterval(HURRY)
    return Turn(line if held else None, handle, unhurried)


def _of_processes(database: str) -> int:
    """The turn among processes, as an open file. Whoever is next waits inside the door: a process that has just written
    finds the door shut until the next one has its turn, and cannot take it again before."""
    door = _locked(f"{database}-next")
    try:
        return _locked(f"{database}-turn")
    finally:
        os.close(door)


def _locked(path: str) -> int:
    handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    fcntl.flock(handle, fcntl.LOCK_EX)
    return handle
