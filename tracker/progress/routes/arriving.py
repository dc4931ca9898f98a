"""A file of evidence that arrives in pieces: the page asks how far it has come, and sends the next one."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import IO

from flask import current_app, jsonify, request

from tracker import clock
from tracker.accounts.access import viewer
from tracker.accounts.roles import Role, allow
from tracker.progress.arriving import Arriving, arriving, sweep
from tracker.progress.evidence import LARGEST
from tracker.progress.forms import number
from tracker.progress.routes.blueprint import pages
from tracker.progress.routes.writing import Scripted, attached, owed
from tracker.progress.service.evidence import refusal_words
from tracker.progress.service.looking import look_ahead
from tracker.web.transactions import begin_writing, writes_late

Attach = Callable[[IO[bytes], str | None, str], Scripted]
"""What keeps a file that is whole: its stream, its name, the page that sent it."""


@pages.get("/obligations/<int:obligation_id>/evidence/pieces")
@allow(Role.REPORTER)
def arrived(obligation_id: int) -> Scripted:
    owed(obligation_id)
    return come_so_far(str(obligation_id))


def come_so_far(report: str) -> Scripted:
    found = _arriving(report)
    return jsonify(offset=found.offset if found else 0), 200


@pages.post("/obligations/<int:obligation_id>/evidence/pieces")
@allow(Role.REPORTER)
@writes_late
def take_piece(obligation_id: int) -> Scripted:
    owed(obligation_id)
    return piece_taken(str(obligation_id), partial(attached, obligation_id))


def piece_taken(report: str, attach: Attach) -> Scripted:
    """Keeps a piece; with the last one the file is attached as one that came at once. Nothing is written before that, so
    that a slow line keeps nobody waiting."""
    found = _arriving(report)
    if found is None:
        cause = "empty" if request.args.get("size") == "0" else "large"
        return jsonify(message=refusal_words(cause, request.args.get("name", ""))), 422
    if not found.offset:
        sweep(found.path.parent, clock.now())
    found.take(number(request.args.get("offset")) or 0, request.stream)
    whole = found.whole()
    if whole is None:
        return jsonify(offset=found.offset), 200
    with whole as stream:
        look_ahead(stream)
        begin_writing()
        answer = attach(stream, request.args.get("name"), request.args.get("editor", ""))
    found.forget()
    return answer


def _arriving(report: str) -> Arriving | None:
    """The file that the address names, on its way to a report; None for one of a size that is not taken."""
    size = number(request.args.get("size")) or 0
    if not 0 < size <= LARGEST:
        return None
    named = (viewer().person_id, report, request.args.get("name", ""), request.args.get("modified", ""))
    return arriving(Path(current_app.config["INSTANCE_DIR"]) / "arriving", size, *named)
