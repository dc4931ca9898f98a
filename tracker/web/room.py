"""Registers what every page stands on."""

from __future__ import annotations

from flask import Flask
from flask_wtf import CSRFProtect

from tracker.web import assets, bodies, errors, locale, numbers, parts, places, security, transactions

csrf = CSRFProtect()


def register(app: Flask) -> None:
    transactions.register(app)  # first to begin, so last to run after a response: what others write is committed too
    bodies.register(app)
    security.register(app)
    locale.register(app)
    assets.register(app)
    parts.register(app)
    places.register(app)
    numbers.register(app)  # before any page says its address
    errors.register(app)
    csrf.init_app(app)
    app.jinja_env.globals["csrf_token"] = parts.csrf_token
    app.context_processor(lambda: {"csrf_token": parts.csrf_token})  # Flask-WTF offers its own by both ways
