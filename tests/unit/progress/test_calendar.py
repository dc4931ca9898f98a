"""The workday calendar: make-up Saturdays, long holidays, years that nobody has published yet."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, strategies as st

from tracker.progress.calendar import Workdays, parse_plan, uncovered
from tracker.progress.library import known_calendar

KNOWN = known_calendar()
DAYS = st.dates(date(2019, 1, 1), date(2026, 12, 31))


@pytest.mark.parametrize(
    ("day", "workday"),
    [
        (date(2026, 2, 14), True),  # a make-up Saturday before the Spring Festival
        (date(2026, 10, 10), True),
        (date(2026, 2, 17), False),
        (date(2026, 5, 1), False),
        (date(2024, 2, 29), True),
        (date(2026, 3, 7), False),
    ],
)
def test_published_days(day, workday):
    assert KNOWN.is_workday(day) is workday
    assert KNOWN.covers(day)


def test_a_year_without_a_plan_counts_weekdays_and_says_so():
    assert not KNOWN.covers(date(2030, 5, 1))
    assert KNOWN.is_workday(date(2030, 5, 1))
    assert not KNOWN.is_workday(date(2030, 5, 4))
    assert uncovered([date(2026, 5, 1), date(2031, 1, 1), date(2030, 5, 1)], KNOWN.covers) == (2030, 2031)
    assert KNOWN.last_year == 2026
    assert Workdays().last_year is None


@given(DAYS)
def test_rolling_lands_on_a_workday_and_skips_none(day):
    after, before = KNOWN.roll(day, "next"), KNOWN.roll(day, "previous")
    assert KNOWN.roll(day, "none") == day
    assert before <= day <= after
    assert KNOWN.is_workday(after)
    assert KNOWN.is_workday(before)
    between = [before + timedelta(days=n) for n in range(1, (after - before).days)]
    assert not any(KNOWN.is_workday(one) for one in between if one != day)
    assert (after == day) is KNOWN.is_workday(day)


@given(DAYS, st.integers(-40, 40))
def test_adding_workdays_counts_them(day, count):
    end = KNOWN.add_workdays(day, count)
    low, high = min(day, end), max(day, end)
    passed = [low + timedelta(days=n) for n in range((high - low).days + 1)]
    counted = [one for one in passed if KNOWN.is_workday(one) and one != day]
    assert len(counted) == abs(count)


def test_a_plan_is_read_as_people_paste_it():
    entries, faults = parse_plan(
        "日期,类型,名称\n2027-01-01,休,元旦\n2027年1月2日\t休\t元旦\n2027/2/20；班\n\n2027.10.1 休 国庆节\n"
    )
    assert [(one.day.isoformat(), one.is_workday, one.name) for one in entries] == [
        ("2027-01-01", False, "元旦"),
        ("2027-01-02", False, "元旦"),
        ("2027-02-20", True, ""),
        ("2027-10-01", False, "国庆节"),
    ]
    assert faults == []


def test_every_line_that_cannot_be_read_is_named():
    _, faults = parse_plan("2027-13-01,休\n2027-01-01\n2027-01-03,也许\n2027-01-04,休\n2027-01-04,班\n元旦放假")
    assert [(one.number, one.reason) for one in faults] == [
        (1, "date"), (2, "columns"), (3, "kind"), (5, "twice"), (6, "date"),
    ]  # fmt: skip
