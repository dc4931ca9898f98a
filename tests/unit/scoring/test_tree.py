"""Aggregation, rounding by stage, and what becomes of indicators that do not apply."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from tests.unit.scoring.samples import absent, book, fact, inner, leaf, paths, row
from tracker.assessment.scoring.roots import geometric_mean


def values(**numbers: str) -> list[dict[str, Any]]:
    return [fact(key, value=number) for key, number in numbers.items()]


@pytest.mark.parametrize(
    ("aggregate", "base"), [("sum", "13.00"), ("mean", "6.50"), ("geometric", "6.00"), ("min", "4.00")]
)
def test_aggregates(aggregate: str, base: str) -> None:
    raw = book(inner("r", leaf("a", 10), leaf("b", 10), aggregate=aggregate), values(a="4", b="9"))
    assert row(raw)["base"] == base


@pytest.mark.parametrize(("aggregate", "base"), [("mean", "7.75"), ("geometric", "7.35"), ("min", "4.00")])
def test_weights_are_relative(aggregate: str, base: str) -> None:
    tree = inner("r", leaf("a", weight="0.5"), leaf("b", weight="1.5"), aggregate=aggregate)
    assert row(book(tree, values(a="4", b="9")))["base"] == base


def test_a_geometric_mean_that_is_a_fraction_is_exact() -> None:
    assert geometric_mean([Fraction(8), Fraction(27), Fraction(1)], [Fraction(1)] * 3) == 6
    assert geometric_mean([Fraction(1, 4), Fraction(9, 4)], [Fraction(7)] * 2) == Fraction(3, 4)
    assert geometric_mean([Fraction("86.345")] * 3, [Fraction(1)] * 3) == Fraction("86.345")


def test_a_geometric_mean_is_right_to_far_more_than_20_digits() -> None:
    root = geometric_mean([Fraction(1), Fraction(2)], [Fraction(1)] * 2)
    assert abs(root - Fraction("1.41421356237309504880168872420969807856967187537694")) < Fraction(1, 10**48)


def test_a_geometric_mean_takes_large_weights() -> None:
    weights = [Fraction("0.123456789"), Fraction("0.876543211")]
    root = geometric_mean([Fraction(2), Fraction(3)], weights)
    assert float(root) == pytest.approx(2**0.123456789 * 3**0.876543211, rel=1e-15)


def test_a_tie_in_a_geometric_mean_is_seen_as_one() -> None:
    raw = book(inner("r", leaf("a"), leaf("b"), aggregate="geometric"), values(a="0.125", b="0.125"))
    assert row(raw)["base"] == "0.13"


@pytest.mark.parametrize("value", ["0", "-1"])
def test_geometric_needs_positive_results(value: str) -> None:
    raw = book(inner("r", leaf("a"), leaf("b"), aggregate="geometric"), values(a="1", b=value))
    assert paths(raw) == ["facts[1].value"]


def test_geometric_over_an_inner_node_that_came_to_nothing() -> None:
    tree = inner("r", leaf("a"), inner("s", leaf("b", 5), leaf("c", 5)), aggregate="geometric")
    assert paths(book(tree, values(a="1", b="0", c="0"))) == ["scheme.indicators.children[1]"]


def test_geometric_reports_every_fault_of_every_unit() -> None:
    tree = inner("r", leaf("a"), leaf("b"), aggregate="geometric")
    facts = [fact(key, unit, value=0) for unit in "uv" for key in "ab"]
    assert paths(book(tree, facts, "u v")) == [f"facts[{at}].value" for at in range(4)]


@pytest.mark.parametrize(("stage", "total"), [("total", "0.67"), ("item", "0.66"), ("level", "0.66")])
def test_rounding_by_stage(stage: str, total: str) -> None:
    tree = inner("r", leaf("a", 1, "ratio"), leaf("b", 1, "ratio"))
    facts = [fact(key, actual="1", target="3") for key in "ab"]
    assert row(book(tree, facts, rounding={"stage": stage}))["total"] == total


@pytest.mark.parametrize(("stage", "base"), [("item", "2.67"), ("level", "2.7")])
def test_level_rounds_inner_nodes_too(stage: str, base: str) -> None:
    tree = inner("r", inner("m", leaf("a"), leaf("b"), leaf("c"), aggregate="mean", points="9"))
    places = 1 if stage == "level" else 2
    raw = book(tree, values(a="2", b="3", c="3"), rounding={"stage": stage, "places": places})
    assert row(raw)["nodes"]["m"] == base


def test_rounding_each_level_may_round_twice() -> None:
    mean = inner("m", leaf("a"), leaf("b"), aggregate="mean", points=5)
    tree = inner("r", mean, leaf("c"), aggregate="mean")
    facts = values(a="0.1", b="0.2", c="0.1")
    once = book(tree, facts, rounding={"places": 1})
    twice = book(tree, facts, rounding={"places": 1, "stage": "level"})
    assert (row(once)["base"], row(twice)["base"]) == ("0.1", "0.2")  # 0.125; 0.15 → 0.2, then 0.15 → 0.2


def test_points_may_be_left_out_of_a_sum() -> None:
    tree = inner("r", inner("s", leaf("a", "0.75"), leaf("b", "0.75")), leaf("c", "98.5"), points="100")
    assert row(book(tree, values(a="0.75", b="0.75", c="98.5")))["total"] == "100.00"


NA = [absent("a")]


def halves(mode: str, facts: list[Any]) -> dict[str, Any]:
    """r 100 = s 60 (a 20 + b 40) + c 40."""
    tree = inner("r", inner("s", leaf("a", 20), leaf("b", 40), points=60), leaf("c", 40), points=100)
    nodes: dict[str, Any] = row(book(tree, facts, not_applicable=mode))["nodes"]
    return nodes


def test_rescale_at_the_root_only() -> None:
    assert halves("rescale", [*NA, *values(b="30", c="20")]) == {
        "r": "62.50", "s": "30.00", "a": None, "b": "30.00", "c": "20.00",
    }  # fmt: skip


def test_rescale_among_siblings() -> None:
    assert halves("rescale_siblings", [*NA, *values(b="30", c="20")]) == {
        "r": "65.00", "s": "45.00", "a": None, "b": "30.00", "c": "20.00",
    }  # fmt: skip


def test_spread_among_siblings_in_equal_parts() -> None:
    assert halves("spread", [*NA, *values(b="30", c="20")]) == {
        "r": "65.00", "s": "45.00", "a": None, "b": "45.00", "c": "20.00",
    }  # fmt: skip


def test_full_marks() -> None:
    assert halves("full", [*NA, *values(b="30", c="20")]) == {
        "r": "70.00", "s": "50.00", "a": "20.00", "b": "30.00", "c": "20.00",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("mode", "root", "sums", "leaf_a"),
    [
        ("rescale", "50.00", None, None),
        ("rescale_siblings", "50.00", None, None),
        ("spread", "50.00", None, None),
        ("full", "80.00", "60.00", "20.00"),
    ],
)
def test_an_inner_node_of_which_nothing_applies(mode: str, root: str, sums: str | None, leaf_a: str | None) -> None:
    nodes = halves(mode, [absent("a"), absent("b"), *values(c="20")])
    assert (nodes["r"], nodes["s"], nodes["a"]) == (root, sums, leaf_a)


@pytest.mark.parametrize("mode", ["rescale", "rescale_siblings", "spread", "full"])
def test_nothing_applicable_is_null_everywhere(mode: str) -> None:
    tree = inner("r", leaf("a", 20), leaf("b", 40))
    facts = [absent("a"), absent("b"), {"unit": "u", "bonus": "3"}, {"unit": "u", "penalty": "1"}]
    found = row(book(tree, facts, not_applicable=mode, grades=[{"name": "好", "min": 0}]))
    assert [found[name] for name in ("base", "bonus", "penalty", "total", "rank", "grade")] == [None] * 6
    assert found["nodes"] == {"r": None, "a": None, "b": None}


def test_spread_passes_points_down_and_raises_every_kind() -> None:
    """c's 30 points go to s and d, 15 each; s passes 7.5 to each of its leaves."""
    tree = inner(
        "r",
        inner("s", leaf("a", 10, "ratio"), leaf("b", 10, "deduction")),
        leaf("c", 30),
        leaf("d", 30, "marks"),
        points=80,
    )
    facts = [fact("a", actual=1, target=2), fact("b", each="2.5"), absent("c"), fact("d", mark="30", evaluator="e")]
    assert row(book(tree, facts, not_applicable="spread"))["nodes"] == {
        "r": "68.75", "s": "23.75", "a": "8.75", "b": "15.00", "c": None, "d": "45.00",
    }  # fmt: skip


def test_spread_lets_values_and_bands_grow_and_keeps_printed_limits() -> None:
    bands = [{"min": "1", "points": "10"}, {"points": "5"}]
    tree = inner("r", leaf("a", 10), leaf("b", 10, "bands", bands=bands), leaf("c", 10))
    facts = [*values(a="8", b="0"), absent("c")]
    assert row(book(tree, facts, not_applicable="spread"))["nodes"] == {
        "r": "19.50", "a": "12.00", "b": "7.50", "c": None,
    }  # fmt: skip
    assert paths(book(tree, [*values(a="11", b="0"), absent("c")], not_applicable="spread")) == ["facts[0].value"]


@pytest.mark.parametrize("mode", ["rescale", "rescale_siblings", "spread", "full"])
@pytest.mark.parametrize(("aggregate", "base"), [("mean", "7.00"), ("geometric", "6.00"), ("min", "4.00")])
def test_what_does_not_apply_drops_out_of_a_mean(mode: str, aggregate: str, base: str) -> None:
    tree = inner("r", leaf("a", 10, weight=2), leaf("b", 10, weight=3), leaf("c", 10, weight=3), aggregate=aggregate)
    facts = [absent("a"), *values(b="4", c="9" if aggregate == "geometric" else "10")]
    assert row(book(tree, facts, not_applicable=mode))["base"] == base


def mean_in_sum(mode: str, facts: list[Any]) -> dict[str, Any]:
    """r 100 = m 40 (mean of a, b) + c 60."""
    tree = inner("r", inner("m", leaf("a", 40), leaf("b", 40), aggregate="mean", points=40), leaf("c", 60), points=100)
    nodes: dict[str, Any] = row(book(tree, facts, not_applicable=mode))["nodes"]
    return nodes


@pytest.mark.parametrize("mode", ["rescale", "rescale_siblings", "spread", "full"])
def test_a_mean_inside_a_sum_is_one_item(mode: str) -> None:
    assert mean_in_sum(mode, [absent("a"), *values(b="30", c="30")])["r"] == "60.00"


@pytest.mark.parametrize(
    ("mode", "mean", "root"),
    [
        ("rescale", None, "50.00"),
        ("rescale_siblings", None, "50.00"),
        ("spread", None, "50.00"),
        ("full", "40.00", "70.00"),
    ],
)
def test_a_mean_inside_a_sum_of_which_nothing_applies(mode: str, mean: str | None, root: str) -> None:
    nodes = mean_in_sum(mode, [absent("a"), absent("b"), *values(c="30")])
    assert (nodes["m"], nodes["r"], nodes["a"], nodes["b"]) == (mean, root, None, None)


def test_what_spread_gives_to_a_mean_raises_its_result_in_proportion() -> None:
    nodes = mean_in_sum("spread", [*values(a="20", b="30"), absent("c")])
    assert nodes == {"r": "62.50", "m": "62.50", "a": "20.00", "b": "30.00", "c": None}


@pytest.mark.parametrize(
    ("mode", "s", "root"),
    [
        ("rescale", "30.00", "35.00"),
        ("rescale_siblings", "30.00", "35.00"),
        ("spread", "30.00", "35.00"),
        ("full", "35.00", "37.50"),
    ],
)
def test_a_sum_inside_a_mean_is_the_top_of_a_tree_of_its_own(mode: str, s: str, root: str) -> None:
    tree = inner("r", inner("s", leaf("a", 20), leaf("b", 20)), leaf("c", 40), aggregate="mean")
    nodes = row(book(tree, [absent("a"), *values(b="15", c="40")], not_applicable=mode))["nodes"]
    assert (nodes["s"], nodes["r"]) == (s, root)


def test_a_leaf_alone_may_be_the_whole_scheme() -> None:
    assert row(book(leaf("a", 10), values(a="7")))["total"] == "7.00"
    assert row(book(leaf("a", 10), [absent("a")], not_applicable="full"))["total"] is None
