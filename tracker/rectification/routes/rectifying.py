"""What a unit does with a finding: hands it back, states its measure, reports with evidence, takes a report back."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from tracker import clock
from tracker.accounts.access import viewer
from tracker.accounts.roles import allow
from tracker.progress.evidence import LARGEST
from tracker.progress.service.looking import takes_files
from tracker.rectification import queries, service
from tracker.rectification.forms import MeasureForm, ReportForm, hand_back_form
from tracker.rectification.forms.acting import sent_files
from tracker.rectification.routes.blueprint import UNIT, Answer, pages, seen, step_page, to_finding
from tracker.web.transactions import keep_changes


@pages.get("/rectifications/<int:finding_id>/hand-back")
@allow(*UNIT)
def propose_handing_back(finding_id: int) -> Answer:
    found = seen(finding_id)
    if "hand_back" not in found.may:
        return to_finding(finding_id)
    return step_page(found, hand_back_form(), "hand_back")


@pages.post("/rectifications/<int:finding_id>/hand-back")
@allow(*UNIT)
def hand_back(finding_id: int) -> Answer:
    found, form = seen(finding_id), hand_back_form()
    if form.validate_on_submit():
        with form.guarded():
            service.hand_back(finding_id, reason=form.reason.data or "", by=viewer(), at=clock.now())
        if not form.refused:
            flash(_("已退回牵头办公室。"), "success")
            return redirect(url_for("rectification.findings"))
    return step_page(found, form, "hand_back"), form.status


@pages.get("/rectifications/<int:finding_id>/measure")
@allow(*UNIT)
def propose_measure(finding_id: int) -> Answer:
    found = seen(finding_id)
    if "plan" not in found.may:
        return to_finding(finding_id)
    form = MeasureForm(
        measure=found.measure, responsible=found.responsible, planned_on=found.planned_on or found.due_on,
        version=found.version,
    )  # fmt: skip
    return step_page(found, form, "plan")


@pages.post("/rectifications/<int:finding_id>/measure")
@allow(*UNIT)
def plan_measure(finding_id: int) -> Answer:
    found, form = seen(finding_id), MeasureForm()
    if form.validate_on_submit():
        measure = service.Measure(form.measure.data or "", form.responsible.data or "", form.planned_on.data)
        with form.guarded():
            service.plan_measure(finding_id, measure, by=viewer(), at=clock.now(), seen=form.seen)
        if not form.refused:
            flash(_("已保存整改措施。完成后请报送整改情况。"), "success")
            return to_finding(finding_id)
    return step_page(found, form, "plan"), form.status


@pages.get("/rectifications/<int:finding_id>/report")
@allow(*UNIT)
def propose_report(finding_id: int) -> Answer:
    found = seen(finding_id)
    if "hand_in" not in found.may:
        return to_finding(finding_id)
    written = found.draft or next(iter(found.reported), None)  # a second round goes on from what the first one said
    return _report_page(found, ReportForm(done=written.done if written else "", version=found.version))


def _report_page(found: queries.FindingView, form: ReportForm) -> str:
    return render_template("rectification/report.html", found=found, form=form, largest=LARGEST)


@pages.post("/rectifications/<int:finding_id>/report")
@allow(*UNIT)
@takes_files
def report(finding_id: int) -> Answer:
    """What was typed and sent is kept first, also where the report itself is refused."""
    form = ReportForm()
    if form.validate_on_submit() and _keep(finding_id, form):
        if request.form.get("draft") or request.form.get("remove"):
            return redirect(url_for("rectification.propose_report", finding_id=finding_id))
        with form.guarded():
            service.hand_in(finding_id, by=viewer(), at=clock.now())
        if not form.refused:
            flash(_("已提交本单位审核。审核通过后送牵头办公室核验销号。"), "success")
            return to_finding(finding_id)
    return _report_page(seen(finding_id), form), form.status


def _keep(finding_id: int, form: ReportForm) -> bool:
    """Saves what was typed and each file that may be kept. True where all was taken."""
    by, at, taken = viewer(), clock.now(), True
    with form.guarded():
        service.save_report(finding_id, done=form.done.data or "", by=by, at=at)
    if form.refused:
        return False
    for phase, field in (("before", form.before), ("after", form.after)):
        for stream, name in sent_files(field):
            with form.guarded():
                service.attach(finding_id, phase=phase, stream=stream, name=name, by=by, at=at)
            taken = taken and not form.refused
    if request.form.get("remove"):
        service.detach(finding_id, request.form["remove"], by=by, at=at)
    keep_changes()
    return taken


@pages.post("/rectifications/<int:finding_id>/recall")
@allow(*UNIT)
def recall(finding_id: int) -> Answer:
    service.recall(finding_id, by=viewer(), at=clock.now())
    flash(_("已撤回，可以修改后重新报送。"), "success")
    return redirect(url_for("rectification.propose_report", finding_id=finding_id))
