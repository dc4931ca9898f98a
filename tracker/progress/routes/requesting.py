"""Requests (申请): asking for more time, closing, suspension or an excuse; the lead office's queue of them."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from tracker import clock
from tracker.accounts.access import viewer
from tracker.accounts.roles import Role, allow
from tracker.errors import NotFound
from tracker.progress import queries, service
from tracker.progress.forms import REQUEST_FORMS, RequestDecisionForm, ResumeForm, narrowed
from tracker.progress.forms.acting import RequestForm
from tracker.progress.labels import REQUEST_KIND_LABELS, asked_words
from tracker.progress.models import Request
from tracker.progress.queries.assignments import ObligationRow
from tracker.progress.routes.asking import Asked, about_report, about_task
from tracker.progress.routes.blueprint import UNIT, Answer, narrowing, pages, pressed
from tracker.progress.states import ABOUT_REPORTS, REQUESTS, RequestKind, request_kind

ASKING = "/requests/new/<kind>/<int:subject_id>"


def _kind(text: str) -> RequestKind:
    """Raises NotFound where the address names no kind of request."""
    kind = request_kind(text)
    if kind is None:
        raise NotFound
    return kind


def _asked(kind: RequestKind, subject_id: int) -> Asked:
    """What is asked about, and whether it can be asked now. Raises NotFound for whoever is not of the unit."""
    today = clock.today()
    if kind in ABOUT_REPORTS:
        report = queries.obligation_view(subject_id, viewer(), today=today)
        asked, may = (
            about_report(kind, report, queries.requests_for_report(subject_id), today),
            report.reports or report.reviews,
        )
    else:
        task = queries.assignment_view(subject_id, viewer(), today=today)
        asked, may = about_task(kind, task, queries.requests_for_task(subject_id), today), task.signs
        may = may and (kind != "suspension" or task.reviews)
    if not may:
        raise NotFound
    return asked


def _form(kind: RequestKind, subject_id: int, form: RequestForm) -> str:
    return render_template("progress/propose_request.html", kind=kind, about=_asked(kind, subject_id), form=form)


@pages.get(ASKING)
@allow(*UNIT)
def propose_request(kind: str, subject_id: int) -> str:
    known = _kind(kind)
    return _form(known, subject_id, REQUEST_FORMS[known]())


@pages.post(ASKING)
@allow(*UNIT)
def ask_for(kind: str, subject_id: int) -> Answer:
    known = _kind(kind)
    form = REQUEST_FORMS[known]()
    if form.validate_on_submit():
        with form.guarded():
            asked = service.ask_for(known, subject_id, form.wish(), by=viewer(), at=clock.now())
        if not form.refused:
            flash(_("已提交申请。批复前一切照旧，结果会显示在本页。"), "success")
            return _back(asked)
    return _form(known, subject_id, form), form.status


def _back(asked: Request) -> Answer:
    """To the page of what was asked about."""
    if asked.obligation_id is not None:
        return redirect(url_for("progress.obligation", obligation_id=asked.obligation_id))
    return redirect(url_for("progress.assignment", assignment_id=asked.assignment_id))


@pages.post("/requests/<int:request_id>/take-back")
@allow(*UNIT)
def take_back_request(request_id: int) -> Answer:
    asked = service.take_back_request(request_id, by=viewer(), at=clock.now())
    flash(_("已撤回申请。"), "success")
    return _back(asked)


@pages.get("/assignments/<int:assignment_id>/resume")
@allow(Role.LEAD_OFFICE, Role.REVIEWER)
def propose_resuming(assignment_id: int) -> str:
    return _resuming(assignment_id, ResumeForm())


def _resuming(assignment_id: int, form: ResumeForm) -> str:
    """Raises NotFound for whoever may not end its suspension, and where there is none."""
    found = queries.assignment_view(assignment_id, viewer(), today=clock.today())
    if not (found.leads or found.reviews) or _suspension(assignment_id) is None:
        raise NotFound
    return render_template("progress/resume.html", found=found, form=form, asked=_suspension(assignment_id))


def _suspension(assignment_id: int) -> queries.RequestRow | None:
    asked = queries.requests_for_task(assignment_id)
    return next((one for one in asked if one.suspends(clock.today())), None)


@pages.post("/assignments/<int:assignment_id>/resume")
@allow(Role.LEAD_OFFICE, Role.REVIEWER)
def end_suspension(assignment_id: int) -> Answer:
    form, asked = ResumeForm(), _suspension(assignment_id)
    if asked is not None and form.validate_on_submit():
        with form.guarded():
            service.end_suspension(asked.id, reason=form.reason.data or "", by=viewer(), at=clock.now())
        if not form.refused:
            flash(_("已恢复办理，之后到期的报送按原定期限报送。"), "success")
            return redirect(url_for("progress.assignment", assignment_id=assignment_id))
    return _resuming(assignment_id, form), form.status


@pages.get("/requests")
@allow(Role.LEAD_OFFICE)
def requests() -> str:
    kind, wanted = request_kind(request.args.get("kind", "")), narrowed(request.args)
    return render_template(
        "progress/requests.html", kind=kind or "", kinds=REQUESTS, counts=queries.requests_waiting(viewer(), wanted),
        waiting=queries.requests(viewer(), kind, wanted), decided=queries.requests(viewer(), kind, wanted, decided=True),
        **narrowing(wanted),
    )  # fmt: skip


@pages.get("/requests/<int:request_id>")
@allow(Role.LEAD_OFFICE)
def decide_on(request_id: int) -> str:
    asked = queries.request_view(request_id, viewer())
    return _page(asked, RequestDecisionForm(until=asked.until, version=asked.version))


def _page(asked: queries.RequestRow, form: RequestDecisionForm) -> str:
    """Of a task that is to be closed it shows what the unit's last accepted report says of it, of one that is to be suspended
    what would be let off."""
    report, accepted = None, None
    task = queries.assignment_view(asked.assignment_id, viewer(), today=clock.today())
    if asked.obligation_id is not None:
        report = queries.obligation_view(asked.obligation_id, viewer(), today=clock.today())
    elif asked.kind == "closing":
        accepted = queries.accepted_of(asked.assignment_id)
    return render_template(
        "progress/request.html", asked=asked, found=report, form=form, here=narrowed(request.args).address,
        requirement=task.requirement, accepted=accepted, targets=queries.targets(asked.task_id) if accepted else [],
        let_off=_let_off(asked, task) if asked.kind == "suspension" else [],
    )  # fmt: skip


def _let_off(asked: queries.RequestRow, task: queries.AssignmentView) -> list[ObligationRow]:
    """What falls due while it is suspended, as it was asked for."""
    first, last = clock.day_of(asked.asked_at), asked.until
    owed = [one for one in task.obligations if one.state in {"open", "returned"} and one.due_on >= first]
    return [one for one in owed if last is None or one.due_on <= last]


@pages.post("/requests/<int:request_id>")
@allow(Role.LEAD_OFFICE)
def decide_request(request_id: int) -> Answer:
    asked, form = queries.request_view(request_id, viewer()), RequestDecisionForm()
    if form.validate_on_submit():
        with form.guarded():
            told = _decide(asked, form)
        if not form.refused:
            return _next(asked.kind, told)
    return _page(asked, form), form.status


def _decide(asked: queries.RequestRow, form: RequestDecisionForm) -> str:
    note, by, at = form.note.data or "", viewer(), clock.now()
    kind, name = REQUEST_KIND_LABELS[asked.kind], asked_words(asked)
    if not pressed("grant", "refuse"):
        service.refuse_request(asked.id, reason=note, by=by, at=at, seen=form.seen)
        return _("已答复不同意%(kind)s：%(name)s。", kind=kind, name=name)
    given = service.grant_request(asked.id, until=form.until.data, note=note, by=by, at=at, seen=form.seen)
    if given.granted_until is not None:
        return _("已同意%(kind)s：%(name)s，至 %(day)s。", kind=kind, name=name, day=given.granted_until)
    return _("已同意%(kind)s：%(name)s。", kind=kind, name=name)


def _next(kind: RequestKind, told: str) -> Answer:
    flash(told, "success")
    wanted = narrowed(request.args)
    following = queries.next_request(viewer(), kind, wanted)
    if following is None:
        return redirect(url_for("progress.requests"))
    return redirect(url_for("progress.decide_on", request_id=following, **wanted.address))
