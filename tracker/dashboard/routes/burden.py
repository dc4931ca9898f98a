"""What reporting costs the units (减负测量): all of them by month, one unit's month with what it counts, and the workbook."""

from __future__ import annotations

from flask import Response, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from reports.burden import BurdenLine, BurdenSheet, build
from reports.workbook import Properties, workbook_bytes
from tracker import clock
from tracker.accounts.access import viewer
from tracker.accounts.roles import Role, allow
from tracker.dashboard.forms import BurdenFilters
from tracker.dashboard.queries.burden import Burden, Month, added_up, burden_view, burdens, month_of
from tracker.dashboard.routes.blueprint import pages
from tracker.progress.forms.filters import unit_asked
from tracker.units.queries import root_name
from tracker.web.downloads import XLSX, attachment
from tracker.web.locale import translate


@pages.get("/burden")
@allow(Role.LEAD_OFFICE, Role.LEADER)
def burden() -> str:
    month = _month()
    form = BurdenFilters(MultiDict({**request.args.to_dict(), "month": month.code})).offer(month, clock.today())
    found = _found(month)
    return render_template(
        "dashboard/burden.html", units=found, total=added_up(found), month=month, form=form, today=clock.today(),
        unit=request.args.get("unit") or None,
    )  # fmt: skip


@pages.get("/burden.xlsx")
@allow(Role.LEAD_OFFICE, Role.LEADER)
def burden_workbook() -> Response:
    """What the page shows with the same filters."""
    month = _month()
    name = _("%(title)s减负测量", title=root_name())
    model = BurdenSheet(root_name(), month.code, [_line(one, month) for one in _found(month)])
    properties = Properties(title=name, author=root_name(), created=clock.now())
    data = workbook_bytes(build(model, translate), properties=properties, translate=translate)
    return Response(data, mimetype=XLSX, headers=attachment(f"{name}-{month.code}.xlsx", plain="burden.xlsx"))


def _month() -> Month:
    return month_of(request.args.get("month", ""), clock.today())


def _found(month: Month) -> list[Burden]:
    return burdens(viewer(), month, unit_id=unit_asked(request.args.get("unit", "").strip()))


def _line(one: Burden, month: Month) -> BurdenLine:
    page = url_for("dashboard.burden_of", unit_id=one.unit_id, month=month.code, _external=True)
    return BurdenLine(
        one.unit, page, one.due, one.asked, one.again, one.handed_in, one.files, one.average, one.unchanged_share
    )


@pages.get("/burden/<int:unit_id>")
@allow(Role.LEAD_OFFICE, Role.LEADER)
def burden_of(unit_id: int) -> str:
    month = _month()
    found = burden_view(unit_id, month, viewer())
    return render_template("dashboard/burden_unit.html", found=found, month=month, today=clock.today())
