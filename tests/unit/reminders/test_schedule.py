"""On which days a report is mentioned, whatever days have a round."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, strategies as st

from tracker.config import hours_of_day
from tracker.progress.calendar import Workdays
from tracker.progress.library import known_calendar
from tracker.progress.light_rules import RULE_SETS, lights_on
from tracker.reminders.schedule import is_time, reason, slip_reason, span, told

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


CALENDAR = known_calendar()
DATES = st.dates(date(2025, 1, 10), date(2026, 9, 30))


def rounds_between(due, offsets):
    """Days on which a worker looked round, some of them days off."""
    return sorted({due + timedelta(days=offset) for offset in {-45, *offsets, 45}})


def told_on_workdays(due, days, rules="general", near_days=7):
    """(day, why) of all that is told of a report; a day off brings nothing, and the round after it speaks for it."""
    found, last = [], None
    for today in days:
        spoken = span(last or today - timedelta(days=1), today, CALENDAR)
        if spoken is None:
            continue
        before, told_to, now, tells_to = (lights_on(RULE_SETS[rules], day, near_days, CALENDAR) for day in spoken)
        said = reason(due, before, now, ahead=(told_to, tells_to))
        found += [(today, said)] if said else []
        last = today
    return found


def every_day(first, last):
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]


@given(st.sampled_from(sorted(RULE_SETS)), DATES, st.integers(0, 12), st.sets(st.integers(-40, 40)))
def test_on_workdays_each_thing_is_told_once_and_nothing_on_a_day_off(rules, due, near_days, offsets):
    told_of = told_on_workdays(due, rounds_between(due, offsets), rules, near_days)
    kinds = Counter(kind for _day, kind in told_of)
    assert all(CALENDAR.is_workday(day) for day, _kind in told_of)
    assert kinds["near"] <= 1
    assert kinds["due"] + kinds["due_off"] <= 1
    assert kinds["late"] <= len(RULE_SETS[rules].late)
    assert [day for day, kind in told_of if kind not in {"late", "again"} and day > due] == []
    assert [day for day, kind in told_of if kind in {"late", "again"} and day <= due] == []


@given(st.sampled_from(sorted(RULE_SETS)), DATES, st.integers(1, 12))
def test_with_a_worker_every_day_none_is_lost_and_each_comes_on_its_workday(rules, due, near_days):
    days = every_day(due - timedelta(days=45), due + timedelta(days=45))
    told_of = dict.fromkeys(("near", "due", "due_off", "late"))
    for day, kind in reversed(told_on_workdays(due, days, rules, near_days)):
        told_of[kind] = day
    on_or_before = due if CALENDAR.is_workday(due) else CALENDAR.previous_workday(due)
    assert (told_of["due"] or told_of["due_off"]) == on_or_before
    assert bool(told_of["due_off"]) is not CALENDAR.is_workday(due)
    assert told_of["late"] == CALENDAR.next_workday(due)
    first = next(day for day in days if lights_on(RULE_SETS[rules], day, near_days, CALENDAR).near_until >= due)
    expected = first if CALENDAR.is_workday(first) else CALENDAR.previous_workday(first)
    assert told_of["near"] == (expected if expected < on_or_before else None), "or it is told of as due at once"


@pytest.mark.parametrize(
    ("due", "expected"),
    [
        (date(2026, 3, 22), ["03-13 near", "03-20 due_off", "03-23 late"]),  # a Sunday; a week before is one, too
        (date(2026, 2, 14), ["02-06 near", "02-14 due", "02-24 late"]),  # a make-up Saturday, then nine days off
        (
            date(2026, 10, 3),
            ["09-24 near", "09-30 due_off", "10-08 late"],
        ),  # National Day; the Mid-Autumn Festival a week before
    ],
)
def test_days_off_make_up_saturdays_and_long_holidays(due, expected):
    days = every_day(due - timedelta(days=20), due + timedelta(days=12))
    told_of = [f"{day:%m-%d} {kind}" for day, kind in told_on_workdays(due, days) if kind != "again"]
    assert told_of == expected


@given(DATES, st.sets(st.integers(-40, 40)))
def test_a_slip_is_told_of_on_workdays_once_for_each_step(reply_by, offsets):
    found, last = [], None
    for today in rounds_between(reply_by, offsets):
        days = span(last or today - timedelta(days=1), today, CALENDAR)
        if days is not None:
            found += [(today, why)] if (why := slip_reason(reply_by, days, is_new=last is None)) else []
            last = today
    assert all(CALENDAR.is_workday(day) for day, _why in found)
    assert [day for day, why in found if (why == "slip_late") is (day <= reply_by)] == []
    assert len([day for day, why in found if why == "slip"]) <= 3


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
