"""Adopting a reviewed draft."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for

from tracker import clock
from tracker.accounts.access import viewer
from tracker.accounts.roles import Role, allow
from tracker.drafts import queries, service
from tracker.drafts.forms import AdoptForm
from tracker.drafts.routes.blueprint import Answer, pages
from tracker.drafts.wording import adopted_words
from tracker.outbox.queries import Attempt, last_attempt
from tracker.plans.queries import plans_of_document


@pages.get("/drafts/<int:draft_id>/adopt")
@allow(Role.LEAD_OFFICE)
def adoption(draft_id: int) -> Answer:
    draft = queries.draft_view(draft_id, viewer())
    if draft.plan is not None:
        return redirect(url_for("plans.plan", plan_id=draft.plan[0]))
    if draft.revises is not None:
        return redirect(url_for("progress.comparison", draft_id=draft_id))
    last = last_attempt(service.JOB_ADOPT, draft_id)
    if last is not None and last.came_to_nothing(viewer().person_id):
        return _page(draft, AdoptForm.again(last.payload["terms"]), last)
    year = draft.header["year"] or clock.today().year
    return _page(draft, AdoptForm(name=draft.title, year=year), last)


def _page(draft: queries.DraftView, form: AdoptForm, last: Attempt | None = None) -> str:
    ready = queries.readiness(draft.id, queries.prepared(draft.id, day=clock.today()))
    same = plans_of_document(draft.header["number"] or "", draft.title, viewer())
    return render_template("drafts/adopt.html", draft=draft, ready=ready, form=form, same=same, last=last)


@pages.post("/drafts/<int:draft_id>/adopt")
@allow(Role.LEAD_OFFICE)
def adopt(draft_id: int) -> Answer:
    draft, form = queries.draft_view(draft_id, viewer()), AdoptForm()
    if form.validate_on_submit():
        with form.guarded():
            done = service.start_adopting(draft_id, form.terms(), by=viewer(), at=clock.now())
        if not form.refused:
            if not isinstance(done, service.Adoption):
                return redirect(url_for("desk.job", job_id=done.id))
            flash(adopted_words(done), "info" if done.again else "success")
            return redirect(url_for("plans.plan", plan_id=done.plan_id))
    return _page(draft, form), form.status
