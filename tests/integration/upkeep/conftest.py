"""A place with a little of everything in it, and empty places beside it, on both databases."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import psycopg
import pytest
from click.testing import CliRunner, Result
from flask import Flask
from flask.cli import FlaskGroup

from app import create_app
from tests.support.issued import TaskSpec, adopted
from tests.support.place import AT, Place
from tests.support.postgres import NoPostgres, drop, recreate, server, with_database
from tracker import storage
from tracker.audit.service import record
from tracker.db import db
from tracker.progress import service as progress
from tracker.progress.content import Content

Run = Callable[..., Result]
_TARGET = f"luoshi_target_{os.getpid()}"


@pytest.fixture
def filled(app: Flask, place: Place, writing) -> Place:
    """A plan that was issued, a report with evidence, and a value of every kind that tables hold."""
    with writing():
        made = adopted(place, (TaskSpec("完善内控制度", (("市财政局", "lead"),)),))
        progress.issue_plan(made.plan_id, by=made.viewer("lead"), at=AT)
        first = made.obligations("完善内控制度", "市财政局")[0]
        progress.sign(first.assignment_id, by=made.viewer("reporter"), at=AT)
        progress.hand_in(
            first.id, content=Content(done="已完成“前期”工作。\n第二行", percent=40), version=0,
            by=made.viewer("reporter"), at=AT,
        )  # fmt: skip
        kept = storage.save_bytes("佐证材料".encode())
        record("上传佐证材料", by=made.viewer("reporter"), at=AT, subject=("obligation", first.id),
               detail={"文件": "佐证.txt", "SHA-256": kept.sha256})  # fmt: skip
    return place


@pytest.fixture(scope="session")
def _servers() -> Iterator[Callable[[], str]]:
    with ExitStack() as stack:
        started: list[str] = []

        def url() -> str:
            if not started:
                try:
                    started.append(stack.enter_context(server()))
                except NoPostgres as missing:
                    pytest.skip(str(missing))
            return started[0]

        yield url


@pytest.fixture
def empty_database(request: pytest.FixtureRequest, tmp_path: Path, _servers) -> Iterator[Callable[[str], str]]:
    """`empty_database("postgresql")` is the URL of a database without any table."""
    made: list[str] = []

    def url(kind: str) -> str:
        if kind == "sqlite":
            return f"sqlite:///{tmp_path / 'target.db'}"
        recreate(_servers(), _TARGET)
        made.append(_TARGET)
        return with_database(_servers(), _TARGET)

    yield url
    for name in made:
        with psycopg.connect(_servers(), autocommit=True) as connection:
            drop(connection, name)


@pytest.fixture
def flask_command(tmp_path: Path) -> Run:
    """Runs `flask …` on the database and folders given, with an application of its own."""

    def run(*arguments: str, url: str, files: Path | str, **environment: str) -> Result:
        app = create_app(
            {
                "INSTANCE_DIR": tmp_path / "kept", "DATABASE_URL": url, "STORAGE_DIR": str(files),
                "SECRET_KEY": "only for tests, never for people",
            }
        )  # fmt: skip
        try:
            spoken = {"COMMAND_LOCALE": "zh_Hans_CN", **environment}
            return CliRunner().invoke(FlaskGroup(create_app=lambda: app), list(arguments), env=spoken)
        finally:
            with app.app_context():
                db.engine.dispose()

    return run
