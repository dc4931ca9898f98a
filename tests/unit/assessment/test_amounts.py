"""Exact amounts as a reader takes them in."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given, strategies as st

from tracker.assessment.amounts import Amount, amount_of
from tracker.assessment.sources import SOURCES, Tally, counted


@pytest.mark.parametrize(
    ("value", "places", "amount"),
    [
        (Fraction("24.875"), 2, Amount("24.875")),
        (Fraction(0), 2, Amount("0")),
        (Fraction(-3, 2), 2, Amount("−1.5")),
        (Fraction(250, 3), 2, Amount("≈ 83.333333", "250/3")),
        (Fraction(-1, 300), 2, Amount("≈ −0.003333", "−1/300")),
        (Fraction(1, 3), 0, Amount("≈ 0.3333", "1/3")),
        (Fraction(10**50, 3), 2, Amount(f"≈ {'3' * 50}.333333")),
    ],
)
def test_a_decimal_first_and_the_fraction_as_a_note(value: Fraction, places: int, amount: Amount) -> None:
    assert amount_of(value, places) == amount


def test_a_sign_where_it_is_asked_for() -> None:
    assert amount_of(Fraction(1, 300), 2, signed=True) == Amount("≈ +0.003333", "+1/300")
    assert amount_of(Fraction(2), 2, signed=True) == Amount("+2")
    assert amount_of(Fraction(0), 2, signed=True) == Amount("0")


@given(st.fractions(max_denominator=10**6), st.integers(0, 6))
def test_nothing_is_lost(value: Fraction, places: int) -> None:
    amount = amount_of(value, places)
    exact = amount.note or amount.shown
    assert Fraction(exact.replace("−", "-")) == value


@pytest.mark.parametrize("key", SOURCES)
def test_nothing_that_is_counted_applies_where_nothing_was_due(key: str) -> None:
    assert counted({"from": key, "each": "0.5"}, Tally()) == [{"not_applicable": True}]
