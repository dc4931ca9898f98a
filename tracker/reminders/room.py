"""Registers the reminders room with the application."""

from __future__ import annotations

from flask import Flask
from flask_babel import lazy_gettext as _l

from tracker.accounts.roles import Role
from tracker.outbox.registry import see_to
from tracker.reminders import commands, labels, routes, worker
from tracker.reminders.queries.notices import unread_notices
from tracker.reminders.queries.slips import waiting_slips
from tracker.reminders.routes.blueprint import OVERSEEING
from tracker.reminders.routes.slips import SEEING
from tracker.web.navigation import Item, offer


def register(app: Flask) -> None:
    labels.register(app)
    app.register_blueprint(routes.pages)
    app.cli.add_command(commands.reminders)
    see_to("reminders", worker.see_to_reminders)
    offer(
        app,
        Item(
            "reminders.notices",
            _l("通知"),
            "bell",
            "work",
            frozenset(role.value for role in Role),
            unread_notices,
            retells=True,
        ),
        Item(
            "reminders.slips",
            _l("督办单"),
            "bell-ringing",
            "plan",
            frozenset(role.value for role in SEEING),
            waiting_slips,
        ),
        Item("reminders.sent", _l("提醒记录"), "send", "place", frozenset(role.value for role in OVERSEEING)),
    )
