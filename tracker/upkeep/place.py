"""The tables of a database: made there, or found to be there."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import flask_migrate
from alembic.config import Config
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from flask import Flask, current_app
from flask_babel import gettext as _
from sqlalchemy import inspect
from sqlalchemy.engine import Engine
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError

from tracker.config import ROOT, database_url
from tracker.db import db, migrate
from tracker.errors import DomainError
from tracker.upkeep.tables import filled_tables, revision_of
from tracker.web import locale

MIGRATIONS = ROOT / "migrations"


def _scripts() -> ScriptDirectory:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    return ScriptDirectory.from_config(config)


def newest_revision() -> str:
    """The last migration of this version of the program."""
    return _scripts().get_current_head() or ""


def knows_revision(revision: str) -> bool:
    try:
        return _scripts().get_revision(revision) is not None
    except CommandError:
        return False


def migrate_to(revision: str = "head") -> None:
    """Makes or changes the tables of the current application's database, as `flask db upgrade` does."""
    flask_migrate.upgrade(directory=str(MIGRATIONS), revision=revision)


@contextmanager
def other_database(url: str) -> Iterator[Engine]:
    """A second database by its URL; within it, what asks for the current application's database means this one.

    Raises DomainError where there is none to be reached.
    """
    config = {
        "SQLALCHEMY_DATABASE_URI": database_url(url),
        "INSTANCE_DIR": current_app.config["INSTANCE_DIR"],
        "DEFAULT_LOCALE": current_app.config["DEFAULT_LOCALE"],
        "BABEL_TRANSLATION_DIRECTORIES": current_app.config["BABEL_TRANSLATION_DIRECTORIES"],
    }
    try:
        with _application(config).app_context():
            engine = db.engine
            with engine.connect():
                pass
            try:
                yield engine
            finally:
                engine.dispose()
    except (ArgumentError, NoSuchModuleError) as error:
        raise DomainError(
            _("数据库地址无法识别，例如 sqlite:////srv/luoshi.db 或 postgresql://用户@主机/库名。")
        ) from error


def _application(config: dict[str, Any]) -> Flask:
    app = Flask("tracker.upkeep", root_path=str(Path(__file__).parent))
    app.config.update(config)
    db.init_app(app)
    migrate.init_app(app, db, directory=str(MIGRATIONS))
    locale.register(app)
    return app


def refuse_unless_empty(engine: Engine) -> None:
    """Raises DomainError where rows are there already: what is put back or moved must not be mixed with other data."""
    with engine.connect() as connection:
        filled = filled_tables(connection)
    if filled:
        raise DomainError(
            _(
                "目标数据库里已有内容（%(tables)s），不会覆盖。请换一个空的数据库。",
                tables=", ".join(sorted(filled)[:5]),
            )
        )


def refuse_unless_newest(engine: Engine) -> None:
    """Raises DomainError where the tables are not those of this version."""
    with engine.connect() as connection:
        held = revision_of(connection) if inspect(connection).get_table_names() else None
    if held is None:
        raise DomainError(_("数据库里还没有表。请先运行 flask db upgrade。"))
    if held != newest_revision():
        raise DomainError(
            _("数据库的表是版本 %(held)s，程序需要版本 %(wanted)s。请先运行 flask db upgrade。",
              held=held, wanted=newest_revision())
        )  # fmt: skip


def cause_of(error: DBAPIError) -> str:
    """What the database said, in one line."""
    return " ".join(str(error.orig).split())[:300]
