"""Registers the accounts room with the application."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from flask import Flask, current_app, g

from tracker import clock
from tracker.accounts import access, commands, routes
from tracker.web.errors import is_failing
from tracker.web.navigation import navigation, waiting


def register(app: Flask) -> None:
    app.config.update(
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=app.config["SECURE_COOKIES"],
        PERMANENT_SESSION_LIFETIME=timedelta(hours=app.config["SESSION_HOURS"]),
    )
    access.register(app)
    app.register_blueprint(routes.pages)
    app.cli.add_command(commands.accounts)
    app.context_processor(_page_context)


def _page_context() -> dict[str, Any]:
    viewer = None if is_failing() else g.get("viewer")
    links = navigation(current_app, viewer)
    return {"viewer": viewer, "navigation": links, "things_waiting": waiting(links), "now": clock.now()}
