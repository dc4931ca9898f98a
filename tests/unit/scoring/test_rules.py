"""Each rule kind, at its edges."""

from __future__ import annotations

from typing import Any

import pytest

from tests.unit.scoring.samples import alone, book, fact, inner, leaf, paths, row, rows


def test_value_is_the_number_itself() -> None:
    assert alone(leaf("v", 40), [fact("v", value="36.505")]) == "36.51"


@pytest.mark.parametrize("value", ["-0.01", "40.01"])
def test_value_lies_within_its_points(value: str) -> None:
    assert paths(book(inner("r", leaf("v", 40)), [fact("v", value=value)])) == ["facts[0].value"]


def test_value_without_points_may_be_anything() -> None:
    assert row(book(inner("r", leaf("v"), aggregate="mean"), [fact("v", value="-7")]))["base"] == "-7.00"


@pytest.mark.parametrize(
    ("parameters", "actual", "target", "total"),
    [
        ({}, "38", "40", "38.00"),
        ({}, "41", "40", "40.00"),
        ({"cap": "1.2"}, "44", "40", "44.00"),
        ({"cap": "1.2"}, "60", "40", "48.00"),
        ({"cap": "0.5"}, "40", "40", "20.00"),
        ({}, "0", "3", "0.00"),
        ({}, "1", "3", "13.33"),
    ],
)
def test_ratio(parameters: dict[str, Any], actual: str, target: str, total: str) -> None:
    assert alone(leaf("v", 40, "ratio", **parameters), [fact("v", actual=actual, target=target)]) == total


@pytest.mark.parametrize(
    ("fields", "path"),
    [
        ({"actual": "-1", "target": "2"}, "facts[0].actual"),
        ({"actual": "1", "target": "0"}, "facts[0].target"),
        ({"actual": "1"}, "facts[0].target"),
        ({"target": "1"}, "facts[0].actual"),
    ],
)
def test_ratio_facts_out_of_range(fields: dict[str, Any], path: str) -> None:
    assert paths(book(inner("r", leaf("v", 40, "ratio")), [fact("v", **fields)])) == [path]


@pytest.mark.parametrize(
    ("facts", "total"),
    [
        ([], "20.00"),
        ([{"each": "0.5", "count": 3}], "18.50"),
        ([{"each": "0.5"}, {"each": "1.25", "count": "2"}], "17.00"),
        ([{"each": "12", "count": 2}], "0.00"),
        ([{"each": "5", "count": 0}, {"each": 0}], "20.00"),
    ],
)
def test_deduction(facts: list[dict[str, Any]], total: str) -> None:
    assert alone(leaf("v", 20, "deduction"), [fact("v", **fields) for fields in facts]) == total


@pytest.mark.parametrize(
    ("fields", "path"),
    [
        ({"each": "-1"}, "facts[0].each"),
        ({"count": 1}, "facts[0].each"),
        ({"each": "1", "count": "1.5"}, "facts[0].count"),
        ({"each": "1", "count": -1}, "facts[0].count"),
        ({"each": "1", "count": 101}, "facts[0].count"),
    ],
)
def test_deduction_facts_out_of_range(fields: dict[str, Any], path: str) -> None:
    assert paths(book(inner("r", leaf("v", 40, "deduction")), [fact("v", **fields)])) == [path]


@pytest.mark.parametrize(("met", "total"), [(True, "7.50"), (False, "0.00")])
def test_all_or_nothing(met: bool, total: str) -> None:
    assert alone(leaf("v", "7.5", "all_or_nothing"), [fact("v", met=met)]) == total


@pytest.mark.parametrize("met", ["true", 1, None])
def test_met_is_true_or_false(met: Any) -> None:
    assert paths(book(inner("r", leaf("v", 40, "all_or_nothing")), [fact("v", met=met)])) == ["facts[0].met"]


BANDS = [{"min": "90", "points": "10"}, {"min": "60", "points": "6"}, {"points": "0"}]


@pytest.mark.parametrize(
    ("value", "total"), [("100", "10.00"), ("90", "10.00"), ("89.999", "6.00"), ("60", "6.00"), ("-5", "0.00")]
)
def test_bands_take_the_highest_edge_reached(value: str, total: str) -> None:
    assert alone(leaf("v", 10, "bands", bands=BANDS), [fact("v", value=value)]) == total


@pytest.mark.parametrize(
    ("bands", "path"),
    [
        ([], ""),
        ([{"min": "90", "points": "10"}, {"min": "60", "points": "6"}], "[1].min"),
        ([{"points": "10"}, {"points": "6"}], "[0].min"),
        ([{"min": "60", "points": "6"}, {"min": "90", "points": "10"}, {"points": "0"}], "[1].min"),
        ([{"min": "60", "points": "6"}, {"min": "60.0", "points": "5"}, {"points": "0"}], "[1].min"),
        ([{"min": "60", "points": "11"}, {"points": "0"}], "[0].points"),
        ([{"min": "60", "points": "10"}, {"points": "-1"}], "[1].points"),
        ([{"min": "60"}, {"points": "1"}], "[0].points"),
        ([{"min": "六十", "points": "1"}, {"points": "1"}], "[0].min"),
        ([{"min": "60", "points": "1", "max": "70"}, {"points": "1"}], "[0].max"),
        (["60", {"points": "1"}], "[0]"),
    ],
)
def test_a_band_table_with_a_gap_or_in_disorder(bands: list[Any], path: str) -> None:
    raw = book(inner("r", leaf("v", 10, "bands", bands=bands)), [fact("v", value="1")])
    assert paths(raw) == [f"scheme.indicators.children[0].rule.bands{path}"]


@pytest.mark.parametrize(
    ("floor", "goal", "value", "total"),
    [
        ("20", "85", "52.5", "5.00"),
        ("20", "85", "19", "0.00"),
        ("20", "85", "90", "10.00"),
        ("10", "2", "4", "7.50"),
        ("10", "2", "11", "0.00"),
        ("10", "2", "1", "10.00"),
    ],
)
def test_linear(floor: str, goal: str, value: str, total: str) -> None:
    assert alone(leaf("v", 10, "linear", floor=floor, goal=goal), [fact("v", value=value)]) == total


def efficacy(values: dict[str, str], **parameters: str) -> dict[str, str]:
    units = " ".join(values)
    facts = [fact("v", unit.partition("@")[0], value=value) for unit, value in values.items()]
    raw = book(inner("r", leaf("v", 100, "efficacy", **parameters)), facts, units)
    return {key: one["total"] for key, one in rows(raw).items()}


def test_efficacy_runs_from_its_base_to_all_points() -> None:
    assert efficacy({"a": "10", "b": "15", "c": "20"}) == {"a": "60.00", "b": "80.00", "c": "100.00"}


def test_efficacy_turned_round() -> None:
    assert efficacy({"a": "10", "b": "20"}, better="low", base="0.5") == {"a": "100.00", "b": "50.00"}


def test_efficacy_looks_at_the_own_group_only() -> None:
    assert efficacy({"a@甲": "10", "b@甲": "20", "c@乙": "0"}) == {"a": "60.00", "b": "100.00", "c": "100.00"}


def test_efficacy_gives_all_points_where_all_are_equal() -> None:
    assert efficacy({"a": "7", "b": "7.0"}) == {"a": "100.00", "b": "100.00"}


def test_efficacy_leaves_out_whom_it_does_not_apply_to_and_keeps_vetoed_units() -> None:
    tree = inner("r", leaf("v", 100, "efficacy"), leaf("w", 10))
    facts = [
        fact("v", "a", value="10"),
        fact("v", "b", value="20"),
        fact("w", "a", value="1"),
        fact("w", "b", value="1"),
    ]
    facts += [
        {"unit": "c", "indicator": "v", "not_applicable": True},
        fact("w", "c", value="1"),
        {"unit": "a", "veto": True},
    ]
    found = rows(book(tree, facts, "a b c"))
    assert [found[key]["nodes"]["v"] for key in "abc"] == ["60.00", "100.00", None]


@pytest.mark.parametrize(
    ("parameters", "marks", "total"),
    [
        ({}, "36.5", "36.50"),
        ({}, "30 35 36", "33.67"),
        ({"combine": "median"}, "30 35 40", "35.00"),
        ({"combine": "median"}, "30 40 35 36", "35.50"),
        ({"combine": "trimmed_mean"}, "0 30 40 40", "27.50"),
        ({"combine": "trimmed_mean"}, "0 30 30 30 40", "30.00"),
        ({"combine": "trimmed_mean"}, "40 40 40 30 30 30", "35.00"),
        ({"combine": "trimmed_mean", "trim_from": 3}, "10 20 40", "20.00"),
        ({"scale": "100"}, "85 95", "36.00"),
        ({"scale": 10, "combine": "trimmed_mean"}, "9 8 7 8.5 8.5", "33.33"),
    ],
)
def test_marks(parameters: dict[str, Any], marks: str, total: str) -> None:
    facts = [fact("v", mark=mark, evaluator=f"e{at}") for at, mark in enumerate(marks.split())]
    assert alone(leaf("v", 40, "marks", **parameters), facts) == total


@pytest.mark.parametrize(
    ("parameters", "fields", "path"),
    [
        ({}, {"mark": "40.01", "evaluator": "e"}, "facts[0].mark"),
        ({"scale": "10"}, {"mark": "10.5", "evaluator": "e"}, "facts[0].mark"),
        ({}, {"mark": "-1", "evaluator": "e"}, "facts[0].mark"),
        ({}, {"mark": "3"}, "facts[0].evaluator"),
        ({}, {"evaluator": "e"}, "facts[0].mark"),
        ({}, {"mark": "3", "evaluator": 7}, "facts[0].evaluator"),
        ({}, {"mark": "3", "evaluator": " "}, "facts[0].evaluator"),
    ],
)
def test_marks_facts_out_of_range(parameters: dict[str, Any], fields: dict[str, Any], path: str) -> None:
    assert paths(book(inner("r", leaf("v", 40, "marks", **parameters)), [fact("v", **fields)])) == [path]


def test_an_evaluator_twice_is_found_at_both_places() -> None:
    facts = [fact("v", mark=mark, evaluator=who) for mark, who in (("1", "e1"), ("2", "e2"), ("3", "e1"))]
    assert paths(book(inner("r", leaf("v", 40, "marks")), facts)) == ["facts[0].evaluator", "facts[2].evaluator"]


@pytest.mark.parametrize(
    ("kind", "parameters", "path"),
    [
        ("ratio", {"cap": "0"}, "cap"),
        ("ratio", {"cap": "x"}, "cap"),
        ("ratio", {"floor": "1"}, "floor"),
        ("linear", {"goal": "1"}, "floor"),
        ("linear", {"floor": "1"}, "goal"),
        ("linear", {"floor": "1", "goal": "１.0"}, "goal"),
        ("efficacy", {"base": "1.01"}, "base"),
        ("efficacy", {"base": "-0.1"}, "base"),
        ("efficacy", {"better": "most"}, "better"),
        ("marks", {"combine": "mode"}, "combine"),
        ("marks", {"trim_from": 2}, "trim_from"),
        ("marks", {"trim_from": "3.5"}, "trim_from"),
        ("marks", {"scale": 0}, "scale"),
        ("value", {"scale": 1}, "scale"),
        ("deduction", {"each": 1}, "each"),
        ("bands", {}, "bands"),
        ("bands", {"bands": {"min": 1}}, "bands"),
        ("guess", {}, "kind"),
    ],
)
def test_a_parameter_missing_unknown_or_out_of_range(kind: str, parameters: dict[str, Any], path: str) -> None:
    raw = book(inner("r", leaf("v", 40, kind, **parameters)), [], units="")
    assert paths(raw) == [f"scheme.indicators.children[0].rule.{path}"]


def test_whole_numbers_are_whole_by_value() -> None:
    node = leaf("v", 40, "marks", combine="trimmed_mean", trim_from="３.0")
    facts = [fact("v", mark=mark, evaluator=mark) for mark in ("1", "2", "30")]
    assert alone(node, facts) == "2.00"
