"""Registers the admin room with the application."""

from __future__ import annotations

from flask import Flask

from tracker.accounts.commands import accounts
from tracker.admin import commands


def register(app: Flask) -> None:
    del app
    accounts.add_command(commands.create_admin)
