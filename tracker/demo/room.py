"""Registers the demonstration's command."""

from __future__ import annotations

from flask import Flask

from tracker.demo import commands


def register(app: Flask) -> None:
    app.cli.add_command(commands.demo)
