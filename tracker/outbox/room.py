"""Registers the outbox with the application."""

from __future__ import annotations

from flask import Flask, current_app, g

from tracker.outbox import commands, worker


def register(app: Flask) -> None:
    worker.register(app)
    app.cli.add_command(commands.jobs)
    app.teardown_request(_poke)


def poke_after_commit() -> None:
    """Within a request: the worker is told once the answer is made."""
    g.poke = True


def _poke(_error: BaseException | None) -> None:
    if g.pop("poke", None):
        worker.poke(current_app)
