"""A PostgreSQL for the tests: the one named by `LUOSHI_TEST_PG_URL`, else Debian's binaries on their own socket."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg
from psycopg import sql

AS_SERVER_USER = {"user": "postgres", "group": "postgres"} if os.geteuid() == 0 else {}
"""PostgreSQL refuses to run as root."""
FAST = [
    "fsync=off",
    "full_page_writes=off",
    "synchronous_commit=off",
    "autovacuum=off",
    "listen_addresses=",
    "max_connections=60",
]
"""Nothing of a test database has to survive a power cut or the day, and nobody outside may reach it."""
ROOM_FOR_LEFTOVERS = 32 * 2**20
"""Bytes that deleted rows may fill before a database is made anew."""

Shape = tuple[tuple[object, ...], ...]
"""What a database is made of besides rows: tables, indexes, sequences, triggers, and what the planner was told of them."""


@dataclass(frozen=True)
class Rows:
    """What stands in a database: of each table that is not empty its rows, as COPY writes them, and its counters."""

    tables: dict[str, bytes]
    counters: dict[str, tuple[int, bool]]


class NoPostgres(Exception):
    """There is none to be had here. `str(error)` says why."""


def _binaries() -> Path:
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    if not found:
        raise NoPostgres("no PostgreSQL here: set LUOSHI_TEST_PG_URL or run apt-get install postgresql")
    return found[-1].parent


def _run(command: list[str | Path]) -> None:
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, cwd="/", **AS_SERVER_USER)


@contextmanager
def server() -> Iterator[str]:
    """The URL of a server, without a database name at its end. Raises NoPostgres."""
    given = os.environ.get("LUOSHI_TEST_PG_URL")
    if given:
        yield given
        return
    binaries = _binaries()
    folder = Path(tempfile.mkdtemp(prefix="luoshi-pg-"))
    if AS_SERVER_USER:
        shutil.chown(folder, **AS_SERVER_USER)
    data = folder / "data"
    control: list[str | Path] = [binaries / "pg_ctl", "-D", data, "-w", "-s", "-l", folder / "log"]
    options = " ".join(f"-c {option}" for option in FAST) + f" -k {folder}"
    try:
        _run(
            [binaries / "initdb", "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync"]
        )
        _run([*control, "-o", options, "start"])
        try:
            yield f"postgresql://postgres@/postgres?host={folder}"
        finally:
            _run([*control, "-m", "immediate", "stop"])
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def with_database(server_url: str, name: str) -> str:
    """The URL of one database of that server."""
    head, _, query = server_url.partition("?")
    base = head.rpartition("/")[0]
    return f"{base}/{name}" + (f"?{query}" if query else "")


def recreate(server_url: str, name: str, template: str | None = None) -> None:
    """Makes the database anew, as a copy of the template where one is given. Ends connections that still hold it."""
    with psycopg.connect(server_url, autocommit=True) as connection:
        drop(connection, name)
        copied = sql.SQL(" TEMPLATE {}").format(sql.Identifier(template)) if template else sql.SQL("")
        connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)) + copied)


def shape(url: str) -> Shape:
    with psycopg.connect(url) as connection:
        return _shape(connection)


def _shape(connection: psycopg.Connection) -> Shape:
    parts = """
        SELECT 'relation', relname::text, relkind::text, reltuples::text FROM pg_class
        WHERE relnamespace = 'public'::regnamespace
        UNION ALL SELECT 'constraint', conname::text, conrelid::regclass::text, convalidated::text FROM pg_constraint
        WHERE connamespace = 'public'::regnamespace
        UNION ALL SELECT 'trigger', tgname::text, tgrelid::regclass::text, tgenabled::text FROM pg_trigger
        WHERE NOT tgisinternal ORDER BY 1, 2, 3, 4
    """
    return tuple(connection.execute(parts).fetchall())


def emptied(url: str, made: Shape) -> bool:
    """Deletes every row, past all triggers, and starts the counters again; connections that still hold it are ended.

    False where the database is no longer what it was made as, or is full of what was deleted: then nothing is done.
    """
    with psycopg.connect(url, autocommit=True) as connection:
        _end_others(connection)
        if _shape(connection) != made or _size(connection) > ROOM_FOR_LEFTOVERS:
            return False
        _empty(connection, made, {})
    return True


def _names(made: Shape, kind: str) -> list[str]:
    """The names of its tables (`r`), that of the migrations apart, or of its counters (`S`)."""
    found = [str(part[1]) for part in made if part[0] == "relation" and part[2] == kind]
    return [name for name in found if name != "alembic_version"]


def _empty(connection: psycopg.Connection, made: Shape, counters: dict[str, tuple[int, bool]]) -> None:
    """Deletes every row and sets the counters, to their beginning where nothing is given. No trigger fires any more."""
    acts = [sql.SQL("SET session_replication_role = replica")]
    acts += [sql.SQL("DELETE FROM {}").format(sql.Identifier(table)) for table in _names(made, "r")]
    for name in _names(made, "S"):
        last, called = counters.get(name, (1, False))
        acts.append(
            sql.SQL("SELECT setval({}, {}, {})").format(sql.Literal(name), sql.Literal(last), sql.Literal(called))
        )
    connection.execute(sql.SQL(";").join(acts))


def saved(url: str, made: Shape) -> Rows:
    with psycopg.connect(url) as connection, connection.cursor() as cursor:
        tables = {}
        for name in _names(made, "r"):
            with cursor.copy(sql.SQL("COPY {} TO STDOUT").format(sql.Identifier(name))) as copy:
                tables[name] = b"".join(map(bytes, copy))
        counters = {
            name: connection.execute(
                sql.SQL("SELECT last_value, is_called FROM {}").format(sql.Identifier(name))
            ).fetchone()
            for name in _names(made, "S")
        }
    return Rows(
        {name: rows for name, rows in tables.items() if rows},
        {name: found for name, found in counters.items() if found is not None},
    )


def put_back(url: str, made: Shape, rows: Rows) -> None:
    """The rows that were saved, instead of those that stand there."""
    with psycopg.connect(url) as connection, connection.cursor() as cursor:
        _empty(connection, made, rows.counters)
        for name, lines in rows.tables.items():
            with cursor.copy(sql.SQL("COPY {} FROM STDIN").format(sql.Identifier(name))) as copy:
                copy.write(lines)


def _end_others(connection: psycopg.Connection) -> None:
    connection.execute(
        "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity"
        " WHERE datname = current_database() AND pid <> pg_backend_pid()"
    )


def _size(connection: psycopg.Connection) -> int:
    row = connection.execute(
        "SELECT sum(pg_relation_size(oid)) FROM pg_class WHERE relnamespace = 'public'::regnamespace"
    ).fetchone()
    assert row is not None
    return int(row[0])


def drop(connection: psycopg.Connection, name: str) -> None:
    connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))
