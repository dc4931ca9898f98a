"""Lights follow from dates and state, never from anything typed."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, strategies as st

from tracker.progress.lights import LIGHT_KINDS, days_late, light, timing_of
from tracker.progress.states import OBLIGATION_STATES, TIMINGS

DUE = date(2026, 6, 30)


@pytest.mark.parametrize(
    ("state", "timing", "today", "expected"),
    [
        ("open", "none", date(2026, 6, 22), "on_time"),
        ("open", "none", date(2026, 6, 23), "near"),
        ("open", "none", date(2026, 6, 30), "near"),
        ("open", "none", date(2026, 7, 1), "overdue"),
        ("returned", "on_time", date(2026, 6, 29), "near"),
        ("returned", "on_time", date(2026, 7, 1), "overdue"),
        ("reported", "on_time", date(2026, 7, 20), "on_time"),
        ("reported", "late", date(2026, 7, 20), "overdue"),
        ("reported", "on_time", date(2026, 6, 29), "on_time"),
        ("accepted", "late", date(2026, 12, 1), "done"),
        ("cancelled", "none", date(2026, 12, 1), "none"),
    ],
)
def test_cases(state, timing, today, expected):
    assert light(state, timing, DUE, today=today, near_days=7) == expected


def test_the_day_itself_is_in_time():
    assert timing_of(DUE, DUE, DUE) == "on_time"
    assert timing_of(DUE, DUE, DUE + timedelta(days=1)) == "late"
    assert days_late(DUE, date(2026, 7, 3)) == 3
    assert days_late(DUE, DUE) == 0


@given(st.sampled_from(OBLIGATION_STATES), st.sampled_from(TIMINGS), st.integers(-40, 40), st.integers(0, 30))
def test_every_obligation_has_one_light_and_time_only_darkens_it(state, timing, days, near):
    order = {"on_time": 0, "near": 1, "overdue": 2}
    today = DUE + timedelta(days=days)
    now = light(state, timing, DUE, today=today, near_days=near)
    later = light(state, timing, DUE, today=today + timedelta(days=1), near_days=near)
    assert now in {*LIGHT_KINDS, "none"}
    if state in {"accepted", "cancelled"}:
        assert now == later
    else:
        assert order[later] >= order[now]
