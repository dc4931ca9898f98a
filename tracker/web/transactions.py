"""One transaction a request: said at its start, committed once the response is made."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from flask import Flask, Response, current_app, g, has_request_context, request

from tracker.db import is_writing, say_writing, session
from tracker.turns import LINE

View = TypeVar("View", bound=Callable[..., Any])

SHORT = 1 << 16
"""Bytes of a request's body that are taken in before it stands in line; one that is longer, does not say how long it is, or
brings files takes its place when it writes."""
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


def keep_changes() -> None:
    """Commit although the answer is an error: for a failed sign-in, which must be counted."""
    g.keep_changes = True


def register(app: Flask) -> None:
    app.before_request(_begin)
    app.after_request(_end)
    app.teardown_request(leave_line)


def _begin() -> None:
    say_writing(False)
    view = current_app.view_functions.get(request.endpoint or "")
    if getattr(view, "in_line", False) and _is_at_hand():
        g.place = LINE.join()


def _is_at_hand() -> bool:
    """Whether all that the request carries is there, and nobody has to be asked of it: nobody waits in line for a slow
    connection, or for the virus scanner."""
    if "Transfer-Encoding" in request.headers or (request.content_length or 0) > SHORT:
        return False
    request.get_data()  # kept
    return not any(file.filename for file in request.files.values())


def in_line(view: View) -> View:
    """Marks a view that computes a little and then writes, when a whole city comes to it in one evening: in a process one
    such request is worked on at a time. Those behind it sleep, and do not take the processor from who writes."""
    view.in_line = True  # type: ignore[attr-defined]  # as below
    return view


def writes_late(view: View) -> View:
    """Marks a view that reads what it needs to understand the request first, then calls `begin_writing` itself: what it
    read before may have changed since, so its service asks again."""
    view.writes_late = True  # type: ignore[attr-defined]  # functions carry attributes; mypy has no word for it
    return view


def begin() -> None:
    """Before a view: it may write from here on, unless it says itself from where."""
    view = current_app.view_functions.get(request.endpoint or "")
    if not getattr(view, "writes_late", False):
        begin_writing()


def begin_writing() -> None:
    """From here on the request may write, if it is one that writes. Called once it is known who asks: finding that out
    only reads, and on SQLite nobody else can write while a writing transaction is open."""
    if request.method not in SAFE:
        session.rollback()
        say_writing(True)
        g.is_acting = True


def is_acting() -> bool:
    """Whether the transaction that begins now is the one in which the person of this request acts."""
    return has_request_context() and is_writing() and bool(g.get("is_acting"))


def _end(response: Response) -> Response:
    try:
        if is_writing() and (response.status_code < 400 or g.get("keep_changes")):
            session.commit()
        else:
            session.remove()  # rolls back where it was used, without a thought for objects that nobody looks at any more
    finally:
        say_writing(False)
        g.is_acting = False
        leave_line()
    return response


def leave_line(_error: BaseException | None = None) -> None:
    """For a request that goes on to wait for what another holds: those behind it need not. At the end of every request."""
    place = g.pop("place", None)
    if place is not None:
        LINE.leave(place)
