"""Tasks without an owner (待认领): the list, offering to take one, confirming or declining."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _

from tracker import clock
from tracker.accounts.access import viewer
from tracker.accounts.roles import Role, allow
from tracker.errors import Conflict, NotFound
from tracker.plans.labels import ROLE_LABELS
from tracker.progress.forms.claims import ClaimDecisionForm, ClaimForm
from tracker.progress.queries.claims import (
    ClaimRow,
    OwnerlessTask,
    claim_view,
    claims_decided,
    ownerless,
    ownerless_task,
)
from tracker.progress.routes.blueprint import UNIT, Answer, pages, pressed
from tracker.progress.service.claims import claim, confirm_claim, decline_claim, take_back_claim


@pages.get("/unclaimed")
@allow(*UNIT, Role.LEAD_OFFICE)
def unclaimed() -> str:
    return _list()


def _list(form: ClaimForm | None = None) -> str:
    return render_template(
        "progress/unclaimed.html", tasks=ownerless(viewer()), decided=claims_decided(viewer()), form=form
    )


def _claimable(task_id: int) -> OwnerlessTask:
    found = ownerless_task(task_id, viewer())
    if not found.units:
        raise NotFound
    return found


@pages.get("/tasks/<int:task_id>/claim")
@allow(*UNIT)
def propose_claim(task_id: int) -> str:
    found = _claimable(task_id)
    return _proposing(found, ClaimForm().offer(found.units))


def _proposing(found: OwnerlessTask, form: ClaimForm) -> str:
    return render_template("progress/propose_claim.html", found=found, form=form)


@pages.post("/tasks/<int:task_id>/claim")
@allow(*UNIT)
def claim_task(task_id: int) -> Answer:
    """Where another was given the task meanwhile, the list says so and shows what was typed."""
    try:
        found = _claimable(task_id)
    except Conflict as given:
        form = ClaimForm().offer(())
        form.add_error(given)
        return _list(form), form.status
    form = ClaimForm().offer(found.units)
    if form.validate_on_submit():
        with form.guarded():
            claim(task_id, form.unit.data, form.words.data or "", by=viewer(), at=clock.now())
        if not form.refused:
            flash(_("已申请认领，等待牵头办公室确认。"), "success")
            return redirect(url_for("progress.unclaimed"))
    return _proposing(found, form), form.status


@pages.post("/claims/<int:claim_id>/take-back")
@allow(*UNIT)
def take_back_claim_of(claim_id: int) -> Answer:
    take_back_claim(claim_id, by=viewer(), at=clock.now())
    flash(_("已撤回认领。"), "success")
    return redirect(url_for("progress.unclaimed"))


@pages.get("/claims/<int:claim_id>")
@allow(Role.LEAD_OFFICE)
def decide_claim(claim_id: int) -> Answer:
    asked = claim_view(claim_id, viewer())
    if asked.state != "asked":
        return redirect(url_for("progress.unclaimed"))
    return _deciding(asked, ClaimDecisionForm(version=asked.version))


def _deciding(asked: ClaimRow, form: ClaimDecisionForm) -> str:
    found = ownerless(viewer(), task_id=asked.task_id)
    return render_template("progress/claim.html", asked=asked, found=found[0] if found else None, form=form)


@pages.post("/claims/<int:claim_id>")
@allow(Role.LEAD_OFFICE)
def rule_on_claim(claim_id: int) -> Answer:
    asked, form = claim_view(claim_id, viewer()), ClaimDecisionForm()
    if form.validate_on_submit():
        with form.guarded():
            told = _ruled(asked, form)
        if not form.refused:
            flash(told, "success")
            return redirect(url_for("progress.unclaimed"))
    return _deciding(asked, form), form.status


def _ruled(asked: ClaimRow, form: ClaimDecisionForm) -> str:
    note, by, at = form.note.data or "", viewer(), clock.now()
    if not pressed("confirm", "decline"):
        decline_claim(asked.id, note, by=by, at=at, seen=form.seen)
        return _("已答复不同意：%(unit)s“%(task)s”。", unit=asked.unit, task=asked.task)
    _given, owed = confirm_claim(asked.id, form.role.data, note, by=by, at=at, seen=form.seen)
    return _(
        "已确认：“%(task)s”由%(unit)s承担（%(role)s），生成 %(n)s 项报送义务。",
        unit=asked.unit, task=asked.task, role=ROLE_LABELS[form.role.data], n=owed,
    )  # fmt: skip
