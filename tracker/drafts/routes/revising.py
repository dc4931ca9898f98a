"""Receiving another edition of a plan's document."""

from __future__ import annotations

from flask import redirect, render_template, url_for

from tracker import clock
from tracker.accounts.access import viewer
from tracker.accounts.roles import Role, allow
from tracker.drafts import service
from tracker.drafts.forms import ImportForm
from tracker.drafts.queries.revising import waiting_editions
from tracker.drafts.routes.blueprint import Answer, pages
from tracker.drafts.routes.importing import receive_from
from tracker.errors import NotFound
from tracker.outbox.room import poke_after_commit
from tracker.plans.queries import PlanView, plan_view
from tracker.web.transactions import writes_late


@pages.get("/plans/<int:plan_id>/revision")
@allow(Role.LEAD_OFFICE)
def revise(plan_id: int) -> str:
    plan = _plan(plan_id)
    return _page(plan, ImportForm(year=plan.year))


def _plan(plan_id: int) -> PlanView:
    plan = plan_view(plan_id, viewer())
    if not plan.runs or plan.state == "closed":
        raise NotFound
    return plan


def _page(plan: PlanView, form: ImportForm) -> str:
    return render_template("drafts/revise.html", plan=plan, form=form, waiting=waiting_editions(plan.id))


@pages.post("/plans/<int:plan_id>/revision")
@allow(Role.LEAD_OFFICE)
@writes_late
def receive_edition(plan_id: int) -> Answer:
    plan, form = _plan(plan_id), ImportForm()
    if form.validate_on_submit():
        with form.guarded(first=True):
            draft = receive_from(form, plan.owner_unit_id)
            service.revise(draft, plan_id, by=viewer(), at=clock.now())
        if not form.refused:
            if draft.state == "reading":
                poke_after_commit()
            return redirect(url_for("drafts.review", draft_id=draft.id))
    return _page(plan, form), form.status
