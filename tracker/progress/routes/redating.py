"""Changing the time limits of a task (调整完成时限): what would follow first, then the act."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from tracker import clock
from tracker.accounts.access import viewer
from tracker.accounts.roles import Role, allow
from tracker.progress import service
from tracker.progress.forms.redating import RedatingForm
from tracker.progress.queries.redating import redating
from tracker.progress.routes.blueprint import Answer, pages


@pages.get("/tasks/<int:task_id>/dates")
@allow(Role.LEAD_OFFICE)
def propose_dates(task_id: int) -> str:
    found = redating(task_id, None, viewer(), today=clock.today())
    return render_template("progress/redate.html", found=found, form=RedatingForm(None, words=found.words), shown=False)


@pages.post("/tasks/<int:task_id>/dates")
@allow(Role.LEAD_OFFICE)
def redate(task_id: int) -> Answer:
    """Shows what follows as long as it was not seen; then does it."""
    form = RedatingForm()
    if form.validate_on_submit() and "confirm" in request.form:
        with form.guarded():
            done = service.redate(
                task_id, form.words.data or "", reason=form.reason.data or "", seen=form.seen.data or "", by=viewer(),
                at=clock.now(),
            )  # fmt: skip
        if not form.refused:
            flash(_("时限已调整，%(n)s 个单位的期限有变化。", n=len(done.units)), "success")
            return redirect(url_for("plans.task", task_id=task_id))
    found = redating(task_id, form.words.data or "", viewer(), today=clock.today())
    form.seen.data = found.mark
    if form.words.data and not form.errors:
        with form.guarded():
            service.check_read(found)
    page = render_template("progress/redate.html", found=found, form=form, shown=bool(form.words.data))
    return page, form.status if form.errors else 200
