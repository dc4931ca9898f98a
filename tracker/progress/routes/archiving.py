"""Archiving a plan (归档): what stands in its way first, then the act; and taking it up again."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _

from tracker import clock
from tracker.accounts.access import viewer
from tracker.accounts.roles import Role, allow
from tracker.progress import service
from tracker.progress.forms.acting import ActForm, ReopenForm
from tracker.progress.queries.archiving import archiving
from tracker.progress.routes.blueprint import Answer, pages


@pages.get("/plans/<int:plan_id>/archive")
@allow(Role.LEAD_OFFICE)
def propose_archiving(plan_id: int) -> str:
    found = archiving(plan_id, viewer(), today=clock.today())
    form = ReopenForm if found.state == "closed" else ActForm
    return render_template("progress/archive.html", found=found, form=form(None, version=found.version))


@pages.post("/plans/<int:plan_id>/archive")
@allow(Role.LEAD_OFFICE)
def archive_plan(plan_id: int) -> Answer:
    form = ActForm()
    if form.validate_on_submit():
        with form.guarded():
            service.archive_plan(plan_id, by=viewer(), at=clock.now(), seen=form.seen)
        if not form.refused:
            flash(_("计划已归档。"), "success")
            return redirect(url_for("plans.plan", plan_id=plan_id))
    return _again(plan_id, form)


@pages.post("/plans/<int:plan_id>/reopen")
@allow(Role.LEAD_OFFICE)
def reopen_plan(plan_id: int) -> Answer:
    form = ReopenForm()
    if form.validate_on_submit():
        with form.guarded():
            service.reopen_plan(plan_id, reason=form.reason.data or "", by=viewer(), at=clock.now(), seen=form.seen)
        if not form.refused:
            flash(_("计划已恢复。"), "success")
            return redirect(url_for("plans.plan", plan_id=plan_id))
    return _again(plan_id, form)


def _again(plan_id: int, form: ActForm) -> Answer:
    """The page as the plan is now; where somebody else was faster, the form of that state."""
    found = archiving(plan_id, viewer(), today=clock.today())
    form.version.data = str(found.version)
    return render_template("progress/archive.html", found=found, form=form), form.status
