"""One's own: notices, and how one wants to be reminded."""

from __future__ import annotations

from flask import current_app, flash, redirect, render_template, url_for
from flask_babel import gettext as _

from tracker import clock
from tracker.accounts.access import viewer
from tracker.accounts.roles import SIGNED_IN, UNIT_ROLES, Role, allow
from tracker.reminders.forms import ChoiceForm
from tracker.reminders.queries.duties import address_made_at
from tracker.reminders.queries.notices import notices as own_notices
from tracker.reminders.queries.people import choice, undelivered
from tracker.reminders.routes.blueprint import Answer, pages
from tracker.reminders.service import choosing


@pages.get("/notices/daily")
@allow(*Role)
def notices() -> str:
    return render_template("reminders/notices.html", notices=own_notices(viewer()))


@pages.post("/notices/daily/read")
@allow(*Role)
def read_notices() -> Answer:
    choosing.read_all(by=viewer(), at=clock.now())
    return redirect(url_for("reminders.notices"))


@pages.get("/account/reminders")
@allow(SIGNED_IN)
def choose() -> str:
    email, by_email = choice(viewer().person_id)
    return _choice_page(ChoiceForm(formdata=None, email=email, by_email=by_email))


def _choice_page(form: ChoiceForm) -> str:
    return render_template(
        "reminders/choose.html", form=form, sends=bool(current_app.config["SMTP_HOST"]),
        hours=current_app.config["REMINDER_HOURS"], sender=current_app.config["MAIL_FROM"],
        subscribes=viewer().has(*UNIT_ROLES), made_at=address_made_at(viewer()),
        undelivered=undelivered(viewer().person_id),
    )  # fmt: skip


@pages.post("/account/reminders")
@allow(SIGNED_IN)
def keep_choice() -> Answer:
    form = ChoiceForm()
    if form.validate_on_submit():
        with form.guarded():
            choosing.choose(email=form.email.data or "", by_email=form.by_email.data, by=viewer(), at=clock.now())
        if not form.refused:
            flash(_("提醒方式已保存。"), "success")
            return redirect(url_for("reminders.choose"))
    return _choice_page(form), form.status
