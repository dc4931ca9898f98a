"""What was committed to an SQLite file is on the disk before anybody is told so; many commits share one wait for it.

The wait is no part of the turn to write: the next writes while the last waits for the disk. SQLite itself syncs when it
moves its log into the database (`synchronous=NORMAL`), so that the file is whole at any moment; what a power cut may
take is a commit that nobody was told of.
"""

from __future__ import annotations

import itertools
import os
import threading


class _Disk:
    """The log of one database. Whoever comes while the disk is at work waits for the next sync, which serves all of them."""

    def __init__(self, database: str) -> None:
        self._log, self._asked, self._lock = f"{database}-wal", itertools.count(1), threading.Lock()
        self._newest = self._tried = 0
        self._failure: OSError | None = None

    def sync(self) -> None:
        mine = self._newest = next(self._asked)
        with self._lock:
            if self._tried < mine:
                # whoever has asked committed before that: their commit is in the log that is synced now
                self._tried = max(self._newest, mine)
                self._failure = _sync(self._log)
            if self._failure is not None:
                raise self._failure


def _sync(log: str) -> OSError | None:
    """What the disk refuses it for. A log that is gone was moved into the database, and synced there."""
    try:
        handle = os.open(log, os.O_RDONLY | os.O_CLOEXEC)
    except FileNotFoundError:
        return None
    except OSError as error:
        return error
    try:
        os.fdatasync(handle)
    except OSError as error:
        return error  # told to all whom it concerns: the system says it once
    finally:
        os.close(handle)
    return None


_disks: dict[str, _Disk] = {}


def make_durable(database: str) -> None:
    """Returns when all that was committed before is on the disk. Raises OSError where it cannot be brought there."""
    _disks.setdefault(database, _Disk(database)).sync()
