"""Registers the drafts room with the application."""

from __future__ import annotations

from flask import Flask
from flask_babel import lazy_gettext as _l

from tracker.accounts.roles import Role
from tracker.drafts import commands, jobs, labels, wording
from tracker.drafts.routes import pages
from tracker.web.navigation import Item, offer

JOBS = (
    jobs.read, jobs.read_again, jobs.correct_many, jobs.undo, jobs.adopt, jobs.take_in, jobs.write_workbook,
)  # fmt: skip


def register(app: Flask) -> None:
    app.register_blueprint(pages)
    app.cli.add_command(commands.imports)
    wording.register(app)
    labels.register(app)
    offer(app, Item("drafts.index", _l("导入分解表"), "file-import", "plan", frozenset({Role.LEAD_OFFICE})))
