"""Supervision slips: the list, one of them as a page and a document, answering and withdrawing it."""

from __future__ import annotations

from flask import Response, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from reports.document import Document, document_bytes
from reports.supervision import Slip, build
from tracker import clock
from tracker.accounts.access import viewer
from tracker.accounts.roles import UNIT_ROLES, WHOLE_VIEW, Role, allow
from tracker.reminders.forms import ReplyForm, SlipFilters, WithdrawForm
from tracker.reminders.labels import SHADE_LABELS, SLIP_STATE_LABELS
from tracker.reminders.queries import slips as queries
from tracker.reminders.queries.subjects import due_slips
from tracker.reminders.routes.blueprint import Answer, pages
from tracker.reminders.service import slips as service
from tracker.web.downloads import DOCX, attachment
from tracker.web.locale import html_lang, moment, translate

UNIT = UNIT_ROLES
SEEING = WHOLE_VIEW | UNIT_ROLES


@pages.get("/slips")
@allow(*SEEING)
def slips() -> str:
    state = request.args.get("state", "")
    found = queries.slips(viewer(), clock.today(), state=state if state in SLIP_STATE_LABELS else "")
    issues = viewer().has(Role.LEAD_OFFICE)
    return render_template(
        "reminders/slips.html", slips=found, form=SlipFilters(request.args), issues=issues,
        due=len(due_slips(viewer(), clock.today())) if issues else 0,
    )  # fmt: skip


@pages.get("/slips/<int:slip_id>")
@allow(*SEEING)
def slip(slip_id: int) -> str:
    found = _seen(slip_id)
    version = found.row.version
    return _page(found, ReplyForm(formdata=None, version=version), WithdrawForm(formdata=None, version=version))


def _seen(slip_id: int) -> queries.SlipView:
    return queries.slip_view(slip_id, viewer(), clock.today())


def _page(found: queries.SlipView, reply: ReplyForm, withdraw: WithdrawForm) -> str:
    return render_template(
        "reminders/slip.html", found=found, slip=found.row, reply=reply, withdraw=withdraw, document=_document(found)
    )


def _document(found: queries.SlipView) -> Document:
    """What is printed, and written as a file."""
    row = found.row
    items = [(one.task, one.due_on) for one in found.items]
    model = Slip(
        row.name, row.owner, row.unit, str(SHADE_LABELS[row.shade]), found.plans, items, row.reason, row.demand,
        row.issued_at, clock.day_of(row.issued_at), row.issuer, row.reply_by, row.reply,
        f"{row.replier} {moment(row.replied_at)}" if row.replied_at else "",
    )  # fmt: skip
    return build(model, translate, language=html_lang())


@pages.post("/slips/<int:slip_id>/reply")
@allow(*UNIT)
def reply_to_slip(slip_id: int) -> Answer:
    found, form = _seen(slip_id), ReplyForm()
    if form.validate_on_submit():
        with form.guarded():
            service.reply_to_slip(
                slip_id, form.reply.data or "", version=int(form.version.data or 0), by=viewer(), at=clock.now()
            )
        if not form.refused:
            flash(_("回执已提交。"), "success")
            return redirect(url_for("reminders.slip", slip_id=slip_id))
    return _page(found, form, WithdrawForm(formdata=None)), form.status


@pages.post("/slips/<int:slip_id>/withdraw")
@allow(Role.LEAD_OFFICE)
def withdraw_slip(slip_id: int) -> Answer:
    found, form = _seen(slip_id), WithdrawForm()
    if form.validate_on_submit():
        with form.guarded():
            service.withdraw_slip(
                slip_id, form.reason.data or "", version=int(form.version.data or 0), by=viewer(), at=clock.now()
            )
        if not form.refused:
            flash(_("督办单已撤销，编号不再使用。"), "success")
            return redirect(url_for("reminders.slip", slip_id=slip_id))
    return _page(found, ReplyForm(formdata=None), form), form.status


@pages.get("/slips/<int:slip_id>/slip.docx")
@allow(*SEEING)
def slip_document(slip_id: int) -> Response:
    found = _seen(slip_id)
    headers = attachment(_("督办单 %(name)s", name=found.row.name) + ".docx", plain="slip.docx")
    return Response(document_bytes(_document(found)), mimetype=DOCX, headers=headers)
