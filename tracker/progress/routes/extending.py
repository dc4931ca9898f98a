"""Asking for more time (延期申请), and the lead office's queue of such requests."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from tracker import clock
from tracker.accounts.access import viewer
from tracker.accounts.roles import Role, allow
from tracker.errors import NotFound
from tracker.progress import queries, service
from tracker.progress.forms import ExtensionForm, GrantForm
from tracker.progress.labels import named
from tracker.progress.routes.blueprint import UNIT, Answer, pages


def _own(obligation_id: int) -> queries.ObligationView:
    found = queries.obligation_view(obligation_id, viewer(), today=clock.today())
    if not (found.reports or found.reviews):
        raise NotFound
    return found


@pages.get("/obligations/<int:obligation_id>/extension")
@allow(*UNIT)
def propose_extension(obligation_id: int) -> Answer:
    found = _own(obligation_id)
    waits = any(one.state == "asked" for one in queries.extensions_of(obligation_id))
    return render_template("progress/propose_extension.html", found=found, form=ExtensionForm(), waits=waits)


@pages.post("/obligations/<int:obligation_id>/extension")
@allow(*UNIT)
def ask_extension(obligation_id: int) -> Answer:
    found, form = _own(obligation_id), ExtensionForm()
    if form.validate_on_submit() and form.until.data:
        with form.guarded():
            service.ask_extension(
                obligation_id, reason=form.reason.data or "", progress=form.progress.data or "", until=form.until.data,
                by=viewer(), at=clock.now(),
            )  # fmt: skip
        if not form.refused:
            flash(_("已提交延期申请。批复前仍以原期限为准，结果会显示在本页。"), "success")
            return redirect(url_for("progress.obligation", obligation_id=obligation_id))
    return render_template("progress/propose_extension.html", found=found, form=form), form.status


@pages.post("/extensions/<int:extension_id>/take-back")
@allow(*UNIT)
def take_back_extension(extension_id: int) -> Answer:
    asked = service.take_back_extension(extension_id, by=viewer(), at=clock.now())
    flash(_("已撤回延期申请。"), "success")
    return redirect(url_for("progress.obligation", obligation_id=asked.obligation_id))


@pages.get("/extensions")
@allow(Role.LEAD_OFFICE)
def extensions() -> str:
    waiting, decided = queries.extensions(viewer()), queries.extensions(viewer(), decided=True)
    return render_template("progress/extensions.html", waiting=waiting, decided=decided)


@pages.get("/extensions/<int:extension_id>")
@allow(Role.LEAD_OFFICE)
def extension(extension_id: int) -> str:
    asked = queries.extension_view(extension_id, viewer())
    return _page(asked, GrantForm(until=asked.until, version=asked.version))


def _page(asked: queries.ExtensionRow, form: GrantForm) -> str:
    found = queries.obligation_view(asked.obligation_id, viewer(), today=clock.today())
    return render_template("progress/extension.html", asked=asked, found=found, form=form)


@pages.post("/extensions/<int:extension_id>")
@allow(Role.LEAD_OFFICE)
def decide_extension(extension_id: int) -> Answer:
    asked, form = queries.extension_view(extension_id, viewer()), GrantForm()
    if form.validate_on_submit():
        with form.guarded():
            told = _decide(asked, form)
        if not form.refused:
            return _next(told)
    return _page(asked, form), form.status


def _decide(asked: queries.ExtensionRow, form: GrantForm) -> str:
    note, by, at = form.note.data or "", viewer(), clock.now()
    if request.form.get("decision") == "grant":
        until = form.until.data or asked.until
        service.grant_extension(asked.id, until=until, note=note, by=by, at=at, seen=form.seen)
        return _("已同意延期：%(name)s，延至 %(day)s。", name=named(asked), day=until)
    service.refuse_extension(asked.id, reason=note, by=by, at=at, seen=form.seen)
    return _("已答复不同意延期：%(name)s。", name=named(asked))


def _next(told: str) -> Answer:
    flash(told, "success")
    following = queries.next_extension(viewer())
    if following is None:
        return redirect(url_for("progress.extensions"))
    return redirect(url_for("progress.extension", extension_id=following))
