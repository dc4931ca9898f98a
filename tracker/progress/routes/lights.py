"""The rule set of lights of a plan: what each shows when, which one is chosen, and what the plan changes in it."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from tracker import clock
from tracker.accounts.access import viewer
from tracker.accounts.roles import Role, allow
from tracker.errors import NotFound
from tracker.plans.queries import PlanView, plan_view
from tracker.progress.forms.lights import LightsForm, RulesForm, rules_form, said_by
from tracker.progress.light_changes import rules_of
from tracker.progress.light_rules import RULE_SETS
from tracker.progress.routes.blueprint import Answer, pages
from tracker.progress.service import lights as service


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
            service.choose_lights(
                plan_id, form.lights.data, version=int(form.version.data or 0), by=viewer(), at=clock.now()
            )
        if not form.refused:
            flash(_("亮灯规则已保存，台账和看板从现在起按它亮灯。"), "success")
            return redirect(url_for("plans.plan", plan_id=plan_id))
    return _page(found, form), form.status


@pages.get("/plans/<int:plan_id>/lights/<key>")
@allow(Role.LEAD_OFFICE)
def light_rules(plan_id: int, key: str) -> str:
    found = _known(plan_id, key)
    policy = found.policy
    rules = rules_of(key, policy.own_lights)
    begun = said_by(rules, policy.near_days, policy.reminds)
    return _rules_page(found, key, rules_form(rules, formdata=None, version=found.version, data=begun))


def _known(plan_id: int, key: str) -> PlanView:
    if key not in RULE_SETS:
        raise NotFound
    return _run(plan_id)


def _rules_page(found: PlanView, key: str, form: RulesForm) -> str:
    return render_template("progress/light_rules.html", plan=found, key=key, form=form)


@pages.post("/plans/<int:plan_id>/lights/<key>")
@allow(Role.LEAD_OFFICE)
def change_light_rules(plan_id: int, key: str) -> Answer:
    found = _known(plan_id, key)
    form = rules_form(RULE_SETS[key])
    anew = "reset" in request.form
    if form.validate_on_submit() or anew:
        held = found.policy
        wanted, days, reminds = (
            (RULE_SETS[key], held.near_days, held.reminds)
            if anew
            else (form.wanted(), form.near_days.data or 0, form.reminds.data)
        )
        with form.guarded():
            service.change_lights(
                plan_id, key, wanted, days, reminds, version=int(form.version.data or 0), by=viewer(), at=clock.now()
            )
        if not form.refused:
            flash(_("规则已恢复原样。") if anew else _("规则的调整已保存。"), "success")
            return redirect(url_for("progress.lights", plan_id=plan_id, _anchor=key))
    return _rules_page(found, key, form), form.status
