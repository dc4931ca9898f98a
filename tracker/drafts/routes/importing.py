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
from tracker.drafts.routes.blueprint import Answer, pages
from tracker.outbox.room import poke_after_commit


@pages.get("/drafts")
@allow(Role.LEAD_OFFICE)
def index() -> str:
    return _page(ImportForm())


def _page(form: ImportForm) -> str:
    page = queries.drafts(viewer(), cursor=request.args.get("cursor"))
    return render_template("drafts/index.html", form=form, page=page)


@pages.post("/drafts")
@allow(Role.LEAD_OFFICE)
def upload() -> Answer:
    form = ImportForm()
    if form.validate_on_submit():
        with form.guarded():
            draft_id, waits = _receive(form)
        if not form.refused:
            if waits:
                poke_after_commit()
            return redirect(url_for("drafts.review", draft_id=draft_id))
    return _page(form), 422


def _receive(form: ImportForm) -> tuple[int, bool]:
    """(draft id, whether a job reads it)."""
    who, at = viewer(), clock.now()
    unit_id, chosen = who.units(Role.LEAD_OFFICE)[0], form.upload
    if chosen is not None:
        draft = service.receive(
            data=chosen[0], file_name=chosen[1], year=form.year.data, unit_id=unit_id, by=who, at=at
        )
    else:
        draft = service.receive_pasted(
            text=form.text.data or "", html=form.html.data, year=form.year.data, unit_id=unit_id, by=who, at=at
        )
    return draft.id, draft.state == "reading"


@pages.get("/drafts/<int:draft_id>/original")
@allow(Role.LEAD_OFFICE)
def original(draft_id: int) -> Response:
    """The file as it came, for saving: never shown by the browser."""
    name, content = queries.original(draft_id, viewer())
    return send_file(content, "application/octet-stream", as_attachment=True, download_name=name)


@pages.post("/drafts/<int:draft_id>/discard")
@allow(Role.LEAD_OFFICE)
def discard(draft_id: int) -> Response:
    service.discard(draft_id, by=viewer(), at=clock.now())
    flash(_("已作废，文件和记录仍然保留。"), "success")
    return redirect(url_for("drafts.index"))
