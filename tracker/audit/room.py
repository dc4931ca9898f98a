"""Registers the audit room with the application."""

from __future__ import annotations

from flask import Flask
from flask_babel import gettext

from tracker.audit import commands
from tracker.audit.words import spoken


def register(app: Flask) -> None:
    app.jinja_env.filters["recorded"] = lambda name: spoken(name, gettext)
    app.cli.add_command(commands.audit)
