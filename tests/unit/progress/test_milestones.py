"""Which obligations are milestones (节点), and what follows from what is said of them."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, strategies as st

from imports.phrases.deadlines import parse_time_cell
from tracker.progress.calendar import Workdays
from tracker.progress.content import day_of
from tracker.progress.milestones import Said, is_ahead, lost, share, standing, together
from tracker.progress.obligations import for_plan
from tracker.progress.printed import Phrase, read_phases

PHASES = read_phases([{"name": "动员部署阶段", "date": "2026-05-31"}, {"name": "总结提升阶段", "date": "2026-12-31"}])
JUNE, JULY = date(2026, 6, 30), date(2026, 7, 31)


def measures(text: str, phases=()) -> set[bool]:
    """Whether what the words ask for is told as milestones: always of all of it."""
    read = parse_time_cell(text, 2026) if text else ()
    found = for_plan(
        [Phrase(one.text, one.kind, one.date, one.recurrence, one.action) for one in read], year=2026,
        proof="quarterly", roll="none", workdays=Workdays(), issued=date(2026, 3, 1), phases=phases,
    )  # fmt: skip
    return {one.milestone for one in found}


@pytest.mark.parametrize(
    "text",
    [
        "6月底前完成征求意见，年底前出台",
        "4月底前印发方案，9月底前完成试点，年底前完成",
        "2026年6月30日前完成选址；2027年6月30日前建成投用；2026年底前动工",
    ],
)
def test_dates_that_each_name_a_step_are_milestones(text):
    assert measures(text) == {True}


@pytest.mark.parametrize(
    "text",
    [
        "6月底前完成征求意见",  # one date: until then a matter of degree
        "6月底前完成60%，年底前完成100%",  # degrees of the same work
        "6月底前、年底前",
        "6月底前完成，年底前全面完成任务",
        "每季度末月20日前报送，年底前出台办法",  # also period by period: one measure for one task
        "每月5日前",
        "持续推进",
        "2027年6月底前完成选址，2028年6月底前建成投用",  # this year by periodic proof
    ],
)
def test_what_is_a_matter_of_degree_is_told_by_percent(text):
    assert measures(text) == {False}


def test_phases_of_the_plan_are_milestones_of_what_has_no_time_of_its_own():
    assert measures("", PHASES) == {True}
    assert measures("每季度", PHASES) == {False}
    assert measures("", PHASES[:1]) == {False}, "a single date is no step on the way"


@given(st.integers(1, 300), st.data())
def test_only_all_of_them_are_the_whole(of, data):
    reached = data.draw(st.integers(0, of))
    assert 0 <= share(reached, of) <= 100
    assert (share(reached, of) == 100) == (reached == of)


def test_a_milestone_is_lost_that_was_reached_and_is_not():
    before = {1: Said(reached=True), 2: Said(False, JULY), 3: None}
    now = {1: Said(False, JULY), 2: Said(False, JULY), 3: Said(False, JULY), 4: Said(False, JULY)}
    assert lost(before, now) == [1]
    assert lost(before, {1: Said(reached=True)}) == []


def test_it_is_expected_after_today_and_after_its_date():
    assert is_ahead(Said(False, JULY), due=JUNE, today=JUNE)
    assert not is_ahead(Said(False, JUNE), due=JUNE, today=date(2026, 3, 1)), "by its date it would be reached in time"
    assert not is_ahead(Said(False, JULY), due=JUNE, today=JULY)
    assert not is_ahead(Said(reached=False), due=JUNE, today=JUNE)


def test_several_units_have_reached_it_once_each_has():
    reached, later, latest = Said(reached=True), Said(False, JUNE), Said(False, JULY)
    assert together([reached, reached]) == reached
    assert together([reached, later, latest]) == latest
    assert together([reached, None]) is None
    assert together([]) is None


def test_how_it_stands():
    assert standing(Said(reached=True), due=JUNE, today=JULY) == "reached"
    assert standing(Said(False, JULY), due=JUNE, today=JUNE) == "ahead"
    assert standing(None, due=JUNE, today=JULY) == "missed"


@pytest.mark.parametrize(
    "words", ["2026-07-31", "2026/7/31", "2026年7月31日", "２０２６.7.31", " 2026-07-31 00:00:00 "]
)
def test_a_day_as_people_write_it(words):
    assert day_of(words) == JULY
    assert day_of(" ") is None


@pytest.mark.parametrize("words", ["7月底", "2026-02-30", "46234", "2026-07-31 及以后"])
def test_what_is_no_day(words):
    with pytest.raises(ValueError, match=r"."):
        day_of(words)
