"""What every page does on which a return is written: the form of one, the table of many."""

from __future__ import annotations

from typing import IO, Any

from flask import jsonify, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from tracker import clock
from tracker.accounts.access import turn, viewer
from tracker.errors import DomainError, NotFound
from tracker.prepared import Beyond
from tracker.progress import queries, service
from tracker.progress.evidence import is_shown
from tracker.progress.forms.reporting import ProgressForm, ReturnForm, made_of
from tracker.progress.labels import unread_words
from tracker.progress.models import Evidence, Part, Return
from tracker.progress.queries.beginning import FIGURE, as_it_stands, form_of
from tracker.web.transactions import leave_line

Scripted = tuple[Response, int]


def owed(obligation_id: int) -> queries.ObligationView:
    """The report that the viewer is to make. Raises NotFound where it is another's."""
    found = queries.obligation_view(obligation_id, viewer(), today=clock.today())
    if not found.reports:
        raise NotFound
    return found


def sent_form(obligation_id: int) -> ReturnForm:
    """The form of a return as a person sent it."""
    targets, asked = form_of(obligation_id)
    form: ReturnForm = made_of(ReturnForm, tuple(targets), asked.asked if asked else ())()
    return form


def seen_by(form: ProgressForm) -> dict[str, Any]:
    """The draft that a page goes on from, as services ask for it: the version it knows, 0 for none, and its own name."""
    return {"version": form.seen or 0, "editor": form.editor.data or ""}


def drafted(obligation_id: int, form: ReturnForm) -> bool:
    """Saves what is typed, as far as it can be read, and lets the form go on from there; a refusal stands in the form."""
    with form.guarded():
        draft = service.save_draft(obligation_id, form.content(), by=viewer(), at=clock.now(), **seen_by(form))
        form.version.data = str(draft.version)
    return not form.refused


def handed_in(obligation_id: int, form: ReturnForm, *, first: bool = False) -> bool:
    """Hands in what is typed; where that is refused nothing of it is kept, and the form says why."""
    with form.guarded(first=first):
        service.hand_in(obligation_id, content=form.content(), by=viewer(), at=clock.now(), **seen_by(form))
    return not form.refused


def handed_in_at_once(obligation_id: int, form: ReturnForm) -> bool:
    """The same in a turn to write that is as short as can be, which is enough for most returns. False where it is not, or
    where anything stands against it: then nothing has happened, and `handed_in` tells."""
    try:
        with turn() as taken:
            service.hand_in(
                obligation_id, content=form.content(), by=viewer(), at=clock.now(), on=taken, **seen_by(form)
            )
    except (Beyond, DomainError):
        leave_line()
        return False
    return True


def changed_meanwhile(obligation_id: int, form: ReturnForm) -> list[str]:
    """What whoever handed in is told: that the date, or what is asked for, is another by now than the page showed."""
    found = []
    due, reworded = as_it_stands(obligation_id)
    shown = (form.due.data or "")[:10]
    if shown and shown != due.isoformat():
        found.append(_("您填写期间，期限由 %(was)s 调整为 %(now)s。", was=shown, now=due.isoformat()))
    if reworded and form.shown_at and form.shown_at < reworded:
        found.append(
            _("您填写期间文件有修订，任务要求已调整，现在的要求见下。需要改写的，请在牵头办公室查看前撤回。")
            if not form.in_table
            else _("您填写期间文件有修订，任务要求已调整。需要改写的，请在牵头办公室查看前撤回。")
        )
    if lost := _asked_no_more(form):
        found.append(_("原来的目标值不再要求，您填写的 %(figures)s 没有计入。", figures="、".join(lost)))
    return found


def _asked_no_more(form: ReturnForm) -> list[str]:
    """Figures that the page asked for and nobody does by now: what was typed there has no place in the return."""
    own, begin = {field.name for field in form.figures}, form.due.name.removesuffix("due") + FIGURE
    typed = ((name, text.strip()) for name, text in request.form.items() if name.startswith(begin))
    return [text[:40] for name, text in typed if text and name not in own]


def attached(obligation_id: int, stream: IO[bytes], name: str | None, editor: str) -> Scripted:
    """Keeps a file that has arrived with the return that is written, and tells the page of it."""
    try:
        kept, draft = service.attach(
            obligation_id, stream=stream, name=name, editor=editor[:32], by=viewer(), at=clock.now()
        )
    except DomainError as error:
        return jsonify(message=error.message), error.status
    return file_words(kept, draft), 200


def file_words(kept: Evidence, draft: Return | Part) -> Response:
    """What a page is told of a file that was kept."""
    href = url_for("progress.evidence", public_id=kept.public_id)
    told = {"id": kept.public_id, "name": kept.name, "size": kept.size, "href": href, "version": draft.version}
    told["picture"] = is_shown(kept.media_type, kept.size)
    return jsonify(told | {"saved_at": draft.saved_at.isoformat()})


def kept_words(form: ProgressForm, kept: Return | Part) -> dict[str, Any]:
    """What a page is told once a draft is saved: as of when, and which numbers could not be read."""
    told = {"saved_at": kept.saved_at.isoformat(), "version": kept.version}
    if unread := form.unread():
        told["message"] = unread_words(unread, form.percent)
    return told
