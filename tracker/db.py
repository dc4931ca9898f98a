"""The database: base class, column types, and the one rule of transactions.

A request or a command either reads or writes. Whoever writes says so before the first statement: then the transaction
is begun IMMEDIATE on SQLite (so that it never finds the database taken halfway), and only then may anything be
flushed. The transaction is committed once, at the edge: after the response of a request is made, or at the end of
`transaction()`.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any, cast

from flask_migrate import Migrate
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import Connection, DateTime, MetaData, Table, Text, event, make_url, text
from sqlalchemy.engine import Dialect, Engine
from sqlalchemy.orm import DeclarativeBase, Session
from sqlalchemy.orm.scoping import scoped_session
from sqlalchemy.types import TypeDecorator

from tracker.turns import Writer

BUSY_TIMEOUT_MS = 5000
BEGIN = "BEGIN IMMEDIATE"
"""Of SQLite, for a transaction that writes."""
CONNECTIONS = 16
"""Connections that a process keeps open at most: more than it has threads by default. One that is opened for a request and
closed behind it costs as much as a page, since SQLite reads the schema anew. Every thread gets those that it asks for, however
many there are: who waits for the turn to write holds one, and who has it must not wait for that."""

_writing: ContextVar[bool] = ContextVar("writing", default=False)


class Base(DeclarativeBase):
    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(column_0_N_label)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


db = SQLAlchemy(model_class=Base)
migrate = Migrate(render_as_batch=True, compare_type=True)
session = cast(scoped_session[Session], db.session)


def table_of(model: type[Base]) -> Table:
    """The table of a model, for statements that are made once and run often: its rows come as plain tuples."""
    return cast(Table, model.__table__)


def one_of(column: str, values: tuple[str, ...]) -> str:
    """The text of a check constraint: the column holds one of these values."""
    return f"{column} IN ({', '.join(repr(str(value)) for value in values)})"


class UtcDateTime(TypeDecorator[datetime]):
    """An aware moment, stored as UTC. SQLite drops the zone, so it is put back on reading."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment needs its time zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class ExactDecimal(TypeDecorator[Decimal]):
    """A decimal kept as the digits it is written with: NUMERIC is binary floating point on SQLite."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> str | None:
        return None if value is None else format(value, "f")

    def process_result_value(self, value: str | None, dialect: Dialect) -> Decimal | None:
        return None if value is None else Decimal(value)


class Json(TypeDecorator[Any]):
    """A JSON value as UTF-8 text in a fixed form (sorted keys, no blanks), the same on every database."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:
        return None if value is None else canonical_json(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> Any:
        return None if value is None else json.loads(value)


_CANONICAL = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


def canonical_json(value: Any) -> str:
    """The one text of a JSON value: sorted keys, no blanks, Chinese as itself. Raises TypeError on what JSON lacks."""
    return _CANONICAL.encode(value)


def is_writing() -> bool:
    return _writing.get()


def say_writing(writing: bool) -> None:
    """Says for the current request whether it may write. Called once, before its first statement."""
    _writing.set(writing)


@contextmanager
def transaction() -> Iterator[None]:
    """A writing transaction of a command or a job: commits at the end, rolls back on any error."""
    session.rollback()  # a reading transaction that is still open would make this one not IMMEDIATE
    before = _writing.set(True)
    try:
        yield
        session.commit()
    except BaseException:
        session.rollback()
        raise
    finally:
        _writing.reset(before)


def take_stock() -> None:
    """Tells SQLite how its tables are filled, so that it takes the better of two indexes; PostgreSQL does so by itself.

    Nobody writes meanwhile: two seconds at a million duties. What was known is thrown away first, since connections
    that are open read it anew only where a table came or went.
    """
    if db.engine.dialect.name != "sqlite":
        return
    with transaction():
        session.execute(text("DROP TABLE IF EXISTS sqlite_stat1"))
        session.execute(text("ANALYZE"))


def engine_options(url: str) -> dict[str, Any]:
    """How the engine of a database is made."""
    options: dict[str, Any] = {"pool_size": CONNECTIONS, "max_overflow": -1}
    if make_url(url).get_backend_name() == "sqlite":
        options["connect_args"] = {"factory": Writer}
    return options


@event.listens_for(Engine, "connect")
def _set_up_connection(connection: Any, _record: Any) -> None:
    if not isinstance(connection, sqlite3.Connection):
        return
    connection.isolation_level = None  # the driver must not begin transactions of its own
    if isinstance(connection, Writer):
        connection.open_log(connection.execute("PRAGMA database_list").fetchone()[2])
    for pragma in ("foreign_keys=ON", f"busy_timeout={BUSY_TIMEOUT_MS}"):
        connection.execute(f"PRAGMA {pragma}")


@event.listens_for(Engine, "begin")
def _begin(connection: Connection) -> None:
    if connection.dialect.name != "sqlite":
        return
    if not is_writing():
        connection.connection.cursor().execute("BEGIN")  # past SQLAlchemy: it takes no lock, so nothing can refuse it
        return
    writer: Any = connection.connection.dbapi_connection
    if isinstance(writer, Writer):
        writer.take_turn()
    connection.exec_driver_sql(BEGIN)


def begin_on(driver: Any) -> None:
    """Begins a transaction that writes, on a driver's own connection, once its turn has come; PostgreSQL's begins by itself.
    Raises as the driver does."""
    if isinstance(driver, Writer):
        driver.take_turn()
        driver.execute(BEGIN)


@event.listens_for(Engine, "checkin")
def _release(connection: Any, _record: Any) -> None:
    if isinstance(connection, Writer):
        connection.give_turn()


@event.listens_for(Session, "before_flush")
def _refuse_silent_writes(current: Session, _context: Any, _instances: Any) -> None:
    if not is_writing() and (current.new or current.dirty or current.deleted):
        raise RuntimeError("a reading request must not write: nothing may be added or changed here")
