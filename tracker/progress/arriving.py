"""Files that arrive in pieces: what has come stays, so that a broken line costs a piece and not the file. No database.

What is not whole after a day is dropped.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import IO

READ = 1 << 16
KEPT_FOR = timedelta(days=1)
"""Since the last piece."""


@dataclass(frozen=True, slots=True)
class Arriving:
    """A file on its way: where its bytes are kept until it is whole, and how many there will be."""

    path: Path
    size: int

    @property
    def offset(self) -> int:
        """How many of its bytes have come."""
        try:
            return self.path.stat().st_size
        except FileNotFoundError:
            return 0

    def whole(self) -> IO[bytes] | None:
        """All of its bytes; None while some are missing, and after another request has taken them."""
        try:
            kept = self.path.open("rb")
        except FileNotFoundError:
            return None
        if os.fstat(kept.fileno()).st_size == self.size:
            return kept
        kept.close()
        return None

    def take(self, offset: int, piece: IO[bytes]) -> None:
        """Adds a piece that begins at `offset`. One that begins elsewhere, as it does when an answer was lost on its way,
        is left: the sender asks how far it has come."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        with self.path.open("ab") as kept:
            fcntl.flock(kept, fcntl.LOCK_EX)
            if kept.tell() != offset:
                return
            left = self.size - offset
            while left and (data := piece.read(min(READ, left))):
                kept.write(data)
                left -= len(data)

    def forget(self) -> None:
        self.path.unlink(missing_ok=True)


def arriving(folder: Path, size: int, *named: object) -> Arriving:
    """The file of these names, whoever asks for it again: one that was chosen anew goes on where it broke off."""
    key = hashlib.sha256(repr((size, named)).encode()).hexdigest()
    return Arriving(folder / key, size)


def sweep(folder: Path, at: datetime) -> None:
    """Drops what is not whole and has not grown for a day."""
    for path in folder.glob("*"):
        with suppress(FileNotFoundError):  # it became whole meanwhile, and was taken
            if datetime.fromtimestamp(path.stat().st_mtime, UTC) < at - KEPT_FOR:
                path.unlink()
