"""Many returns at once (成批报送): a table whose rows are the forms of single returns."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from typing import NamedTuple

from flask import flash, redirect, render_template, request
from flask_babel import gettext as _

from tracker import clock
from tracker.accounts.access import viewer
from tracker.accounts.roles import Role, allow
from tracker.progress import queries, service
from tracker.progress.forms import ActForm, BatchFilters, RowForm, number, row_form, wanted_reports
from tracker.progress.queries.beginning import written_in
from tracker.progress.routes.blueprint import Answer, pages
from tracker.progress.routes.writing import changed_meanwhile, drafted, handed_in
from tracker.web.paging import Page
from tracker.web.transactions import begin_writing, keep_changes, writes_late


class Row(NamedTuple):
    found: queries.OwedRow
    form: RowForm
    chosen: bool = False
    """Whether it is to be handed in."""
    otherwise: Sequence[tuple[str, str]] = ()
    """What somebody, or another window, has saved meanwhile and the row does not say."""


@pages.get("/assignments/reports")
@allow(Role.REPORTER)
def batch() -> Answer:
    today, cursor = clock.today(), request.args.get("cursor")
    page = queries.owed_page(viewer(), wanted_reports(request.args, today), today=today, cursor=cursor)
    if cursor and not page.rows:  # all that stood on this page and behind it is done
        return redirect(request.path)
    editor = secrets.token_hex(16)
    return _page(page, [Row(one, row_form(one, editor=editor)) for one in page.rows])


@pages.post("/assignments/reports")
@allow(Role.REPORTER)
@writes_late
def send_batch() -> Answer:
    """Saves every row that was touched, and hands in those chosen. Each is taken or refused by itself: what is refused
    stands in its row, with all that was typed."""
    rows = _typed()
    acted = [one for one in rows if one.chosen or one.form.touched]
    valid = {one.found.id for one in acted if (one.form.validate() if one.chosen else one.form.readable())}
    begin_writing()
    service.lock_obligations([one.found.id for one in acted])
    sent = {one.found.id for one in acted if one.chosen and one.found.id in valid and handed_in(one.found.id, one.form)}
    rest = [one for one in acted if one.found.id not in sent and one.form.touched and one.form.status != 409]
    kept = [one for one in rest if drafted(one.found.id, one.form)]
    keep_changes()
    _say(len(sent), len(kept))
    _say_what_changed([one for one in rows if one.found.id in sent])
    if any(one.form.errors for one in acted):
        return _again([one for one in rows if one.found.id not in sent])
    return redirect(request.full_path)


def _typed() -> list[Row]:
    """The rows of the page that was sent, as far as they are the viewer's."""
    ids = [one for one in map(number, request.form.getlist("row")) if one is not None]
    chosen = {number(one) for one in request.form.getlist("chosen")} if request.form.get("hand_in") else set()
    return [Row(one, row_form(one), one.id in chosen) for one in queries.owed_rows(viewer(), ids, today=clock.today())]


def _say(sent: int, kept: int) -> None:
    if sent:
        flash(_("已提交 %(n)s 项报送，等待本单位审核人审核。", n=sent), "success")
    elif request.form.get("hand_in"):
        flash(_("没有提交任何报送：请勾选填写完整的行。"), "warning")
    if kept:
        flash(_("已存 %(n)s 项草稿。", n=kept), "success")


def _say_what_changed(sent: list[Row]) -> None:
    """Each row that was handed in on other terms than its page showed is named."""
    for one in sent:
        for said in changed_meanwhile(one.found.id, one.form):
            flash(f"{one.found.task}{_('：')}{said}", "warning")


def _again(rows: list[Row]) -> Answer:
    """The rows that were not handed in: those that were refused with all that was typed, the others as they are now."""
    typed, shown = {one.found.id: one for one in rows}, []
    for now in queries.owed_rows(viewer(), list(typed), today=clock.today()):
        form, chosen, otherwise = typed[now.id].form, typed[now.id].chosen, []
        if form.status == 409:  # a second try goes on from what another has saved
            draft = now.going_on if now.going_on and now.going_on.state == "draft" else None
            form.version.data = str(draft.version if draft else 0)
            otherwise = form.otherwise(written_in(draft)) if draft else []
        elif not form.errors:
            form = row_form(now, editor=form.editor.data or secrets.token_hex(16))
        shown.append(Row(now, form, chosen, otherwise))
    status = max(one.form.status for one in rows if one.form.errors)
    return _page(Page([one.found for one in shown], None, None), shown), status


def _page(page: Page[queries.OwedRow], rows: list[Row]) -> str:
    filters = BatchFilters(request.args).offer(queries.owed_plans(viewer()))
    return render_template("progress/batch.html", page=page, rows=rows, filters=filters, form=ActForm())
