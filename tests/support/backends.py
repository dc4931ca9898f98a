"""A database with the schema in it for each test: migrated once, copied for every test that wants one."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Protocol

import psycopg

from tests.support import postgres


class Backend(Protocol):
    name: str
    template_url: str
    """The database that migrations run on, once."""
    url: str
    """The database that the tests work on."""

    def seal(self) -> None:
        """The template is finished: nobody is connected to it any more."""

    def renew(self) -> None:
        """Makes the database of the tests anew, a copy of the template. Nobody may be connected to either."""

    def save(self) -> object:
        """What stands in the database of the tests, for `put_back`. Nobody may be connected to it."""

    def put_back(self, saved: Any) -> None:
        """What was saved stands in the database of the tests again. Nobody may be connected to it."""


class Sqlite:
    name = "sqlite"

    def __init__(self, folder: Path) -> None:
        self.template, self.file = folder / "template.db", folder / "test.db"
        self.template_url, self.url = f"sqlite:///{self.template}", f"sqlite:///{self.file}"
        self.saved = 0

    def seal(self) -> None:
        leftovers = [path.name for path in self.template.parent.glob("template.db-[ws]*")]  # not the queue's file
        assert not leftovers, f"the template is still open: {leftovers}"

    def renew(self) -> None:
        self.put_back(self.template)

    def save(self) -> Path:
        self.saved += 1
        return Path(shutil.copyfile(self.file, self.file.with_name(f"saved-{self.saved}.db")))

    def put_back(self, saved: Path) -> None:
        for suffix in ("-wal", "-shm"):
            self.file.with_name(self.file.name + suffix).unlink(missing_ok=True)
        shutil.copyfile(saved, self.file)


class Postgres:
    name = "postgresql"

    def __init__(self, server_url: str) -> None:
        self.server_url = server_url
        self.base = f"luoshi_test_{os.getpid()}"
        self.template_url = postgres.with_database(server_url, f"{self.base}_template")
        self.url = postgres.with_database(server_url, self.base)
        self.shape: postgres.Shape | None = None
        postgres.recreate(server_url, f"{self.base}_template")

    def seal(self) -> None:
        """Nothing to do: a copy is refused while somebody is connected."""

    def renew(self) -> None:
        """Emptying the tables costs a hundredth of a new copy, which is made only where a test changed more than rows."""
        if self.shape is None or not postgres.emptied(self.url, self.shape):
            postgres.recreate(self.server_url, self.base, template=f"{self.base}_template")
            self.shape = postgres.shape(self.url)

    def save(self) -> postgres.Rows:
        return postgres.saved(self.url, self._shape())

    def put_back(self, saved: postgres.Rows) -> None:
        postgres.put_back(self.url, self._shape(), saved)

    def _shape(self) -> postgres.Shape:
        assert self.shape is not None, "made anew first"
        return self.shape

    def remove(self) -> None:
        with psycopg.connect(self.server_url, autocommit=True) as connection:
            for name in (self.base, f"{self.base}_template"):
                postgres.drop(connection, name)


@contextmanager
def backend(name: str, folder: Path) -> Iterator[Backend]:
    """The backend of that name: `sqlite` or `postgresql`. Raises `postgres.NoPostgres`."""
    if name == "sqlite":
        yield Sqlite(folder)
        return
    with postgres.server() as server_url:
        database = Postgres(server_url)
        try:
            yield database
        finally:
            database.remove()
