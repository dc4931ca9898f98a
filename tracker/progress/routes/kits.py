"""Offline return kits (离线填报): a unit's own, and all of them for the lead office."""

from __future__ import annotations

from io import BytesIO

from flask import Response as Sent, redirect, render_template, request, url_for
from flask_babel import get_locale, gettext as _

from tracker import clock
from tracker.accounts.access import viewer
from tracker.accounts.roles import Role, allow
from tracker.errors import DomainError
from tracker.outbox.room import poke_after_commit
from tracker.progress.forms import wanted_reports
from tracker.progress.forms.kits import AllKitsForm, KitForm, KitReturnForm
from tracker.progress.queries import OwedFilter, kits as queries
from tracker.progress.queries.batch import owing
from tracker.progress.routes.blueprint import Answer, pages
from tracker.progress.routes.kits_back import received
from tracker.progress.service import kits as service
from tracker.web.downloads import XLSX, ZIP, attachment
from tracker.web.transactions import begin_writing, writes_late


@pages.get("/assignments/kits")
@allow(Role.REPORTER)
def kits() -> str:
    return _own_page(KitForm(), KitReturnForm(formdata=None))


def _own_page(form: KitForm, back: KitReturnForm) -> str:
    units = owing(viewer(), OwedFilter(), inside=True)
    return render_template(
        "progress/kits.html",
        form=form.offer(units, clock.today()),
        back=back,
        units=units,
        rows=queries.returned_here(viewer()),
    )


@pages.post("/assignments/kits")
@allow(Role.REPORTER)
@writes_late
def give_kit() -> Answer | Sent:
    at = clock.now()
    form = KitForm().offer(owing(viewer(), OwedFilter(), inside=True), clock.day_of(at))
    if form.validate_on_submit():
        with form.guarded(first=True):
            made = service.prepare(form.unit.data, wanted_reports(request.form, clock.day_of(at)), by=viewer(), at=at)
        if not form.refused:
            begin_writing()
            service.give([made], by=viewer(), at=at)
            return Sent(made.data, mimetype=XLSX, headers=attachment(made.name, plain="kit.xlsx"))
    return _own_page(form, KitReturnForm(formdata=None)), form.status


@pages.post("/assignments/kits/returned")
@allow(Role.REPORTER)
@writes_late
def return_kit() -> Answer:
    form = KitReturnForm()
    answer = received(form, "unit") if form.validate_on_submit() else None
    return answer or (_own_page(KitForm(formdata=None), form), form.status)


@pages.get("/kits")
@allow(Role.LEAD_OFFICE)
def all_kits() -> str:
    return _office_page(AllKitsForm(request.args), KitReturnForm(formdata=None))


def _office_page(form: AllKitsForm, back: KitReturnForm) -> str:
    form.begin(owing(viewer(), OwedFilter(), inside=False), clock.today())
    wanted = wanted_reports({"due": form.due.data}, clock.today())
    return render_template(
        "progress/all_kits.html", form=form, back=back, rows=queries.office_page(viewer(), wanted),
        batches=queries.batches(viewer()),
    )  # fmt: skip


@pages.get("/kits/units/<int:unit_id>")
@allow(Role.LEAD_OFFICE)
def kit_of(unit_id: int) -> str:
    """The reports that a unit's kit would ask for."""
    wanted, today = wanted_reports(request.args, clock.today()), clock.today()
    unit, rows = queries.owed_of(unit_id, viewer(), wanted, today=today)
    return render_template("progress/kit_of.html", unit=unit, rows=rows)


@pages.post("/kits")
@allow(Role.LEAD_OFFICE)
@writes_late
def give_all_kits() -> Answer | Sent:
    form, at = AllKitsForm(), clock.now()
    if not form.validate_on_submit():
        return _office_page(form, KitReturnForm(formdata=None)), form.status
    wanted = wanted_reports(request.form, clock.day_of(at))
    units = owing(viewer(), wanted, inside=False)
    if not units:
        form.add_error(DomainError(_("所选范围内没有待填的报送。"), field="due"))
        return _office_page(form, KitReturnForm(formdata=None)), form.status
    if len(units) > service.AT_ONCE:
        begin_writing()
        job = service.start_giving(wanted, locale=str(get_locale()), by=viewer(), at=at)
        poke_after_commit()
        return redirect(url_for("desk.job", job_id=job.id))
    made = list(service.prepare_all(units, wanted, by=viewer(), at=at))
    begin_writing()
    service.give(made, by=viewer(), at=at)
    service.write_archive(made, archive := BytesIO())
    return Sent(archive.getvalue(), mimetype=ZIP, headers=attachment(service.archive_name(at), plain="kits.zip"))


@pages.post("/kits/returned")
@allow(Role.LEAD_OFFICE)
@writes_late
def return_kits() -> Answer:
    form = KitReturnForm()
    answer = received(form, "office") if form.validate_on_submit() else None
    return answer or (_office_page(AllKitsForm(formdata=None), form), form.status)
