"""Merging, parting and moving tasks; correcting many at once; who else is at it."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from tracker import clock
from tracker.accounts.access import viewer
from tracker.accounts.roles import Role, allow
from tracker.drafts import queries, service
from tracker.drafts.forms import BulkFilterForm, BulkForm, MoveForm, SplitForm
from tracker.drafts.routes.blueprint import Answer, editable, pages
from tracker.drafts.wording import corrected_words
from tracker.errors import Conflict
from tracker.web.numbers import whole_number


@pages.post("/drafts/<int:draft_id>/tasks/<int:task_id>/merge")
@allow(Role.LEAD_OFFICE)
def merge_up(draft_id: int, task_id: int) -> Response:
    above = service.merge_up(draft_id, task_id, by=viewer(), at=clock.now())
    flash(_("已并入上一项，可以撤销。"), "success")
    return _at(draft_id, above)


def _at(draft_id: int, task_id: int) -> Response:
    number = queries.page_of_task(draft_id, task_id)
    return redirect(url_for("drafts.review", draft_id=draft_id, page=number, _anchor=f"task-{task_id}"))


@pages.get("/drafts/<int:draft_id>/tasks/<int:task_id>/arrange")
@allow(Role.LEAD_OFFICE)
def arrange(draft_id: int, task_id: int) -> str:
    card = queries.card(draft_id, task_id)
    return _page(draft_id, card, SplitForm.showing(card), MoveForm.showing(card))


def _page(draft_id: int, card: queries.TaskCard, split: SplitForm, move: MoveForm) -> str:
    return render_template("drafts/arrange.html", draft=editable(draft_id), card=card, split=split, move=move)


@pages.post("/drafts/<int:draft_id>/tasks/<int:task_id>/split")
@allow(Role.LEAD_OFFICE)
def split(draft_id: int, task_id: int) -> Answer:
    card, form = queries.card(draft_id, task_id), SplitForm()
    if form.validate_on_submit():
        with form.guarded():
            service.split(
                draft_id, task_id, form.parts(), seen=form.seen.data or "", by=viewer(), at=clock.now()
            )  # fmt: skip
        if not form.refused:
            flash(_("已拆成 %(n)s 项，可以撤销。", n=len(form.parts())), "success")
            return _at(draft_id, task_id)
    return _page(draft_id, card, form, MoveForm.showing(card)), form.status


@pages.post("/drafts/<int:draft_id>/tasks/<int:task_id>/move")
@allow(Role.LEAD_OFFICE)
def move(draft_id: int, task_id: int) -> Answer:
    card, form = queries.card(draft_id, task_id), MoveForm()
    if form.validate_on_submit():
        with form.guarded():
            service.move(draft_id, task_id, int(form.position.data or 1), by=viewer(), at=clock.now())
        if not form.refused:
            flash(_("已移动，可以撤销。"), "success")
            return _at(draft_id, task_id)
    return _page(draft_id, card, SplitForm.showing(card), form), form.status


@pages.get("/drafts/<int:draft_id>/bulk")
@allow(Role.LEAD_OFFICE)
def bulk(draft_id: int) -> str:
    return _bulk_page(draft_id, None)


def _bulk_page(draft_id: int, form: BulkForm | None) -> str:
    draft, rows = editable(draft_id), queries.standing(draft_id)
    chosen = BulkFilterForm(request.args).offer(*queries.bulk_choices(rows))
    found = queries.bulk_tasks(rows, **chosen.wanted())
    form = (form or BulkForm(data={"since": draft.newest_edit})).about(chosen.unit.data or "")
    form.count.data = str(len(found))
    page = queries.bulk_page(found, request.args.get("cursor"))
    ticked = set(_ticked()) if request.method == "POST" else None
    return render_template("drafts/bulk.html", draft=draft, filters_form=chosen, form=form, page=page, ticked=ticked)


def _ticked() -> list[int]:
    found = map(whole_number, request.form.getlist("task"))
    return [one for one in found if one is not None]


def _reached(draft_id: int, form: BulkForm) -> list[int]:
    """The tasks that are to be corrected. Raises Conflict where other tasks are found by now than the page said."""
    if form.reach.data != "all":
        return _ticked()
    rows = queries.standing(draft_id)
    chosen = BulkFilterForm(request.args).offer(*queries.bulk_choices(rows))
    found = [row.id for row in queries.bulk_tasks(rows, **chosen.wanted())]
    if len(found) != form.count.data:
        raise Conflict(_("筛出的任务已有变化，没有更正。请核对下面的最新内容后再改。"))
    return found


@pages.post("/drafts/<int:draft_id>/bulk")
@allow(Role.LEAD_OFFICE)
def correct_many(draft_id: int) -> Answer:
    draft = editable(draft_id)
    form = BulkForm().about(request.args.get("unit", ""))
    if form.validate_on_submit() and (wanted := form.bulk(draft.header["year"])) is not None:
        with form.guarded():
            done = service.start_correcting(
                draft_id, _reached(draft_id, form), wanted, since=int(form.since.data or 0), by=viewer(), at=clock.now()
            )  # fmt: skip
        if not form.refused:
            if not isinstance(done, int):
                return redirect(url_for("desk.job", job_id=done.id))
            flash(corrected_words(done), "success" if done else "info")
            return redirect(url_for("drafts.review", draft_id=draft_id))
        form.since.data = str(draft.newest_edit)
    return _bulk_page(draft_id, form), form.status


@pages.post("/drafts/<int:draft_id>/presence")
@allow(Role.LEAD_OFFICE)
def presence(draft_id: int) -> str:
    """What an open review page tells every few seconds, and what it is told: who else is here, what they changed."""
    who, at = viewer(), clock.now()
    service.be_here(draft_id, whole_number(request.form.get("editing")), by=who, at=at)
    others = queries.others_here(draft_id, who, at=at)
    news = queries.news_of_others(draft_id, who, since=whole_number(request.form.get("since")) or 0)
    return render_template("drafts/presence.html", draft_id=draft_id, others=others, news=news)
