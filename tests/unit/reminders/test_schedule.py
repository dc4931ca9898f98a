"""On which days a report is mentioned, whatever days have a round."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, strategies as st

from tracker.config import hours_of_day
from tracker.progress.calendar import Workdays
from tracker.progress.light_rules import RULE_SETS, lights_on
from tracker.reminders.schedule import is_time, reason, told

DUE = date(2026, 6, 30)


def lights(day, rules="general"):
    return lights_on(RULE_SETS[rules], day, 7, Workdays())


def why(since, today, rules="general"):
    return reason(DUE, lights(since, rules), lights(today, rules))


@pytest.mark.parametrize(
    ("since", "today", "expected"),
    [
        (date(2026, 6, 21), date(2026, 6, 22), None),
        (date(2026, 6, 22), date(2026, 6, 23), "near"),
        (date(2026, 6, 23), date(2026, 6, 24), None),
        (date(2026, 6, 20), date(2026, 6, 26), "near"),  # no round on the day itself: the next one says it
        (date(2026, 6, 29), date(2026, 6, 30), "due"),
        (date(2026, 6, 30), date(2026, 7, 1), "late"),
        (date(2026, 6, 27), date(2026, 7, 4), "late"),
        (date(2026, 7, 1), date(2026, 7, 6), None),
        (date(2026, 7, 6), date(2026, 7, 7), "again"),
        (date(2026, 7, 13), date(2026, 7, 14), "again"),
        (date(2026, 6, 30), date(2026, 6, 30), None),
    ],
)
def test_cases(since, today, expected):
    assert why(since, today) == expected


def test_a_graver_light_is_told_on_its_first_day_and_to_more():
    assert why(date(2026, 7, 7), date(2026, 7, 8), "sanming") == "late"  # the sixth workday
    assert told("late", DUE, lights(date(2026, 7, 8), "sanming")) == ("reporter", "reviewer", "lead_office")
    assert told("again", DUE, lights(date(2026, 7, 7), "sanming")) == ("reporter", "reviewer")
    assert told("due", DUE, lights(DUE, "suqian")) == ("reporter", "reviewer")


@given(st.sampled_from(sorted(RULE_SETS)), st.sets(st.integers(-30, 40), min_size=2))
def test_however_the_rounds_fall_each_thing_is_told_once(rules, offsets):
    days = [DUE + timedelta(days=offset) for offset in sorted({-31, *offsets, 41})]
    told_of = Counter(why(since, today, rules) for since, today in pairwise(days))
    assert told_of["near"] <= 1
    assert told_of["due"] == (DUE in days)
    assert 1 <= told_of["late"] <= len(RULE_SETS[rules].late)


@pytest.mark.parametrize(("hour", "expected"), [(23, False), (0, True), (9, True), (10, False), (16, False)])
def test_nothing_is_sent_at_night(hour, expected):
    """8 to 18 in China is 0 to 10 in UTC."""
    assert is_time(datetime(2026, 6, 30, hour, 30, tzinfo=UTC), (8, 18)) is expected


def test_hours_are_two_of_a_day_or_none():
    assert hours_of_day("8-18") == (8, 18)
    assert not is_time(datetime(2026, 6, 30, 2, 0, tzinfo=UTC), hours_of_day(""))
    for wrong in ("18-8", "8", "8-25", "all day"):
        with pytest.raises(ValueError, match=r"hours|literal"):
            hours_of_day(wrong)
