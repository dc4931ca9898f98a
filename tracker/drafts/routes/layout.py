"""Saying which row of a table is its header and what its columns hold."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from tracker import clock
from tracker.accounts.access import viewer
from tracker.accounts.roles import Role, allow
from tracker.drafts import queries, service
from tracker.drafts.forms import LayoutForm
from tracker.drafts.layout import TableShape
from tracker.drafts.queries import DraftView
from tracker.drafts.routes.blueprint import Answer, editable, pages
from tracker.drafts.wording import reread_words
from tracker.errors import Conflict
from tracker.web.transactions import begin_writing, writes_late


@pages.get("/drafts/<int:draft_id>/layout")
@allow(Role.LEAD_OFFICE)
def layout(draft_id: int) -> str:
    return _page(editable(draft_id), queries.tables(draft_id), request.args.get("table", ""), None)


def _page(draft: DraftView, tables: list[TableShape], locator: str, form: LayoutForm | None) -> str:
    table = next((one for one in tables if one.locator == locator), tables[0] if tables else None)
    if form is not None and table is not None:
        form.offer(table)
    elif table is not None:
        form = LayoutForm.of(table, since=draft.newest_edit)
    return render_template("drafts/layout.html", draft=draft, tables=tables, table=table, form=form)


@pages.post("/drafts/<int:draft_id>/layout")
@allow(Role.LEAD_OFFICE)
@writes_late
def lay_out(draft_id: int) -> Answer:
    draft, tables, form = editable(draft_id), queries.tables(draft_id), LayoutForm()
    begin_writing()
    table = next((one for one in tables if one.locator == form.table.data), None)
    if table is None or len(form.columns) != table.width:
        raise Conflict(_("草稿中的这张表已改变，请刷新页面后再调整。"))
    if form.offer(table).validate_on_submit():
        with form.guarded():
            done = service.start_lay_out(
                draft_id, table.locator, form.row.data, form.columns.data, since=int(form.since.data or 0), by=viewer(),
                at=clock.now(), headers=table.headers(form.row.data) if form.remember.data else (),
            )  # fmt: skip
        if not form.refused:
            if not isinstance(done, service.Reread):
                return redirect(url_for("desk.job", job_id=done.id))
            flash(reread_words(done), "success")
            return redirect(url_for("drafts.review", draft_id=draft_id))
    return _page(draft, tables, table.locator, form), form.status
