"""Cells of a marked-up workbook: what they say, and what becomes of what was changed in them."""

from __future__ import annotations

from hashlib import sha512
from typing import Any

import pytest

from tracker.drafts.bodies import blank_task
from tracker.drafts.marked.cells import columns, corrected, texts
from tracker.drafts.marked.merging import Change, Row, Standing, merged, rows_of, touched
from tracker.drafts.marked.seal import Head, opened, sealed
from tracker.drafts.reading import read_draft
from tracker.web.seals import Broken

KEYS = [column.key for column in columns([])]
TABLE = (
    "一、项目建设,,,,\n序号,工作任务,工作要求,牵头单位,责任单位,完成时限\n"
    "1,畅通农村公路,新改建农村公路120公里以上。,市交通运输局,望川县、临溪县等有关县区,6月底前\n"
)


def task(**values: Any) -> dict[str, Any]:
    body = read_draft(TABLE.encode(), file_name="表.csv", year=2026)["tasks"][0]
    return {**body, **values}


def test_a_row_says_what_the_task_says():
    said = texts(task(), KEYS)
    assert said["number"] == "1"
    assert (said["level1"], said["level2"]) == ("项目建设", "畅通农村公路")
    assert said["lead"] == "市交通运输局"
    assert said["responsible"].startswith("望川县、临溪县")
    assert (said["support"], said["deadlines"], said["targets"]) == ("", "6月底前", "120公里以上")


@pytest.mark.parametrize("path", [[], ["一"], ["一", "二"], ["一", "二", "三"], list("一二三四五六七八")])
def test_headings_of_any_depth_come_back(path):
    body = task(path=path)
    keys = [column.key for column in columns([body])]
    said = texts(body, keys)
    assert (
        corrected(body, {key: text for key, text in said.items() if key.startswith("level")}, 2026)[0]["path"] == path
    )
    if path:
        changed = {"level1": "新"}
        assert corrected(body, changed, 2026)[0]["path"] == ["新", *path[1:]]


def test_one_role_is_corrected_and_the_others_stay_as_they_were_read():
    body = task()
    before = {unit["text"]: unit for unit in body["units"]}
    values, unclear = corrected(body, {"lead": "市财政局、市交通运输局", "support": "市水务局"}, 2026)
    assert unclear == []
    assert [(unit["role"], unit["text"]) for unit in values["units"]][:2] == [
        ("lead", "市财政局"),
        ("lead", "市交通运输局"),
    ]
    assert [unit for unit in values["units"] if unit["role"] == "responsible"] == [
        unit for unit in body["units"] if unit["role"] == "responsible"
    ]
    assert values["units"][1] is before["市交通运输局"]
    assert corrected(body, {"lead": ""}, 2026)[0]["units"] == [u for u in body["units"] if u["role"] != "lead"]


def test_times_and_figures_are_read_by_the_grammar_and_what_is_not_understood_is_said():
    values, unclear = corrected(task(), {"deadlines": "9月底前；每月5日前", "targets": "95%以上"}, 2026)
    assert [(one["date"], one["recurrence"]) for one in values["deadlines"]] == [
        ("2026-09-30", None),
        (None, "monthly:5"),
    ]
    assert values["targets"][0]["value"] == 95
    assert unclear == []
    values, unclear = corrected(task(), {"deadlines": "看情况再定", "name": "", "number": ""}, 2026)
    assert unclear == ["name", "deadlines"]
    assert values == {"number": None}


def standing(number: int, body: dict[str, Any] | None = None, *, removed: bool = False) -> Standing:
    return Standing(number, number, body or task(), removed)


def row(number: int | None, **changed: str) -> Row:
    return Row(number, f"任务!A{number}", {**texts(task(), KEYS), **changed})


BASE = {number: texts(task(), KEYS) for number in (1, 2)}
TASKS = {number: standing(number) for number in (1, 2)}


def states(changes: list[Change]) -> list[tuple[int, str, str]]:
    return [(one.task_id, one.key, one.state) for one in changes]


def test_a_workbook_that_was_left_alone_changes_nothing():
    found = merged(BASE, [row(2), row(1)], TASKS, 2026)
    assert found.empty
    assert found.same == 2


def test_line_ends_and_blanks_of_another_program_are_no_change():
    body = task(requirement="一\n二")
    base = {1: texts(body, KEYS)}
    rows = rows_of([(1, "任务!A1", {**base[1], "requirement": "一 \r\n二 ", "name": base[1]["name"] + " "})])
    assert merged(base, rows, {1: standing(1, body)}, 2026).empty


def test_what_only_the_workbook_changed_is_taken_in():
    found = merged(BASE, [row(1, lead="市财政局"), row(2)], TASKS, 2026)
    assert states(found.changes) == [(1, "lead", "take")]
    assert (found.changes[0].base, found.changes[0].theirs) == ("市交通运输局", "市财政局")


def test_what_only_the_draft_changed_stays():
    now = {1: standing(1, task(name="新名称")), 2: TASKS[2]}
    assert merged(BASE, [row(1), row(2)], now, 2026).empty


def test_the_same_change_on_both_sides_is_none():
    now = {1: standing(1, task(name="新名称")), 2: TASKS[2]}
    assert merged(BASE, [row(1, name="新名称"), row(2)], now, 2026).empty


def test_different_changes_of_one_cell_are_a_conflict():
    now = {1: standing(1, task(name="草稿的名称")), 2: TASKS[2]}
    found = merged(BASE, [row(1, name="工作簿的名称", lead="市财政局"), row(2)], now, 2026)
    assert states(found.changes) == [(1, "name", "conflict"), (1, "lead", "take")]
    assert (found.conflicts[0].base, found.conflicts[0].ours) == (BASE[1]["name"], "草稿的名称")


def test_rows_are_known_by_what_they_carry_not_by_where_they_stand():
    found = merged(BASE, [row(2, name="二的"), row(None, name="新的"), row(1), row(1, name="抄的一行")], TASKS, 2026)
    assert states(found.changes) == [(2, "name", "take")]
    assert [one.texts["name"] for one in found.added] == ["新的", "抄的一行"]
    assert found.missing == []


def test_a_row_that_is_gone_or_emptied_is_said():
    blank = Row(2, "", dict.fromkeys(KEYS, ""))
    assert [one.id for one in merged(BASE, [row(1), blank, Row(None, "", {})], TASKS, 2026).missing] == [2]
    assert [one.id for one in merged(BASE, [row(2)], TASKS, 2026).missing] == [1]


def test_only_what_was_touched_is_kept_and_says_the_same():
    base = {number: texts(task(), KEYS) for number in range(1, 6)}
    tasks = {number: standing(number) for number in base}
    copied = row(1, name="抄的一行")
    rows = [row(1), row(2, lead="市财政局"), Row(None, "任务!A9", {"name": "新的"}), copied, row(3), Row(5, "", {})]
    kept = touched(base, rows)
    assert (sorted(kept.base), kept.same) == ([2, 4, 5], 2)
    assert kept.above == {"任务!A9": 2, "任务!A1": 2}
    whole, short = merged(base, rows, tasks, 2026), merged(kept.base, kept.rows, tasks, 2026)
    assert (short.changes, short.added, short.missing) == (whole.changes, whole.added, whole.missing)
    assert [one.id for one in short.missing] == [4, 5]


def test_a_column_that_is_gone_changes_nothing():
    short = Row(1, "", {key: text for key, text in BASE[1].items() if key != "lead"})
    assert merged(BASE, [short, row(2)], TASKS, 2026).empty


def test_what_cannot_be_taken_in_is_said():
    now = {1: standing(1), 2: standing(2, removed=True)}
    found = merged(BASE, [row(1, deadlines="看情况"), row(2, name="改了移除的")], now, 2026)
    assert states(found.left) == [(1, "deadlines", "unclear"), (2, "name", "removed")]
    assert found.taken == []


HEAD = Head(
    "table", 7, "标题", "2026-03-02T01:00:00+00:00", "ab" * 32, 3, "核对清单", "编号", "核对无误", {"序号": "number"}
)


def test_the_seal_comes_back_whole_and_every_change_of_it_is_seen():
    long = {"requirement": "".join(sha512(str(number).encode()).hexdigest() for number in range(800))}
    lines = sealed(HEAD, [(1, BASE[1]), (2, long)], b"secret")
    assert len(lines) > 5
    assert opened(lines, b"secret") == (HEAD, {1: BASE[1], 2: long})
    for wrong in (lines[:-1], lines[:2] + lines[3:], (*lines[:1], ("head", "x"), *lines[2:]), ()):
        with pytest.raises(Broken):
            opened(wrong, b"secret")
    with pytest.raises(Broken):
        opened(lines, b"another installation")


def test_a_blank_task_has_a_row_too():
    assert set(texts(blank_task("表!A1"), KEYS).values()) == {""}
