"""Issuing supervision slips, from wherever their reason is: the rules of lights, a unit, the ledger, a task; and circulars."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from flask import Response, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from tracker import clock
from tracker.accounts.access import viewer
from tracker.accounts.roles import Role, allow
from tracker.errors import NotFound
from tracker.progress.forms import number, wanted_work
from tracker.reminders.forms import IssueForm
from tracker.reminders.queries.circulars import circular_bytes, circular_view, due_circulars
from tracker.reminders.queries.slips import last_prefix
from tracker.reminders.queries.subjects import MOST, Subject, due_slips, late_units, subjects_in, subjects_of
from tracker.reminders.routes.blueprint import Answer, pages
from tracker.reminders.service.slips import Issued, issue_slips as issue
from tracker.units.queries import name_of
from tracker.web.downloads import DOCX, attachment

USUAL_DAYS = timedelta(days=7)


@pages.get("/slips/new")
@allow(Role.LEAD_OFFICE)
def choose_unit() -> str:
    who, today = viewer(), clock.today()
    return render_template(
        "reminders/slip_units.html", units=late_units(who, today), due=due_slips(who, today),
        circulars=due_circulars(who, today),
    )  # fmt: skip


@pages.get("/slips/new/<int:unit_id>")
@allow(Role.LEAD_OFFICE)
def propose_slip(unit_id: int) -> str:
    """Of one unit: what its address names (`report`), or what the rules want in a grade (`colour`), is chosen."""
    found = _of_unit(unit_id)
    return _page(found, _begun(found), name_of(unit_id))


@pages.post("/slips/new/<int:unit_id>")
@allow(Role.LEAD_OFFICE)
def issue_slip(unit_id: int) -> Answer:
    return _issue(_of_unit(unit_id), name_of(unit_id))


@pages.get("/slips/new/several")
@allow(Role.LEAD_OFFICE)
def propose_slips() -> str:
    """Of the ledger as its address filters it: a slip for each unit."""
    found = subjects_in(wanted_work(request.args), viewer(), clock.today())
    return _page(found, _begun(found))


@pages.post("/slips/new/several")
@allow(Role.LEAD_OFFICE)
def issue_slips() -> Answer:
    return _issue(subjects_in(wanted_work(request.args), viewer(), clock.today()))


def _of_unit(unit_id: int) -> list[Subject]:
    """Raises NotFound where there is nothing of the unit's to be followed up by the viewer."""
    found = subjects_of(unit_id, viewer(), clock.today())
    if not found:
        raise NotFound
    return found


def _begun(found: Sequence[Subject]) -> IssueForm:
    reports, colour = set(map(number, request.args.getlist("report"))), request.args.get("colour")
    if reports:
        chosen = [one for one in found if one.obligation_id in reports]
    elif colour:
        chosen = [one for one in found if one.is_wanted and one.wanted == colour]
    else:
        chosen = [one for one in found if not one.slips and not one.is_excused and (one.is_overdue or one.is_wanted)]
    code = last_prefix(found[0].owner_unit_id) if found else ""
    return IssueForm.begun(found, chosen, code=code, reply_by=clock.today() + USUAL_DAYS)


def _page(found: Sequence[Subject], form: IssueForm, unit: str = "") -> str:
    """Names the unit wherever the slip is for one alone, also where the ledger's filter led to it."""
    form.shows(found)
    units = {one.unit for one in found}
    alone = unit or (units.pop() if len(units) == 1 else "")
    return render_template("reminders/issue_slip.html", form=form, subjects=found, unit=alone, most=MOST)


def _issue(found: Sequence[Subject], unit: str = "") -> Answer:
    form = IssueForm().offer(found)
    if form.validate_on_submit():
        with form.guarded():
            made = issue(
                form.reports.data or [], form.facts(), seen=int(form.seen.data or 0), by=viewer(), at=clock.now()
            )
        if not form.refused:
            return _issued(made)
    return _page(found, form, unit), form.status


def _issued(made: Sequence[Issued]) -> Answer:
    if len(made) == 1:
        flash(_("督办单已发出，单位可以看到并填报回执。"), "success")
        return redirect(url_for("reminders.slip", slip_id=made[0].id))
    said = _("已发出督办单 %(n)s 份：%(first)s 至 %(last)s。", n=len(made), first=made[0].name, last=made[-1].name)
    flash(said, "success")
    return redirect(url_for("reminders.slips"))


@pages.get("/slips/circulars/<int:plan_id>.docx")
@allow(Role.LEAD_OFFICE)
def circular(plan_id: int) -> Answer:
    """A circular to be looked over, signed and sent on paper: the application sends none."""
    found = circular_view(plan_id, viewer(), clock.today())
    if not found.items:
        flash(_("这份计划没有逾期的报送，不必通报。"), "success")
        return redirect(url_for("reminders.choose_unit"))
    data = circular_bytes(found, at=clock.now(), today=clock.today())
    headers = attachment(_("通报 %(plan)s", plan=found.plan) + ".docx", plain="circular.docx")
    return Response(data, mimetype=DOCX, headers=headers)
