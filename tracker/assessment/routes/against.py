"""A run beside another one: all units, or one unit indicator by indicator."""

from __future__ import annotations

from flask import redirect, render_template, request, url_for

from tracker.accounts.access import viewer
from tracker.accounts.roles import allow
from tracker.assessment.forms.runs import AgainstFilter
from tracker.assessment.queries.against import against, is_later, others_of, others_of_unit, unit_against
from tracker.assessment.queries.explanation import gap
from tracker.assessment.queries.runs import RunRow, run_for_unit, run_row, unit_score
from tracker.assessment.routes.blueprint import READERS, SCORED, Answer, page_of_list, pages
from tracker.errors import NotFound
from tracker.web.numbers import whole_number


@pages.get("/runs/<int:run_id>/against")
@allow(*READERS)
def run_against(run_id: int) -> Answer:
    row = run_row(run_id, viewer())
    others = others_of(row, viewer())
    other = _chosen(others)
    if other and is_later(other, row):  # what is called 上次 is the earlier one of the two
        return redirect(f"{url_for('assessment.run_against', run_id=other.id)}?with={run_id}")
    form = AgainstFilter(request.args).offer(others)
    found = against(row, other, indicator=form.indicator.data or "") if other else None
    if found is not None:
        form.offer_indicators(found.comparison.pairs)
        form.other.data = str(other.id) if other else ""
    return render_template(
        "assessment/against.html", run=row, other=other, found=found, form=form,
        page=page_of_list(list(found.rows)) if found else None,
    )  # fmt: skip


def _chosen(others: list[RunRow]) -> RunRow | None:
    """The run that is asked for, else the one that lies nearest before; None where there is no other at all."""
    asked = request.args.get("with", "")
    if not asked:
        return others[0] if others else None
    found = next((one for one in others if one.id == whole_number(asked)), None)
    if found is None:
        raise NotFound
    return found


@pages.get("/runs/<int:run_id>/units/<int:unit_id>/against")
@allow(*READERS, *SCORED)
def unit_beside(run_id: int, unit_id: int) -> Answer:
    row, whole = run_for_unit(run_id, unit_id, viewer())
    others = others_of_unit(row, unit_id, viewer())
    other = _chosen(others)
    if other and is_later(other, row):
        return redirect(f"{url_for('assessment.unit_beside', run_id=other.id, unit_id=unit_id)}?with={run_id}")
    form = AgainstFilter(request.args).offer(others)
    if other is not None:
        form.other.data = str(other.id)
    return render_template(
        "assessment/unit_against.html", run=row, other=other, whole=whole, form=form, gap=gap,
        score=unit_score(run_id, unit_id), found=unit_against(row, other, unit_id) if other else None,
    )  # fmt: skip
