"""Another edition of a plan: compared, paired by hand, adopted; its history; what units have read of it."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from tracker import clock
from tracker.accounts.access import viewer
from tracker.accounts.roles import Role, allow
from tracker.drafts import service as drafts
from tracker.drafts.queries import DraftView, draft_view
from tracker.drafts.queries.revising import waiting_editions
from tracker.errors import NotFound
from tracker.outbox.queries import Attempt, last_attempt
from tracker.plans.queries import editions as editions_of, plan_view
from tracker.plans.queries.editions import changes_of_edition
from tracker.progress import service
from tracker.progress.forms import number
from tracker.progress.forms.revising import AUTOMATIC, NONE, AdoptEditionForm, ComparisonFilter, PairForm
from tracker.progress.labels import revised_words
from tracker.progress.queries.adopting import JOB_REVISION, is_large_revision
from tracker.progress.queries.comparing import compared_page, pairing
from tracker.progress.queries.revising import Revision, revision
from tracker.progress.routes.blueprint import UNIT, WHOLE, Answer, pages
from tracker.web.locale import counted as _n


def _found(draft_id: int, *, keep_due: bool = True) -> Revision:
    return revision(draft_id, viewer(), today=clock.today(), keep_due=keep_due)


@pages.get("/drafts/<int:draft_id>/comparison")
@allow(Role.LEAD_OFFICE)
def comparison(draft_id: int) -> Answer:
    draft = draft_view(draft_id, viewer())
    if draft.plan is not None:
        return redirect(url_for("progress.editions", plan_id=draft.plan[0]))
    found = _found(draft_id)
    form = ComparisonFilter(request.args).offer(found.comparison.counts)
    page = compared_page(found, form.wanted, cursor=request.args.get("cursor"))
    return render_template("progress/comparison.html", draft=draft, found=found, form=form, page=page)


@pages.get("/drafts/<int:draft_id>/comparison/<int:task_id>")
@allow(Role.LEAD_OFFICE)
def pair(draft_id: int, task_id: int) -> str:
    found = pairing(_found(draft_id), task_id)
    return render_template("progress/pair.html", draft_id=draft_id, found=found, form=PairForm().offer(found))


@pages.post("/drafts/<int:draft_id>/comparison/<int:task_id>")
@allow(Role.LEAD_OFFICE)
def set_pair(draft_id: int, task_id: int) -> Answer:
    whole = _found(draft_id)
    found = pairing(whole, task_id)
    form = PairForm().offer(found)
    if form.validate_on_submit():
        with form.guarded():
            _pair(whole, task_id, form)
        if not form.refused:
            flash(_("配对已更改，影响随之重新计算。"), "success")
            return redirect(url_for("progress.comparison", draft_id=draft_id, _anchor=f"task-{task_id}"))
    return render_template("progress/pair.html", draft_id=draft_id, found=found, form=form), form.status


def _pair(whole: Revision, task_id: int, form: PairForm) -> None:
    chosen, who, at = form.task.data, viewer(), clock.now()
    if form.position.data is not None:
        old = next(
            (one.old for one in whole.comparison.changes if one.old and one.old.position == form.position.data), None
        )
        drafts.pair(whole.draft_id, task_id, old.key if old else 0, by=who, at=at)
    elif chosen == AUTOMATIC:
        drafts.unpair(whole.draft_id, task_id, by=who, at=at)
    else:
        drafts.pair(whole.draft_id, task_id, None if chosen == NONE else number(chosen), by=who, at=at)


@pages.get("/drafts/<int:draft_id>/comparison/adopt")
@allow(Role.LEAD_OFFICE)
def adoption(draft_id: int) -> Answer:
    draft = draft_view(draft_id, viewer())
    if draft.plan is not None:
        return redirect(url_for("progress.editions", plan_id=draft.plan[0]))
    last = last_attempt(JOB_REVISION, draft_id)
    if last is not None and last.came_to_nothing(viewer().person_id):
        wishes = last.payload["wishes"]
        found = _found(draft_id, keep_due=wishes["keep_due"])
        return _adoption_page(draft, found, AdoptEditionForm.again(wishes, found.mark), last)
    found = _found(draft_id)
    return _adoption_page(draft, found, AdoptEditionForm(version=found.mark), last)


def _adoption_page(draft: DraftView, found: Revision, form: AdoptEditionForm, last: Attempt | None = None) -> str:
    large = is_large_revision(len(found.prepared.tasks))
    return render_template(
        "progress/adopt_edition.html", draft=draft, found=found, form=form, large=large, last=last
    )  # fmt: skip


@pages.post("/drafts/<int:draft_id>/comparison/adopt")
@allow(Role.LEAD_OFFICE)
def adopt_edition(draft_id: int) -> Answer:
    draft, form = draft_view(draft_id, viewer()), AdoptEditionForm()
    if form.validate_on_submit():
        with form.guarded():
            seen = form.version.data or ""
            done = service.start_revision(draft_id, form.wishes(), seen=seen, by=viewer(), at=clock.now())
        if not form.refused:
            if not isinstance(done, service.RevisionDone):
                return redirect(url_for("desk.job", job_id=done.id))
            flash(revised_words(done), "success")
            return redirect(url_for("progress.editions", plan_id=done.plan_id))
    found = _found(draft_id, keep_due=form.wishes().keep_due)
    form.version.data = found.mark
    return _adoption_page(draft, found, form), form.status


@pages.get("/plans/<int:plan_id>/editions")
@allow(*WHOLE)
def editions(plan_id: int) -> str:
    plan = plan_view(plan_id, viewer())
    if not plan.whole:
        raise NotFound
    held = editions_of(plan_id)
    wanted = number(request.args.get("edition"))
    chosen = next((one for one in held if one.number == wanted), held[0] if held else None)
    page = changes_of_edition(chosen.id, cursor=request.args.get("cursor")) if chosen else None
    return render_template(
        "progress/editions.html", plan=plan, editions=held, chosen=chosen, page=page,
        waiting=waiting_editions(plan_id) if plan.runs else [],
    )  # fmt: skip


@pages.post("/plans/<int:plan_id>/issue-waiting")
@allow(Role.LEAD_OFFICE)
def issue_waiting(plan_id: int) -> Response:
    count = service.issue_waiting(plan_id, by=viewer(), at=clock.now())
    flash(_n("已下发 %(n)s 条新增的责任落实，等待签收。", count), "success")
    return redirect(url_for("plans.plan", plan_id=plan_id))


@pages.post("/changes/seen")
@allow(*UNIT)
def mark_seen() -> Response:
    """What was read of is ticked off for the whole unit."""
    wanted = [one for one in map(number, request.form.getlist("change")) if one is not None]
    service.mark_seen(wanted, by=viewer(), at=clock.now())
    flash(_("已记为知悉。"), "success")
    return redirect(url_for("desk.index"))
