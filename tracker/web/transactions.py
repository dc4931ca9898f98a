"""One transaction a request: said at its start, committed once the response is made."""

from __future__ import annotations

from flask import Flask, Response, g, request

from tracker.db import is_writing, say_writing, session

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


def keep_changes() -> None:
    """Commit although the answer is an error: for a failed sign-in, which must be counted."""
    g.keep_changes = True


def register(app: Flask) -> None:
    app.before_request(_begin)
    app.after_request(_end)


def _begin() -> None:
    say_writing(False)


def begin_writing() -> None:
    """From here on the request may write, if it is one that writes. Called once it is known who asks: finding that out
    only reads, and on SQLite nobody else can write while a writing transaction is open."""
    if request.method not in SAFE:
        session.rollback()
        say_writing(True)


def _end(response: Response) -> Response:
    if is_writing() and (response.status_code < 400 or g.get("keep_changes")):
        session.commit()
    else:
        session.rollback()
    say_writing(False)
    return response
