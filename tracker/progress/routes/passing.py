"""Passing a task down (转办下级): giving it, the report of a unit below, sending that back."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import date

from flask import flash, jsonify, redirect, render_template, request, url_for
from flask_babel import gettext as _

from tracker import clock
from tracker.accounts.access import viewer
from tracker.accounts.roles import Role, allow
from tracker.errors import DomainError, NotFound
from tracker.progress import queries
from tracker.progress.forms.acting import number
from tracker.progress.forms.passing import PassDownForm, SendBackForm
from tracker.progress.forms.reporting import ProgressForm, made_of
from tracker.progress.queries.beginning import form_of
from tracker.progress.queries.passed_on import sent_back_last, tabs_of, tasks_below, waiting_below
from tracker.progress.queries.passing import PassedView, gone_below, passed_of, passed_view, units_below
from tracker.progress.routes.blueprint import UNIT, Answer, pages
from tracker.progress.routes.writing import Scripted, kept_words, seen_by
from tracker.progress.service.looking import takes_files
from tracker.progress.service.passed_files import attach_below, detach_below
from tracker.progress.service.passing import (
    end_passing,
    pass_down,
    recall_part,
    report_part,
    save_part,
    send_back_part,
)
from tracker.progress.service.urging import urge_below
from tracker.web.locale import counted as _n
from tracker.web.transactions import begin_writing, keep_changes, writes_late

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


def _giving(found: queries.AssignmentView, form: PassDownForm, gone: Sequence[tuple[date, date]] = ()) -> str:
    most = min(((due - clock.today()).days for due, _below in gone), default=0)
    return render_template(
        "progress/pass_down.html", found=found, form=form, held=passed_of(found.id), gone=gone, most=most
    )


@pages.post("/assignments/<int:assignment_id>/pass-down")
@allow(*UNIT)
def pass_task_down(assignment_id: int) -> Answer:
    found = _own(assignment_id)
    form = PassDownForm().offer(units_below(found.unit_id))
    if form.validate_on_submit():
        days = form.days_before.data or 0
        gone = gone_below(assignment_id, days, clock.today())
        if gone and form.told.data != str(days):
            form.told.data = str(days)
            return _giving(found, form, gone), form.status
        with form.guarded():
            count = pass_down(
                assignment_id, form.units.data or [], form.words.data or "", days, by=viewer(), at=clock.now()
            )
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


@pages.post("/passed/below/urge")
@allow(*UNIT)
def urge() -> Answer:
    """Urges the units below that were chosen in the list (`passed:obligation`). What makes no sense is left out."""
    pairs = ((number(one.partition(":")[0]), number(one.partition(":")[2])) for one in request.form.getlist("chosen"))
    chosen = [(below, owed) for below, owed in pairs if below is not None and owed is not None]
    found = urge_below(chosen, by=viewer(), at=clock.now())
    if found.done:
        flash(_n("已催报 %(n)s 项，下级单位的工作台和下一次每日提醒里会看到。", found.done), "success")
    if found.today:
        flash(_n("%(n)s 项今天已经催报过，没有重复催报。", found.today), "info")
    if found.over:
        flash(_n("%(n)s 项已经报来或不再需要报送，没有催报。", found.over), "info")
    if not chosen:
        flash(_("请先选择要催报的下级报送。"), "warning")
    return redirect(url_for("progress.from_below"))


@pages.get("/passed/<int:passed_id>/reports/<int:obligation_id>")
@allow(*UNIT)
def part(passed_id: int, obligation_id: int) -> str:
    found = passed_view(passed_id, obligation_id, viewer(), today=clock.today())
    form = _form(obligation_id)(version=found.version, editor=secrets.token_hex(16), **found.typed)
    return _page(found, form)


def _form(obligation_id: int) -> type[ProgressForm]:
    targets, asked = form_of(obligation_id)
    return made_of(ProgressForm, tuple(targets), (asked.own,) if asked else ())


def _page(
    found: PassedView,
    form: ProgressForm,
    *,
    typed: bool = False,
    otherwise: Sequence[tuple[str, str]] = (),
    send_back: SendBackForm | None = None,
) -> str:
    """`typed`: the form holds what somebody typed, which stays on the page though it may be written no more."""
    return render_template(
        "progress/part.html", found=found, form=form, targets=queries.targets(found.task_id),
        send_back=send_back or SendBackForm(), sent_back=sent_back_last(found.row), shows_form=typed or found.writes, otherwise=otherwise,
    )  # fmt: skip


@pages.post("/passed/<int:passed_id>/reports/<int:obligation_id>")
@allow(Role.REPORTER)
@takes_files
@writes_late
def report_part_of(passed_id: int, obligation_id: int) -> Answer:
    """Reports; what was typed and sent is kept first, as a draft where that is refused or it was asked for."""
    form, only_kept = _form(obligation_id)(), any(request.form.get(name) for name in ("draft", "remove"))
    valid = form.validate_on_submit()
    begin_writing()
    if not (valid and not only_kept and not form.chosen()) and not _keep(passed_id, obligation_id, form):
        return _again(passed_id, obligation_id, form)
    if valid and not only_kept:
        with form.guarded():
            report_part(passed_id, obligation_id, form.content(), by=viewer(), at=clock.now(), **seen_by(form))
    if form.refused or not (valid or only_kept):
        return _again(passed_id, obligation_id, form)
    if not request.form.get("remove"):
        flash(_("草稿已保存。") if only_kept else _("已报送上级单位。"), "success")
    return redirect(url_for("progress.part", passed_id=passed_id, obligation_id=obligation_id))


def _again(passed_id: int, obligation_id: int, form: ProgressForm) -> Answer:
    """The form with all that was typed, and the version that a second try goes on from."""
    found = passed_view(passed_id, obligation_id, viewer(), today=clock.today())
    form.version.data = str(found.version)
    taken = form.status == 409 and found.writes
    return _page(found, form, typed=True, otherwise=form.otherwise(found.typed) if taken else ()), form.status


def _keep(passed_id: int, obligation_id: int, form: ProgressForm) -> bool:
    """Saves what was typed and sent, whatever becomes of the rest. True where all was taken."""
    with form.guarded():
        kept = save_part(passed_id, obligation_id, form.content(), by=viewer(), at=clock.now(), **seen_by(form))
        form.version.data = str(kept.version)
    if form.refused:
        return False
    taken = True
    for file in form.chosen():
        with form.guarded():
            attach_below(passed_id, obligation_id, stream=file.stream, name=file.filename, by=viewer(), at=clock.now())
        taken = taken and not form.refused
    if request.form.get("remove"):
        detach_below(passed_id, obligation_id, request.form["remove"], by=viewer(), at=clock.now())
    keep_changes()
    return taken


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
    return _page(found, shown, send_back=form), form.status
