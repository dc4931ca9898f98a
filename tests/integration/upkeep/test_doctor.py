"""The doctor finds what is wrong, says what to do, and touches nothing."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from tests.support.databases import ON_SQLITE
from tests.support.place import AT
from tracker import clock
from tracker.db import session, transaction
from tracker.outbox.service import enqueue
from tracker.progress.service.calendar import seed_calendar
from tracker.upkeep.doctor.finding import State
from tracker.upkeep.doctor.looking import look

NOW = clock.start_of(date(2026, 3, 5))


def found(*, thorough: bool = False, now=NOW) -> dict[str, State]:
    return {one.control: one.state for one in look(now=now, thorough=thorough)}


@pytest.fixture
def sound(app, filled, writing, monkeypatch):
    """A place where nothing is wrong. (The test's PostgreSQL is fast and unsafe on purpose.)"""
    monkeypatch.setenv("SECRET_KEY", "k" * 40)
    with writing():
        seed_calendar(at=AT)
    return app


def test_all_is_well(sound, reading):
    with reading():
        before = session.scalar(text("SELECT hash FROM audit_head"))
        states = found(thorough=True)
        assert State.FAULT not in states.values(), states
        assert {
            "settings",
            "secret-key",
            "database",
            "disk",
            "durability",
            "audit",
            "storage",
            "calendar",
            "jobs",
        } <= set(states)
        assert {"write-database", "write-storage", "import", "scores"} <= set(states)
        assert session.scalar(text("SELECT hash FROM audit_head")) == before


def test_a_calendar_that_ends(sound, reading):
    with reading():
        assert found(now=clock.start_of(date(2026, 11, 21)))["calendar"] is State.WARNING
        assert found(now=clock.start_of(date(2027, 1, 2)))["calendar"] is State.FAULT


def test_a_worker_that_does_not_work(sound, reading):
    with sound.app_context():
        with transaction():
            enqueue("export", {}, key="one", by=None, at=NOW - timedelta(minutes=4))
        assert found()["jobs"] is State.OK
        assert found(now=NOW + timedelta(minutes=4))["jobs"] is State.FAULT


def test_a_file_that_was_changed(sound, reading):
    kept = next(path for path in Path(sound.config["STORAGE_DIR"]).rglob("*") if path.is_file())
    kept.write_bytes(b"something else")
    with reading():
        assert found()["storage"] is State.FAULT


def test_a_key_that_others_can_read(sound, reading, monkeypatch, tmp_path):
    monkeypatch.delenv("SECRET_KEY")
    sound.config["INSTANCE_DIR"] = tmp_path
    (tmp_path / "secret_key").write_text("k" * 64)
    for mode, state in ((0o600, State.OK), (0o640, State.FAULT)):
        (tmp_path / "secret_key").chmod(mode)
        with reading():
            assert found()["secret-key"] is state


@ON_SQLITE
class TestSqlite:
    def test_a_broken_chain_and_missing_triggers(self, sound, reading):
        with sound.app_context():
            with transaction():
                session.execute(text("DROP TRIGGER audit_entry_no_update"))
            assert found()["audit"] is State.FAULT
            with transaction():
                session.execute(text("UPDATE audit_entry SET action = '改了' WHERE seq = 3"))
            texts = [one.text for one in look(now=NOW, thorough=False) if one.control == "audit"]
            assert texts == ["审计链在第 3 条断开，此前 2 条完好。"]

    def test_tables_of_another_version(self, sound, reading):
        with sound.app_context():
            with transaction():
                session.execute(text("UPDATE alembic_version SET version_num = '0001'"))
            states = found()
            assert (states["database"], "audit" in states) == (State.FAULT, False)

    def test_the_command_says_it_for_programs_and_for_people(self, sound, database_url, flask_command):
        files = sound.config["STORAGE_DIR"]
        said = flask_command("doctor", "--json", url=database_url, files=files)
        body = json.loads(said.stdout)
        assert body["ok"] is (said.exit_code == 0)
        assert all(set(one) == {"control", "state", "text", "advice"} for one in body["controls"])
        warned = any(one["state"] == "warning" for one in body["controls"])
        chinese = flask_command("doctor", url=database_url, files=files).stdout
        assert ("全部正常" in chinese) is (body["ok"] and not warned)  # a warning is not nothing
        english = flask_command("doctor", url=database_url, files=files, COMMAND_LOCALE="en")
        assert english.exit_code == said.exit_code
        assert not any("\u4e00" <= letter <= "\u9fff" for letter in english.stdout), english.stdout


def test_a_database_that_is_not_there(flask_command, tmp_path):
    said = flask_command("doctor", url=f"sqlite:///{tmp_path / 'no' / 'such.db'}", files=tmp_path)
    assert said.exit_code == 1
    assert "Traceback" not in said.stderr
    assert "没有回答" in said.stdout
