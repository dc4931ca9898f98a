"""The ledger, one obligation with its versions, downloads, and the calendar."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from typing import Any

from flask import Response, flash, redirect, render_template, request, stream_with_context, url_for
from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from tracker import clock, storage
from tracker.accounts.access import viewer
from tracker.accounts.roles import Role, Viewer, allow
from tracker.progress import queries, service
from tracker.progress.forms import CalendarForm, WorkFilters, wanted_work
from tracker.progress.queries.partners import partner_reports
from tracker.progress.queries.passing import below, lights_below
from tracker.progress.queries.questions import questions_about
from tracker.progress.queries.way import own_steps
from tracker.progress.routes.asking import excusable
from tracker.progress.routes.blueprint import SEEING, Answer, pages
from tracker.web.downloads import kept_file
from tracker.web.frames import framed
from tracker.web.parts import shared


@pages.get("/work")
@allow(*SEEING)
def work() -> str:
    """Read and written out once for everybody with the same grants, until somebody acts."""
    anybody, today = viewer().unnamed, clock.today()
    asked = _asked()
    key = (anybody, today, tuple(request.args.items(multi=True)))
    listed = shared("progress/_work.html", key, lambda: _listed(asked, anybody, today))
    chase = shared("progress/_chase.html", key, lambda: {"chases": _chased(asked, anybody)})
    return framed("progress/work.html", viewer(), {"listed": listed, "chase": chase}, today=today)


_HOW_SHOWN = {"cursor", "sort", "counted"}
"""What an address says of how its list is shown, not of what is in it."""


def _asked() -> MultiDict[str, str]:
    """What there is to do comes before what is done, on each page and in either order, until something else is asked for."""
    begins = [("state", "unfinished")] if set(request.args) <= _HOW_SHOWN else []
    return MultiDict([*begins, *request.args.items(multi=True)])


def _chased(arguments: MultiDict[str, str], anybody: Viewer) -> dict[str, Any]:
    """What of the ledger a supervision slip may be begun from: that which is overdue; nothing where none can be in it."""
    if not anybody.has(Role.LEAD_OFFICE) or wanted_work(arguments).light not in {"", "overdue"}:
        return {}
    return {name: arguments[name] for name in arguments if name not in _HOW_SHOWN} | {"light": "overdue"}


def _listed(arguments: MultiDict[str, str], anybody: Viewer, today: date) -> dict[str, Any]:
    wanted = wanted_work(arguments)
    offered = queries.choices(anybody, plan_id=wanted.plan_id, task_id=wanted.task_id)
    page = queries.work_page(
        anybody, wanted, today=today, cursor=request.args.get("cursor"), every="counted" in request.args
    )
    lower = lights_below({row.assignment_id for row in page.rows}, [row.id for row in page.rows], today=today)
    asked = tuple((name, value) for name, value in request.args.items(multi=True) if name != "cursor")
    return {
        "page": page, "lower": lower, "asked": (offered, bool(request.args), asked),
        "make_form": lambda: WorkFilters(arguments).offer(offered),
    }  # fmt: skip


@pages.get("/obligations/<int:obligation_id>")
@allow(*SEEING)
def obligation(obligation_id: int) -> str:
    found = queries.obligation_view(obligation_id, viewer(), today=clock.today())
    shown = queries.versions(obligation_id, inside=found.inside)
    changes = {new.id: queries.compared(old, new) for new, old in pairwise(shown)}
    answered = queries.answered(found.task_id, shown)
    handed_in = found.reports and bool(shown) and shown[0].state == "own_review"
    return render_template(
        "progress/obligation.html", found=found, versions=shown, changes=changes, targets=queries.targets(found.task_id),
        requests=queries.requests_for_report(obligation_id), excusable=excusable(found), today=clock.today(),
        answered=answered, questions=questions_about(obligation_id, viewer()),
        reports=partner_reports(found, today=clock.today()),
        lower=below([obligation_id], today=clock.today()).get(obligation_id, []),
        following=queries.next_owed(viewer(), but=obligation_id) if handed_in else None,
        steps=own_steps(found, next(iter(shown), None), today=clock.today()),
    )  # fmt: skip


@pages.get("/evidence/<public_id>")
@allow(*SEEING)
def evidence(public_id: str) -> Response:
    """Always an attachment, never shown by the browser itself; the name stands in a header as data (RFC 6266)."""
    found = queries.download(public_id, viewer())
    sent = stream_with_context(storage.stream(found.key))
    return Response(sent, mimetype=found.media_type, headers=kept_file(found.name, found.size))


@pages.get("/calendar")
@allow(Role.ADMIN, Role.LEAD_OFFICE)
def calendar() -> str:
    return _calendar(CalendarForm())


@pages.post("/calendar")
@allow(Role.ADMIN, Role.LEAD_OFFICE)
def import_calendar() -> Answer:
    form = CalendarForm()
    if form.validate_on_submit():
        with form.guarded():
            years = service.import_calendar(
                form.lines.data or "", source=form.source.data or "", by=viewer(), at=clock.now()
            )
            flash(_("已导入 %(years)s 年的工作日历。", years=_("、").join(map(str, years))), "success")
        if not form.refused:
            return redirect(url_for("progress.calendar"))
    return _calendar(form), form.status


def _calendar(form: CalendarForm) -> str:
    covered = queries.years()
    asked = request.args.get("year", "")
    year = int(asked) if asked.isascii() and asked.isdigit() and len(asked) == 4 else clock.today().year
    return render_template(
        "progress/calendar.html", form=form, years=covered, last=queries.last_covered_year(), today=clock.today(),
        year=year, days=queries.days_of(year),
    )  # fmt: skip
