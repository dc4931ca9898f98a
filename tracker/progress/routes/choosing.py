"""Evidence that is used again (从已有材料中选用): files that the unit has sent with any of its reports, by reference."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from tracker import clock
from tracker.accounts.access import viewer
from tracker.accounts.roles import Role, allow
from tracker.progress import queries, service
from tracker.progress.forms import ActForm, FileFilters, number
from tracker.progress.routes.blueprint import Answer, pages
from tracker.progress.routes.writing import owed


@pages.get("/obligations/<int:obligation_id>/files")
@allow(Role.REPORTER)
def choose_files(obligation_id: int) -> str:
    return _page(obligation_id, ActForm())


@pages.post("/obligations/<int:obligation_id>/files")
@allow(Role.REPORTER)
def reuse_files(obligation_id: int) -> Answer:
    """Puts what was ticked to the report that is being written: all of it or none."""
    owed(obligation_id)  # whose report it is, is asked for a form without a tick too
    form, chosen = ActForm(), request.form.getlist("file")
    with form.guarded():
        for public_id in chosen:
            service.reuse(obligation_id, public_id, by=viewer(), at=clock.now())
    if form.refused:
        return _page(obligation_id, form), form.status
    flash(
        _("已选用 %(n)s 个材料。", n=len(chosen)) if chosen else _("没有勾选材料。"), "success" if chosen else "warning"
    )
    return redirect(url_for("progress.report" if chosen else "progress.choose_files", obligation_id=obligation_id))


def _page(obligation_id: int, form: ActForm) -> str:
    found = owed(obligation_id)
    page = queries.own_files(
        found, text=request.args.get("text", "").strip()[:60], task_id=number(request.args.get("task")),
        cursor=request.args.get("cursor"),
    )  # fmt: skip
    filters = FileFilters(request.args).offer(queries.tasks_with_files(found.unit_id))
    chosen = set(request.form.getlist("file"))
    return render_template("progress/files.html", found=found, page=page, filters=filters, form=form, chosen=chosen)
