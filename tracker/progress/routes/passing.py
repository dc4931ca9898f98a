"""Passing a task down (转办下级): giving it, the report of a unit below, sending that back."""

from __future__ import annotations

import secrets

from flask import flash, jsonify, redirect, render_template, request, url_for
from flask_babel import gettext as _

from tracker import clock
from tracker.accounts.access import viewer
from tracker.accounts.roles import Role, allow
from tracker.errors import DomainError, NotFound
from tracker.progress import queries
from tracker.progress.forms.passing import PassDownForm, SendBackForm
from tracker.progress.forms.reporting import ProgressForm, made_of
from tracker.progress.queries.beginning import form_of
from tracker.progress.queries.passed_on import tabs_of, tasks_below, waiting_below
from tracker.progress.queries.passing import PassedView, passed_of, passed_view, units_below
from tracker.progress.routes.blueprint import UNIT, Answer, pages
from tracker.progress.routes.writing import Scripted, kept_words, seen_by
from tracker.progress.service.passing import (
    end_passing,
    pass_down,
    recall_part,
    report_part,
    save_part,
    send_back_part,
)
from tracker.web.locale import counted as _n
from tracker.web.transactions import keep_changes

USUAL_DAYS = 5


def _own(assignment_id: int) -> queries.AssignmentView:
    found = queries.assignment_view(assignment_id, viewer(), today=clock.today())
    if not found.inside:
        raise NotFound
    return found


@pages.get("/assignments/<int:assignment_id>/pass-down")
@allow(*UNIT)
def propose_passing(assignment_id: int) -> str:
    found, held = _own(assignment_id), passed_of(assignment_id)
    standing = [one for one in held if one.stands]
    words = standing[0].words if standing else found.requirement
    days = standing[0].days_before if standing else USUAL_DAYS
    form = PassDownForm(words=words, days_before=days, units=[one.unit_id for one in standing])
    return _giving(found, form.offer(units_below(found.unit_id)))


def _giving(found: queries.AssignmentView, form: PassDownForm) -> str:
    return render_template("progress/pass_down.html", found=found, form=form, held=passed_of(found.id))


@pages.post("/assignments/<int:assignment_id>/pass-down")
@allow(*UNIT)
def pass_task_down(assignment_id: int) -> Answer:
    found = _own(assignment_id)
    form = PassDownForm().offer(units_below(found.unit_id))
    if form.validate_on_submit():
        with form.guarded():
            count = pass_down(
                assignment_id, form.units.data or [], form.words.data or "", form.days_before.data or 0, by=viewer(),
                at=clock.now(),
            )  # fmt: skip
        if not form.refused:
            flash(_n("已转办 %(n)s 个下级单位。", count), "success")
            return redirect(url_for("progress.assignment", assignment_id=assignment_id, _anchor="below"))
    return _giving(found, form), form.status


@pages.post("/passed/<int:passed_id>/end")
@allow(*UNIT)
def end_passing_of(passed_id: int) -> Answer:
    passed = end_passing(passed_id, by=viewer(), at=clock.now())
    flash(_("已撤下。已报的内容保留。"), "success")
    return redirect(url_for("progress.propose_passing", assignment_id=passed.assignment_id))


@pages.get("/passed")
@allow(*UNIT)
def passed() -> str:
    today = clock.today()
    return render_template(
        "progress/passed.html", owed=tasks_below(viewer(), today=today), counts=queries.assignment_counts(viewer()),
        sent=tasks_below(viewer(), today=today, ended=True), passed=tabs_of(viewer(), today=today),
    )  # fmt: skip


@pages.get("/passed/below")
@allow(*UNIT)
def from_below() -> str:
    today = clock.today()
    return render_template(
        "progress/from_below.html", rows=waiting_below(viewer(), today=today),
        counts=queries.assignment_counts(viewer()), passed=tabs_of(viewer(), today=today),
    )  # fmt: skip


@pages.get("/passed/<int:passed_id>/reports/<int:obligation_id>")
@allow(*UNIT)
def part(passed_id: int, obligation_id: int) -> str:
    found = passed_view(passed_id, obligation_id, viewer(), today=clock.today())
    form = _form(obligation_id)(version=found.version, editor=secrets.token_hex(16), **found.typed)
    return _page(found, form)


def _form(obligation_id: int) -> type[ProgressForm]:
    targets, asked = form_of(obligation_id)
    return made_of(ProgressForm, tuple(targets), (asked.own,) if asked else ())


def _page(found: PassedView, form: ProgressForm) -> str:
    return render_template(
        "progress/part.html", found=found, form=form, targets=queries.targets(found.task_id), send_back=SendBackForm()
    )


@pages.post("/passed/<int:passed_id>/reports/<int:obligation_id>")
@allow(Role.REPORTER)
def report_part_of(passed_id: int, obligation_id: int) -> Answer:
    """Reports; what was typed is kept as a draft where that is refused, or where it was asked for."""
    form, act = _form(obligation_id)(), save_part if request.form.get("draft") else report_part
    if act is save_part or form.validate_on_submit():
        with form.guarded():
            act(passed_id, obligation_id, form.content(), by=viewer(), at=clock.now(), **seen_by(form))
        if not form.refused:
            flash(_("草稿已保存。") if act is save_part else _("已报送上级单位。"), "success")
            return redirect(url_for("progress.part", passed_id=passed_id, obligation_id=obligation_id))
    elif form.status != 409:
        with form.guarded():
            kept = save_part(passed_id, obligation_id, form.content(), by=viewer(), at=clock.now(), **seen_by(form))
            form.version.data = str(kept.version)
        keep_changes()
    return _page(passed_view(passed_id, obligation_id, viewer(), today=clock.today()), form), form.status


@pages.post("/passed/<int:passed_id>/reports/<int:obligation_id>/draft")
@allow(Role.REPORTER)
def save_part_of(passed_id: int, obligation_id: int) -> Scripted:
    """What the page sends while somebody types: see `save_draft`."""
    form = _form(obligation_id)()
    try:
        kept = save_part(passed_id, obligation_id, form.content(), by=viewer(), at=clock.now(), **seen_by(form))
    except DomainError as error:
        return jsonify(message=error.message), error.status
    return jsonify(kept_words(form, kept)), 200


@pages.post("/parts/<int:part_id>/recall")
@allow(Role.REPORTER)
def recall_part_of(part_id: int) -> Answer:
    one = recall_part(part_id, by=viewer(), at=clock.now())
    flash(_("已撤回，可以修改后重新提交。"), "success")
    return redirect(url_for("progress.part", passed_id=one.passed_id, obligation_id=one.obligation_id))


@pages.post("/passed/<int:passed_id>/reports/<int:obligation_id>/send-back")
@allow(*UNIT)
def send_back_part_of(passed_id: int, obligation_id: int) -> Answer:
    found, form = passed_view(passed_id, obligation_id, viewer(), today=clock.today()), SendBackForm()
    if found.part_id is None or not found.leads:
        raise NotFound
    if form.validate_on_submit():
        with form.guarded():
            send_back_part(found.part_id, form.reason.data or "", by=viewer(), at=clock.now())
        if not form.refused:
            flash(_("已退回%(unit)s。", unit=found.row.unit), "success")
            return redirect(url_for("progress.obligation", obligation_id=obligation_id))
    shown = _form(obligation_id)(version=found.version, **found.typed)
    page = render_template(
        "progress/part.html", found=found, form=shown, targets=queries.targets(found.task_id), send_back=form
    )
    return page, form.status
