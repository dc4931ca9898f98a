"""Deduction notices: what a unit is told, its answer, the decision of another evaluator."""

from __future__ import annotations

from flask import Response, flash, redirect, render_template, request, stream_with_context, url_for
from flask_babel import gettext as _

from tracker import clock, storage
from tracker.accounts.access import viewer
from tracker.accounts.roles import Role, allow
from tracker.assessment.forms.facts import DecisionForm, NoticeFilter, ReplyForm
from tracker.assessment.labels import NOTICE_STATES
from tracker.assessment.links import path_of
from tracker.assessment.queries import notices as queries
from tracker.assessment.queries.effect import effect_of
from tracker.assessment.routes.blueprint import SCORED, Answer, page_of_list, pages
from tracker.assessment.service import facts, notices as service
from tracker.progress.service.looking import takes_files
from tracker.web.downloads import kept_file


@pages.get("/notices")
@allow(Role.EVALUATOR, *SCORED)
def notices() -> str:
    form = NoticeFilter(request.args).offer(NOTICE_STATES)
    today = clock.today()
    rows = queries.notices(viewer())
    shown = [row for row in rows if form.state.data in {None, "", row.state(today)}]
    return render_template(
        "assessment/notices.html", page=page_of_list(shown), form=form, today=today, everyone=len(rows)
    )


@pages.get("/notices/<int:notice_id>")
@allow(Role.EVALUATOR, *SCORED)
def notice(notice_id: int) -> str:
    row = queries.notice_row(notice_id, viewer())
    held = {"version": row.version}
    return _page(row, ReplyForm(formdata=None, data=held), DecisionForm(formdata=None, data=held))


def _page(row: queries.NoticeRow, reply: ReplyForm, decision: DecisionForm) -> str:
    today = clock.today()
    may_decide = queries.may_decide(row, viewer(), today)
    return render_template(
        "assessment/notice.html", row=row, reply=reply, decision=decision, today=today,
        may_reply=queries.may_reply(row, viewer(), today), may_decide=may_decide,
        effect=effect_of(row.fact_id, today) if may_decide else None,
        obligation=path_of("progress.obligation", obligation_id=row.obligation_id) if row.obligation_id else None,
    )  # fmt: skip


@pages.post("/notices/<int:notice_id>/reply")
@allow(*SCORED)
@takes_files
def reply_to_notice(notice_id: int) -> Answer:
    row, form = queries.notice_row(notice_id, viewer()), ReplyForm()
    if form.validate_on_submit():
        with form.guarded():
            _reply(row, form)
        if not form.refused:
            flash(_("已回复。"), "success")
            return redirect(url_for("assessment.notice", notice_id=notice_id))
    return _page(row, form, DecisionForm(formdata=None, data={"version": row.version})), form.status


def _reply(row: queries.NoticeRow, form: ReplyForm) -> None:
    at, file = clock.now(), request.files.get(form.evidence.name)
    kept = None
    if file is not None and file.filename:
        kept = facts.keep_evidence(file.stream, file.filename, unit_id=row.unit_id, by=viewer(), at=at)
    service.reply(
        row.fact_id, agrees=form.agrees.data == "1", text=form.reply.data or "", version=int(form.version.data or 0),
        by=viewer(), at=at, evidence_id=kept,
    )  # fmt: skip


@pages.post("/notices/<int:notice_id>/decide")
@allow(Role.EVALUATOR)
def decide_notice(notice_id: int) -> Answer:
    row, form = queries.notice_row(notice_id, viewer()), DecisionForm()
    if form.validate_on_submit():
        with form.guarded():
            service.decide(
                notice_id, decision=form.decision.data, reason=form.reason.data or "",
                version=int(form.version.data or 0), by=viewer(), at=clock.now(),
            )  # fmt: skip
        if not form.refused:
            flash(_("已处理，单位可以看到处理意见。"), "success")
            return redirect(url_for("assessment.notice", notice_id=notice_id))
    return _page(row, ReplyForm(formdata=None, data={"version": row.version}), form), form.status


@pages.get("/notices/<int:notice_id>/evidence")
@allow(Role.EVALUATOR, *SCORED)
def notice_evidence(notice_id: int) -> Response:
    """The file of the unit's answer: always an attachment."""
    found = queries.reply_file(notice_id, viewer())
    return Response(
        stream_with_context(storage.stream(found.key)), mimetype=found.media_type,
        headers=kept_file(found.name, found.size),
    )  # fmt: skip
