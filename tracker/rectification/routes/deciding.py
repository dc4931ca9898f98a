"""Verifying a rectification: striking off, or sending back."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _

from tracker import clock
from tracker.accounts.access import viewer
from tracker.accounts.roles import allow
from tracker.progress.routes.blueprint import pressed
from tracker.rectification import queries, service
from tracker.rectification.forms import VerifyForm
from tracker.rectification.queries.scope import DRAWING
from tracker.rectification.routes.blueprint import Answer, pages, seen, to_finding


@pages.get("/rectifications/<int:finding_id>/verify")
@allow(*DRAWING)
def propose_verifying(finding_id: int) -> Answer:
    found = seen(finding_id)
    if "close" not in found.may and not found.one_of_two:
        return to_finding(finding_id)
    return _page(found, VerifyForm(version=found.version))


def _page(found: queries.FindingView, form: VerifyForm) -> str:
    return render_template("rectification/verify.html", found=found, form=form)


@pages.post("/rectifications/<int:finding_id>/verify")
@allow(*DRAWING)
def verify(finding_id: int) -> Answer:
    found, form = seen(finding_id), VerifyForm()
    if form.validate_on_submit():
        with form.guarded():
            told = _decide(finding_id, form)
        if not form.refused:
            flash(told, "success")
            return redirect(url_for("rectification.findings", state="reported"))
    return _page(found, form), form.status


def _decide(finding_id: int, form: VerifyForm) -> str:
    words, by, at = form.reason.data or "", viewer(), clock.now()
    if pressed("close", "back"):
        service.close(finding_id, opinion=words, by=by, at=at, seen=form.seen)
        return _("第 %(n)s 号问题已销号。", n=finding_id)
    service.send_back(finding_id, reason=words, by=by, at=at, seen=form.seen)
    return _("第 %(n)s 号问题已退回再改。", n=finding_id)
