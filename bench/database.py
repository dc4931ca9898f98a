"""Where the city of a served row stands: an SQLite file in its folder, or, where `LUOSHI_BENCH_PG_URL` names a PostgreSQL
server, a database of that server which is made anew for each row."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import psycopg
from sqlalchemy import Connection, Table, create_engine, func, select, text
from sqlalchemy.engine import Row, make_url
from sqlalchemy.pool import NullPool

from tracker.config import database_url

SERVER = "LUOSHI_BENCH_PG_URL"
NAME = "luoshi_bench"


def is_postgres() -> bool:
    return bool(os.environ.get(SERVER))


def url_of(folder: Path) -> str:
    if not is_postgres():
        return f"sqlite:///{folder / 'luoshi.db'}"
    return make_url(os.environ[SERVER]).set(database=NAME).render_as_string(hide_password=False)


def begin_anew() -> None:
    """Makes an empty database where it is one of a server."""
    if is_postgres():
        with psycopg.connect(os.environ[SERVER], autocommit=True) as server:
            server.execute(f'DROP DATABASE IF EXISTS "{NAME}" WITH (FORCE)')
            server.execute(f'CREATE DATABASE "{NAME}"')


def count_on(connection: Connection, tables: Iterable[Table]) -> None:
    """PostgreSQL counts its own ids: after rows that brought theirs it goes on behind them."""
    if is_postgres():
        for table in tables:
            if "id" in table.c:
                highest = select(func.max(table.c.id)).scalar_subquery()
                connection.execute(select(func.setval(func.pg_get_serial_sequence(table.name, "id"), highest)))


def rows_of(folder: Path, words: str, **values: object) -> list[Row[Any]]:
    """What a statement finds, asked past the application."""
    engine = create_engine(database_url(url_of(folder)), poolclass=NullPool)
    with engine.connect() as connection:
        return list(connection.execute(text(words), values))
