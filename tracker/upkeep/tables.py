"""All tables as rows that any database takes: read in a fixed order, written without regard to who refers to whom.

A backup and a move to another database are the same work: rows out of one, rows into the other, in one transaction.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date, datetime
from decimal import Decimal
from itertools import islice
from typing import Any

from alembic.migration import MigrationContext
from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Connection,
    Date,
    Float,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    func,
    insert,
    inspect,
    select,
    text,
)
from sqlalchemy.engine import Engine
from sqlalchemy.types import TypeEngine

from tracker.db import Base, ExactDecimal, Json, UtcDateTime

BATCH = 1000

KINDS: dict[str, TypeEngine[Any] | type[TypeEngine[Any]]] = {
    "moment": UtcDateTime(), "decimal": ExactDecimal(), "json": Json(), "date": Date(), "flag": Boolean(),
    "number": BigInteger(), "float": Float(), "bytes": LargeBinary(), "text": Text(),
}  # fmt: skip
"""Kinds of column as a backup names them."""

_BY_CLASS: tuple[tuple[type[TypeEngine[Any]], str], ...] = (
    (UtcDateTime, "moment"), (ExactDecimal, "decimal"), (Json, "json"), (JSON, "json"), (Date, "date"),
    (Boolean, "flag"), (Integer, "number"), (Float, "float"), (LargeBinary, "bytes"),
)  # fmt: skip

Columns = Mapping[str, str]
"""The kind of each column, by its name."""


def all_tables() -> list[Table]:
    """Every table of this version, those that are referred to first."""
    return list(Base.metadata.sorted_tables)


def columns_of(table: Table) -> dict[str, str]:
    return {column.name: _kind(column.type) for column in table.columns}


def _kind(kind: TypeEngine[Any]) -> str:
    return next((name for known, name in _BY_CLASS if isinstance(kind, known)), "text")


def plain_table(name: str, columns: Columns) -> Table:
    """A table as a backup describes it, whichever version wrote it. Raises KeyError for an unknown kind of column."""
    return Table(name, MetaData(), *(Column(column, KINDS[kind]) for column, kind in columns.items()))


def rows_of(connection: Connection, table: Table) -> Iterator[dict[str, Any]]:
    """The rows of a table in the order of its key, a thousand in memory at a time."""
    statement = select(table).order_by(*(table.primary_key.columns or table.columns))
    found = connection.execution_options(stream_results=True).execute(statement.execution_options(yield_per=BATCH))
    for row in found.mappings():
        yield dict(row)


def count_of(connection: Connection, table: Table) -> int:
    return connection.scalar(select(func.count()).select_from(table)) or 0


def write_rows(connection: Connection, table: Table, rows: Iterable[Mapping[str, Any]]) -> int:
    """Adds the rows; returns how many there were."""
    written, waiting = 0, iter(rows)
    while batch := list(islice(waiting, BATCH)):
        connection.execute(insert(table), [dict(row) for row in batch])
        written += len(batch)
    return written


def line_of(row: Mapping[str, Any], columns: Columns) -> str:
    """A row as one line of JSON."""
    return json.dumps([_written(row[name], kind) for name, kind in columns.items()], ensure_ascii=False)


def _written(value: Any, kind: str) -> Any:
    if value is None or kind in {"json", "flag", "number", "float", "text"}:
        return {"json": value} if kind == "json" and value is not None else value
    if kind == "bytes":
        return base64.b64encode(value).decode("ascii")
    return format(value, "f") if kind == "decimal" else value.isoformat()


def row_of(line: str, columns: Columns) -> dict[str, Any]:
    """Raises ValueError where the line is not a row of these columns."""
    values = json.loads(line)
    if not isinstance(values, list) or len(values) != len(columns):
        raise ValueError("a row of other columns")
    return {name: _read(value, kind) for (name, kind), value in zip(columns.items(), values, strict=True)}


def _read(value: Any, kind: str) -> Any:
    if value is None:
        return None
    match kind:
        case "json":
            return value["json"]
        case "bytes":
            return base64.b64decode(value)
        case "date":
            return date.fromisoformat(value)
        case "moment":
            return datetime.fromisoformat(value)
        case "decimal":
            return Decimal(value)
    return value


def revision_of(connection: Connection) -> str | None:
    """The migration that the database stands at; None where none was ever run."""
    return MigrationContext.configure(connection).get_current_revision()


def filled_tables(connection: Connection) -> list[str]:
    """Tables of ours that hold rows already."""
    there = set(inspect(connection).get_table_names())
    tables = [table for table in all_tables() if table.name in there]
    return [table.name for table in tables if connection.execute(select(table).limit(1)).first() is not None]


@contextmanager
def filling(engine: Engine) -> Iterator[Connection]:
    """One transaction in which rows may come before the rows they refer to. At its end every reference is checked and
    numbers go on behind the highest: raises IntegrityError where a reference leads nowhere. Undone on any error."""
    with engine.connect() as connection:
        if engine.dialect.name == "sqlite":
            with _filling_sqlite(connection):
                yield connection
        else:
            with _filling_postgresql(connection):
                yield connection


@contextmanager
def _filling_sqlite(connection: Connection) -> Iterator[None]:
    """SQLite looks at references only where it is told to, and that cannot be changed within a transaction."""
    driver = connection.connection.cursor()
    driver.execute("PRAGMA foreign_keys=OFF")
    try:
        with connection.begin():
            yield
            broken = connection.execute(text("PRAGMA foreign_key_check")).first()
            if broken is not None:
                raise BrokenReference(f"{broken[0]} → {broken[2]}")
    finally:
        driver.execute("PRAGMA foreign_keys=ON")


@contextmanager
def _filling_postgresql(connection: Connection) -> Iterator[None]:
    """References are dropped and made again, which checks them all; PostgreSQL does both within the transaction."""
    with connection.begin():
        quote = connection.dialect.identifier_preparer.quote
        kept = connection.execute(
            text(
                "SELECT conrelid::regclass::text AS owner, conname AS name, pg_get_constraintdef(oid) AS definition "
                "FROM pg_constraint WHERE contype = 'f' AND connamespace = current_schema()::regnamespace "
                "ORDER BY conname"
            )
        ).all()
        for row in kept:
            connection.execute(text(f"ALTER TABLE {row.owner} DROP CONSTRAINT {quote(row.name)}"))
        yield
        for row in kept:
            connection.execute(text(f"ALTER TABLE {row.owner} ADD CONSTRAINT {quote(row.name)} {row.definition}"))
        _go_on_counting(connection)


def _go_on_counting(connection: Connection) -> None:
    """New rows get numbers behind those that came with theirs."""
    owned = text(
        "SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = current_schema() "
        "AND (column_default LIKE 'nextval%' OR is_identity = 'YES') ORDER BY table_name"
    )
    quote = connection.dialect.identifier_preparer.quote
    for name, column in connection.execute(owned).all():
        connection.execute(
            text(
                f"SELECT setval(pg_get_serial_sequence(:name, :column), "  # noqa: S608 names of our own tables
                f"COALESCE((SELECT max({quote(column)}) FROM {quote(name)}), 0) + 1, false)"
            ),
            {"name": name, "column": column},
        )


class BrokenReference(Exception):
    """A row refers to one that is not there. `str(error)` names the two tables."""
