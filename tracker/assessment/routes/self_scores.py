"""Self scoring: what a unit is asked for, saying it with evidence, and the files."""

from __future__ import annotations

from flask import Response, flash, redirect, render_template, request, stream_with_context, url_for
from flask_babel import gettext as _

from tracker import clock, storage
from tracker.accounts.access import viewer
from tracker.accounts.roles import allow
from tracker.assessment.forms.self_scores import SelfScoreForm
from tracker.assessment.queries import self_scores as queries
from tracker.assessment.routes.blueprint import READERS, SCORED, Answer, pages
from tracker.assessment.service import facts, self_scores as service
from tracker.progress.service.looking import takes_files
from tracker.web.downloads import kept_file


@pages.get("/my-scores/self")
@allow(*SCORED)
def self_scores() -> str:
    return render_template("assessment/self_scores.html", asked=queries.asked_of(viewer()))


def _page(asked: queries.Asked, sent: str = "", form: SelfScoreForm | None = None) -> str:
    slots = queries.slots_of(asked.scheme, asked.plan_id, asked.unit_id)
    forms = {slot.leaf.key: form if form and slot.leaf.key == sent else _form(slot) for slot in slots}
    return render_template("assessment/self_score.html", asked=asked, slots=slots, forms=forms)


def _form(slot: queries.Slot) -> SelfScoreForm:
    held = {"score": format(slot.said.score, "f"), "reason": slot.said.reason} if slot.said else {}
    return SelfScoreForm(formdata=None, data=held, prefix=f"{slot.leaf.key}-")


@pages.get("/my-scores/self/<int:scheme_id>/<int:unit_id>")
@allow(*SCORED)
def self_score(scheme_id: int, unit_id: int) -> str:
    return _page(queries.asked_unit(scheme_id, unit_id, viewer()))


@pages.post("/my-scores/self/<int:scheme_id>/<int:unit_id>")
@allow(*SCORED)
@takes_files
def say_self_score(scheme_id: int, unit_id: int) -> Answer:
    asked, key = queries.asked_unit(scheme_id, unit_id, viewer()), request.form.get("slot", "")
    if key not in {leaf.key for leaf in queries.self_leaves(asked.scheme)}:
        return _page(asked), 422
    form = SelfScoreForm(prefix=f"{key}-")
    with form.guarded():
        _say(asked, key, form)
    if form.refused:
        return _page(asked, key, form), form.status
    flash(_("自评已保存。"), "success")
    return redirect(f"{url_for('assessment.self_score', scheme_id=scheme_id, unit_id=unit_id)}#slot-{key}")


def _say(asked: queries.Asked, key: str, form: SelfScoreForm) -> None:
    at, file = clock.now(), request.files.get(form.evidence.name)
    kept = None
    if file is not None and file.filename:
        kept = facts.keep_evidence(file.stream, file.filename, unit_id=asked.unit_id, by=viewer(), at=at)
    service.say(
        asked.scheme, plan_id=asked.plan_id, unit_id=asked.unit_id, indicator=key, score=form.typed,
        reason=form.reason.data or "", evidence_id=kept, by=viewer(), at=at,
    )  # fmt: skip


@pages.get("/my-scores/self/files/<int:score_id>")
@allow(*READERS, *SCORED)
def self_evidence(score_id: int) -> Response:
    """Always an attachment."""
    found = queries.self_file(score_id, viewer())
    return Response(
        stream_with_context(storage.stream(found.key)), mimetype=found.media_type,
        headers=kept_file(found.name, found.size),
    )  # fmt: skip
