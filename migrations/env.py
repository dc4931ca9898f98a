"""Migrations run within the application, on SQLite and on PostgreSQL."""

from __future__ import annotations

from alembic import context
from flask import current_app

from tracker.config import keep_place
from tracker.db import Base, db, say_writing


def run() -> None:
    keep_place(current_app.config["INSTANCE_DIR"])
    say_writing(True)
    with db.engine.connect() as connection:
        context.configure(
            connection=connection,
            target_metadata=Base.metadata,
            **current_app.extensions["migrate"].configure_args,
        )
        with context.begin_transaction():
            context.run_migrations()
    say_writing(False)


if context.is_offline_mode():
    raise SystemExit("migrations need a database: run `flask db upgrade`")
run()
