"""Counts the statements that reach the database, to hold that a page needs as many for a thousand rows as for ten."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch

from sqlalchemy import event
from sqlalchemy.engine import Engine

from tracker.prepared import _Words

BOOKKEEPING = ("BEGIN", "SAVEPOINT", "RELEASE", "ROLLBACK", "PRAGMA")


@contextmanager
def prepared(note: Callable[[str], object]) -> Iterator[None]:
    """Tells of every prepared statement, which SQLAlchemy's events do not know of."""

    def noted(words: Any, *given: Any) -> Any:
        note(words.text)
        return ask(words, *given)

    ask = _Words.ask
    with patch.object(_Words, "ask", noted):
        yield


@contextmanager
def of_sessions(note: Callable[[str], object]) -> Iterator[None]:
    """Tells of every statement that SQLAlchemy runs itself, but for those that only open and close transactions."""

    def noted(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if not statement.startswith(BOOKKEEPING):
            note(statement)

    event.listen(Engine, "before_cursor_execute", noted)
    try:
        yield
    finally:
        event.remove(Engine, "before_cursor_execute", noted)


@contextmanager
def statements() -> Iterator[list[str]]:
    """The statements that run inside the block, in order, without those that only open and close transactions."""
    seen: list[str] = []
    with of_sessions(seen.append), prepared(seen.append):
        yield seen
