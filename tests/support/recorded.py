"""Watches that no request changes what pages keep until the next act without an entry in the record of acts.

What goes on without one (drafts, presence, jobs, sessions) is named here; a page that shows it asks it each time.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch

from flask import g, has_request_context, request
from sqlalchemy import event
from sqlalchemy.engine import Engine

from tests.support import statements
from tracker import prepared
from tracker.prepared import Turn

UNRECORDED = frozenset(
    {
        "draft", "draft_edit", "draft_finding", "draft_pair", "draft_piece", "draft_presence", "draft_revision",
        "draft_task", "job", "person", "sign_in", "sign_in_failure", "progress_return", "progress_return_text",
        "progress_return_figure", "progress_return_milestone", "progress_return_evidence", "evidence", "audit_head",
        "unit_choice", "passed_part", "passed_figure",
    }
)  # fmt: skip
_turn = prepared.turn
_WRITES = re.compile(r'\s*(?:INSERT INTO|UPDATE|DELETE FROM)\s+"?(\w+)"?', re.IGNORECASE)


class _Watch:
    """Listens to the engine; what was written stands in `g`, since it belongs to a request."""

    def __init__(self) -> None:
        self.found: list[tuple[str | None, list[str]]] = []

    def before_cursor_execute(self, _connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        self.note(statement)

    def note(self, statement: str) -> None:
        written = _WRITES.match(statement)
        if written and has_request_context():
            g.setdefault("written", set()).add(written.group(1).lower())

    def commit(self, _connection: Any) -> None:
        written = g.pop("written", set()) if has_request_context() else set()
        if written - UNRECORDED and "audit_entry" not in written:
            self.found.append((request.endpoint, sorted(written - UNRECORDED)))

    def rollback(self, _connection: Any) -> None:
        if has_request_context():
            g.pop("written", None)

    def savepoint(self, _connection: Any, name: str) -> None:
        if has_request_context():
            g.setdefault("marks", {})[name] = set(g.get("written", ()))

    def rollback_savepoint(self, _connection: Any, name: str, _context: Any) -> None:
        if has_request_context():
            g.written = g.get("marks", {}).get(name, set())

    @contextmanager
    def turn(self) -> Iterator[Turn]:
        """A turn beside the session, which the engine's events do not tell of."""
        try:
            with _turn() as taken:
                yield taken
        except BaseException:
            self.rollback(None)
            raise
        self.commit(None)


@contextmanager
def silent_writes() -> Iterator[list[tuple[str | None, list[str]]]]:
    """Lists (endpoint, tables) of what was committed by a request and told by no entry."""
    watch = _Watch()
    names = ("before_cursor_execute", "commit", "rollback", "savepoint", "rollback_savepoint")
    for name in names:
        event.listen(Engine, name, getattr(watch, name))
    try:
        with statements.prepared(watch.note), patch.object(prepared, "turn", watch.turn):
            yield watch.found
    finally:
        for name in names:
            event.remove(Engine, name, getattr(watch, name))
