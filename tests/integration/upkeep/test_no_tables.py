"""A command on a database for which nobody has run the migrations: one line says what to do."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    "asked",
    [
        ("audit", "verify"),
        ("demo", "load"),
        ("accounts", "create-admin", "guanli"),
        ("assess", "show", "--run", "latest"),
    ],
)
def test_a_command_without_tables_says_what_to_do(flask_command, database, empty_database, tmp_path, asked):
    done = flask_command(*asked, url=empty_database(database), files=tmp_path)
    assert done.exit_code == 2
    assert done.stderr.strip() == "数据库里还没有表。请先运行 flask db upgrade。"
