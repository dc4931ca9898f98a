"""A unit's tasks: to sign for, in progress, done; one task whole; handing it back."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from tracker import clock
from tracker.accounts.access import viewer
from tracker.accounts.roles import Role, allow
from tracker.errors import NotFound
from tracker.plans.queries import changes_of_assignment
from tracker.progress import queries, service
from tracker.progress.forms import ActForm, HandBackForm, number
from tracker.progress.labels import HAND_BACK_PHRASES
from tracker.progress.queries.kits import count_kits
from tracker.progress.queries.milestones import milestones_of
from tracker.progress.queries.passed_on import tabs_of
from tracker.progress.queries.passing import below, has_below, passed_of
from tracker.progress.routes.asking import ways_to_ask
from tracker.progress.routes.blueprint import SEEING, UNIT, Answer, pages


@pages.get("/assignments")
@allow(*UNIT)
def assignments() -> Answer:
    """Opens on what is under way for whoever writes reports, which come every month, and says what waits to be signed for;
    for others, and where nothing is, on that. A unit that has only what one above passed on, on that."""
    counts, passed_on = queries.assignment_counts(viewer()), tabs_of(viewer(), today=clock.today())
    if (
        passed_on.owed is not None
        and "tab" not in request.args
        and not any(counts.get(one) for one in ("to_sign", "in_progress"))
    ):
        return redirect(url_for("progress.passed"))
    reports = viewer().has(Role.REPORTER) and counts.get("in_progress")
    tab = request.args.get("tab", "to_sign" if counts.get("to_sign") and not reports else "in_progress")
    tab = tab if tab in queries.TABS else "in_progress"
    order = request.args.get("sort", "due")
    order = order if order in queries.ORDERS else "due"
    page = queries.assignment_page(viewer(), tab, today=clock.today(), order=order, cursor=request.args.get("cursor"))
    return render_template(
        "progress/assignments.html", tab=tab, counts=counts, page=page, form=ActForm(),
        passed=passed_on, kits=count_kits(viewer(), Role.REPORTER),
    )  # fmt: skip


@pages.post("/assignments/sign")
@allow(*UNIT)
def sign_many() -> Answer:
    chosen = [one for one in map(number, request.form.getlist("assignment")) if one is not None]
    count = service.sign_many(chosen, by=viewer(), at=clock.now())
    flash(_("已签收 %(n)s 项任务。", n=count), "success")
    return redirect(url_for("progress.assignments", tab="in_progress" if count > 1 else None))


@pages.get("/assignments/<int:assignment_id>")
@allow(*SEEING)
def assignment(assignment_id: int) -> str:
    found = queries.assignment_view(assignment_id, viewer(), today=clock.today())
    events = queries.timeline(assignment_id, inside=found.inside)
    reported = queries.reported_percents(assignment_id, inside=found.inside)
    asked, today = queries.requests_for_task(assignment_id), clock.today()
    return render_template(
        "progress/assignment.html",
        found=found,
        events=events,
        changes=changes_of_assignment(assignment_id),
        reported=reported,
        today=today,
        milestones=milestones_of([assignment_id]).get(assignment_id, ()),
        held=passed_of(assignment_id),
        passes=found.inside and found.state == "in_progress" and has_below(found.unit_id),
        lower=below([one.id for one in found.obligations], today=today),
        requests=asked,
        ways=ways_to_ask(found, asked, today),
    )


@pages.post("/assignments/<int:assignment_id>/sign")
@allow(*UNIT)
def sign(assignment_id: int) -> Answer:
    """Leads on to the form of the report that somebody came to write."""
    service.sign(assignment_id, by=viewer(), at=clock.now())
    flash(_("已签收。请按期报送进展。"), "success")
    if (report := number(request.form.get("report", ""))) is not None:
        return redirect(url_for("progress.report", obligation_id=report))
    return redirect(url_for("progress.assignment", assignment_id=assignment_id))


@pages.get("/assignments/<int:assignment_id>/hand-back")
@allow(*UNIT)
def propose_hand_back(assignment_id: int) -> Answer:
    found = _own(assignment_id)
    if found.state != "to_sign":
        return redirect(url_for("progress.assignment", assignment_id=assignment_id))
    form = HandBackForm()
    return render_template("progress/propose_hand_back.html", found=found, form=form, phrases=HAND_BACK_PHRASES)


@pages.post("/assignments/<int:assignment_id>/hand-back")
@allow(*UNIT)
def send_hand_back(assignment_id: int) -> Answer:
    found, form = _own(assignment_id), HandBackForm()
    if form.validate_on_submit():
        with form.guarded():
            service.hand_back(
                assignment_id, reason=form.reason.data or "", proposed_unit_id=form.proposed_unit.data,
                by=viewer(), at=clock.now(),
            )  # fmt: skip
        if not form.refused:
            flash(_("已退回牵头办公室，处理结果会显示在任务页面。"), "success")
            return redirect(url_for("progress.assignment", assignment_id=assignment_id))
    page = render_template("progress/propose_hand_back.html", found=found, form=form, phrases=HAND_BACK_PHRASES)
    return page, form.status


@pages.post("/assignments/<int:assignment_id>/hand-back/take-back")
@allow(*UNIT)
def take_back_hand_back(assignment_id: int) -> Answer:
    service.take_back_hand_back(assignment_id, by=viewer(), at=clock.now())
    flash(_("已撤回退回，任务重新等待签收。"), "success")
    return redirect(url_for("progress.assignment", assignment_id=assignment_id))


def _own(assignment_id: int) -> queries.AssignmentView:
    found = queries.assignment_view(assignment_id, viewer(), today=clock.today())
    if not found.signs:
        raise NotFound
    return found
