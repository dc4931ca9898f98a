"""`flask imports read` and `flask imports adopt`."""

from __future__ import annotations

import json
import re

import pytest
from sqlalchemy import func, select

from tests.support.breakdown import ROWS, text, workbook
from tests.support.place import AT
from tracker.db import session
from tracker.plans.models import Assignment, Plan
from tracker.units.models import Collective, Unit
from tracker.units.service import confirm_collective


@pytest.fixture
def run(app):
    """`run("read", path, …)` is the command, its exit code, stdout and stderr."""
    return lambda *words: app.test_cli_runner().invoke(args=["imports", *map(str, words)])


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "分解表.xlsx"
    path.write_bytes(workbook())
    return path


def test_reading_prints_the_contract_and_touches_nothing(run, file, statements):
    with statements() as seen:
        done = run("read", file, "--json")
    assert (done.exit_code, done.stderr, seen) == (0, "", [])
    draft = json.loads(done.stdout)
    assert [task["requirement"] for task in draft["tasks"]] == [row[1] for row in ROWS]
    assert draft["tasks"][0]["locator"] == "任务!B3"
    assert set(draft) >= {"document", "milestones", "problems", "tasks", "unread"}


def test_reading_for_people_names_tasks_units_and_times(run, file):
    done = run("read", file)
    assert done.exit_code == 0
    assert "云岫市2026年重点工作任务分解表" in done.stdout
    assert "任务 4 项" in done.stdout
    assert "牵头:市财政局;责任:市交通运输局" in done.stdout
    assert "6月底前(2026-06-30)" in done.stdout


def test_a_year_is_taken_for_dates_that_print_none(run, tmp_path):
    path = tmp_path / "无年度.txt"
    path.write_bytes(text().replace("2026年".encode(), b""))
    draft = json.loads(run("read", path, "--json", "--year", "2031").stdout)
    assert draft["tasks"][0]["deadlines"][0]["date"] == "2031-06-30"


@pytest.mark.parametrize("data", [b"", b"\x89PNG\r\n\x1a\n" + bytes(32)], ids=["empty", "picture"])
def test_what_cannot_be_read_gets_one_line_and_status_2(run, tmp_path, data):
    path = tmp_path / "坏.xlsx"
    path.write_bytes(data)
    done = run("read", path, "--json")
    assert (done.exit_code, done.stdout) == (2, "")
    assert done.stderr.count("\n") == 1
    assert done.stderr.startswith("坏.xlsx:")


def test_a_file_that_is_not_there_is_said(run, tmp_path):
    done = run("read", tmp_path / "没有.xlsx")
    assert done.exit_code == 2
    assert "无法打开" in done.stderr


def test_adopting_on_an_empty_place_makes_the_units_it_names(run, file, reading):
    done = run("adopt", file, "--plan", "重点工作", "--accept-warnings", "--json")
    assert done.exit_code == 0, done.stderr
    said = json.loads(done.stdout)
    assert (said["plan"], said["tasks"]) == (1, 4)
    with reading():
        kinds = dict(session.execute(select(Unit.name, Unit.kind)).all())
        assert session.scalar(select(func.count()).select_from(Assignment)) == said["assignments"]
    assert kinds["云岫市"] == "city"
    assert kinds["市水务局"] == "department"
    assert kinds["望川县"] == "county"
    assert said["units"] == len(kinds)


def test_adopting_uses_the_units_that_are_there(run, file, place, reading):
    done = run("adopt", file, "--plan", "重点工作", "--accept-warnings", "--json")
    assert json.loads(done.stdout)["units_made"] == ["市水务局"]
    again = run("adopt", file, "--plan", "重点工作", "--accept-warnings")
    assert again.exit_code == 2
    assert "已有名为" in again.stderr
    with reading():
        assert session.scalar(select(func.count()).select_from(Plan)) == 1


def test_units_that_are_made_on_the_way_join_no_confirmed_collective(run, tmp_path, place, writing, reading):
    members = sorted(place.units[name] for name in ("望川县", "临溪县"))
    with writing():
        confirm_collective("各县区政府", {"below": place.units["云岫市"], "kinds": ["county"]}, by=None, at=AT)
    path = tmp_path / "新县.xlsx"
    path.write_bytes(workbook([("道路", "修路。", "东岭县", "各县区政府", "年底前")]))
    assert run("adopt", path, "--plan", "道路", "--accept-warnings").exit_code == 0
    with reading():
        assert session.scalars(select(Collective.rule)).one() == {"units": members}
        made = session.scalars(select(Unit.id).where(Unit.name == "东岭县")).one()
        assert set(session.scalars(select(Assignment.unit_id))) == {made, *members}


def test_errors_refuse_and_keep_nothing(run, tmp_path, reading):
    path = tmp_path / "错.xlsx"
    path.write_bytes(workbook([("道路", "修路。", "市财政局", "", "2026年2月30日前")]))
    done = run("adopt", path, "--plan", "错", "--accept-warnings")
    assert done.exit_code == 1
    assert "处错误" in done.stderr
    with reading():
        assert session.scalar(select(func.count()).select_from(Unit)) == 0


def test_warnings_refuse_unless_accepted(run, tmp_path):
    path = tmp_path / "警告.xlsx"
    path.write_bytes(workbook([("道路", "修路。", "市财政局等有关部门", "", "年底前")]))
    refused = run("adopt", path, "--plan", "甲")
    assert refused.exit_code == 1
    assert "--accept-warnings" in refused.stderr
    taken = run("adopt", path, "--plan", "甲", "--accept-warnings")
    assert taken.exit_code == 0
    assert "等有关部门" in taken.stderr


def test_they_speak_english_where_the_environment_does_and_their_json_stays(app, file, tmp_path):
    def run(*words: object):
        return app.test_cli_runner().invoke(args=[*map(str, words)], env={"COMMAND_LOCALE": "en"})

    shown = run("imports", "read", file)
    assert "Tasks: 4" in shown.stdout
    assert "Deadlines: 6月底前(2026-06-30)" in shown.stdout
    assert json.loads(run("imports", "read", file, "--json").stdout)["tasks"][0]["path"] == ["优化营商环境"]
    assert "cannot be opened" in run("imports", "read", tmp_path / "none.xlsx").stderr
    broken = tmp_path / "broken.xlsx"
    broken.write_bytes(b"")
    assert not re.search("[\u4e00-\u9fff]", run("imports", "read", broken).stderr)
    assert "Adopted: plan 1" in run("imports", "adopt", file, "--plan", "甲", "--accept-warnings").stdout
    assert "No scheme is called" in run("assess", "run", "--scheme", "无", "--plan", "无").stderr
    assert (
        "before --from"
        in run(
            "progress", "obligations", "年底前", "--year", "2026", "--from", "2026-05-01", "--to", "2026-04-01"
        ).stderr
    )
