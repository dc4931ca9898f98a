"""Who writes to an SQLite file and when it is on the disk: the threads of a process stand in line, the first of each line
waits at a lock of the system for its turn, instead of polling SQLite's own, and nobody holds up the others while the disk is
waited for.

Polling wakes late: under sixteen writers the slowest waits seconds. The system gives the lock back where its holder
dies, so nobody waits for the dead. It is only a queue: what keeps the data whole is SQLite.
"""

from __future__ import annotations

import fcntl
import os
import sqlite3
import threading
from collections import deque
from collections.abc import Callable

_SYNC: Callable[[int], None] = getattr(os, "fdatasync", os.fsync)
"""A system without the first (macOS) has only the second, which also waits for what nobody asks: the time of the change."""


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


class Place:
    """A thread's place in line; it comes to the front once."""

    __slots__ = ("front", "thread", "writes")

    def __init__(self) -> None:
        self.thread = threading.get_ident()
        self.writes = ""
        """The file that it writes to, once it does."""
        self.front = threading.Lock()
        self.front.acquire()


class Line:
    """The threads of a process, one after the other in the order in which they came.

    Whoever writes gives up Python's own lock at every statement, and gets it back only when another thread that computes
    lets go: with seven neighbours computing what they will write next, a turn of one millisecond takes five. In line they
    sleep meanwhile.
    """

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._first: Place | None = None
        self._behind: deque[Place] = deque()

    def __len__(self) -> int:
        """How many stand in it, who is at the front included."""
        return len(self._behind) + (self._first is not None)

    def join(self) -> Place:
        """Returns once this thread is at the front; at once where it is there already."""
        first = self._first
        if first is not None and first.thread == threading.get_ident():
            return first
        place = Place()
        with self._guard:
            if self._first is None:
                self._first = place
                return place
            self._behind.append(place)
        place.front.acquire()
        return place

    def leave(self, place: Place) -> None:
        """Lets the next one come to the front. A place that was left before is nobody's loss."""
        with self._guard:
            if self._first is place:
                self._first = self._behind.popleft() if self._behind else None
                if self._first is not None:
                    self._first.front.release()

    def clear(self) -> None:
        """For a process that was forked: nobody who stood in line has come along."""
        self._guard, self._first = threading.Lock(), None
        self._behind.clear()


LINE = Line()
"""Of those who write, in this process."""
os.register_at_fork(after_in_child=LINE.clear)


class Unsure(OSError):
    """It is committed, and the disk does not say that it holds it: after a loss of power it may be gone."""


class Writer(sqlite3.Connection):
    """A connection that writes in its turn, and is told of a commit only once that is on the disk.

    SQLite's own FULL waits for the disk before it lets anybody else write, and so one sync after the other. Here SQLite
    commits to its log (`synchronous=NORMAL`), the turn goes on, and only then the log is synced: the system makes one of
    the syncs that are asked for at the same moment. What others wrote since stands behind it in the log, so nothing is
    safe that builds on what is not. A log that was begun anew meanwhile was synced by SQLite, with the database, before.
    """

    file = ""
    """The database file; empty where it has no log that could be synced."""
    turn: int | None = None
    place: Place | None = None

    def open_log(self, file: str) -> None:
        """Keeps a log of what is written, where the disk can hold one; else SQLite waits for the disk in its own way."""
        mode: str = self.execute("PRAGMA journal_mode=WAL").fetchone()[0]
        self.file = file if mode == "wal" else ""
        self.execute(f"PRAGMA synchronous={'NORMAL' if self.file else 'FULL'}")

    def take_turn(self) -> None:
        """Raises RuntimeError where this thread writes to the file by another connection: it would wait for itself."""
        if self.file and self.turn is None:
            place = LINE.join()
            if place.writes == self.file and place is not self.place:
                raise RuntimeError("this thread writes already, by another connection")
            self.place, place.writes = place, self.file
            self.turn = take_turn(self.file)

    def give_turn(self) -> None:
        if self.turn is not None:
            turn, self.turn = self.turn, None
            os.close(turn)
        if self.place is not None:
            place, self.place = self.place, None
            LINE.leave(place)

    def commit(self) -> None:
        """Raises Unsure where the disk refuses: then nobody may be told that it is kept, nor that it is not."""
        is_writing = self.in_transaction
        super().commit()
        self.give_turn()
        if is_writing and self.file:
            try:
                sync(f"{self.file}-wal")
            except OSError as refused:
                raise Unsure(*refused.args) from refused

    def close(self) -> None:
        """Of a connection that broke, too: its turn is not kept for anybody."""
        try:
            super().close()
        finally:
            self.give_turn()


def sync(log: str) -> None:
    """Returns once all that stands in the file now is on the disk."""
    handle = os.open(log, os.O_RDWR | os.O_CLOEXEC)
    try:
        _SYNC(handle)
    finally:
        os.close(handle)
