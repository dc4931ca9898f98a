"""How the evaluators of a run agree: for whoever leads them."""

from __future__ import annotations

from flask import render_template

from tracker.accounts.access import viewer
from tracker.accounts.roles import Role, allow
from tracker.assessment.agreement import LEAST_ALPHA, LEAST_PANEL
from tracker.assessment.queries.evaluators import marked_indicators
from tracker.assessment.queries.runs import frozen_inputs, run_row
from tracker.assessment.routes.blueprint import pages


@pages.get("/runs/<int:run_id>/evaluators")
@allow(Role.EVALUATOR, Role.LEAD_OFFICE)
def evaluators(run_id: int) -> str:
    run = run_row(run_id, viewer())
    found = marked_indicators(frozen_inputs(run.id))
    return render_template(
        "assessment/evaluators.html", run=run, indicators=found, least_panel=LEAST_PANEL, least_alpha=LEAST_ALPHA
    )
