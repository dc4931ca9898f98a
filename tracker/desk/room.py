"""Registers the desk room with the application."""

from __future__ import annotations

from flask import Flask
from flask_babel import lazy_gettext as _l

from tracker.accounts.roles import Role
from tracker.desk import commands, jobs, routes
from tracker.desk.routes.exports import EXPORTERS
from tracker.web.navigation import Item, offer

JOBS = (jobs.export,)


def register(app: Flask) -> None:
    app.register_blueprint(routes.pages)
    app.cli.add_command(commands.reports)
    offer(
        app,
        Item("desk.exports", _l("报表导出"), "file-export", "score", frozenset(EXPORTERS)),
        Item("desk.jobs", _l("后台作业"), "hourglass", "place", frozenset(Role)),
    )
    # the desk stands first, whatever the rooms before it have offered
    app.extensions["navigation"].insert(0, Item("desk.index", _l("工作台"), "home", "work", frozenset(Role)))
