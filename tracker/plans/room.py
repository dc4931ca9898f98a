"""Registers the plans room with the application."""

from __future__ import annotations

from flask import Flask
from flask_babel import lazy_gettext as _l

from tracker.accounts.roles import Role
from tracker.plans import labels
from tracker.plans.routes import READERS, pages
from tracker.web.navigation import Item, offer


def register(app: Flask) -> None:
    app.register_blueprint(pages)
    labels.register(app)
    offer(
        app,
        Item(
            "plans.index",
            _l("任务分解"),
            "list-details",
            "plan",
            frozenset(map(Role, READERS)),
            prefix=("/tasks", "/drafts"),
        ),
    )
