"""The start page: what waits for me."""

from __future__ import annotations

from tracker import clock
from tracker.accounts.access import viewer
from tracker.accounts.roles import SIGNED_IN, allow
from tracker.desk.queries.desk import afoot, desk
from tracker.desk.routes.blueprint import pages
from tracker.web.frames import framed
from tracker.web.parts import shared, with_token


@pages.get("/")
@allow(SIGNED_IN)
def index() -> str:
    """Written out once until anybody acts, for the same person: what they have had in hand is not theirs to review."""
    me, today = viewer(), clock.today()
    going_on = afoot(me)
    waiting = shared(
        "desk/_desk.html", (me.person_id, me.grants, today, going_on),
        lambda: {"desk": desk(me, today, going_on), "roles": me.roles, "today": today},
    )  # fmt: skip
    return framed("desk/index.html", me, {"waiting": with_token(waiting)}, today=today)
