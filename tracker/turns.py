"""Whose turn it is to write to an SQLite file: threads and processes queue here, instead of polling SQLite's own lock.

Polling wakes late and out of order: under sixteen writers the slowest waits seconds. The file lock is given back by the
system where its holder dies, so nobody waits for the dead. It is only a queue: what keeps the data whole is SQLite.
"""

from __future__ import annotations

import fcntl
import os
import threading
from dataclasses import dataclass

PATIENCE = 30.0
"""Seconds that a thread waits for the others of its process before it tries its luck with SQLite's own timeout."""

_threads: dict[str, threading.Lock] = {}
_guard = threading.Lock()


@dataclass(slots=True)
class Turn:
    lock: threading.Lock | None
    handle: int | None

    def end(self) -> None:
        if self.handle is not None:
            os.close(self.handle)
            self.handle = None
        if self.lock is not None:
            self.lock.release()
            self.lock = None


def take_turn(database: str) -> Turn:
    """Waits until nobody else in line writes to the database file; `end` gives the turn on."""
    with _guard:
        lock = _threads.setdefault(database, threading.Lock())
    held = lock.acquire(timeout=PATIENCE)
    try:
        handle = os.open(f"{database}-turn", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    except OSError:
        return Turn(lock if held else None, None)
    fcntl.flock(handle, fcntl.LOCK_EX)
    return Turn(lock if held else None, handle)
