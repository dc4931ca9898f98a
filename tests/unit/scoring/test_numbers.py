"""Numbers: how they are read, rounded, printed."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings, strategies as st

from tests.unit.scoring.samples import book, fact, inner, leaf, paths, row
from tracker.assessment.scoring.json_text import BareNumber
from tracker.assessment.scoring.numbers import exact_text, printed, read_number, rounded, short_text


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("12", "12"),
        ("+12.50", "12.5"),
        ("-0.5", "-0.5"),
        ("-0", "0"),
        ("００１２．５", "12.5"),
        ("－３", "-3"),
        ("＋3.５", "3.5"),
        ("9" * 40 + "." + "1" * 40, "9" * 40 + "." + "1" * 40),
    ],
)
def test_a_string_that_is_a_number(written: str, number: str) -> None:
    assert read_number(written) == Decimal(number)
    assert str(read_number(written)) != "-0"


@pytest.mark.parametrize(
    "written",
    [
        "",
        " 1",
        "1 ",
        "1e3",
        "1,000",
        "１，０００",
        ".5",
        "5.",
        "+",
        "1.2.3",
        "٣",
        "一",
        "−5",
        "NaN",
        "9" * 41,
        "0." + "1" * 41,
        "1\n",
    ],
)
def test_a_string_that_is_none(written: str) -> None:
    assert read_number(written) is None


@pytest.mark.parametrize("value", [True, False, None, [], {}])
def test_other_json_values_are_no_numbers(value: object) -> None:
    assert read_number(value) is None


def test_a_bare_number_is_the_decimal_it_prints_as_however_long() -> None:
    long = "12345678901234567890.12345678901234567890123456789012345678901234567890"
    assert read_number(BareNumber(long)) == Decimal(long)
    assert read_number(BareNumber("1.5E+2")) == 150
    assert read_number(BareNumber("1e999999999")) is None
    assert read_number(BareNumber("1e5000")) is None


def test_25_bare_digits_stay_25_digits_in_a_book() -> None:
    text = (
        '{"scheme": {"rounding": {"places": 12}, "indicators": {"key": "r", "aggregate": "mean", "children": '
        '[{"key": "v", "rule": {"kind": "value"}}]}}, "units": [{"key": "u", "group": "g"}], '
        '"facts": [{"unit": "u", "indicator": "v", "value": 1234567890123.456789012345}]}'
    )
    assert row(text)["total"] == "1234567890123.456789012345"


@pytest.mark.parametrize("written", ["NaN", "Infinity", "-Infinity", "true", "null", '"1e3"'])
def test_what_is_no_number_is_found_where_it_stands(written: str) -> None:
    text = (
        '{"scheme": {"indicators": {"key": "r", "children": [{"key": "v", "points": 5, "rule": {"kind": "value"}}]}}, '
        f'"units": [{{"key": "u", "group": "g"}}], "facts": [{{"unit": "u", "indicator": "v", "value": {written}}}]}}'
    )
    assert paths(text) == ["facts[0].value"]


@pytest.mark.parametrize(
    ("value", "mode", "units"),
    [
        ("0.125", "half_up", 13),
        ("0.125", "half_even", 12),
        ("0.135", "half_even", 14),
        ("-0.125", "half_up", -13),
        ("-0.125", "half_even", -12),
        ("0.1249999999999999999999", "half_up", 12),
        ("0.1250000000000000000001", "half_even", 13),
        ("-0.004", "half_up", 0),
        ("0.129", "down", 12),
        ("-0.129", "down", -12),
        ("0.12", "down", 12),
        ("-0.009", "down", 0),
        ("0.1299999999999999999999", "down", 12),
    ],
)
def test_rounding(value: str, mode: str, units: int) -> None:
    assert rounded(Fraction(value), 2, mode) == units  # type: ignore[arg-type] - a plain str from the table


@pytest.mark.parametrize(
    ("units", "places", "text"),
    [(0, 2, "0.00"), (5, 2, "0.05"), (-5, 2, "-0.05"), (8635, 2, "86.35"), (8635, 0, "8635"), (-12, 0, "-12")],
)
def test_printing(units: int, places: int, text: str) -> None:
    assert printed(units, places) == text


def test_very_long_numbers_print_too() -> None:
    assert printed(10**6000, 0) == "1" + "0" * 6000


def test_what_rounds_to_zero_prints_without_a_sign() -> None:
    raw = book(inner("r", leaf("v"), aggregate="mean"), [fact("v", value="-0.004")])
    assert row(raw)["nodes"]["v"] == "0.00"


def test_a_negative_half_goes_away_from_zero() -> None:
    raw = book(inner("r", leaf("v"), aggregate="mean"), [fact("v", value="-0.125")])
    assert row(raw)["base"] == "-0.13"
    assert row(raw)["total"] == "0.00"


@settings(max_examples=60, deadline=None)
@given(st.fractions(max_denominator=10**6))
def test_exact_text_loses_nothing(value: Fraction) -> None:
    assert Fraction(exact_text(value)) == value


def test_a_number_is_shown_with_as_many_digits_as_its_rounding_needs() -> None:
    """Who rounds what is shown gets what is printed: 41.124999833… is not shown as 41.125000 beside a total of 41.12."""
    assert short_text(Fraction(123374999, 3000000), 2) == ("41.1249996667", False)
    assert short_text(Fraction(123375001, 3000000), 2) == ("41.1250003333", False)
    assert short_text(Fraction(1, 3), 4) == ("0.33333333", False)


def test_short_text_says_whether_it_is_whole() -> None:
    assert short_text(Fraction(-37, 2), 2) == ("−18.5", True)
    assert short_text(Fraction(1, 3), 2) == ("0.333333", False)
