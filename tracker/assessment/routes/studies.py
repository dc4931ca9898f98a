"""Studies of a run: how firmly its ranks stand, and what another rule would have made of it. Never the result itself."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import redirect, render_template, request, url_for
from flask_babel import gettext as _

from reports.intervals import RankInterval, rank_intervals
from tracker import clock
from tracker.accounts.access import viewer
from tracker.accounts.roles import Role, allow
from tracker.assessment.forms.studies import RobustnessForm, WhatIfForm
from tracker.assessment.frozen import Frozen
from tracker.assessment.queries import studies as queries
from tracker.assessment.queries.runs import RunRow, frozen_inputs, run_row
from tracker.assessment.routes.blueprint import Answer, page_of_list, pages
from tracker.assessment.service import studies as service
from tracker.assessment.studies import ROBUSTNESS, UnitRow
from tracker.assessment.what_if import changes

CHARTED = 20
"""Units that one chart shows."""


@pages.get("/runs/<int:run_id>/studies")
@allow(Role.EVALUATOR, Role.LEAD_OFFICE)
def studies(run_id: int) -> str:
    return _page(run_row(run_id, viewer()), RobustnessForm(formdata=None), WhatIfForm(formdata=None))


def _page(run: RunRow, robustness: RobustnessForm, what_if: WhatIfForm) -> str:
    offered = changes(frozen_inputs(run.id).scheme)
    return render_template(
        "assessment/studies.html", run=run, robustness=robustness, what_if=what_if.offer(offered), changes=offered,
        found=queries.studies_of(run.id),
    )  # fmt: skip


@pages.post("/runs/<int:run_id>/studies/robustness")
@allow(Role.EVALUATOR)
def ask_robustness(run_id: int) -> Answer:
    run, form = run_row(run_id, viewer()), RobustnessForm()
    if form.validate_on_submit():
        job = service.ask_robustness(
            run, percent=form.percent.data or 0, count=form.count.data or 0, seed=form.seed.data, by=viewer(),
            at=clock.now(),
        )  # fmt: skip
        return redirect(url_for("desk.job", job_id=job.id))
    return _page(run, form, WhatIfForm(formdata=None)), form.status


@pages.post("/runs/<int:run_id>/studies/what-if")
@allow(Role.EVALUATOR)
def ask_what_if(run_id: int) -> Answer:
    run = run_row(run_id, viewer())
    form = WhatIfForm().offer(changes(frozen_inputs(run.id).scheme))
    if form.validate_on_submit():
        with form.guarded():
            job = service.ask_what_if(
                run, change=int(form.change.data), value=form.value.data or "", by=viewer(), at=clock.now()
            )
        if not form.refused:
            return redirect(url_for("desk.job", job_id=job.id))
    return _page(run, RobustnessForm(formdata=None), form), form.status


@pages.get("/runs/<int:run_id>/studies/<int:study_id>")
@allow(Role.EVALUATOR, Role.LEAD_OFFICE)
def study(run_id: int, study_id: int) -> str:
    run = run_row(run_id, viewer())
    found, frozen = queries.study_row(run.id, study_id), frozen_inputs(run.id)
    return _robustness_page(run, found, frozen) if found.kind == ROBUSTNESS else _what_if_page(run, found, frozen)


def _robustness_page(run: RunRow, found: queries.StudyRow, frozen: Frozen) -> str:
    units = queries.unit_rows(found, frozen)
    groups = list(dict.fromkeys(one.group for one in units))
    group = request.args.get("group", "")
    group = group if group in groups else next(iter(groups), "")
    page = page_of_list([one for one in units if one.group == group])
    pairs = [one for one in queries.pair_rows(found, frozen) if one.group == group]
    return render_template(
        "assessment/study.html", run=run, study=found, group=group, groups=groups, page=page,
        pairs=page_of_list(pairs).rows, grades=queries.grade_names(frozen), chart=_chart(run, page.rows),
        charted=CHARTED,
    )  # fmt: skip


def _chart(run: RunRow, units: Sequence[UnitRow]) -> dict[str, Any]:
    """What the macro of charts takes: the figure and its numbers."""
    intervals = [
        RankInterval(
            one.name, one.rank, one.low, one.high, url_for("assessment.unit", run_id=run.id, unit_id=one.unit_id)
        )
        for one in units[:CHARTED]
    ]
    made = rank_intervals(_("名次区间"), intervals, lambda message, /, **values: _(message, **values))
    height = made.figure["layout"].pop("height")
    rows = [[(cell.value, cell.href) if cell.href else cell.value for cell in row] for row in made.table.rows]
    return {
        "title": made.title, "figure": made.figure, "table": {"columns": made.table.columns, "rows": rows},
        "height": next((step for step in (200, 260, 400, 520) if step >= height), 680),
    }  # fmt: skip


def _what_if_page(run: RunRow, found: queries.StudyRow, frozen: Frozen) -> str:
    change = changes(frozen.scheme)[found.parameters["change"]]
    return render_template(
        "assessment/study_what_if.html", run=run, study=found, change=change,
        page=page_of_list(queries.moved_rows(found, frozen)),
    )  # fmt: skip
