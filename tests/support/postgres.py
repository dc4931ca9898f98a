"""A PostgreSQL for the tests: the one named by `LUOSHI_TEST_PG_URL`, else Debian's binaries on their own socket."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from psycopg import sql

AS_SERVER_USER = {"user": "postgres", "group": "postgres"} if os.geteuid() == 0 else {}
"""PostgreSQL refuses to run as root."""
FAST = ["fsync=off", "full_page_writes=off", "synchronous_commit=off", "listen_addresses=", "max_connections=60"]
"""Nothing of a test database has to survive a power cut, and nobody outside may reach it."""


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


def drop(connection: psycopg.Connection, name: str) -> None:
    connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))
