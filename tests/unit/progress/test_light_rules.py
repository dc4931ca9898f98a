"""What each rule set shows when: by example, and what holds of all of them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, strategies as st

from tracker.progress.calendar import Workdays
from tracker.progress.light_rules import GENERAL, RULE_SETS, lights_on
from tracker.progress.lights import LIGHT_KINDS, light, standing
from tracker.progress.states import EXCUSES, OBLIGATION_STATES, TIMINGS

DUE = date(2026, 6, 26)  # a Friday; the Monday before was a holiday, and the Saturday after is a workday
CALENDAR = Workdays({date(2026, 6, 22): False, date(2026, 6, 27): True}, frozenset({2026}))

GRAVER = ("on_time", "near", "soon", "behind", "caught_up", "reminded", "warned", "overdue")
REFINES = {
    "near": {"near", "soon", "behind", "caught_up"},
    "on_time": {"on_time", "behind", "caught_up"},
    "overdue": {"reminded", "warned", "overdue"},
    "done": {"done", "caught_up"},
    "none": {"none"},
}
"""How a report stands → the lights that may show it."""

rule_sets = st.sampled_from(sorted(RULE_SETS))
states, timings, excuses = st.sampled_from(OBLIGATION_STATES), st.sampled_from(TIMINGS), st.sampled_from(EXCUSES)
offsets, near_days = st.integers(-40, 40), st.integers(0, 30)


def shown(rules, day, state="open", timing="none", *, excuse="", near=3):
    return lights_on(RULE_SETS[rules], day, near, CALENDAR).of(state, timing, DUE, excuse)


@pytest.mark.parametrize(
    ("rules", "day", "state", "timing", "expected"),
    [
        ("yichang", date(2026, 6, 22), "open", "none", "on_time"),
        ("yichang", date(2026, 6, 23), "open", "none", "near"),
        ("yichang", date(2026, 6, 27), "open", "none", "overdue"),
        ("yichang", date(2026, 6, 28), "accepted", "late", "done"),
        ("ouhai", date(2026, 6, 28), "accepted", "on_time", "done"),
        ("ouhai", date(2026, 6, 28), "accepted", "extended", "done"),
        ("ouhai", date(2026, 6, 28), "open", "none", "overdue"),
        ("ouhai", date(2026, 6, 28), "reported", "late", "overdue"),
        ("ouhai", date(2027, 6, 28), "accepted", "late", "caught_up"),
        ("sanming", date(2026, 6, 27), "open", "none", "reminded"),
        ("sanming", date(2026, 7, 2), "open", "none", "reminded"),  # the 5th workday: 6.27, 29, 30, 7.1, 2
        ("sanming", date(2026, 7, 3), "open", "none", "warned"),
        ("sanming", date(2026, 7, 5), "open", "none", "warned"),
        ("sanming", date(2026, 7, 9), "open", "none", "warned"),  # the 10th
        ("sanming", date(2026, 7, 10), "open", "none", "overdue"),
        ("sanming", date(2026, 7, 12), "open", "none", "overdue"),
        ("suqian", date(2026, 6, 20), "open", "none", "on_time"),
        ("suqian", date(2026, 6, 23), "open", "none", "soon"),  # three workdays left: 24, 25, 26
        ("suqian", date(2026, 6, 24), "returned", "on_time", "behind"),
        ("suqian", date(2026, 6, 1), "returned", "on_time", "behind"),
        ("suqian", date(2026, 6, 27), "returned", "on_time", "overdue"),
        ("suqian", date(2026, 6, 27), "cancelled", "none", "none"),
    ],
)
def test_cases(rules, day, state, timing, expected):
    assert shown(rules, day, state, timing) == expected


def test_workdays_before_a_date_reach_over_the_days_off():
    assert shown("suqian", date(2026, 6, 21), near=4) == "soon"  # 23, 24, 25, 26 are left on Sunday and on the holiday
    assert shown("suqian", date(2026, 6, 19), near=4) == "soon"
    assert shown("suqian", date(2026, 6, 18), near=4) == "on_time"


def test_what_was_excused_is_not_escalated():
    assert shown("sanming", date(2026, 8, 1), "reported", "late") == "overdue"
    assert shown("sanming", date(2026, 8, 1), "reported", "late", excuse="waived") == "reminded"


@given(states, timings, offsets, near_days)
def test_the_general_rule_is_what_it_was(state, timing, offset, near):
    today = DUE + timedelta(days=offset)
    assert shown(GENERAL, today, state, timing, near=near) == light(state, timing, DUE, today=today, near_days=near)


@given(rule_sets, states, timings, excuses, offsets, near_days)
def test_time_only_darkens_a_light(rules, state, timing, excuse, offset, near):
    days = (DUE + timedelta(days=offset), DUE + timedelta(days=offset + 1))
    now, later = (shown(rules, day, state, timing, excuse=excuse, near=near) for day in days)
    if now in GRAVER and later in GRAVER:
        assert GRAVER.index(later) >= GRAVER.index(now)
    else:
        assert now == later


@given(rule_sets, states, timings, excuses, offsets, near_days)
def test_a_light_shows_how_the_report_stands(rules, state, timing, excuse, offset, near):
    lights = lights_on(RULE_SETS[rules], DUE + timedelta(days=offset), near, CALENDAR)
    stands = standing(state, timing, DUE, today=lights.today, near=lights.near_until)
    assert stands in {*LIGHT_KINDS, "none"}
    assert lights.of(state, timing, DUE, excuse) in REFINES[stands]


@given(states, excuses, offsets, near_days)
def test_what_was_missed_is_never_green_again_in_ouhai(state, excuse, offset, near):
    day = DUE + timedelta(days=offset)
    assert shown("ouhai", day, state, "late", excuse=excuse, near=near) not in {"on_time", "done"}


def test_the_lights_of_what_is_overdue_begin_with_the_first_day_and_follow_each_other():
    for rules in RULE_SETS.values():
        days = [step.after for step in rules.late]
        assert days[0] == 1
        assert not rules.late[0].workdays
        assert days == sorted(set(days))
