"""What reporting costs the units (减负测量): all of them by month, and one unit's month with what it counts."""

from __future__ import annotations

from flask import render_template, request
from werkzeug.datastructures import MultiDict

from tracker import clock
from tracker.accounts.access import viewer
from tracker.accounts.roles import Role, allow
from tracker.dashboard.forms import BurdenFilters
from tracker.dashboard.queries.burden import burden_view, burdens, month_of
from tracker.dashboard.routes.blueprint import pages
from tracker.progress.forms.filters import unit_asked


@pages.get("/burden")
@allow(Role.LEAD_OFFICE, Role.LEADER)
def burden() -> str:
    month = month_of(request.args.get("month", ""), clock.today())
    found = burdens(viewer(), month, unit_id=unit_asked(request.args.get("unit", "").strip()))
    form = BurdenFilters(MultiDict({**request.args.to_dict(), "month": month.code})).offer(month, clock.today())
    return render_template("dashboard/burden.html", units=found, month=month, form=form)


@pages.get("/burden/<int:unit_id>")
@allow(Role.LEAD_OFFICE, Role.LEADER)
def burden_of(unit_id: int) -> str:
    month = month_of(request.args.get("month", ""), clock.today())
    return render_template("dashboard/burden_unit.html", found=burden_view(unit_id, month, viewer()), month=month)
