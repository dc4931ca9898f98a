"""Whose turn it is to write to an SQLite file: threads and processes wait at a lock of the system for it, instead of
polling SQLite's own.

Polling wakes late: under sixteen writers the slowest waits seconds. The system gives the lock back where its holder
dies, so nobody waits for the dead. It is only a queue: what keeps the data whole is SQLite.
"""

from __future__ import annotations

import fcntl
import os


def take_turn(database: str) -> int | None:
    """Waits until nobody else in the queue writes to the database file; closing the handle gives the turn on. None where
    no lock can be had beside it: then SQLite's own decides."""
    try:
        handle = os.open(f"{database}-turn", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    except OSError:
        return None
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
    except OSError:
        os.close(handle)
        return None
    return handle
