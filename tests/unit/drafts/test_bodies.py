"""Stored tasks: what was changed, where it stands, what typed texts mean."""

from __future__ import annotations

import pytest

from imports.draft import Draft, DraftHeader, DraftTask, UnitExpression
from imports.phrases.deadlines import parse_time_cell
from imports.phrases.targets import parse_targets
from tracker.drafts import bodies

TASK = DraftTask(
    "line 3",
    ["第一章"],
    "1",
    "养护道路",
    "年底前巡查不少于4次。",
    [UnitExpression("市财政局", "lead"), UnitExpression("各县区政府", "responsible", collective=True)],
    list(parse_time_cell("年底前", 2026)),
    list(parse_targets("不少于4次")),
    sources={"name": [("line 2", "养护道路")], "units": [("line 4", "市财政局,各县区政府")]},
)


@pytest.fixture
def body():
    return bodies.stored(Draft(DraftHeader("标题", year=2026), [TASK]))["tasks"][0]


def test_a_draft_comes_back_as_it_was(body):
    header = {"title": "标题", "issuer": None, "number": None, "issued_on": None, "year": 2026}
    again = bodies.restored(header, {}, [body])
    assert again.tasks == [TASK]
    assert again.document.year == 2026


def test_changed_fields_are_named(body):
    assert bodies.changed_fields(body, body) == ()
    assert bodies.changed_fields({**body, "name": "修路", "units": []}, body) == ("name", "units")
    assert bodies.changed_fields(body, None) == ()


def test_places_are_those_of_the_field_or_of_all(body):
    assert set(bodies.places(body)) == {"line 2", "line 3", "line 4"}
    assert list(bodies.places(body, "units")) == ["line 4"]


@pytest.mark.parametrize(
    ("text", "kind", "day", "recurrence"),
    [
        ("9月底前", "month_end", "2026-09-30", None),
        ("2027年3月5日前", "date", "2027-03-05", None),
        ("每季度末月20日前", "recurring", None, "quarterly:20"),
        ("持续推进", "ongoing", None, None),
    ],
)
def test_typed_deadlines_are_read_as_documents_are(text, kind, day, recurrence):
    found = bodies.read_deadline(text, 2026)
    assert found is not None
    assert (found["kind"], found["date"], found["recurrence"]) == (kind, day, recurrence)


@pytest.mark.parametrize("text", ["尽快", "", "市财政局"])
def test_what_says_nothing_of_time_is_none(text):
    assert bodies.read_deadline(text, 2026) is None


def test_only_dates_that_took_the_year_take_the_new_one():
    read = [bodies.read_deadline(text, 2026) for text in ("9月底前", "2026年3月5日前", "持续推进")]
    chosen = {"text": "9月底前", "kind": "date", "date": "2026-09-15", "recurrence": None, "action": None}
    renewed = bodies.reread_deadlines([*read, chosen], 2026, 2027)
    assert [one["date"] for one in renewed] == ["2027-09-30", "2026-03-05", None, "2026-09-15"]
    assert bodies.reread_deadlines(renewed, 2027, 2026) == [*read, chosen]


def test_typed_targets_are_read_as_documents_are():
    found = bodies.read_target(" 99%以上 ")
    assert found is not None
    assert (found["text"], found["op"], found["value"], found["unit"]) == ("99%以上", ">=", 99, "%")
    assert bodies.read_target("1—2家")["value"] == [1, 2]
    assert bodies.read_target("明显提升") is None


def test_values_are_one_line_in_the_record(body):
    assert bodies.plain_value("units", body["units"]) == "牵头:市财政局;责任:各县区政府"
    assert bodies.plain_value("path", ["一", "二"]) == "一 › 二"
    assert bodies.plain_value("deadlines", body["deadlines"]) == "年底前"
    assert bodies.plain_value("name", "甲") == "甲"


def test_days_that_share_their_words_take_the_new_year_together():
    printed = [bodies.deadline_json(one) for one in parse_time_cell("4月、7月、10月15日前，2027年1月底前", 2026)]
    renewed = bodies.reread_deadlines(printed, 2026, 2025)
    assert [one["date"] for one in renewed] == ["2025-04-15", "2025-07-15", "2025-10-15", "2027-01-31"]
    moved = [{**printed[0], "date": "2026-04-10"}, *printed[1:]]
    assert bodies.reread_deadlines(moved, 2026, 2025)[0] == moved[0], "what a person chose stays"
