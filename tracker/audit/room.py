"""Registers the audit room with the application."""

from __future__ import annotations

from flask import Flask

from tracker.audit import commands


def register(app: Flask) -> None:
    app.cli.add_command(commands.audit)
