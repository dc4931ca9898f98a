"""What a unit asks for on a finding (申请): more time, or an excuse; the lead office's decision."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _

from tracker import clock
from tracker.accounts.access import viewer
from tracker.accounts.roles import Role, allow
from tracker.errors import NotFound
from tracker.progress.forms import REQUEST_FORMS, RequestDecisionForm
from tracker.progress.forms.acting import RequestForm
from tracker.progress.labels import REQUEST_KIND_LABELS
from tracker.progress.routes.blueprint import pressed
from tracker.progress.states import RequestKind, request_kind
from tracker.rectification import queries, service
from tracker.rectification.queries.asked import AskedRow
from tracker.rectification.routes.blueprint import UNIT, Answer, pages, seen, step_page, to_finding
from tracker.rectification.states import REQUESTS

ASKING = "/rectifications/<int:finding_id>/requests/new/<kind>"
DECIDING = "/rectifications/<int:finding_id>/requests/<int:request_id>"


def _kind(text: str) -> RequestKind:
    """Raises NotFound where the address names nothing that may be asked for on a finding."""
    kind = request_kind(text)
    if kind is None or kind not in REQUESTS:
        raise NotFound
    return kind


@pages.get(ASKING)
@allow(*UNIT)
def propose_request(finding_id: int, kind: str) -> Answer:
    known, found = _kind(kind), seen(finding_id)
    if known not in found.may:
        return to_finding(finding_id)
    return step_page(found, REQUEST_FORMS[known](), known)


@pages.post(ASKING)
@allow(*UNIT)
def ask_for(finding_id: int, kind: str) -> Answer:
    known, found = _kind(kind), seen(finding_id)
    form: RequestForm = REQUEST_FORMS[known]()
    if form.validate_on_submit():
        with form.guarded():
            service.ask_for(known, finding_id, form.wish(), by=viewer(), at=clock.now())
        if not form.refused:
            flash(_("已提交申请。批复前一切照旧，结果会显示在本页。"), "success")
            return to_finding(finding_id)
    return step_page(found, form, known), form.status


@pages.post(f"{DECIDING}/take-back")
@allow(*UNIT)
def take_back_request(finding_id: int, request_id: int) -> Answer:
    _asked(finding_id, request_id)
    service.take_back_request(request_id, by=viewer(), at=clock.now())
    flash(_("已撤回申请。"), "success")
    return to_finding(finding_id)


def _asked(finding_id: int, request_id: int) -> tuple[queries.FindingView, AskedRow]:
    """Raises NotFound where the finding is not the viewer's to see, or there is no such request of it."""
    found = seen(finding_id)
    asked = next((one for one in found.requests if one.id == request_id), None)
    if asked is None:
        raise NotFound
    return found, asked


def _page(found: queries.FindingView, asked: AskedRow, form: RequestDecisionForm) -> str:
    if not found.leads:
        raise NotFound
    return render_template("rectification/request.html", found=found, asked=asked, form=form)


@pages.get(DECIDING)
@allow(Role.LEAD_OFFICE)
def decide_on(finding_id: int, request_id: int) -> str:
    found, asked = _asked(finding_id, request_id)
    return _page(found, asked, RequestDecisionForm(until=asked.until, version=asked.version))


@pages.post(DECIDING)
@allow(Role.LEAD_OFFICE)
def decide_request(finding_id: int, request_id: int) -> Answer:
    found, asked = _asked(finding_id, request_id)
    form = RequestDecisionForm()
    if form.validate_on_submit():
        with form.guarded():
            told = _decide(found, asked, form)
        if not form.refused:
            flash(told, "success")
            return redirect(url_for("rectification.findings", state=queries.MINE))
    return _page(found, asked, form), form.status


def _decide(found: queries.FindingView, asked: AskedRow, form: RequestDecisionForm) -> str:
    note, by, at = form.note.data or "", viewer(), clock.now()
    kind = REQUEST_KIND_LABELS[asked.kind]
    if not pressed("grant", "refuse"):
        service.refuse_request(asked.id, reason=note, by=by, at=at, seen=form.seen)
        return _("已答复不同意%(kind)s：%(name)s。", kind=kind, name=found.title)
    given = service.grant_request(asked.id, until=form.until.data, note=note, by=by, at=at, seen=form.seen)
    if given.granted_until is not None:
        return _("已同意%(kind)s：%(name)s，至 %(day)s。", kind=kind, name=found.title, day=given.granted_until)
    return _("已同意%(kind)s：%(name)s。", kind=kind, name=found.title)
