"""The dashboard."""

from __future__ import annotations

from flask import Blueprint, render_template, request

from tracker import clock
from tracker.accounts.access import viewer
from tracker.accounts.roles import Role, allow
from tracker.dashboard import queries
from tracker.dashboard.charts import charts, work_address
from tracker.web.locale import moment

pages = Blueprint("dashboard", __name__)

WATCHERS = (Role.LEAD_OFFICE, Role.LEADER, Role.EVALUATOR)


@pages.get("/dashboard")
@allow(*WATCHERS)
def index() -> str:
    now = clock.now()
    today = clock.day_of(now)
    found = queries.dashboard(viewer(), plan_id=request.args.get("plan", type=int), today=today)
    return render_template(
        "dashboard/index.html", found=found, charts=charts(found, today), where=work_address(found.plan_id), today=today,
        as_of=moment(now),
    )  # fmt: skip
