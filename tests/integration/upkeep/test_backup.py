"""A backup is whole, comes back on either database, and nothing false comes back."""

from __future__ import annotations

import io
import json
import stat
import tarfile
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import create_engine, func, select, text

from tests.support.databases import ON_SQLITE
from tests.support.place import AT
from tracker import storage
from tracker.audit.service import record
from tracker.config import database_url as driver_url
from tracker.db import db, transaction
from tracker.upkeep.snapshot import chain_of, snapshot
from tracker.upkeep.tables import all_tables

OTHER = {"sqlite": "postgresql", "postgresql": "sqlite"}


def counts(url: str) -> dict[str, int]:
    engine = create_engine(driver_url(url))
    with engine.connect() as connection:
        found = {table.name: connection.scalar(select(func.count()).select_from(table)) for table in all_tables()}
    engine.dispose()
    return {name: int(rows or 0) for name, rows in found.items()}


def head(url: str) -> tuple[int, str]:
    engine = create_engine(driver_url(url))
    with engine.connect() as connection:
        row = connection.execute(text("SELECT seq, hash FROM audit_head")).one()
    engine.dispose()
    return row.seq, row.hash


def rewritten(source: Path, target: Path, name: str, change: Callable[[bytes], bytes | None]) -> Path:
    """The same archive with one part changed, or without it where the change gives None."""
    with tarfile.open(source) as old, tarfile.open(target, "w") as new:
        for entry in old:
            data: bytes | None = old.extractfile(entry).read()
            if entry.name == name:
                data = change(data)
            if data is not None:
                entry.size = len(data)
                new.addfile(entry, io.BytesIO(data))
    return target


@pytest.fixture
def backed_up(app, filled, database_url, flask_command, tmp_path) -> Path:
    out = tmp_path / "backup.tar"
    done = flask_command("backup", "--out", str(out), url=database_url, files=app.config["STORAGE_DIR"])
    assert done.exit_code == 0, done.stderr
    assert head(database_url)[1] in done.stdout
    return out


@pytest.fixture(params=["same", "other"])
def target(request, database, empty_database) -> str:
    """An empty database of the same kind, or of the other."""
    return empty_database(database if request.param == "same" else OTHER[database])


def test_a_backup_comes_back_whole(app, database_url, backed_up, flask_command, target, tmp_path):
    files = tmp_path / "restored"
    done = flask_command("restore", str(backed_up), url=target, files=files)
    assert done.exit_code == 0, done.stderr
    assert counts(target) == counts(database_url)
    assert head(target) == head(database_url)
    with app.app_context():
        kept = list(storage.keys())
    assert sorted(path.name for path in files.rglob("*") if path.is_file()) == kept != []
    verified = flask_command("audit", "verify", url=target, files=files)
    assert verified.exit_code == 0, verified.stderr


def test_work_goes_on_in_the_restored_place(database, backed_up, flask_command, empty_database, tmp_path):
    """New rows get numbers of their own, and the record is guarded again."""
    target, files = empty_database(database), tmp_path / "restored"
    flask_command("restore", str(backed_up), url=target, files=files)
    added = flask_command(
        "accounts", "create-admin", "xinguanli", url=target, files=files, LUOSHI_PASSWORD="A long one, 2026 云"
    )
    assert added.exit_code == 0, added.stderr
    engine = create_engine(driver_url(target))
    with engine.connect() as connection:
        for statement in ("UPDATE audit_entry SET action = 'x'", "DELETE FROM audit_entry"):
            with pytest.raises(Exception, match="append-only"), connection.begin_nested():
                connection.execute(text(statement))
    engine.dispose()
    assert flask_command("audit", "verify", url=target, files=files).exit_code == 0


def test_a_backup_is_of_one_moment_and_for_its_owner_alone(backed_up):
    assert stat.S_IMODE(backed_up.stat().st_mode) == 0o600
    with tarfile.open(backed_up) as tar:
        manifest = json.load(tar.extractfile("manifest.json"))
        assert {entry.name for entry in tar} == {
            "manifest.json",
            *(f"tables/{one['name']}.jsonl.gz" for one in manifest["tables"]),
            *(f"files/{one['key']}" for one in manifest["files"]),
        }
    assert {one["name"] for one in manifest["tables"]} == {table.name for table in all_tables()}
    entries = next(one for one in manifest["tables"] if one["name"] == "audit_entry")
    assert entries["rows"] == manifest["audit_rows"]


@ON_SQLITE
def test_people_write_while_it_is_made(app, filled, database_url, tmp_path):
    """An entry that is written while the backup reads is not in it, and nobody had to wait."""
    with app.app_context():
        before = head(database_url)
        with snapshot(db.engine, tmp_path) as connection:
            with transaction():
                record("试记一笔", by=None, at=AT, subject=("person", 1))
            assert head(database_url)[0] == before[0] + 1
            assert (chain_of(connection).rows, chain_of(connection).head) == before


@ON_SQLITE
class TestRefusals:
    def test_nothing_is_overwritten(self, app, database_url, backed_up, flask_command):
        files = app.config["STORAGE_DIR"]
        again = flask_command("backup", "--out", str(backed_up), url=database_url, files=files)
        assert (again.exit_code, "已经存在" in again.stderr) == (2, True)
        full = flask_command("restore", str(backed_up), url=database_url, files=files)
        assert (full.exit_code, "已有内容" in full.stderr) == (2, True)

    @pytest.mark.parametrize(
        ("part", "change"),
        [
            ("tables/unit.jsonl.gz", lambda data: data[:-9] + bytes(9)),
            ("tables/unit.jsonl.gz", lambda _data: None),
            ("manifest.json", lambda data: data.replace(b'"format": 1', b'"format": 9')),
            ("manifest.json", lambda data: data.replace(b'"audit_head": "', b'"audit_head": "0')),
            ("manifest.json", lambda _data: b"[]"),
        ],
    )
    def test_a_damaged_backup_restores_nothing(self, backed_up, flask_command, empty_database, tmp_path, part, change):
        spoilt = rewritten(backed_up, tmp_path / "spoilt.tar", part, change)
        target = empty_database("sqlite")
        done = flask_command("restore", str(spoilt), url=target, files=tmp_path / "restored")
        assert done.exit_code == 2
        assert len(done.stderr.strip().splitlines()) == 1, done.stderr
        again = flask_command("restore", str(backed_up), url=target, files=tmp_path / "restored")
        assert again.exit_code == 0, again.stderr

    def test_a_file_that_is_not_what_its_name_says(self, backed_up, flask_command, empty_database, tmp_path):
        with tarfile.open(backed_up) as tar:
            name = next(entry.name for entry in tar if entry.name.startswith("files/"))
        spoilt = rewritten(backed_up, tmp_path / "spoilt.tar", name, lambda data: b"x" * len(data))
        done = flask_command("restore", str(spoilt), url=empty_database("sqlite"), files=tmp_path / "restored")
        assert (done.exit_code, name.removeprefix("files/") in done.stderr) == (2, True)

    def test_a_missing_file_is_said_and_the_rest_is_kept(self, app, filled, database_url, flask_command, tmp_path):
        files = Path(app.config["STORAGE_DIR"])
        gone = next(path for path in files.rglob("*") if path.is_file())
        gone.write_bytes(b"something else")
        out = tmp_path / "backup.tar"
        done = flask_command("backup", "--out", str(out), url=database_url, files=files)
        assert (done.exit_code, gone.name in done.stderr, out.exists()) == (1, True, True)
