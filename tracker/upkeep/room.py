"""Registers the commands of upkeep with the application."""

from __future__ import annotations

from flask import Flask
from flask_migrate.cli import db as db_group  # type: ignore[import-not-found]  # not typed

from tracker.upkeep import commands


def register(app: Flask) -> None:
    for command in (commands.backup, commands.restore, commands.doctor):
        app.cli.add_command(command)
    if commands.copy.name not in db_group.commands:
        db_group.add_command(commands.copy)
