"""One unit's score, explained; two units compared; what a unit's own people see."""

from __future__ import annotations

from flask import Response, render_template, request
from flask_babel import gettext as _

from tracker import clock
from tracker.accounts.access import viewer
from tracker.accounts.roles import allow
from tracker.assessment.amounts import amount_of
from tracker.assessment.links import path_of
from tracker.assessment.queries.behind import closing_differences, differences
from tracker.assessment.queries.explanation import explanation, gap
from tracker.assessment.queries.own_scores import own_scores
from tracker.assessment.queries.placing import standing_of
from tracker.assessment.queries.runs import rivals, run_for_unit, run_row, unit_score
from tracker.assessment.queries.workbook import sheet_bytes, slip_bytes
from tracker.assessment.routes.blueprint import READERS, SCORED, pages
from tracker.errors import NotFound
from tracker.web.downloads import DOCX, XLSX, attachment
from tracker.web.locale import day as day_text
from tracker.web.numbers import whole_number


@pages.get("/my-scores")
@allow(*SCORED)
def my_scores() -> str:
    return render_template("assessment/my_scores.html", scores=own_scores(viewer()), today=clock.today())


@pages.get("/runs/<int:run_id>/units/<int:unit_id>")
@allow(*READERS, *SCORED)
def unit(run_id: int, unit_id: int) -> str:
    row, whole = run_for_unit(run_id, unit_id, viewer())
    score = unit_score(run_id, unit_id)
    others = rivals(run_id, score) if whole else []
    found = explanation(row, unit_id)
    return render_template(
        "assessment/unit.html", run=row, score=score, others=others, whole=whole, amount=amount_of,
        obligation_path=lambda number: path_of("progress.obligation", obligation_id=number),
        found=found, placing=standing_of(run_id, found.scheme, score), stage=row.stage(clock.today()),
    )  # fmt: skip


@pages.get("/runs/<int:run_id>/units/<int:unit_id>/slip.docx")
@allow(*READERS, *SCORED)
def unit_slip(run_id: int, unit_id: int) -> Response:
    row, whole = run_for_unit(run_id, unit_id, viewer())
    score = unit_score(run_id, unit_id)
    data = slip_bytes(row, score, base_url=request.host_url, whole=whole)
    title = _("%(unit)s考核得分说明", unit=score.name)
    headers = attachment(f"{title}-{day_text(row.as_of)}.docx", plain="slip.docx")
    return Response(data, mimetype=DOCX, headers=headers)


@pages.get("/runs/<int:run_id>/units/<int:unit_id>/scoresheet.xlsx")
@allow(*READERS, *SCORED)
def unit_sheet(run_id: int, unit_id: int) -> Response:
    row, whole = run_for_unit(run_id, unit_id, viewer())
    score = unit_score(run_id, unit_id)
    data = sheet_bytes(row, base_url=request.host_url, unit_id=unit_id, whole=whole)
    name = f"{score.name}{_('考核得分表')}-{day_text(row.as_of)}.xlsx"
    return Response(data, mimetype=XLSX, headers=attachment(name, plain="scoresheet.xlsx"))


@pages.get("/runs/<int:run_id>/units/<int:unit_id>/compare")
@allow(*READERS)
def compare(run_id: int, unit_id: int) -> str:
    row = run_row(run_id, viewer())
    other_id = whole_number(request.args.get("with"))
    if other_id is None:
        raise NotFound
    mine, theirs = unit_score(run_id, unit_id), unit_score(run_id, other_id)
    ours, others = explanation(row, unit_id), explanation(row, other_id)
    return render_template(
        "assessment/compare.html", run=row, mine=mine, theirs=theirs, ours=ours, others=others,
        differences=differences(ours, others), closing=closing_differences(ours, others), gap=gap, amount=amount_of,
    )  # fmt: skip
