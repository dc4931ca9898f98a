"""A person's calendar file, by a secret address that calendars subscribe to."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from flask import Response, current_app, flash, redirect, render_template, url_for
from flask_babel import gettext as _

from tracker import clock
from tracker.accounts.access import viewer
from tracker.accounts.roles import PUBLIC, Role, allow
from tracker.reminders.ics import calendar
from tracker.reminders.queries.duties import Ids, Kind, duties, holder
from tracker.reminders.routes.blueprint import Answer, pages
from tracker.reminders.service import calendars
from tracker.units.queries import root_name
from tracker.web.locale import LOCALES, speaking


@pages.get("/calendar/<token>.ics")
@allow(PUBLIC)
def calendar_file(token: str) -> Response:
    """No sign-in: whoever has the address has the file, and nothing else with it. In its holder's language."""
    at = clock.now()
    today = clock.day_of(at)
    who = holder(token, today=today)
    place = urlsplit(current_app.config["SITE_URL"]).hostname or "luoshi"
    with speaking(who.locale if who.locale in LOCALES else current_app.config["DEFAULT_LOCALE"]):
        events = duties(who.viewer, today=today, place=place, href=_page)
        data = calendar(_("%(city)s任务报送", city=root_name()), events, at=at)
    return Response(data, mimetype="text/calendar")


_PAGES: dict[Kind, str] = {
    "obligation": "progress.obligation",
    "part": "progress.part",
    "slip": "reminders.slip",
    "finding": "rectification.finding",
}


def _page(kind: Kind, ids: Ids) -> str:
    return url_for(_PAGES[kind], **dict[str, Any](ids), _external=True)


@pages.post("/account/calendar")
@allow(Role.REPORTER, Role.REVIEWER)
def renew_calendar() -> Answer:
    token = calendars.renew(by=viewer(), at=clock.now())
    address = url_for("reminders.calendar_file", token=token, _external=True)
    return render_template("reminders/calendar_once.html", calendar_address=address)


@pages.post("/account/calendar/revoke")
@allow(Role.REPORTER, Role.REVIEWER)
def revoke_calendar() -> Answer:
    calendars.revoke(by=viewer(), at=clock.now())
    flash(_("日历地址已撤回，原地址不能再打开。"), "success")
    return redirect(url_for("reminders.choose"))
