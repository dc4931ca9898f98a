"""Registers the admin room with the application."""

from __future__ import annotations

from flask import Flask

from tracker.admin import commands


def register(app: Flask) -> None:
    app.cli.add_command(commands.accounts)
