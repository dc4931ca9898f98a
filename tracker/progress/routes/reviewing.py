"""The unit's own review and the lead office's check: the queues, one version at a time, the next one after it."""

from __future__ import annotations

from datetime import date

from flask import Response, flash, jsonify, redirect, render_template, request, url_for
from flask_babel import gettext as _

from tracker import clock
from tracker.accounts.access import viewer
from tracker.accounts.roles import Role, allow
from tracker.errors import NotFound
from tracker.progress import queries, service
from tracker.progress.forms import DecisionForm, narrowed
from tracker.progress.labels import named, step_name
from tracker.progress.models import Return
from tracker.progress.queries.alike import alike
from tracker.progress.queries.partners import partner_reports
from tracker.progress.queries.passing import below
from tracker.progress.queries.phrases import keeps_phrases, offered_phrases
from tracker.progress.queries.questions import questions_about
from tracker.progress.queries.way import are_decided, own_steps
from tracker.progress.routes.blueprint import Answer, narrowing, pages, pressed
from tracker.web.locale import counted as _n


@pages.get("/reviews")
@allow(Role.REVIEWER)
def reviews() -> str:
    wanted = narrowed(request.args)
    page = queries.review_queue(viewer(), wanted, cursor=request.args.get("cursor"))
    return render_template("progress/queue.html", page=page, queue="reviews", today=clock.today(), **narrowing(wanted))


@pages.get("/checks")
@allow(Role.LEAD_OFFICE)
def checks() -> str:
    wanted = narrowed(request.args)
    page = queries.check_queue(viewer(), wanted, cursor=request.args.get("cursor"))
    return render_template(
        "progress/queue.html",
        page=page,
        queue="checks",
        keeps=keeps_phrases(viewer()),
        today=clock.today(),
        **narrowing(wanted),
    )


def _page(return_id: int, queue: str, form: DecisionForm | None = None) -> str:
    """The version with what it is compared with. Raises NotFound where the viewer does not decide in that queue."""
    found, version = queries.version_view(return_id, viewer(), today=clock.today())
    if not (found.reviews if queue == "reviews" else found.leads):
        raise NotFound
    wanted = narrowed(request.args)
    older = [one for one in queries.versions(found.id, inside=found.inside) if one.version_no < version.version_no]
    against = next((one for one in older if one.reason), older[0] if older else None)
    form = form or DecisionForm(version=version.version)
    return render_template(
        "progress/decide.html", found=found, version=version,
        answered=queries.answered(found.task_id, [version])[version.id], queue=queue, targets=queries.targets(found.task_id),
        before=queries.last_accepted(found), against=against,
        changes=queries.compared(against, version) if against else None,
        form=form.for_checks() if queue == "checks" else form, phrases=offered_phrases(),
        keeps=keeps_phrases(viewer()),
        mine=version.by(viewer().person_id), open=version.state == ("own_review" if queue == "reviews" else "to_check"),
        following=queries.next_in_queue(viewer(), queue, wanted, after=(found.due_on, version.id)), here=wanted.address,
        lower=below([found.id], today=clock.today()).get(found.id, []),
        reports=partner_reports(found, today=clock.today()), questions=questions_about(found.id, viewer()),
        sent_back=next((one for one in older if one.reason), None),
        alike=alike(found, viewer()) if queue == "checks" and version.state == "to_check" else [],
        also=set(form.also(request.form.getlist("also"))),
        steps=own_steps(found, version, today=clock.today()),
    )  # fmt: skip


@pages.get("/reviews/<int:return_id>")
@allow(Role.REVIEWER)
def review(return_id: int) -> str:
    return _page(return_id, "reviews")


@pages.get("/checks/<int:return_id>")
@allow(Role.LEAD_OFFICE)
def check(return_id: int) -> str:
    return _page(return_id, "checks")


@pages.post("/checks/<int:return_id>/seen")
@allow(Role.LEAD_OFFICE)
def begin_check(return_id: int) -> Response:
    """What the page says once it is open: looking at a page writes nothing, so it tells of it itself."""
    service.begin_check(return_id, by=viewer(), at=clock.now())
    return jsonify({})


@pages.post("/reviews/<int:return_id>")
@allow(Role.REVIEWER)
def decide_review(return_id: int) -> Answer:
    form, found = DecisionForm(), _about(return_id)
    if form.validate_on_submit():
        with form.guarded():
            if pressed("pass", "back"):
                approved = service.approve(return_id, by=viewer(), at=clock.now(), seen=form.seen)
                told = _passed_on(approved, named(found))
            else:
                service.send_back_own(
                    return_id, reason=form.reason.data or "", by=viewer(), at=clock.now(), seen=form.seen
                )
                told = _("已退回填报人：%(name)s。", name=named(found))
        if form.status == 409 and _decided_so([return_id], "to_check", "own_returned", form):
            told, form.refused = _("已办理：%(name)s。", name=named(found)), False
        if not form.refused:
            return on_to_next("reviews", told, (found.due_on, return_id))
    return _page(return_id, "reviews", form), form.status


@pages.post("/checks/<int:return_id>")
@allow(Role.LEAD_OFFICE)
def decide_check(return_id: int) -> Answer:
    form, found = DecisionForm(), _about(return_id)
    if request.form.get("decision") == "resume":
        return _resumed(return_id, form)
    if form.validate_on_submit():
        with form.guarded():
            if pressed("pass", "back"):
                told = _accepted(return_id, form, named(found))
            else:
                service.send_back(return_id, reason=form.reason.data or "", by=viewer(), at=clock.now(), seen=form.seen)
                told = _("已退办：%(name)s，填报单位会看到理由。", name=named(found))
        together = [return_id, *form.also(request.form.getlist("also"))]
        if form.status == 409 and not form.close.data and _decided_so(together, "accepted", "returned", form):
            told, form.refused = _("已办理：%(name)s。", name=named(found)), False
        if not form.refused:
            return on_to_next("checks", told, (found.due_on, return_id))
    return _page(return_id, "checks", form), form.status


def _decided_so(return_ids: list[int], passed: str, back: str, form: DecisionForm) -> bool:
    """Whether the viewer has decided so already, as a second click on the same button asks again."""
    if request.form.get("decision") == "pass":
        return are_decided(return_ids, passed, by=viewer().person_id)
    return are_decided(return_ids[:1], back, by=viewer().person_id, reason=form.reason.data or "")


def _resumed(return_id: int, form: DecisionForm) -> str:
    """The check again for whoever had begun to ask and does not: what was typed there is the reason once more."""
    _found, version = queries.version_view(return_id, viewer(), today=clock.today())
    form.reason.data, form.version.data = request.form.get("text", ""), str(version.version)
    return _page(return_id, "checks", form)


def _accepted(return_id: int, form: DecisionForm, name: str) -> str:
    also, close = form.also(request.form.getlist("also")), bool(form.close.data)
    accepted = service.accept_together(return_id, also, by=viewer(), at=clock.now(), close=close, seen=form.seen)
    told = _("已核收并办结：%(name)s。", name=name) if close else _("已核收：%(name)s。", name=name)
    return told + (_n("一并核收 %(n)s 件。", len(accepted) - 1) if also else "")


def _passed_on(version: Return, name: str) -> str:
    """To whom an approval has sent a version: the next step of the unit's own review, or the lead office."""
    if version.state == "own_review":
        following = step_name(version.review_step, version.review_steps)
        return _("已审核通过：%(name)s，转下一级（%(step)s）。", name=name, step=following)
    return _("已审核通过：%(name)s，已送牵头办公室核验。", name=name)


def _about(return_id: int) -> queries.ObligationView:
    """What the return that is decided was owed for."""
    return queries.version_view(return_id, viewer(), today=clock.today())[0]


def on_to_next(queue: str, told: str, after: tuple[date, int]) -> Answer:
    """Says what was done and opens what waits next after (date, version); the list where nothing else does."""
    wanted = narrowed(request.args)
    following = queries.next_in_queue(viewer(), queue, wanted, after=after)
    done = _("筛选出的已全部办完。") if wanted.address else _("等您办理的已全部办完。")
    left = queries.left_in_queue(viewer(), queue, wanted)
    rest = _("还有 %(n)s 件，下一件如下。", n=left) if following else done if not left else ""
    flash(_("%(told)s%(rest)s", told=told, rest=rest), "success")
    if following is None:
        return redirect(url_for(f"progress.{queue}"))
    one = "progress.review" if queue == "reviews" else "progress.check"
    return redirect(url_for(one, return_id=following, **wanted.address))
