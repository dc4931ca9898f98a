"""The dashboard."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask import request

from tracker import clock
from tracker.accounts.access import viewer
from tracker.accounts.roles import Role, Viewer, allow
from tracker.dashboard.charts import charts, work_address
from tracker.dashboard.queries.dashboard import dashboard
from tracker.dashboard.routes.blueprint import WATCHERS, pages
from tracker.web.frames import framed
from tracker.web.locale import moment
from tracker.web.numbers import whole_number
from tracker.web.parts import shared

ALL = "all"
"""The choice of all plans with the archived ones (归档) among them."""


@pages.get("/dashboard")
@allow(*WATCHERS)
def index() -> str:
    """What it shows is the same for everybody with the same grants; only the frame is the person's own."""
    now, anybody, plan_id = clock.now(), viewer().unnamed, request.args.get("plan", type=whole_number)
    archived = request.args.get("plan") == ALL
    today = clock.day_of(now)
    asked = (anybody, plan_id, archived, today)
    shown = {part: shared(f"dashboard/_{part}.html", asked, lambda: _shown(*asked)) for part in ("choice", "numbers")}
    return framed("dashboard/index.html", viewer(), shown, as_of=moment(now))


def _shown(anybody: Viewer, plan_id: int | None, archived: bool, today: date) -> dict[str, Any]:
    found = dashboard(anybody, plan_id=plan_id, archived=archived, today=today)
    return {
        "found": found, "charts": charts(found, today), "where": work_address(found.plan_id, archived=archived), "today": today,
        "may_plan": anybody.has(Role.LEAD_OFFICE),
    }  # fmt: skip
