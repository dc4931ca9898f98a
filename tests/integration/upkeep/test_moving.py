"""Everything moves between the two databases and back, row for row."""

from __future__ import annotations

from tests.integration.upkeep.test_backup import OTHER, counts, head
from tests.support.databases import ON_SQLITE


def test_everything_moves_both_ways(filled, database, database_url, flask_command, empty_database, tmp_path):
    target = empty_database(OTHER[database])
    done = flask_command("db", "copy", "--from", database_url, "--to", target, url=database_url, files=tmp_path)
    assert done.exit_code == 0, done.stderr
    assert counts(target) == counts(database_url)
    assert head(target) == head(database_url)
    assert flask_command("audit", "verify", url=target, files=tmp_path).exit_code == 0
    back = f"sqlite:///{tmp_path / 'back.db'}"
    returned = flask_command("db", "copy", "--from", target, "--to", back, url=target, files=tmp_path)
    assert returned.exit_code == 0, returned.stderr
    assert (counts(back), head(back)) == (counts(database_url), head(database_url))


@ON_SQLITE
def test_what_cannot_be_moved_is_said_in_one_line(filled, database_url, flask_command, tmp_path):
    empty = f"sqlite:///{tmp_path / 'empty.db'}"
    for source, target, said in (
        (database_url, database_url, "同一个"),
        (empty, f"sqlite:///{tmp_path / 'other.db'}", "还没有表"),
        (database_url, "nonsense", "无法识别"),
        (database_url, f"sqlite:///{tmp_path / 'missing' / 'other.db'}", "没有回答"),
    ):
        done = flask_command("db", "copy", "--from", source, "--to", target, url=database_url, files=tmp_path)
        assert done.exit_code == 2
        assert said in done.stderr
        assert len(done.stderr.strip().splitlines()) == 1
