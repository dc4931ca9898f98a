"""For the lead office and administrators: what was sent to whom, and the robots."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from tracker import clock
from tracker.accounts.access import viewer
from tracker.accounts.roles import allow
from tracker.reminders.forms import DayForm, RobotForm
from tracker.reminders.queries import robots as queries
from tracker.reminders.queries.sent import rounds, sent_page
from tracker.reminders.routes.blueprint import OVERSEEING, Answer, pages
from tracker.reminders.service import choosing, sending


@pages.get("/reminders")
@allow(*OVERSEEING)
def sent() -> str:
    days = rounds()
    asked = request.args.get("day", "")
    day = next((one for one in days if one.isoformat() == asked), days[0] if days else None)
    page = sent_page(viewer(), day, cursor=request.args.get("cursor")) if day else None
    form = DayForm(formdata=None, day=day.isoformat() if day else "").offer(days)
    return render_template("reminders/sent.html", form=form, page=page, day=day)


@pages.post("/reminders/<int:sending_id>/again")
@allow(*OVERSEEING)
def send_again(sending_id: int) -> Answer:
    sending.send_again(sending_id, by=viewer(), at=clock.now())
    flash(_("将在一分钟内重新发送。"), "success")
    return redirect(url_for("reminders.sent", day=request.args.get("day")))


@pages.get("/reminders/robots")
@allow(*OVERSEEING)
def robots() -> str:
    return render_template("reminders/robots.html", robots=queries.robots(viewer()))


@pages.get("/reminders/robots/new")
@allow(*OVERSEEING)
def new_robot() -> str:
    return _robot_page(_form(formdata=None), None)


def _form(**filled: object) -> RobotForm:
    return RobotForm(**filled).offer(queries.offices(viewer()))


def _robot_page(form: RobotForm, robot: queries.RobotRow | None) -> str:
    return render_template("reminders/robot.html", form=form, robot=robot)


@pages.post("/reminders/robots/new")
@allow(*OVERSEEING)
def add_robot() -> Answer:
    return _keep(_form(), None)


@pages.get("/reminders/robots/<int:robot_id>")
@allow(*OVERSEEING)
def robot(robot_id: int) -> str:
    found = queries.robot_row(robot_id, viewer())
    form = _form(formdata=None, kind=found.kind, name=found.name, unit=found.unit_id, is_active=found.is_active,
                 version=found.version)  # fmt: skip
    return _robot_page(form, found)


@pages.post("/reminders/robots/<int:robot_id>")
@allow(*OVERSEEING)
def change_robot(robot_id: int) -> Answer:
    return _keep(_form(), queries.robot_row(robot_id, viewer()))


def _keep(form: RobotForm, robot: queries.RobotRow | None) -> Answer:
    if form.validate_on_submit():
        with form.guarded():
            choosing.keep_robot(
                robot.id if robot else None,
                form.facts(),
                version=int(form.version.data or 0),
                by=viewer(),
                at=clock.now(),
            )
        if not form.refused:
            flash(_("机器人已保存。"), "success")
            return redirect(url_for("reminders.robots"))
    return _robot_page(form, robot), form.status
