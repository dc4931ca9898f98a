"""The rule set of lights of a plan: what each shows when, and which one is chosen."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _

from tracker import clock
from tracker.accounts.access import viewer
from tracker.accounts.roles import Role, allow
from tracker.errors import NotFound
from tracker.plans.queries import PlanView, plan_view
from tracker.progress.forms.lights import LightsForm
from tracker.progress.routes.blueprint import Answer, pages
from tracker.progress.service.lights import choose_lights


@pages.get("/plans/<int:plan_id>/lights")
@allow(Role.LEAD_OFFICE)
def lights(plan_id: int) -> str:
    found = _run(plan_id)
    return _page(found, LightsForm(formdata=None, lights=found.policy.lights, version=found.version))


def _run(plan_id: int) -> PlanView:
    """Raises NotFound for who is not of the plan's lead office."""
    found = plan_view(plan_id, viewer())
    if not found.runs:
        raise NotFound
    return found


def _page(found: PlanView, form: LightsForm) -> str:
    return render_template("progress/lights.html", plan=found, form=form)


@pages.post("/plans/<int:plan_id>/lights")
@allow(Role.LEAD_OFFICE)
def change_lights(plan_id: int) -> Answer:
    found, form = _run(plan_id), LightsForm()
    if form.validate_on_submit():
        with form.guarded():
            choose_lights(plan_id, form.lights.data, version=int(form.version.data or 0), by=viewer(), at=clock.now())
        if not form.refused:
            flash(_("亮灯规则已保存，台账和看板从现在起按它亮灯。"), "success")
            return redirect(url_for("plans.plan", plan_id=plan_id))
    return _page(found, form), form.status
