"""Issuing a plan, and the lead office's queue of what was handed back."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _

from tracker import clock
from tracker.accounts.access import viewer
from tracker.accounts.roles import Role, allow
from tracker.progress import queries, service
from tracker.progress.forms import ActForm, RulingForm, number
from tracker.progress.labels import DECISION_LABELS
from tracker.progress.queries.waiting import HandBackRow
from tracker.progress.routes.blueprint import Answer, pages
from tracker.units.queries import tree


@pages.get("/plans/<int:plan_id>/issue")
@allow(Role.LEAD_OFFICE)
def issue(plan_id: int) -> Answer:
    preview = queries.issue_preview(plan_id, viewer(), today=clock.today())
    if preview.state != "adopted":
        return redirect(url_for("plans.plan", plan_id=plan_id))
    return render_template("progress/issue.html", preview=preview, form=ActForm(version=preview.version))


@pages.post("/plans/<int:plan_id>/issue")
@allow(Role.LEAD_OFFICE)
def issue_plan(plan_id: int) -> Answer:
    form = ActForm()
    with form.guarded():
        done = service.issue_plan(plan_id, by=viewer(), at=clock.now(), version=form.seen)
        flash(
            _(
                "已下发：%(units)s 个单位、%(n)s 条任务，生成 %(m)s 项报送义务。",
                units=done.units,
                n=done.assignments,
                m=done.obligations,
            ),
            "success",
        )
    if not form.refused:
        return redirect(url_for("plans.plan", plan_id=plan_id))
    preview = queries.issue_preview(plan_id, viewer(), today=clock.today())
    form.version.data = str(preview.version)
    return render_template("progress/issue.html", preview=preview, form=form), form.status


@pages.get("/hand-backs")
@allow(Role.LEAD_OFFICE)
def hand_backs() -> str:
    waiting, decided = queries.hand_backs(viewer()), queries.hand_backs(viewer(), decided=True)
    return render_template("progress/hand_backs.html", waiting=waiting, decided=decided)


def _units() -> list[tuple[int, str]]:
    return [(unit.id, "　" * unit.depth + unit.name) for unit in tree(clock.today())]


@pages.get("/hand-backs/<int:hand_back_id>")
@allow(Role.LEAD_OFFICE)
def hand_back(hand_back_id: int) -> str:
    found = queries.hand_back_view(hand_back_id, viewer())
    form = RulingForm(unit=str(found.proposed_unit_id or "")).offer(_units())
    return render_template("progress/hand_back.html", found=found, form=form)


@pages.post("/hand-backs/<int:hand_back_id>")
@allow(Role.LEAD_OFFICE)
def rule_hand_back(hand_back_id: int) -> Answer:
    found, form = queries.hand_back_view(hand_back_id, viewer()), RulingForm().offer(_units())
    if form.validate_on_submit():
        with form.guarded():
            _rule(hand_back_id, form)
        if not form.refused:
            return _next(queries.hand_back_view(hand_back_id, viewer()))
    return render_template("progress/hand_back.html", found=found, form=form), form.status


def _next(ruled: HandBackRow) -> Answer:
    """Says what was decided and opens the hand-back that waits next; the list where that was the last."""
    decision = DECISION_LABELS[ruled.decision or ""]
    flash(_("%(decision)s：%(unit)s“%(task)s”。", decision=decision, unit=ruled.unit, task=ruled.task), "success")
    following = queries.next_hand_back(viewer())
    if following is None:
        return redirect(url_for("progress.hand_backs"))
    return redirect(url_for("progress.hand_back", hand_back_id=following))


def _rule(hand_back_id: int, form: RulingForm) -> None:
    reason, by, at = form.reason.data or "", viewer(), clock.now()
    match form.decision.data:
        case "keep":
            service.keep(hand_back_id, reason=reason, by=by, at=at)
        case "withdraw":
            service.withdraw(hand_back_id, reason=reason, by=by, at=at)
        case _:
            service.move(hand_back_id, unit_id=number(form.unit.data) or 0, note=reason, by=by, at=at)
