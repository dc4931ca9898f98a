"""Importing: the list of drafts, uploading and pasting, the file as it came."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, send_file, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from tracker import clock
from tracker.accounts.access import viewer
from tracker.accounts.roles import Role, allow
from tracker.drafts import queries, service
from tracker.drafts.forms import ImportForm
from tracker.drafts.models import Draft
from tracker.drafts.routes.blueprint import Answer, pages
from tracker.outbox.room import poke_after_commit
from tracker.web.downloads import attachment
from tracker.web.transactions import begin_writing, writes_late


@pages.get("/drafts")
@allow(Role.LEAD_OFFICE)
def index() -> str:
    return _page(ImportForm())


def _page(form: ImportForm) -> str:
    page = queries.drafts(viewer(), cursor=request.args.get("cursor"))
    return render_template("drafts/index.html", form=form, page=page)


@pages.post("/drafts")
@allow(Role.LEAD_OFFICE)
@writes_late
def upload() -> Answer:
    form = ImportForm()
    if form.validate_on_submit():
        with form.guarded(first=True):
            draft = receive_from(form, viewer().units(Role.LEAD_OFFICE)[0])
        if not form.refused:
            if draft.state == "reading":
                poke_after_commit()
            return redirect(url_for("drafts.review", draft_id=draft.id))
    return _page(form), form.status


def receive_from(form: ImportForm, unit_id: int) -> Draft:
    """What a person chose or pasted, read for a unit; a job reads it where the draft is still `reading`.

    Begins to write when it is read. Raises DomainError for what cannot be.
    """
    sent = form.document()
    found = service.understood_at_once(sent)
    begin_writing()
    return service.receive(sent, found, unit_id=unit_id, by=viewer(), at=clock.now())


@pages.get("/drafts/<int:draft_id>/original")
@allow(Role.LEAD_OFFICE)
def original(draft_id: int) -> tuple[Response, dict[str, str]]:
    """The file as it came, for saving: never shown by the browser."""
    name, content = queries.original(draft_id, viewer())
    return send_file(content, "application/octet-stream"), attachment(name)


@pages.post("/drafts/<int:draft_id>/discard")
@allow(Role.LEAD_OFFICE)
def discard(draft_id: int) -> Response:
    service.discard(draft_id, by=viewer(), at=clock.now())
    flash(_("已作废，文件和记录仍然保留。"), "success")
    return redirect(url_for("drafts.index"))
