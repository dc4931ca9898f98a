"""Issuing a plan, and the lead office's queue of what was handed back."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from tracker import clock
from tracker.accounts.access import viewer
from tracker.accounts.roles import Role, allow
from tracker.plans.queries import plan_view
from tracker.progress import queries, service
from tracker.progress.forms import ActForm, RulingForm, narrowed, number
from tracker.progress.labels import DECISION_LABELS, issued_words
from tracker.progress.queries.collecting import asked_again
from tracker.progress.queries.hand_backs import HandBackRow, past_dates
from tracker.progress.routes.blueprint import Answer, narrowing, pages

AGAIN_SHOWN = 5
"""Of what units would be asked again so much is shown before issuing; the rest stands in its list."""


@pages.get("/plans/<int:plan_id>/issue")
@allow(Role.LEAD_OFFICE)
def issue(plan_id: int) -> Answer:
    preview = queries.issue_preview(plan_id, viewer(), today=clock.today())
    if preview.state != "adopted":
        return redirect(url_for("plans.plan", plan_id=plan_id))
    return _page(preview, ActForm(version=preview.version))


def _page(preview: queries.IssuePreview, form: ActForm) -> str:
    again = asked_again(preview.plan_id, viewer(), size=AGAIN_SHOWN)
    return render_template("progress/issue.html", preview=preview, form=form, again=again)


@pages.get("/plans/<int:plan_id>/issue/list")
@allow(Role.LEAD_OFFICE)
def issue_list(plan_id: int) -> str:
    """What a number of the preview counts: `what` is assignments, obligations or past, `unit` one unit's share."""
    preview = queries.issue_preview(plan_id, viewer(), today=clock.today())
    what = request.args.get("what", "")
    what = what if what in queries.WHAT else "obligations"
    unit_id = number(request.args.get("unit"))
    page = queries.issue_list(
        plan_id, viewer(), what, today=clock.today(), unit_id=unit_id, cursor=request.args.get("cursor")
    )
    unit = next((one.unit for one in preview.units if one.unit_id == unit_id), "")
    return render_template("progress/issue_list.html", preview=preview, page=page, what=what, unit=unit)


@pages.get("/plans/<int:plan_id>/issue/again")
@allow(Role.LEAD_OFFICE)
def issue_again(plan_id: int) -> str:
    """What the units would be asked again."""
    page = asked_again(plan_id, viewer(), cursor=request.args.get("cursor"))
    return render_template("progress/issue_again.html", plan=plan_view(plan_id, viewer()), page=page)


@pages.post("/plans/<int:plan_id>/issue")
@allow(Role.LEAD_OFFICE)
def issue_plan(plan_id: int) -> Answer:
    form = ActForm()
    with form.guarded():
        started = service.start_issue(plan_id, by=viewer(), at=clock.now(), version=form.seen)
        if not isinstance(started, service.Issued):
            return redirect(url_for("desk.job", job_id=started.id))
        flash(issued_words(started), "success")
    if not form.refused:
        return redirect(url_for("plans.plan", plan_id=plan_id))
    preview = queries.issue_preview(plan_id, viewer(), today=clock.today())
    form.version.data = str(preview.version)
    return _page(preview, form), form.status


@pages.get("/hand-backs")
@allow(Role.LEAD_OFFICE)
def hand_backs() -> str:
    wanted = narrowed(request.args)
    waiting, decided = queries.hand_backs(viewer(), wanted), queries.hand_backs(viewer(), wanted, decided=True)
    return render_template("progress/hand_backs.html", waiting=waiting, decided=decided, **narrowing(wanted))


@pages.get("/hand-backs/<int:hand_back_id>")
@allow(Role.LEAD_OFFICE)
def hand_back(hand_back_id: int) -> str:
    found = queries.hand_back_view(hand_back_id, viewer())
    unfit = queries.unfit_for(found)
    fits = found.proposed_unit_id not in unfit
    form = RulingForm(unit=found.proposed_unit_id if fits else None).about(found.proposed, fits=fits, without=unfit)
    return _ruling(found, form)


@pages.post("/hand-backs/<int:hand_back_id>")
@allow(Role.LEAD_OFFICE)
def rule_hand_back(hand_back_id: int) -> Answer:
    found = queries.hand_back_view(hand_back_id, viewer())
    unfit = queries.unfit_for(found)
    form = RulingForm().about(found.proposed, fits=found.proposed_unit_id not in unfit, without=unfit)
    if form.validate_on_submit():
        with form.guarded():
            _rule(hand_back_id, form)
        if not form.refused:
            return _next(queries.hand_back_view(hand_back_id, viewer()))
    return _ruling(found, form), form.status


def _ruling(found: HandBackRow, form: RulingForm) -> str:
    here = narrowed(request.args).address
    past = past_dates(found.assignment_id, clock.today()) if found.decision is None else ()
    return render_template("progress/hand_back.html", found=found, form=form, here=here, past=past)


def _next(ruled: HandBackRow) -> Answer:
    """Says what was decided and opens the hand-back that waits next; the list where that was the last."""
    decision = DECISION_LABELS[ruled.decision or ""]
    flash(_("%(decision)s：%(unit)s“%(task)s”。", decision=decision, unit=ruled.unit, task=ruled.task), "success")
    wanted = narrowed(request.args)
    following = queries.next_hand_back(viewer(), wanted)
    if following is None:
        return redirect(url_for("progress.hand_backs"))
    return redirect(url_for("progress.hand_back", hand_back_id=following, **wanted.address))


def _rule(hand_back_id: int, form: RulingForm) -> None:
    reason, by, at = form.reason.data or "", viewer(), clock.now()
    match form.decision.data:
        case "keep":
            service.keep(hand_back_id, reason=reason, by=by, at=at)
        case "withdraw":
            service.withdraw(hand_back_id, reason=reason, by=by, at=at)
        case _:
            service.move(hand_back_id, unit_id=form.unit.data or 0, note=reason, by=by, at=at)
