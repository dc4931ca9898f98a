"""The marked-up workbook: down, up again, and what would change before anything does."""

from __future__ import annotations

from flask import Response as Sent, flash, redirect, render_template, request, url_for
from flask_babel import get_locale, gettext as _
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from tracker import clock
from tracker.accounts.access import viewer
from tracker.accounts.roles import Role, allow
from tracker.drafts import queries, service
from tracker.drafts.forms import TakeInForm, WorkbookForm, chosen_before
from tracker.drafts.labels import column_label
from tracker.drafts.routes.blueprint import Answer, editable, pages
from tracker.drafts.wording import taken_words
from tracker.outbox.queries import Attempt, last_attempt
from tracker.outbox.room import poke_after_commit
from tracker.web.downloads import XLSX, attachment
from tracker.web.transactions import begin_writing, writes_late


@pages.get("/drafts/<int:draft_id>/workbooks")
@allow(Role.LEAD_OFFICE)
def workbooks(draft_id: int) -> str:
    return _page(draft_id, WorkbookForm())


def _page(draft_id: int, form: WorkbookForm) -> str:
    draft = editable(draft_id)
    large = queries.workbook_size(draft_id) > queries.WRITTEN_AT_ONCE
    return render_template(
        "drafts/workbooks.html", draft=draft, form=form, large=large, rows=queries.workbook_rows(draft_id)
    )  # fmt: skip


@pages.get("/drafts/<int:draft_id>/workbook.xlsx")
@allow(Role.LEAD_OFFICE)
def workbook(draft_id: int) -> Answer | Sent:
    editable(draft_id)
    if queries.workbook_size(draft_id) > queries.WRITTEN_AT_ONCE:
        return redirect(url_for("drafts.workbooks", draft_id=draft_id))
    made = queries.workbook_of(draft_id, viewer(), at=clock.now())
    return Sent(made.data, mimetype=XLSX, headers=attachment(made.name, plain="workbook.xlsx"))


@pages.post("/drafts/<int:draft_id>/workbook")
@allow(Role.LEAD_OFFICE)
def write_workbook(draft_id: int) -> Response:
    job = service.ask_workbook(draft_id, locale=str(get_locale()), by=viewer(), at=clock.now())
    poke_after_commit()
    return redirect(url_for("desk.job", job_id=job))


@pages.post("/drafts/<int:draft_id>/workbooks")
@allow(Role.LEAD_OFFICE)
@writes_late
def return_workbook(draft_id: int) -> Answer:
    editable(draft_id)
    begin_writing()
    form = WorkbookForm()
    if form.validate_on_submit():
        with form.guarded(first=True):
            data, name = form.upload or (b"", "")
            made = service.receive_workbook(draft_id, data=data, file_name=name, by=viewer(), at=clock.now())
        if not form.refused:
            return redirect(url_for("drafts.returned_workbook", draft_id=draft_id, workbook_id=made))
    return _page(draft_id, form), form.status


@pages.get("/drafts/<int:draft_id>/workbooks/<int:workbook_id>")
@allow(Role.LEAD_OFFICE)
def returned_workbook(draft_id: int, workbook_id: int) -> str:
    last = last_attempt(service.JOB_TAKE, workbook_id)
    if last is not None and last.came_to_nothing(viewer().person_id):
        return _changes(draft_id, workbook_id, TakeInForm(formdata=None), chosen_before(last.payload["chosen"]), last)
    return _changes(draft_id, workbook_id, TakeInForm(formdata=None), MultiDict(), last)


def _changes(
    draft_id: int, workbook_id: int, form: TakeInForm, given: MultiDict[str, str], last: Attempt | None = None
) -> str:
    draft = editable(draft_id)
    found = queries.returned(draft_id, workbook_id, year=draft.header["year"])
    form.since.data = str(draft.newest_edit)
    return render_template(
        "drafts/returned.html", draft=draft, found=found, form=form, given=given, last=last, column_label=column_label
    )  # fmt: skip


@pages.post("/drafts/<int:draft_id>/workbooks/<int:workbook_id>")
@allow(Role.LEAD_OFFICE)
def take_in_workbook(draft_id: int, workbook_id: int) -> Answer:
    editable(draft_id)
    form = TakeInForm()
    if form.validate_on_submit():
        with form.guarded():
            done = service.start_taking_in(
                draft_id, workbook_id, form.choices(request.form), by=viewer(), at=clock.now()
            )  # fmt: skip
        if not form.refused:
            if not isinstance(done, int):
                return redirect(url_for("desk.job", job_id=done.id))
            flash(taken_words(done), "success")
            return redirect(url_for("drafts.review", draft_id=draft_id))
    return _changes(draft_id, workbook_id, form, request.form), form.status


@pages.post("/drafts/<int:draft_id>/workbooks/<int:workbook_id>/drop")
@allow(Role.LEAD_OFFICE)
def drop_workbook(draft_id: int, workbook_id: int) -> Response:
    service.drop_workbook(draft_id, workbook_id, by=viewer(), at=clock.now())
    flash(_("已放弃这份工作簿，草稿没有改变；文件仍然保留。"), "success")
    return redirect(url_for("drafts.workbooks", draft_id=draft_id))
