"""Evidence with a report from below: one file at once, or in pieces, and taken off again, as with a return."""

from __future__ import annotations

from functools import partial
from typing import IO

from flask import jsonify, request
from flask_babel import gettext as _

from tracker import clock
from tracker.accounts.access import viewer
from tracker.accounts.roles import Role, allow
from tracker.errors import DomainError, NotFound
from tracker.progress.queries.passing import passed_view
from tracker.progress.routes.arriving import come_so_far, piece_taken
from tracker.progress.routes.blueprint import pages
from tracker.progress.routes.writing import Scripted, file_words
from tracker.progress.service.looking import takes_files
from tracker.progress.service.passed_files import attach_below, detach_below
from tracker.web.transactions import writes_late


def _own(passed_id: int, obligation_id: int) -> str:
    """The name of the report that files are on their way to. Raises NotFound for whoever does not report for its unit."""
    if not passed_view(passed_id, obligation_id, viewer(), today=clock.today()).inside:
        raise NotFound
    return f"passed {passed_id} {obligation_id}"


def _attached(passed_id: int, obligation_id: int, stream: IO[bytes], name: str | None, editor: str) -> Scripted:
    try:
        kept, part = attach_below(
            passed_id, obligation_id, stream=stream, name=name, editor=editor[:32], by=viewer(), at=clock.now()
        )
    except DomainError as error:
        return jsonify(message=error.message), error.status
    return file_words(kept, part), 200


@pages.get("/passed/<int:passed_id>/reports/<int:obligation_id>/evidence/pieces")
@allow(Role.REPORTER)
def arrived_below(passed_id: int, obligation_id: int) -> Scripted:
    return come_so_far(_own(passed_id, obligation_id))


@pages.post("/passed/<int:passed_id>/reports/<int:obligation_id>/evidence/pieces")
@allow(Role.REPORTER)
@writes_late
def take_piece_below(passed_id: int, obligation_id: int) -> Scripted:
    return piece_taken(_own(passed_id, obligation_id), partial(_attached, passed_id, obligation_id))


@pages.post("/passed/<int:passed_id>/reports/<int:obligation_id>/evidence")
@allow(Role.REPORTER)
@takes_files
def attach_to_part(passed_id: int, obligation_id: int) -> Scripted:
    _own(passed_id, obligation_id)
    file = request.files.get("file")
    if file is None:
        return jsonify(message=_("没有收到文件，请重新选择。")), 422
    return _attached(passed_id, obligation_id, file.stream, file.filename, request.form.get("editor", ""))


@pages.post("/passed/<int:passed_id>/reports/<int:obligation_id>/evidence/<public_id>/remove")
@allow(Role.REPORTER)
def detach_from_part(passed_id: int, obligation_id: int, public_id: str) -> Scripted:
    try:
        detach_below(passed_id, obligation_id, public_id, by=viewer(), at=clock.now())
    except DomainError as error:
        return jsonify(message=error.message), error.status
    return jsonify({}), 200
