"""What a test lets a process apart do, to see how its end looks from outside."""

from __future__ import annotations

import os
import signal

from imports.problems import UnreadableDocument

LOADED_BY = os.getpid()


def answer(data: bytes, *, word: str) -> dict[str, object]:
    return {"size": len(data), "word": word, "pid": os.getpid(), "parent": os.getppid()}


def refuse(data: bytes) -> None:
    raise UnreadableDocument("undecodable", place="line 7", offset="9")


def hang(data: bytes) -> None:
    signal.pause()


def devour(data: bytes) -> int:
    return len([bytes(1 << 20) for _ in range(1 << 20)])


def fall(data: bytes) -> None:
    os.abort()


def err(data: bytes) -> None:
    raise KeyError(data.decode())


def settings(data: bytes) -> list[str]:
    return sorted(os.environ)


def loaded_by(data: bytes) -> tuple[int, int]:
    """The process that loaded this module, and the one that this one was born of."""
    return LOADED_BY, os.getppid()
