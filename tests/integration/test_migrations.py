"""Migrations make the tables that the models describe, on both databases, and can be taken back."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import flask_migrate
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from flask import Flask
from sqlalchemy import inspect, text

from tests.support.issued import at, issued, reported
from tests.support.place import AT, DAY
from tracker.db import db
from tracker.progress import queries, service

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


def test_a_database_in_use_is_taken_back_to_the_first_release_and_brought_up(app, place, writing, reading):
    """Rows that refer to each other stand against a table that is made anew; requests keep what they say."""
    with writing():
        plan = issued(place)
        first, second = plan.obligations("压减审批时限", "市财政局")[:2]
        service.sign(first.assignment_id, by=plan.viewer("reporter"), at=AT)
        wish = service.Wish("配套办法待印发。", "已征求意见。", until=second.due_on + timedelta(days=9))
        asked = service.ask_for("extension", second.id, wish, by=plan.viewer("reviewer"), at=AT)
        service.refuse_request(asked.id, reason="不宜推迟。", by=plan.viewer("lead"), at=AT)
        service.accept(reported(plan, first.id, percent=100), by=plan.viewer("lead"), at=at(DAY, 12))
        wish = service.Wish("目标已实现。")
        service.ask_for("closing", first.assignment_id, wish, by=plan.viewer("reporter"), at=at(DAY, 13))
        mine, other = first.assignment_id, second.id
    with app.app_context():
        flask_migrate.downgrade(directory=MIGRATIONS, revision="0002")
        with db.engine.connect() as connection:
            assert connection.execute(text("SELECT state, note FROM extension")).all() == [("refused", "不宜推迟。")]
            assert connection.execute(text("SELECT state, summary FROM closing")).all() == [("asked", "目标已实现。")]
        flask_migrate.upgrade(directory=MIGRATIONS)
    with reading():
        (extension,), (closing,) = queries.requests_for_report(other), queries.requests_for_task(mine)
        assert (extension.kind, extension.state, extension.progress) == ("extension", "refused", "已征求意见。")
        assert (closing.kind, closing.state, closing.reason) == ("closing", "asked", "目标已实现。")
    with writing():
        service.take_back_request(closing.id, by=plan.viewer("reporter"), at=at(DAY, 14))
        service.ask_for("closing", mine, wish, by=plan.viewer("reporter"), at=at(DAY, 15))
