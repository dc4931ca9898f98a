"""Faults of a book, each found at its path."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.unit.scoring.samples import absent, book, fact, inner, leaf, paths
from tracker.assessment.scoring import FaultyBook, trial


def sound() -> dict[str, Any]:
    tree = inner(
        "total",
        inner("a", leaf("a1", 40, "ratio"), leaf("a2", 20, "deduction"), points="60"),
        leaf("b", 30, "marks", combine="trimmed_mean"),
        inner("m", leaf("m1", weight=2), leaf("m2", 10, "linear", floor="0", goal="10"), aggregate="mean", points="10"),
        points="100",
    )
    facts = [
        fact("a1", actual="38", target="40"),
        fact("a2", each="0.5", count=3, reason="迟报"),
        fact("b", mark="25", evaluator="e1"),
        fact("b", mark="26", evaluator="e2"),
        fact("m1", value="7"),
        absent("m2"),
        {"unit": "u", "bonus": "2", "reason": "受表彰"},
        {"unit": "u", "penalty": "1"},
        {"unit": "u", "veto": True},
    ]
    scheme = {
        "rounding": {"places": 2, "mode": "half_up", "stage": "total"},
        "not_applicable": "rescale",
        "bonus": {"cap": "30", "gate": "80"},
        "penalty": {"cap": "10"},
        "veto": {"mode": "fixed", "score": "59"},
        "grades": [
            {"name": "优秀", "min": "90", "quota_percent": 30},
            {"name": "合格", "min": "60"},
            {"name": "差", "min": "0"},
        ],
        "quota_ties": "exclude",
        "ties": "competition",
        "tie_break": ["a1"],
    }
    return book(tree, facts, **scheme)


def test_the_sound_book_is_sound() -> None:
    assert trial(json.dumps(sound()))["units"][0]["total"] == "59.00"


def at(raw: Any, path: str) -> tuple[Any, Any]:
    """The object or list that holds the last step of a path, and that step."""
    steps: list[Any] = []
    for word in path.split("."):
        name, *indexes = word.replace("]", "").split("[")
        steps += [name, *map(int, indexes)]
    for step in steps[:-1]:
        raw = raw[step]
    return raw, steps[-1]


SET_TO = [
    ("scheme.name", 5),
    ("scheme.rounding", "2"),
    ("scheme.rounding.places", 13),
    ("scheme.rounding.places", -1),
    ("scheme.rounding.places", "1.5"),
    ("scheme.rounding.places", True),
    ("scheme.rounding.mode", "floor"),
    ("scheme.rounding.stage", "leaf"),
    ("scheme.rounding.step", 1),
    ("scheme.not_applicable", "skip"),
    ("scheme.bonus.cap", "-1"),
    ("scheme.bonus.gate", "八十"),
    ("scheme.bonus.floor", "1"),
    ("scheme.penalty.cap", "-0.01"),
    ("scheme.penalty.gate", "1"),
    ("scheme.veto.mode", "zero"),
    ("scheme.veto.score", "-59"),
    ("scheme.veto.reason", "x"),
    ("scheme.grades", {}),
    ("scheme.grades[0]", "优秀"),
    ("scheme.grades[0].quota_percent", 101),
    ("scheme.grades[0].quota_percent", "30.5"),
    ("scheme.grades[0].quota_percent", -1),
    ("scheme.grades[2].quota_percent", 30),
    ("scheme.grades[1].min", "90"),
    ("scheme.grades[1].min", "90.5"),
    ("scheme.grades[1].min", True),
    ("scheme.grades[1].name", "优秀"),
    ("scheme.grades[1].name", ""),
    ("scheme.grades[1].color", "red"),
    ("scheme.quota_ties", "maybe"),
    ("scheme.ties", "random"),
    ("scheme.tie_break", "a1"),
    ("scheme.tie_break[0]", "a9"),
    ("scheme.tie_break[0]", 1),
    ("scheme.colour", "red"),
    ("scheme.indicators", []),
    ("scheme.indicators.points", "99"),
    ("scheme.indicators.weight", "1"),
    ("scheme.indicators.children[0].weight", "1"),
    ("scheme.indicators.children[0].children[0].points", "0"),
    ("scheme.indicators.children[0].children[0].points", "-40"),
    ("scheme.indicators.children[0].children[0].key", "a2"),
    ("scheme.indicators.children[0].children[0].aggregate", "sum"),
    ("scheme.indicators.children[0].children[0].rule", "ratio"),
    ("scheme.indicators.children[0].children[0].children", []),
    ("scheme.indicators.children[0].aggregate", "product"),
    ("scheme.indicators.children[0].rule", {"kind": "value"}),
    ("scheme.indicators.children[0].children", {}),
    ("scheme.indicators.children[1].name", None),
    ("scheme.indicators.children[2].children[0].weight", "0"),
    ("scheme.indicators.children[2].children[0].weight", "-1"),
    ("scheme.indicators.children[2].children[0].order", 1),
    ("units", {}),
    ("units[0].key", ""),
    ("units[0].key", 7),
    ("units[0].group", ""),
    ("units[0].group", None),
    ("units[0].size", 3),
    ("facts[0].unit", "x"),
    ("facts[0].unit", 1),
    ("facts[0].indicator", "a"),
    ("facts[0].indicator", "x"),
    ("facts[0].indicator", None),
    ("facts[0].value", "3"),
    ("facts[0].reason", 4),
    ("facts[0].actual", "3 8"),
    ("facts[0].actual", True),
    ("facts[0].not_applicable", "yes"),
    ("facts[0].not_applicable", True),
    ("facts[0].bonus", "1"),
    ("facts[2].mark", "30.01"),
    ("facts[3].evaluator", "e1"),
    ("facts[5].not_applicable", 1),
    ("facts[6].bonus", "二"),
    ("facts[6].penalty", "2"),
    ("facts[6].count", 2),
    ("facts[7].penalty", "-1"),
    ("facts[8].veto", "true"),
    ("facts[8]", 3),
    ("extra", 1),
]  # fmt: skip


@pytest.mark.parametrize(("path", "value"), SET_TO)
def test_a_field_set_wrong(path: str, value: Any) -> None:
    raw = sound()
    holder, last = at(raw, path)
    holder[last] = value
    assert path in paths(raw)


TAKEN_AWAY = [
    "scheme", "units", "facts", "scheme.indicators", "scheme.veto.score", "scheme.grades[0].name", "scheme.grades[0].min",
    "scheme.indicators.key", "scheme.indicators.children[1].points", "scheme.indicators.children[1].rule",
    "scheme.indicators.children[1].rule.kind", "scheme.indicators.children[2].points",
    "scheme.indicators.children[2].children[1].points", "scheme.indicators.children[2].children[1].rule.goal",
    "units[0].key", "units[0].group", "facts[0].unit", "facts[0].actual", "facts[1].each", "facts[2].mark", "facts[2].evaluator",
]  # fmt: skip


@pytest.mark.parametrize("path", TAKEN_AWAY)
def test_a_field_missing(path: str) -> None:
    raw = sound()
    holder, last = at(raw, path)
    del holder[last]
    assert path in paths(raw)


def more(raw: dict[str, Any], *facts: dict[str, Any]) -> list[str]:
    raw["facts"] += facts
    return paths(raw)


def test_facts_that_go_together_badly() -> None:
    assert more(sound(), fact("a1", actual=1, target=2)) == ["facts[9].indicator"]
    assert more(sound(), absent("a1")) == ["facts[9].not_applicable"]
    assert more(sound(), absent("b")) == ["facts[9].not_applicable"]
    assert more(sound(), fact("m2", value="3")) == ["facts[9].indicator"]
    assert more(sound(), absent("m2")) == ["facts[9].indicator"]
    assert more(sound(), {"unit": "u"}) == ["facts[9]"]
    assert more(sound(), {"unit": "u", "indicater": "a1"}) == ["facts[9].indicater", "facts[9]"]


def test_a_missing_fact_is_a_problem_never_a_zero() -> None:
    raw = sound()
    raw["facts"] = [one for one in raw["facts"] if one.get("indicator") not in {"a1", "a2"}]
    with pytest.raises(FaultyBook) as caught:
        trial(json.dumps(raw))
    (problem,) = caught.value.problems
    assert problem.path == "facts"
    assert "a1" in problem.message


def test_a_faulty_fact_is_not_missing_too() -> None:
    raw = sound()
    raw["facts"][4]["value"] = "七"
    assert paths(raw) == ["facts[4].value"]


def test_every_problem_is_reported() -> None:
    raw = sound()
    raw["facts"][2]["mark"], raw["facts"][0]["target"] = "31", "0"
    raw["scheme"]["indicators"]["children"][0]["points"] = "61"
    raw["units"].append({"key": "u", "name": "又一个", "group": "县区"})
    assert paths(raw) == [
        "scheme.indicators.children[0].points", "scheme.indicators.points",
        "units[0].key", "units[1].key", "facts[0].target", "facts[2].mark",
    ]  # fmt: skip


def test_a_field_given_twice() -> None:
    text = json.dumps(sound()).replace('"mark": "26"', '"mark": "26", "mark": "27"')
    assert paths(text) == ["facts[3].mark"]
    text = json.dumps(sound()).replace('"target": "40"', '"target": "40", "target": "40", "target": "40"')
    assert paths(text) == ["facts[0].target"]


@pytest.mark.parametrize("text", ["", "[1]", '"book"', "12", "{", "{'a': 1}", "[" * 200_000, '{"scheme": 1', "null"])
def test_what_is_no_book_at_all(text: str) -> None:
    assert paths(text)[0] == ""


def test_a_byte_order_mark_does_no_harm() -> None:
    assert trial("\ufeff" + json.dumps(sound()))["units"]


def test_characters_that_cannot_be_written_are_refused_and_never_printed() -> None:
    raw = sound()
    raw["units"][0]["key"] = "\ud800"
    raw["scheme"]["\udc00"] = 1
    with pytest.raises(FaultyBook) as caught:
        trial(json.dumps(raw))
    for problem in caught.value.problems:
        (problem.path + problem.message).encode("utf-8")
    assert {problem.path for problem in caught.value.problems} >= {"units[0].key", "scheme.\\udc00"}


def test_a_tree_too_deep_is_refused_in_words() -> None:
    tree = leaf("last", 1, "deduction")
    for depth in range(100):
        tree = inner(f"k{depth}", tree)
    assert all(path.endswith("children") for path in paths(book(tree, [])))


def test_a_sum_whose_child_has_no_points_is_not_blamed_as_well() -> None:
    raw = sound()
    del raw["scheme"]["indicators"]["children"][1]["points"]
    assert paths(raw) == ["scheme.indicators.children[1].points"]


@pytest.mark.parametrize("path", ["scheme", "units", "facts", "scheme.indicators"])
def test_what_follows_from_a_missing_part_is_not_reported_as_well(path: str) -> None:
    raw = sound()
    holder, last = at(raw, path)
    del holder[last]
    assert paths(raw) == [path]
