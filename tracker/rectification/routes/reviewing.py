"""The unit's own review of what it reports of a rectification."""

from __future__ import annotations

from flask import flash, render_template
from flask_babel import gettext as _

from tracker import clock
from tracker.accounts.access import viewer
from tracker.accounts.roles import Role, allow
from tracker.progress.forms import DecisionForm
from tracker.progress.labels import step_name
from tracker.progress.routes.blueprint import pressed
from tracker.rectification import queries, service
from tracker.rectification.routes.blueprint import Answer, pages, seen, to_finding


@pages.get("/rectifications/<int:finding_id>/review")
@allow(Role.REVIEWER)
def propose_reviewing(finding_id: int) -> Answer:
    found = seen(finding_id)
    if "own_send_back" not in found.may and not (found.one_of_two and found.reviewed):
        return to_finding(finding_id)
    return _page(found, DecisionForm(version=found.version))


def _page(found: queries.FindingView, form: DecisionForm) -> str:
    return render_template("rectification/verify.html", found=found, form=form, own=True)


@pages.post("/rectifications/<int:finding_id>/review")
@allow(Role.REVIEWER)
def review(finding_id: int) -> Answer:
    found, form = seen(finding_id), DecisionForm()
    if form.validate_on_submit():
        with form.guarded():
            told = _decide(found, form)
        if not form.refused:
            flash(told, "success")
            return to_finding(finding_id)
    return _page(found, form), form.status


def _decide(found: queries.FindingView, form: DecisionForm) -> str:
    by, at = viewer(), clock.now()
    if not pressed("pass", "back"):
        service.send_back_own(found.id, reason=form.reason.data or "", by=by, at=at, seen=form.seen)
        return _("已退回填报人：%(name)s。", name=found.title)
    state = service.approve(found.id, by=by, at=at, seen=form.seen).state
    report = found.reviewed
    if state == "own_review" and report is not None:
        following = step_name(report.step + 1, report.steps)
        return _("已审核通过：%(name)s，转下一级（%(step)s）。", name=found.title, step=following)
    return _("已审核通过：%(name)s，已送牵头办公室核验。", name=found.title)
