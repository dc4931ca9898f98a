"""The dashboard."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask import Blueprint, render_template, request

from tracker import clock
from tracker.accounts.access import viewer
from tracker.accounts.roles import Role, Viewer, allow
from tracker.dashboard import queries
from tracker.dashboard.charts import charts, work_address
from tracker.web.locale import moment
from tracker.web.parts import shared

pages = Blueprint("dashboard", __name__)

WATCHERS = (Role.LEAD_OFFICE, Role.LEADER, Role.EVALUATOR)


@pages.get("/dashboard")
@allow(*WATCHERS)
def index() -> str:
    """What it shows is the same for everybody with the same grants; only the frame is the person's own."""
    now, anybody, plan_id = clock.now(), viewer().unnamed, request.args.get("plan", type=int)
    today = clock.day_of(now)
    asked = (anybody, plan_id, today)
    return render_template(
        "dashboard/index.html", as_of=moment(now), choice=shared("dashboard/_choice.html", asked, lambda: _shown(*asked)),
        numbers=shared("dashboard/_numbers.html", asked, lambda: _shown(*asked)),
    )  # fmt: skip


def _shown(anybody: Viewer, plan_id: int | None, today: date) -> dict[str, Any]:
    found = queries.dashboard(anybody, plan_id=plan_id, today=today)
    return {
        "found": found, "charts": charts(found, today), "where": work_address(found.plan_id), "today": today,
        "may_plan": anybody.has(Role.LEAD_OFFICE),
    }  # fmt: skip
