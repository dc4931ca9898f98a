"""Asking that a task be closed (申请办结), and the lead office's queue of such requests."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from tracker import clock
from tracker.accounts.access import viewer
from tracker.accounts.roles import Role, allow
from tracker.errors import NotFound
from tracker.progress import queries, service
from tracker.progress.forms import ClosingDecisionForm, ClosingForm
from tracker.progress.routes.blueprint import UNIT, Answer, pages


def _page(assignment_id: int, form: ClosingForm) -> str:
    found = queries.assignment_view(assignment_id, viewer(), today=clock.today())
    if not found.inside:
        raise NotFound
    waits = any(one.state == "asked" for one in queries.closings_of(assignment_id))
    return render_template("progress/propose_closing.html", found=found, form=form, waits=waits)


@pages.get("/assignments/<int:assignment_id>/closing")
@allow(*UNIT)
def propose_closing(assignment_id: int) -> str:
    return _page(assignment_id, ClosingForm())


@pages.post("/assignments/<int:assignment_id>/closing")
@allow(*UNIT)
def ask_closing(assignment_id: int) -> Answer:
    form = ClosingForm()
    if form.validate_on_submit():
        with form.guarded():
            service.ask_closing(assignment_id, summary=form.summary.data or "", by=viewer(), at=clock.now())
        if not form.refused:
            flash(_("已提交办结申请，结果会显示在本页。"), "success")
            return redirect(url_for("progress.assignment", assignment_id=assignment_id))
    return _page(assignment_id, form), form.status


@pages.post("/closings/<int:closing_id>/take-back")
@allow(*UNIT)
def take_back_closing(closing_id: int) -> Answer:
    asked = service.take_back_closing(closing_id, by=viewer(), at=clock.now())
    flash(_("已撤回办结申请。"), "success")
    return redirect(url_for("progress.assignment", assignment_id=asked.assignment_id))


@pages.get("/closings")
@allow(Role.LEAD_OFFICE)
def closings() -> str:
    waiting, decided = queries.closings(viewer()), queries.closings(viewer(), decided=True)
    return render_template("progress/closings.html", waiting=waiting, decided=decided)


@pages.get("/closings/<int:closing_id>")
@allow(Role.LEAD_OFFICE)
def closing(closing_id: int) -> str:
    asked = queries.closing_view(closing_id, viewer())
    return render_template("progress/closing.html", asked=asked, form=ClosingDecisionForm(version=asked.version))


@pages.post("/closings/<int:closing_id>")
@allow(Role.LEAD_OFFICE)
def decide_closing(closing_id: int) -> Answer:
    asked, form = queries.closing_view(closing_id, viewer()), ClosingDecisionForm()
    if form.validate_on_submit():
        with form.guarded():
            told = _decide(asked, form)
        if not form.refused:
            return _next(told)
    return render_template("progress/closing.html", asked=asked, form=form), form.status


def _decide(asked: queries.ClosingRow, form: ClosingDecisionForm) -> str:
    note, by, at = form.note.data or "", viewer(), clock.now()
    if request.form.get("decision") == "close":
        service.close_task(asked.id, note=note, by=by, at=at, seen=form.seen)
        return _("已办结销号：%(unit)s“%(task)s”。", unit=asked.unit, task=asked.task)
    service.refuse_closing(asked.id, reason=note, by=by, at=at, seen=form.seen)
    return _("已答复不同意办结：%(unit)s“%(task)s”。", unit=asked.unit, task=asked.task)


def _next(told: str) -> Answer:
    flash(told, "success")
    following = queries.next_closing(viewer())
    if following is None:
        return redirect(url_for("progress.closings"))
    return redirect(url_for("progress.closing", closing_id=following))
