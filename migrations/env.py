"""Migrations run within the application, on SQLite and on PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from alembic import context
from flask import current_app
from sqlalchemy import Connection

from tracker.config import keep_place
from tracker.db import Base, db, say_writing


@contextmanager
def _tables_made_anew(connection: Connection) -> Iterator[None]:
    """SQLite changes a table by making it anew: what refers to it must not forbid that the old one goes. Checked after."""
    if connection.dialect.name != "sqlite":
        yield
        return
    raw = connection.connection.cursor()
    raw.execute("PRAGMA foreign_keys=OFF")
    try:
        yield
        broken = raw.execute("PRAGMA foreign_key_check").fetchall()
        if broken:
            raise SystemExit(f"after the migration rows refer to nothing: {broken[:5]}")
    finally:
        raw.execute("PRAGMA foreign_keys=ON")
        raw.close()


def run() -> None:
    keep_place(current_app.config["INSTANCE_DIR"])
    say_writing(True)
    with db.engine.connect() as connection, _tables_made_anew(connection):
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
