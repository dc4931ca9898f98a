"""Registers the dashboard room with the application."""

from __future__ import annotations

from flask import Flask
from flask_babel import lazy_gettext as _l

from tracker.accounts.roles import Role
from tracker.dashboard.routes import WATCHERS, pages
from tracker.web.navigation import Item, offer


def register(app: Flask) -> None:
    app.register_blueprint(pages)
    offer(
        app,
        Item("dashboard.index", _l("看板"), "layout-dashboard", "work", frozenset(WATCHERS)),
        Item(
            "dashboard.burden", _l("减负测量"), "clock", "plan", frozenset({Role.LEAD_OFFICE.value, Role.LEADER.value})
        ),
    )
