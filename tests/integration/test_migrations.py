"""Migrations make the tables that the models describe, on both databases, and can be taken back."""

from __future__ import annotations

from pathlib import Path

import flask_migrate
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from flask import Flask
from sqlalchemy import inspect

from tracker.db import db

MIGRATIONS = str(Path(__file__).resolve().parents[2] / "migrations")


def tables() -> set[str]:
    return set(inspect(db.engine).get_table_names()) - {"alembic_version"}


def test_models_and_migrations_agree(app: Flask):
    with app.app_context(), db.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, db.metadata) == []


def test_migrations_can_be_taken_back_and_made_again(app: Flask):
    with app.app_context():
        before = tables()
        assert before
        flask_migrate.downgrade(directory=MIGRATIONS, revision="base")
        assert tables() == set()
        flask_migrate.upgrade(directory=MIGRATIONS)
        assert tables() == before


def test_every_constraint_has_a_name(app: Flask):
    """A constraint without a name cannot be dropped by a migration."""
    with app.app_context():
        unnamed = [str(key) for table in db.metadata.tables.values() for key in table.constraints if key.name is None]
    assert unnamed == []
