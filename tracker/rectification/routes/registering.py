"""Registering a finding, assigning it, dropping it."""

from __future__ import annotations

from datetime import timedelta

from flask import flash, render_template, request
from flask_babel import gettext as _

from tracker import clock
from tracker.accounts.access import viewer
from tracker.accounts.roles import Role, allow
from tracker.plans.queries import plan_choices
from tracker.progress.service.looking import takes_files
from tracker.rectification import service
from tracker.rectification.forms import AssignForm, RegisterForm, drop_form
from tracker.rectification.forms.acting import sent_files
from tracker.rectification.models import Finding
from tracker.rectification.queries.origin import Origin, origin_of
from tracker.rectification.queries.scope import DRAWING
from tracker.rectification.routes.blueprint import Answer, pages, seen, step_page, to_finding
from tracker.web.numbers import whole_number

USUAL_DAYS = 15
"""Days that a finding is given unless somebody says otherwise."""


def _origin() -> Origin | None:
    asked = request.args
    return origin_of(
        viewer(), obligation_id=whole_number(asked.get("obligation")), fact_id=whole_number(asked.get("fact"))
    )


def _offered(form: RegisterForm, origin: Origin | None) -> RegisterForm:
    return form.offer(plan_choices(viewer()), known=origin is not None, assigns=viewer().has(Role.LEAD_OFFICE))


def _page(form: RegisterForm, origin: Origin | None) -> str:
    return render_template("rectification/register.html", form=form, origin=origin)


@pages.get("/rectifications/new")
@allow(*DRAWING)
def propose() -> str:
    origin = _origin()
    known = {"unit": origin.unit_id, "text": origin.text} if origin else {}
    return _page(_offered(RegisterForm(due_on=clock.today() + timedelta(days=USUAL_DAYS), **known), origin), origin)


@pages.post("/rectifications/new")
@allow(*DRAWING)
@takes_files
def register() -> Answer:
    origin = _origin()
    form = _offered(RegisterForm(), origin)
    if form.validate_on_submit():
        with form.guarded():
            made = _registered(form, origin)
        if not form.refused:
            flash(_("已登记第 %(n)s 号问题。", n=made.id), "success")
            return to_finding(made.id)
    return _page(form, origin), form.status


def _registered(form: RegisterForm, origin: Origin | None) -> Finding:
    assert form.unit.data is not None
    assert form.due_on.data is not None, "both were validated"
    found = service.Found(
        origin.source if origin else form.source.data, form.title.data or "", form.text.data or "", form.unit.data,
        form.due_on.data, None if origin else form.plan_id,
        obligation_id=origin.obligation_id if origin else None, fact_id=origin.fact_id if origin else None,
    )  # fmt: skip
    return service.register(
        found, files=sent_files(form.files), assign_now=form.assigns_now, by=viewer(), at=clock.now()
    )  # fmt: skip


@pages.get("/rectifications/<int:finding_id>/assign")
@allow(Role.LEAD_OFFICE)
def propose_assigning(finding_id: int) -> Answer:
    found = seen(finding_id)
    if "assign" not in found.may:
        return to_finding(finding_id)
    return step_page(found, AssignForm(unit=found.unit_id, due_on=found.due_on, version=found.version), "assign")


@pages.post("/rectifications/<int:finding_id>/assign")
@allow(Role.LEAD_OFFICE)
def assign(finding_id: int) -> Answer:
    found, form = seen(finding_id), AssignForm()
    if form.validate_on_submit():
        assert form.unit.data is not None
        assert form.due_on.data is not None, "both were validated"
        with form.guarded():
            service.assign(
                finding_id, unit_id=form.unit.data, due_on=form.due_on.data, by=viewer(), at=clock.now(), seen=form.seen
            )
        if not form.refused:
            flash(_("已交办，责任单位的工作台会列出这个问题。"), "success")
            return to_finding(finding_id)
    return step_page(found, form, "assign"), form.status


@pages.get("/rectifications/<int:finding_id>/drop")
@allow(Role.LEAD_OFFICE)
def propose_dropping(finding_id: int) -> Answer:
    found = seen(finding_id)
    if "drop" not in found.may:
        return to_finding(finding_id)
    return step_page(found, drop_form(), "drop")


@pages.post("/rectifications/<int:finding_id>/drop")
@allow(Role.LEAD_OFFICE)
def drop(finding_id: int) -> Answer:
    found, form = seen(finding_id), drop_form()
    if form.validate_on_submit():
        with form.guarded():
            service.drop(finding_id, reason=form.reason.data or "", by=viewer(), at=clock.now())
        if not form.refused:
            flash(_("已撤销第 %(n)s 号问题，记录保留。", n=finding_id), "success")
            return to_finding(finding_id)
    return step_page(found, form, "drop"), form.status
