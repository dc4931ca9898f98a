"""Fixtures for tests of the running application. Each test gets a database of its own: a copy of one migrated template.

Tests that ask for `app` or `client` run twice, on SQLite and on PostgreSQL, unless they say that SQLite is enough: see
`tests.support.databases`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import flask_migrate
import pytest
from flask import Flask
from sqlalchemy import event

from app import create_app
from tests.support.backends import Backend, backend
from tests.support.databases import databases_of
from tests.support.pages import LintingClient
from tests.support.place import Place, found_place, signed_in
from tests.support.postgres import NoPostgres
from tests.support.recorded import silent_writes
from tests.support.standing import Standing
from tests.support.statements import statements as _statements
from tracker.db import db, transaction

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class _Served:
    app: Flask
    standing: Standing


@pytest.fixture(scope="session")
def _served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[str], _Served]]:
    """One application for each database, made when first asked for: its templates are compiled once for all tests."""
    made: dict[str, _Served] = {}
    reasons: dict[str, str] = {}
    with ExitStack() as stack:

        def serve(name: str) -> _Served:
            if name in reasons:
                pytest.skip(reasons[name])
            if name not in made:
                folder = tmp_path_factory.mktemp(name)
                try:
                    store = stack.enter_context(backend(name, folder))
                except NoPostgres as missing:
                    reasons[name] = str(missing)
                    pytest.skip(str(missing))
                _migrate(store, folder)
                app = _make(store.url, folder)
                app.test_client_class = LintingClient
                if name == "sqlite":
                    _answer_backwards(app)
                made[name] = _Served(app, Standing(app, store, folder / "files"))
                stack.callback(made[name].standing.disconnect)
            return made[name]

        yield serve


def _make(url: str, folder: Path) -> Flask:
    return create_app(
        {
            "TESTING": True,
            "INSTANCE_DIR": folder,
            "DATABASE_URL": url,
            "SECRET_KEY": "only for tests, never for people",
            "STORAGE_DIR": str(folder / "files"),
            "JOBS_INLINE": True,
        }
    )


def _answer_backwards(app: Flask) -> None:
    """SQLite answers what asks for no order the other way round: nobody comes to rely on an order that PostgreSQL lacks."""
    with app.app_context():
        event.listen(db.engine, "connect", lambda held, _record: held.execute("PRAGMA reverse_unordered_selects = ON"))


def _migrate(store: Backend, folder: Path) -> None:
    app = _make(store.template_url, folder)
    with app.app_context():
        flask_migrate.upgrade(directory=str(ROOT / "migrations"))
        db.engine.dispose()
    store.seal()


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "database" in metafunc.fixturenames:
        metafunc.parametrize("database", databases_of(metafunc.definition), indirect=True)


@pytest.fixture
def database(request: pytest.FixtureRequest) -> str:
    """The kind of database of this test: `sqlite` or `postgresql`."""
    return str(request.param)


@pytest.fixture
def app(_served: Callable[[str], _Served], database: str) -> Iterator[Flask]:
    """The application on an empty database with the schema in it, and an empty store for files."""
    served = _served(database)
    served.standing.renew()
    config = dict(served.app.config)
    yield served.app
    served.app.config.clear()
    served.app.config.update(config)
    served.standing.disconnect()


@pytest.fixture
def standing(_served: Callable[[str], _Served], database: str, app: Flask) -> Standing:
    """`standing.begin(issued, place)` makes what a test begins with, or puts it back as it was made for another."""
    return _served(database).standing


@pytest.fixture
def database_url(app: Flask) -> str:
    """The address of this test's database, for a program of its own."""
    with app.app_context():
        return db.engine.url.render_as_string(hide_password=False)


@pytest.fixture
def client(app: Flask) -> LintingClient:
    """Somebody who is not signed in. Fails on a page with a fault; `app.test_client()` makes one more person."""
    made = app.test_client()
    assert isinstance(made, LintingClient)
    return made


@pytest.fixture
def writing(app: Flask) -> Callable[[], AbstractContextManager[None]]:
    """`with writing():` is one transaction of a command: committed at its end, undone on an error."""

    @contextmanager
    def block() -> Iterator[None]:
        with app.app_context(), transaction():
            yield

    return block


@pytest.fixture
def reading(app: Flask) -> Callable[[], AbstractContextManager[None]]:
    """`with reading():` sees what was committed before."""

    @contextmanager
    def block() -> Iterator[None]:
        with app.app_context():
            yield

    return block


@pytest.fixture
def place(standing: Standing) -> Place:
    """A small city with a person for every role; see `tests.support.place`."""
    return standing.begin(found_place)


@pytest.fixture
def sign_in_as(app: Flask, place: Place) -> Callable[[str], LintingClient]:
    """`sign_in_as("reporter")` is a client of that person of the place."""

    def client_of(username: str) -> LintingClient:
        return signed_in(app, place.people[username])

    return client_of


@pytest.fixture
def statements() -> Callable[[], AbstractContextManager[list[str]]]:
    """`with statements() as seen:` lists what reaches the database."""
    return _statements


@pytest.fixture(autouse=True)
def _acts_are_recorded() -> Iterator[None]:
    """Pages are kept until the record of acts grows: whatever changes what they show has to be in it."""
    with silent_writes() as found:
        yield
    assert found == []
