"""The application: configuration, extensions, one register() call a room. Nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from tracker.accounts import room as accounts
from tracker.admin import room as admin
from tracker.assessment import room as assessment
from tracker.audit import room as audit
from tracker.config import ROOT, database_url, load_settings
from tracker.dashboard import room as dashboard
from tracker.db import db, engine_options, migrate
from tracker.demo import room as demo
from tracker.desk import room as desk
from tracker.drafts import room as drafts
from tracker.outbox import room as outbox
from tracker.plans import room as plans
from tracker.progress import room as progress
from tracker.rectification import room as rectification
from tracker.reminders import room as reminders
from tracker.units import room as units
from tracker.upkeep import room as upkeep
from tracker.web import room as web

ROOMS = (
    web, audit, accounts, outbox, units, plans, drafts, progress, rectification, reminders, assessment, desk, dashboard, admin,
    upkeep, demo,
)  # fmt: skip
"""Lowest first: a room knows only those before it."""


def create_app(overrides: Mapping[str, Any] | None = None) -> Flask:
    """An application of its own; `overrides` are settings by name, as in `tracker.config`."""
    settings = load_settings(overrides)
    app = Flask(__name__, template_folder=str(ROOT / "templates"), static_folder=str(ROOT / "static"))
    app.config.from_mapping(settings)
    app.config.update(
        SQLALCHEMY_DATABASE_URI=database_url(settings["DATABASE_URL"]),
        SQLALCHEMY_ENGINE_OPTIONS=engine_options(database_url(settings["DATABASE_URL"])),
        MAX_CONTENT_LENGTH=settings["MAX_UPLOAD_MB"] << 20,
        MAX_FORM_MEMORY_SIZE=4 << 20,
        BABEL_TRANSLATION_DIRECTORIES=str(ROOT / "translations"),
        WTF_CSRF_TIME_LIMIT=None,
    )
    if settings["PROXIES"]:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=settings["PROXIES"], x_proto=settings["PROXIES"])  # type: ignore[method-assign]  # the documented way to wrap it
    db.init_app(app)
    migrate.init_app(app, db, directory=str(ROOT / "migrations"))
    for room in ROOMS:
        room.register(app)
    return app
