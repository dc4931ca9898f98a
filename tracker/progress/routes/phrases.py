"""The reasons for a return (退办理由) that the office keeps: adding, changing, ordering, retiring."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.exceptions import BadRequest

from tracker import clock
from tracker.accounts.access import viewer
from tracker.accounts.roles import Role, allow
from tracker.errors import NotFound
from tracker.progress.forms.phrases import PhraseForm
from tracker.progress.queries.phrases import keeps_phrases, offered_phrases, phrases as kept_phrases
from tracker.progress.routes.blueprint import Answer, pages
from tracker.progress.service import phrases as service


@pages.get("/phrases")
@allow(Role.LEAD_OFFICE)
def phrases() -> str:
    return _page()


@pages.post("/phrases")
@allow(Role.LEAD_OFFICE)
def add_phrase() -> Answer:
    form = PhraseForm()
    if request.form.get("begin"):
        service.begin_phrases(by=viewer(), at=clock.now())
        return redirect(url_for("progress.phrases"))
    if form.validate_on_submit():
        with form.guarded():
            service.add_phrase(form.text.data or "", by=viewer(), at=clock.now())
        if not form.refused:
            flash(_("已新增，退回和退办时即可选用。"), "success")
            return redirect(url_for("progress.phrases"))
    return _page(new=form), form.status


@pages.post("/phrases/<int:phrase_id>")
@allow(Role.LEAD_OFFICE)
def keep_phrase(phrase_id: int) -> Answer:
    """Changes the words of one, or what its button says: up, down, retire, restore."""
    _only_keepers()
    form, act = PhraseForm(prefix=f"phrase{phrase_id}-"), request.form.get("act", "")
    if act != "change":
        _turn(phrase_id, act)
        return redirect(url_for("progress.phrases"))
    if form.validate_on_submit():
        with form.guarded():
            service.change_phrase(phrase_id, form.text.data or "", seen=form.seen, by=viewer(), at=clock.now())
        if not form.refused:
            flash(_("已保存。"), "success")
            return redirect(url_for("progress.phrases"))
    return _page(changed={phrase_id: form}), form.status


def _only_keepers() -> None:
    if not keeps_phrases(viewer()):
        raise NotFound


def _turn(phrase_id: int, act: str) -> None:
    if act in {"up", "down"}:
        service.move_phrase(phrase_id, -1 if act == "up" else 1, by=viewer(), at=clock.now())
    elif act == "retire":
        service.retire_phrase(phrase_id, by=viewer(), at=clock.now())
    elif act == "restore":
        service.restore_phrase(phrase_id, by=viewer(), at=clock.now())
    else:
        raise BadRequest


def _page(*, new: PhraseForm | None = None, changed: dict[int, PhraseForm] | None = None) -> str:
    _only_keepers()
    rows = kept_phrases()
    forms = {one.id: PhraseForm(None, prefix=f"phrase{one.id}-", text=one.text, version=one.version) for one in rows}
    return render_template(
        "progress/phrases.html",
        rows=rows,
        offered=offered_phrases(),
        forms={**forms, **(changed or {})},
        new=new or PhraseForm(None),
    )
