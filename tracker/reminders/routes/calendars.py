"""A person's calendar file, by a secret address that calendars subscribe to."""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import Response, current_app, flash, redirect, render_template, url_for
from flask_babel import gettext as _

from tracker import clock
from tracker.accounts.access import viewer
from tracker.accounts.roles import PUBLIC, Role, allow
from tracker.reminders.ics import calendar
from tracker.reminders.queries.duties import duties, holder
from tracker.reminders.routes.blueprint import Answer, pages
from tracker.reminders.service import calendars
from tracker.units.queries import root_name
from tracker.web.locale import LOCALES, speaking


@pages.get("/calendar/<token>.ics")
@allow(PUBLIC)
def calendar_file(token: str) -> Response:
    """No sign-in: whoever has the address has the file, and nothing else with it. In its holder's language."""
    at = clock.now()
    who = holder(token, today=clock.day_of(at))
    place = urlsplit(current_app.config["SITE_URL"]).hostname or "luoshi"
    with speaking(who.locale if who.locale in LOCALES else current_app.config["DEFAULT_LOCALE"]):
        events = duties(
            who.viewer, uid=lambda number: f"obligation-{number}@{place}",
            href=lambda number: url_for("progress.obligation", obligation_id=number, _external=True),
        )  # fmt: skip
        data = calendar(_("%(city)s任务报送", city=root_name()), events, at=at)
    return Response(data, mimetype="text/calendar")


@pages.post("/account/calendar")
@allow(Role.REPORTER, Role.REVIEWER)
def renew_calendar() -> Answer:
    token = calendars.renew(by=viewer(), at=clock.now())
    address = url_for("reminders.calendar_file", token=token, _external=True)
    return render_template("reminders/calendar_once.html", address=address)


@pages.post("/account/calendar/revoke")
@allow(Role.REPORTER, Role.REVIEWER)
def revoke_calendar() -> Answer:
    calendars.revoke(by=viewer(), at=clock.now())
    flash(_("日历地址已撤回，原地址不能再打开。"), "success")
    return redirect(url_for("reminders.choose"))
