"""Writing a return: the form, drafts that save themselves, evidence, handing in, taking back."""

from __future__ import annotations

import secrets

from flask import flash, jsonify, redirect, render_template, request, url_for
from flask_babel import gettext as _

from tracker import clock
from tracker.accounts.access import viewer
from tracker.accounts.roles import Role, allow
from tracker.errors import Conflict, DomainError
from tracker.progress import queries, service
from tracker.progress.forms import ReturnForm, first_values, made_of, repeated
from tracker.progress.labels_shared import takeover
from tracker.progress.milestones import REACHED
from tracker.progress.queries.beginning import asked_about, written_in
from tracker.progress.queries.chains import way_ahead
from tracker.progress.queries.partners import gather, partner_reports
from tracker.progress.queries.passing import below
from tracker.progress.queries.questions import questions_about
from tracker.progress.routes.blueprint import UNIT, Answer, pages
from tracker.progress.routes.writing import (
    Scripted,
    attached,
    changed_meanwhile,
    drafted,
    handed_in,
    handed_in_at_once,
    kept_words,
    owed,
    seen_by,
    sent_form,
)
from tracker.progress.service.looking import takes_files
from tracker.web.transactions import begin_writing, in_line, keep_changes, writes_late


def _page(found: queries.ObligationView, form: ReturnForm, *, taken: bool = False) -> str:
    """`taken`: somebody, or another window, has saved something else meanwhile."""
    asked = asked_about(found)
    shown = queries.versions(found.id, inside=True)
    current = queries.going_on(next(iter(shown), None))
    ended = next((one for one in shown if one.state != "draft"), None)
    targets, reports = queries.targets(found.task_id), partner_reports(found, today=clock.today())
    lower = below([found.id], today=clock.today()).get(found.id, [])
    return render_template(
        "progress/report.html", found=found, form=form, asked=asked, targets=targets, current=current,
        reports=reports, lower=lower,
        takeover=takeover(gather(reports, lower, targets), targets, asked), questions=questions_about(found.id, viewer()),
        before=queries.last_accepted(found), draft=current if current and current.state == "draft" else None,
        sent_back=ended if ended and ended.reason else None,
        otherwise=form.otherwise(written_in(current)) if taken and current and current.state == "draft" else (),
        earlier=queries.earlier_files(found),
        steps=way_ahead(found.unit_id, author=viewer().person_id, today=clock.today()),
    )  # fmt: skip


@pages.get("/obligations/<int:obligation_id>/report")
@allow(Role.REPORTER)
def report(obligation_id: int) -> Answer:
    found, shown = owed(obligation_id), queries.versions(obligation_id, inside=True)
    current, targets = queries.going_on(next(iter(shown), None)), queries.targets(found.task_id)
    writable = found.state in {"open", "returned"} and found.assignment_state == "in_progress"
    if not writable or (shown and current is None):
        return redirect(url_for("progress.obligation", obligation_id=obligation_id))
    lower = below([found.id], today=clock.today()).get(found.id, ())
    asked = asked_about(found)
    values = first_values(current, queries.last_accepted(found), lower, targets, asked)
    form = made_of(ReturnForm, tuple(targets), asked.asked if asked else ())
    due = found.due_on.isoformat()
    return _page(found, form(editor=secrets.token_hex(16), opened=clock.now().isoformat(), due=due, **values))


@pages.post("/obligations/<int:obligation_id>/report")
@allow(Role.REPORTER)
@takes_files
@writes_late
@in_line
def hand_in(obligation_id: int) -> Answer:
    """Hands in at once where nothing stands against it; else what was typed and sent is kept as a draft first."""
    form = sent_form(obligation_id)
    if request.form.get("same"):
        return _same_again(obligation_id, form)
    asked_to_keep = any(request.form.get(name) for name in ("draft", "remove", "reuse", "choose"))
    valid, sends_files = form.validate_on_submit(), bool(form.chosen())
    is_plain = valid and not asked_to_keep and not sends_files
    if is_plain and handed_in_at_once(obligation_id, form):
        return _on_its_way(obligation_id, form)
    begin_writing()
    if is_plain and handed_in(obligation_id, form, first=True):
        return _on_its_way(obligation_id, form)
    if form.status == 409 or not _keep(obligation_id, form):
        return _again(obligation_id, form)
    if asked_to_keep and not form.unread():
        if request.form.get("draft"):
            flash(_("草稿已保存。"), "success")
        next_page = "progress.choose_files" if request.form.get("choose") else "progress.report"
        return redirect(url_for(next_page, obligation_id=obligation_id))
    if valid and sends_files and handed_in(obligation_id, form):
        return _on_its_way(obligation_id, form)
    return _again(obligation_id, form)


def _same_again(obligation_id: int, form: ReturnForm) -> Answer:
    """与上期一致: hands in what was accepted last, where nothing is being written. Nothing typed is overwritten. A second click
    on the same page changes nothing."""
    found = owed(obligation_id)
    begin_writing()
    with form.guarded():
        newest = next(iter(queries.versions(obligation_id, inside=True)), None)
        if form.is_written or (newest and newest.state != "own_review"):
            raise Conflict(_("这份报送已经开始填写，没有用上期内容覆盖。请核对后提交。"))
        if found.kind == "closing":
            raise DomainError(_("年终总结须总结全年情况，请填写后提交。"), field="done")
        if found.milestone:
            raise DomainError(_("本期要报告节点是否达成，请填写后提交。"), field=f"{REACHED}{found.id}")
        content = repeated(queries.last_accepted(found), opened=form.opened_at)
        service.hand_in(obligation_id, content=content, editor=form.editor.data or "", by=viewer(), at=clock.now())
    return _again(obligation_id, form) if form.refused else _on_its_way(obligation_id, form)


def _on_its_way(obligation_id: int, form: ReturnForm) -> Answer:
    """Says so; also that the date or what is asked for is another by now than the page showed."""
    flash(_("已提交本单位审核人。审核通过后送牵头办公室核验。"), "success")
    for said in changed_meanwhile(obligation_id, form):
        flash(said, "warning")
    return redirect(url_for("progress.obligation", obligation_id=obligation_id))


def _again(obligation_id: int, form: ReturnForm) -> Answer:
    """The form with all that was typed, and the version that a second try goes on from."""
    newest = next(iter(queries.versions(obligation_id, inside=True)), None)
    form.version.data = str(newest.version if newest and newest.state == "draft" else 0)
    return _page(owed(obligation_id), form, taken=form.status == 409), form.status


def _keep(obligation_id: int, form: ReturnForm) -> bool:
    """Saves what was typed and sent, whatever becomes of the rest: a refused form loses nothing. True where all was taken."""
    if not drafted(obligation_id, form):
        return False
    taken = True
    for file in form.chosen():
        with form.guarded():
            service.attach(obligation_id, stream=file.stream, name=file.filename, by=viewer(), at=clock.now())
        taken = taken and not form.refused
    for public_id in request.form.get("reuse", "").split():
        with form.guarded():
            service.reuse(obligation_id, public_id, by=viewer(), at=clock.now())
        taken = taken and not form.refused
    if request.form.get("remove"):
        service.detach(obligation_id, request.form["remove"], by=viewer(), at=clock.now())
    keep_changes()
    return taken


@pages.post("/obligations/<int:obligation_id>/draft")
@allow(Role.REPORTER)
def save_draft(obligation_id: int) -> Scripted:
    """What the page sends while somebody types. 409 where another was faster: what is typed stays on the page."""
    form = sent_form(obligation_id)
    try:
        draft = service.save_draft(obligation_id, form.content(), by=viewer(), at=clock.now(), **seen_by(form))
    except DomainError as error:
        return jsonify(message=error.message), error.status
    return jsonify(kept_words(form, draft)), 200


@pages.post("/obligations/<int:obligation_id>/evidence")
@allow(Role.REPORTER)
@takes_files
def attach(obligation_id: int) -> Scripted:
    """One file, sent by the page as soon as it is chosen."""
    file = request.files.get("file")
    if file is None:
        return jsonify(message=_("没有收到文件，请重新选择。")), 422
    return attached(obligation_id, file.stream, file.filename, request.form.get("editor", ""))


@pages.post("/obligations/<int:obligation_id>/evidence/<public_id>/remove")
@allow(Role.REPORTER)
def detach(obligation_id: int, public_id: str) -> Scripted:
    try:
        service.detach(obligation_id, public_id, by=viewer(), at=clock.now())
    except DomainError as error:
        return jsonify(message=error.message), error.status
    return jsonify({}), 200


@pages.post("/returns/<int:return_id>/recall")
@allow(*UNIT)
def recall(return_id: int) -> Answer:
    version = service.recall(return_id, by=viewer(), at=clock.now())
    flash(_("已撤回，可以修改后重新提交。"), "success")
    return redirect(url_for("progress.obligation", obligation_id=version.obligation_id))
