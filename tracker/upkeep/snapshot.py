"""A database as it stood at one moment, while people go on working in it."""

from __future__ import annotations

import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from sqlalchemy import Connection, create_engine
from sqlalchemy.engine import Engine
from sqlalchemy.orm import Session

from tracker.audit.chain import Verdict
from tracker.audit.queries import verify_chain


@contextmanager
def snapshot(engine: Engine, beside: Path) -> Iterator[Connection]:
    """A reading connection to the state of one moment. An SQLite file is copied into the folder `beside` first, by its
    own online backup: nobody waits for a long reading, and the log of changes does not grow meanwhile."""
    if engine.dialect.name != "sqlite":
        with engine.connect() as connection:
            reading = connection.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
            with reading.begin():
                yield reading
        return
    with tempfile.TemporaryDirectory(prefix="luoshi-", dir=beside) as folder:
        copy = Path(folder) / "copy.db"
        with closing(sqlite3.connect(str(engine.url.database))) as source, closing(sqlite3.connect(copy)) as target:
            source.backup(target)
        copied = create_engine(f"sqlite:///{copy}")
        try:
            with copied.connect() as connection:
                yield connection
        finally:
            copied.dispose()


def chain_of(connection: Connection) -> Verdict:
    """The audit chain of the database behind the connection, recomputed."""
    with Session(bind=connection) as reading:
        return verify_chain(reading)
