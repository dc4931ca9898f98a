"""Spot checks: the list, drawing one, typing back what was found."""

from __future__ import annotations

import secrets
from datetime import timedelta

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from tracker import clock
from tracker.accounts.access import viewer
from tracker.accounts.roles import allow
from tracker.errors import NotFound
from tracker.plans.queries import plan_choices
from tracker.progress.forms import ActForm
from tracker.rectification import queries, service
from tracker.rectification.forms import CheckState, ConcludeForm, DrawForm, ItemForm, draw_form, void_form
from tracker.rectification.labels import CHECK_STATE_LABELS
from tracker.rectification.queries.scope import DRAWING
from tracker.rectification.routes.blueprint import WHOLE, Answer, pages
from tracker.rectification.routes.registering import USUAL_DAYS
from tracker.web.numbers import whole_number

A_QUARTER = timedelta(days=91)


@pages.get("/spot-checks")
@allow(*WHOLE)
def checks() -> str:
    state = request.args.get("state", "")
    found = queries.checks(viewer(), state if state in CHECK_STATE_LABELS else "")
    return render_template(
        "rectification/checks.html", checks=found, form=CheckState(request.args), draws=viewer().has(*DRAWING)
    )


@pages.get("/spot-checks/new")
@allow(*DRAWING)
def propose_check() -> str:
    today = clock.today()
    form = draw_form(
        plan_choices(viewer()), since=today - A_QUARTER, until=today, seed=secrets.token_hex(6),
        plan=request.args.get("plan", type=whole_number),
    )  # fmt: skip
    return _draw_page(form)


def _draw_page(form: DrawForm) -> str:
    return render_template("rectification/draw.html", form=form)


@pages.post("/spot-checks/new")
@allow(*DRAWING)
def draw_check() -> Answer:
    form = draw_form(plan_choices(viewer()))
    if form.validate_on_submit():
        with form.guarded():
            made = service.draw_check(form.wanted(), by=viewer(), at=clock.now())
        if not form.refused:
            flash(_("已抽取样本，可以打印抽查表。"), "success")
            return redirect(url_for("rectification.check", check_id=made.id))
    return _draw_page(form), form.status


@pages.get("/spot-checks/<int:check_id>")
@allow(*WHOLE)
def check(check_id: int) -> str:
    found = queries.check_view(check_id, viewer())
    return _check_page(found, ConcludeForm(version=found.version), void_form())


def _check_page(found: queries.CheckView, concluding: ActForm, voiding: ActForm) -> str:
    return render_template("rectification/check.html", found=found, form=concluding, voiding=voiding)


@pages.post("/spot-checks/<int:check_id>/conclude")
@allow(*DRAWING)
def conclude(check_id: int) -> Answer:
    found, form = _acting(check_id), ConcludeForm()
    if form.validate_on_submit():
        with form.guarded():
            service.conclude(check_id, note=form.reason.data or "", by=viewer(), at=clock.now(), seen=form.seen)
        if not form.refused:
            flash(_("这次抽查已办结。"), "success")
            return redirect(url_for("rectification.check", check_id=check_id))
    return _check_page(found, form, void_form()), form.status


@pages.post("/spot-checks/<int:check_id>/void")
@allow(*DRAWING)
def void(check_id: int) -> Answer:
    found, form = _acting(check_id), void_form()
    if form.validate_on_submit():
        with form.guarded():
            service.void(check_id, reason=form.reason.data or "", by=viewer(), at=clock.now())
        if not form.refused:
            flash(_("这次抽查已作废，记录保留。"), "success")
            return redirect(url_for("rectification.check", check_id=check_id))
    return _check_page(found, ConcludeForm(version=found.version), form), form.status


def _acting(check_id: int) -> queries.CheckView:
    """Raises NotFound for whoever only looks."""
    found = queries.check_view(check_id, viewer())
    if not found.acts:
        raise NotFound
    return found


def _item(check_id: int, item_id: int) -> tuple[queries.CheckView, queries.ItemRow]:
    found = _acting(check_id)
    item = next((one for one in found.items if one.id == item_id), None)
    if item is None:
        raise NotFound
    return found, item


@pages.get("/spot-checks/<int:check_id>/items/<int:item_id>")
@allow(*DRAWING)
def item(check_id: int, item_id: int) -> str:
    found, shown = _item(check_id, item_id)
    today = clock.today()
    form = ItemForm(
        result=shown.result or None, checked_on=shown.checked_on or today, note=shown.note, version=shown.version,
        due_on=today + timedelta(days=USUAL_DAYS),
    )  # fmt: skip
    return _item_page(found, shown, form)


def _item_page(found: queries.CheckView, shown: queries.ItemRow, form: ItemForm) -> str:
    return render_template("rectification/item.html", found=found, item=shown, form=form)


@pages.post("/spot-checks/<int:check_id>/items/<int:item_id>")
@allow(*DRAWING)
def enter_result(check_id: int, item_id: int) -> Answer:
    found, shown = _item(check_id, item_id)
    form = ItemForm()
    if form.validate_on_submit():
        with form.guarded():
            service.enter_result(item_id, form.seen_there(), by=viewer(), at=clock.now(), version=form.seen)
        if not form.refused:
            flash(_("已录入第 %(n)s 项的抽查结果。", n=shown.position), "success")
            return _next(found, shown)
    return _item_page(found, shown, form), form.status


def _next(found: queries.CheckView, entered: queries.ItemRow) -> Answer:
    """To the next place without a result, else back to the check."""
    left = [one for one in found.items if not one.result and one.id != entered.id]
    following = next((one for one in left if one.position > entered.position), left[0] if left else None)
    if following is None:
        return redirect(url_for("rectification.check", check_id=found.row.id))
    return redirect(url_for("rectification.item", check_id=found.row.id, item_id=following.id))
