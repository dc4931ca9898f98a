"""Large books: whole columns, exact or within their bound, and never another result than unit by unit."""

from __future__ import annotations

import random
from decimal import Decimal
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st

from tracker.assessment.scoring import Award, Book, FaultyBook, Grade, Indicator, Rounding, Scheme, Unit, score
from tracker.assessment.scoring.columns import Column
from tracker.assessment.scoring.evidence import Numbers, Pairs
from tracker.assessment.scoring.numbers import rounded
from tracker.assessment.scoring.rules import BandsRule, LinearRule, Mark, MarksRule, RatioRule, ValueRule
from tracker.assessment.scoring.rules.bands import Band

fractions = st.fractions(-1000, 1000, max_denominator=997)
huge = st.integers(-(10**30), 10**30).map(Fraction)
values = st.lists(fractions | huge, min_size=1, max_size=5)


def held_by(column: Column, exact: list[Fraction]) -> bool:
    """Whether the column is exactly this, or within its own bound of it."""
    if column.whole is not None:
        return [Fraction(int(whole), column.per) for whole in column.whole] == exact
    return all(
        abs(Fraction(value) - one) <= column.error
        for value, one in zip(column.as_floats().tolist(), exact, strict=True)
    )


@settings(max_examples=150, deadline=None)
@given(values, fractions | huge, st.sampled_from(["plus", "minus", "lesser", "greater"]))
def test_arithmetic_stays_within_its_bound(some: list[Fraction], other: Fraction, name: str) -> None:
    left, right = Column.of(some), Column.constant(other, len(some))
    found = getattr(left, name)(right).times(other)
    act = {
        "plus": lambda a: a + other,
        "minus": lambda a: a - other,
        "lesser": lambda a: min(a, other),
        "greater": lambda a: max(a, other),
    }
    assert held_by(found, [act[name](one) * other for one in some])


@settings(max_examples=150, deadline=None)
@given(values, st.integers(0, 12), st.sampled_from(["half_up", "half_even", "down"]))
def test_rounding_is_right_or_in_doubt(some: list[Fraction], places: int, mode: Any) -> None:
    for column in (Column.of(some), Column.of(some).approximate()):
        whole, doubt = column.rounded(places, mode)
        for got, unsure, one in zip(whole.tolist(), doubt.tolist(), some, strict=True):
            assert unsure or got == rounded(one, places, mode)


@settings(max_examples=60, deadline=None)
@given(st.dictionaries(st.integers(0, 9), fractions | huge))
def test_sparse_columns(some: dict[int, Fraction]) -> None:
    assert held_by(Column.sparse(some, 10), [some.get(at, Fraction(0)) for at in range(10)])


@settings(max_examples=80, deadline=None)
@given(st.lists(st.none() | st.decimals(-(10**6), 10**6, places=3), max_size=6))
def test_scaled_numbers_are_the_same_numbers(decimals: list[Decimal | None]) -> None:
    numbers = Numbers.of(decimals)
    assert numbers is not None
    assert list(numbers) == decimals
    assert numbers[:2] == decimals[:2]


@pytest.mark.parametrize("decimal", ["1e30", "12345678901234567.5", "0.12345678901234567", "1." + "0" * 39 + "1"])
def test_numbers_that_do_not_fit_are_left_as_they_are(decimal: str) -> None:
    assert Numbers.of([Decimal(decimal)]) is None
    assert Pairs.of([(Decimal(1), Decimal(decimal))]) is None


def test_pairs_are_the_same_pairs() -> None:
    given = [(Decimal("1.5"), Decimal(2)), None]
    pairs = Pairs.of(given)
    assert pairs is not None
    assert (list(pairs), pairs[:1], Pairs.of(pairs)) == (given, given[:1], pairs)


def large(leaves: dict[str, tuple[Indicator, Any]], size: int, aggregate: Any = "sum", **terms: Any) -> Book:
    tree = Indicator("r", aggregate=aggregate, children=tuple(leaf for leaf, _ in leaves.values()))
    units = tuple(Unit(f"u{at}", "", f"g{at % 3}") for at in range(size))
    awards = {f"u{at}": (Award(Decimal("0.125")),) for at in range(0, size, 7)}
    grades = (Grade("A", Decimal(8), 30), Grade("B", Decimal(0)))
    scheme = Scheme(tree, grades=grades, **terms)
    evidence = {key: entries for key, (_, entries) in leaves.items()}
    return Book(scheme, units, evidence, bonuses=awards, vetoes={"u1": ("", "")})


def same(book: Book) -> bool:
    slow, fast = score(book), score(book, explain=False)
    return all(
        (one.base, one.bonus, one.penalty, one.total, one.rank, one.grade, one.veto, dict(one.nodes))
        == (two.base, two.bonus, two.penalty, two.total, two.rank, two.grade, two.veto, dict(two.nodes))
        for one, two in zip(slow.units, fast.units, strict=True)
    )


def invented(seed: int) -> random.Random:
    return random.Random(seed)  # noqa: S311 - invented data wants a seed, not secrecy


@pytest.mark.parametrize("stage", ["total", "item", "level"])
@pytest.mark.parametrize("places", [2, 12])
def test_many_targets_overflow_into_floats_and_back(stage: Any, places: int) -> None:
    pick = invented(1)
    size, leaves = 120, {}
    for at in range(6):
        pairs = [(Decimal(pick.randrange(900)), Decimal(pick.randrange(1, 999))) for _ in range(size)]
        leaves[f"k{at}"] = (Indicator(f"k{at}", points=Decimal("1.65"), rule=RatioRule()), Pairs.of(pairs))
    assert same(large(leaves, size, rounding=Rounding(places, "half_up", stage), tie_break=("k0", "r")))


def test_true_ties_among_floats_are_settled_exactly() -> None:
    size = 100
    pairs = [(Decimal(2 * at + 1), Decimal(8)) if at % 2 else (Decimal(at), Decimal(1009 + at)) for at in range(size)]
    leaf = Indicator("k", points=Decimal(1), rule=RatioRule(cap=Fraction(10**6)))
    assert same(large({"k": (leaf, pairs)}, size, tie_break=("k",)))


def test_equal_totals_are_told_apart_by_results_that_floats_cannot_tell_apart() -> None:
    size, base = 90, Decimal("0." + "3" * 20)
    values = [base + Decimal(at % 4).scaleb(-22) for at in range(size)]
    leaf = Indicator("k", points=Decimal(1), rule=ValueRule())
    book = large({"k": (leaf, values)}, size, tie_break=("k",))
    assert same(book)
    assert len({unit.rank for unit in score(book, explain=False).units if unit.group == "g2"}) == 8


@pytest.mark.parametrize("combine", ["mean", "median", "trimmed_mean"])
@pytest.mark.parametrize("scale", [None, Decimal("7.5")])
def test_marks_of_many_units(combine: str, scale: Decimal | None) -> None:
    pick = invented(2)
    size = 150
    rows = [
        tuple(Mark(str(who), Decimal(pick.randrange(751)).scaleb(-2)) for who in range(pick.randrange(1, 8)))
        for _ in range(size)
    ]
    leaf = Indicator("k", points=Decimal("7.51"), rule=MarksRule(combine, 4, scale))
    assert same(large({"k": (leaf, rows)}, size))


def test_marks_with_more_digits_or_evaluators_than_columns_hold() -> None:
    size = 60
    long = [(Mark("a", Decimal("1." + "1" * 30)), Mark("b", Decimal(2)))] * size
    crowd = [tuple(Mark(str(who), Decimal(who % 5)) for who in range(40))] * size
    leaves = {
        "k": (Indicator("k", points=Decimal(5), rule=MarksRule()), long),
        "l": (Indicator("l", points=Decimal(5), rule=MarksRule()), crowd),
    }
    assert same(large(leaves, size))


def test_bands_and_lines_at_their_edges() -> None:
    size = 80
    values = Numbers(np.arange(size, dtype=np.int64) - 20, 1)
    bands = BandsRule((Band(Decimal("3.25"), Decimal(5)), Band(Decimal("0.1"), Decimal("2.5")), Band(None, Decimal(0))))
    leaves = {
        "k": (Indicator("k", points=Decimal(5), rule=bands), values),
        "l": (Indicator("l", points=Decimal(5), rule=LinearRule(Fraction(5), Fraction(-1, 3))), values),
    }
    assert same(large(leaves, size))


@pytest.mark.parametrize("edge", ["1" + "0" * 30, "0.1" + "0" * 20 + "1"])
def test_bands_with_edges_that_columns_do_not_hold(edge: str) -> None:
    size = 60
    rule = BandsRule((Band(Decimal(edge), Decimal(5)), Band(None, Decimal("0." + "3" * 30))))
    numbers = Numbers(np.arange(size, dtype=np.int64), 1)
    assert same(large({"k": (Indicator("k", points=Decimal(5), rule=rule), numbers)}, size))


@pytest.mark.parametrize("stage", ["total", "item"])
@pytest.mark.parametrize("aggregate", ["mean", "geometric", "min"])
def test_means_of_many_units(aggregate: Any, stage: Any) -> None:
    pick = invented(3)
    size, leaves = 100, {}
    for at in range(3):
        values = [Decimal(pick.randrange(1, 10**6)).scaleb(-3) for _ in range(size)]
        leaves[f"k{at}"] = (Indicator(f"k{at}", weight=Decimal("0.7") + at, rule=ValueRule()), Numbers.of(values))
    assert same(large(leaves, size, aggregate, rounding=Rounding(3, "half_even", stage)))


def test_a_geometric_mean_of_many_units_names_those_that_came_to_nothing() -> None:
    size = 60
    values = Numbers(np.arange(size, dtype=np.int64) % 50, 0)
    leaves = {"k": (Indicator("k", rule=ValueRule()), values), "l": (Indicator("l", rule=ValueRule()), values)}
    with pytest.raises(FaultyBook) as caught:
        score(large(leaves, size, "geometric"), explain=False)
    assert [problem.path for problem in caught.value.problems] == [
        f"scheme.indicators.children[{at}]" for at in (0, 1)
    ] * 2


def test_units_with_different_gaps_are_reckoned_by_their_own_plans() -> None:
    size = 90
    first = [None if at % 2 else Decimal(at % 5) for at in range(size)]
    second = Numbers(np.arange(size, dtype=np.int64) % 7, 0, np.arange(size) % 3 == 0)
    leaves = {
        "k": (Indicator("k", points=Decimal(5), rule=ValueRule()), first),
        "l": (Indicator("l", points=Decimal(7), rule=ValueRule()), second),
        "m": (Indicator("m", points=Decimal(8), rule=RatioRule()), [(Decimal(1), Decimal(3))] * size),
    }
    for mode in ("rescale", "rescale_siblings", "spread", "full"):
        assert same(large(leaves, size, not_applicable=mode))


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize("aggregate", ["mean", "min", "geometric"])
@pytest.mark.parametrize("weight", ["1", "1e3000"])
def test_numbers_beyond_all_floats_come_to_the_same(aggregate: str, weight: str) -> None:
    size = 26
    leaves = {
        "k": (
            Indicator("k", weight=Decimal(weight), rule=ValueRule()),
            [Decimal(at + 1).scaleb(3990) for at in range(size)],
        ),
        "l": (Indicator("l", rule=ValueRule()), [Decimal(at + 1).scaleb(-3990) for at in range(size)]),
    }
    assert same(large(leaves, size, aggregate))


@pytest.mark.filterwarnings("error")
def test_a_range_beyond_all_floats_comes_to_the_same() -> None:
    size = 26
    rule = LinearRule(Fraction(-(10**3990)), Fraction(10**3990))
    leaves = {
        "k": (Indicator("k", points=Decimal(10), rule=rule), [Decimal(at).scaleb(3980) for at in range(size)]),
        "l": (
            Indicator("l", points=Decimal(10), rule=RatioRule()),
            [(Decimal(at).scaleb(-3000), Decimal(7).scaleb(-3000)) for at in range(size)],
        ),
    }
    assert same(large(leaves, size))
