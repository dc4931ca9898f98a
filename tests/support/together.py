"""Two acts at the same moment, each in a transaction of its own."""

from __future__ import annotations

import threading
from collections.abc import Callable

from sqlalchemy import text

from tracker.db import session
from tracker.errors import Conflict, DomainError, NotFound

SOMEBODY_WAITS = text(
    "SELECT count(*) FROM pg_locks WHERE NOT granted AND pg_backend_pid() = ANY(pg_blocking_pids(pid))"
)
"""For what this very transaction holds."""


def together(writing, *acts: Callable[[], object]) -> list[str]:
    """Does the acts at once, each in a transaction of its own; what became of each, in their order."""
    gate, answers = threading.Barrier(len(acts)), [""] * len(acts)

    def do(number: int) -> None:
        gate.wait()
        try:
            with writing():
                acts[number]()
            answers[number] = "done"
        except (Conflict, DomainError, NotFound) as error:
            answers[number] = type(error).__name__
        except Exception as error:  # noqa: BLE001 whatever it is, the test names it
            answers[number] = repr(error)

    threads = [threading.Thread(target=do, args=(number,)) for number in range(len(acts))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


def until_somebody_waits(begun: threading.Event, over: threading.Event) -> None:
    """Lets the other begin, and goes on once that one waits for what is held here, or is over."""
    begun.set()
    while not session.scalar(SOMEBODY_WAITS) and not over.is_set():
        over.wait(0.01)


def one_behind_the_other(writing, first: Callable[[], object], second: Callable[[], object]) -> list[str]:
    """The second begins when the first has written and not yet committed: what becomes of both.

    On PostgreSQL the first goes on once the second waits for it, or is through; on SQLite the second cannot begin before."""
    begun, over = threading.Event(), threading.Event()

    def act() -> None:
        first()
        if session.get_bind().dialect.name == "sqlite":
            begun.set()
        else:
            until_somebody_waits(begun, over)

    def follow() -> None:
        begun.wait()
        try:
            second()
        finally:
            over.set()

    return together(writing, act, follow)
