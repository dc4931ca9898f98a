"""The start page: what waits for me."""

from __future__ import annotations

from flask import render_template

from tracker import clock
from tracker.accounts.access import viewer
from tracker.accounts.roles import SIGNED_IN, allow
from tracker.desk.queries.desk import desk
from tracker.desk.routes.blueprint import pages


@pages.get("/")
@allow(SIGNED_IN)
def index() -> str:
    today = clock.today()
    return render_template("desk/index.html", desk=desk(viewer(), today), today=today)
