"""Registers the rectification room with the application."""

from __future__ import annotations

from flask import Flask
from flask_babel import lazy_gettext as _l

from tracker.rectification import labels, queries, routes
from tracker.rectification.routes.blueprint import WHOLE
from tracker.rectification.service.succession import hold, pass_on
from tracker.units.followers import follow
from tracker.web.navigation import Item, offer


def register(app: Flask) -> None:
    labels.register(app)
    app.register_blueprint(routes.pages)
    follow("rectification", pass_on, hold)
    offer(
        app,
        Item("rectification.findings", _l("整改台账"), "tool", "plan", frozenset(role.value for role in routes.SEEING),
             queries.findings_waiting),
        Item("rectification.checks", _l("定期抽查"), "zoom-check", "plan", frozenset(role.value for role in WHOLE)),
    )  # fmt: skip
