"""Adopting a reviewed draft."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from tracker import clock
from tracker.accounts.access import viewer
from tracker.accounts.roles import Role, allow
from tracker.drafts import queries, service
from tracker.drafts.forms import AdoptForm
from tracker.drafts.routes.blueprint import Answer, pages
from tracker.plans.queries import plans_of_document


@pages.get("/drafts/<int:draft_id>/adopt")
@allow(Role.LEAD_OFFICE)
def adoption(draft_id: int) -> Answer:
    draft = queries.draft_view(draft_id, viewer())
    if draft.plan is not None:
        return redirect(url_for("plans.plan", plan_id=draft.plan[0]))
    if draft.revises is not None:
        return redirect(url_for("progress.comparison", draft_id=draft_id))
    year = draft.header["year"] or clock.today().year
    return _page(draft, AdoptForm(name=draft.title, year=year))


def _page(draft: queries.DraftView, form: AdoptForm) -> str:
    ready = queries.readiness(draft.id, queries.prepared(draft.id, day=clock.today()))
    same = plans_of_document(draft.header["number"] or "", draft.title, viewer())
    return render_template("drafts/adopt.html", draft=draft, ready=ready, form=form, same=same)


@pages.post("/drafts/<int:draft_id>/adopt")
@allow(Role.LEAD_OFFICE)
def adopt(draft_id: int) -> Answer:
    draft, form = queries.draft_view(draft_id, viewer()), AdoptForm()
    if form.validate_on_submit():
        with form.guarded():
            made = service.adopt(
                draft_id, name=form.name.data or "", year=form.year.data, policy=form.policy(),
                warnings_ok=bool(form.warnings_ok.data), unclaimed_ok=bool(form.unclaimed_ok.data), by=viewer(),
                at=clock.now(),
            )  # fmt: skip
        if not form.refused:
            return _adopted(made)
    return _page(draft, form), 422


def _adopted(made: service.Adoption) -> Response:
    if made.again:
        flash(_("这份分解表此前已经入库。"))
    else:
        flash(
            _(
                "已入库：%(tasks)s 项任务，%(n)s 条责任落实。核对计划设置后即可下发。",
                tasks=made.tasks,
                n=made.assignments,
            ),
            "success",
        )
    return redirect(url_for("plans.plan", plan_id=made.plan_id))
