"""Drawing: the same seed draws the same, whatever the order; no unit gives more than it may; risk is drawn more often."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest
from hypothesis import given, strategies as st

from tracker.rectification.sampling import RISKS, WEIGHTS, Candidate, draw, is_low, weight

FRAMES = st.lists(
    st.builds(Candidate, st.integers(1, 500), st.integers(1, 9), st.lists(st.sampled_from(RISKS), unique=True).map(tuple)),
    unique_by=lambda one: one.id,
    max_size=60,
)  # fmt: skip


@given(
    FRAMES, st.text(min_size=1, max_size=20), st.integers(1, 30), st.integers(1, 4), st.randoms(use_true_random=False)
)
def test_a_sample_is_told_by_seed_and_frame_alone(frame, seed, size, per_unit, dice):
    shuffled = frame.copy()
    dice.shuffle(shuffled)
    drawn = draw(frame, seed=seed, size=size, per_unit=per_unit, weights=WEIGHTS)
    assert draw(shuffled, seed=seed, size=size, per_unit=per_unit, weights=WEIGHTS) == drawn
    assert len(set(drawn)) == len(drawn) <= size
    of_units = Counter(one.unit_id for one in drawn)
    assert all(n <= per_unit for n in of_units.values())
    possible = sum(min(per_unit, n) for n in Counter(one.unit_id for one in frame).values())
    assert len(drawn) == min(size, possible), "as many as there are"


@given(FRAMES, st.integers(1, 20))
def test_a_smaller_sample_begins_a_larger_one(frame, size):
    larger = draw(frame, seed="七月", size=size + 5, per_unit=3, weights=WEIGHTS)
    assert draw(frame, seed="七月", size=size, per_unit=3, weights=WEIGHTS) == larger[:size]


def test_the_sample_of_a_seed_never_changes():
    """Whoever draws an old sample again with a later version finds it as it was."""
    frame = [Candidate(number, number % 4, ("late",) if number % 5 == 0 else ()) for number in range(1, 21)]
    drawn = draw(frame, seed="20260302", size=6, per_unit=2, weights=WEIGHTS)
    assert [one.id for one in drawn] == [8, 15, 3, 16, 14, 5]


def test_what_weighs_four_is_drawn_about_four_times_as_often():
    frame = [Candidate(number, number, ("late",) if number <= 10 else ()) for number in range(1, 21)]
    first = [draw(frame, seed=str(n), size=1, per_unit=1, weights={"late": 3})[0].id <= 10 for n in range(200)]
    assert 0.72 < sum(first) / len(first) < 0.88
    even = [draw(frame, seed=str(n), size=1, per_unit=1, weights={})[0].id <= 10 for n in range(200)]
    assert 0.4 < sum(even) / len(even) < 0.6


def test_each_risk_adds_its_weight():
    assert weight((), WEIGHTS) == 1
    assert weight(RISKS, WEIGHTS) == 1 + sum(WEIGHTS.values())


@pytest.mark.parametrize(
    ("percent", "due_on", "low"),
    [(0, date(2026, 3, 5), False), (28, date(2026, 6, 30), True), (29, date(2026, 6, 30), False), (79, date(2026, 12, 31), True)],
)  # fmt: skip
def test_progress_is_low_where_it_lags_behind_the_year(percent, due_on, low):
    assert is_low(percent, due_on) is low
