"""Trying a scheme on the facts that there are, before it is adopted."""

from __future__ import annotations

from flask import render_template, request

from tracker import clock
from tracker.accounts.access import viewer
from tracker.accounts.roles import Role, allow
from tracker.assessment.forms.runs import TrialFilter
from tracker.assessment.queries.entering import chosen_plan
from tracker.assessment.queries.schemes import in_use_beside, scheme_row
from tracker.assessment.queries.trial import trial
from tracker.assessment.routes.blueprint import page_of_list, pages
from tracker.plans.queries import plan_choices


@pages.get("/schemes/<int:scheme_id>/trial")
@allow(Role.EVALUATOR)
def trial_scheme(scheme_id: int) -> str:
    row = scheme_row(scheme_id, viewer())
    form = TrialFilter(request.args).offer(plan_choices(viewer()))
    plan_id = chosen_plan(row, request.args.get("plan", ""), viewer())
    day = form.day(clock.today())
    if not form.plan.data:
        form.plan.data = str(plan_id or "")
    found = trial(row, in_use_beside(row, viewer()), plan_id, day, clock.today()) if plan_id else None
    return render_template(
        "assessment/trial.html", scheme=row, form=form, found=found, plan_id=plan_id, as_of=day,
        page=page_of_list(found.rows if found else ()),
    )  # fmt: skip
