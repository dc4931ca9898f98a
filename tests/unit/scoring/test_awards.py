"""Kinds of bonus and penalty with caps of their own (分类限额), totals on other full marks (折算) and held to a cap."""

from __future__ import annotations

from typing import Any

import pytest

from tests.unit.scoring.samples import book, fact, inner, leaf, paths, row, rows

KINDS = "表彰奖励 5、改革创新 ８分"


def ninety(*extras: dict[str, Any], **scheme: Any) -> dict[str, Any]:
    facts = [fact("v", value=90), *({"unit": "u", **extra} for extra in extras)]
    return book(inner("r", leaf("v", 100)), facts, **scheme)


def test_each_kind_is_held_to_its_own_cap_and_all_together_to_the_cap_of_the_whole() -> None:
    extras = [
        {"bonus": 4, "kind": "表彰奖励"},
        {"bonus": 3, "kind": "表彰奖励"},
        {"bonus": 9, "kind": "改革创新"},
        {"bonus": "1.5"},
    ]
    assert row(ninety(*extras, bonus={"kinds": KINDS}))["bonus"] == "14.50"
    assert row(ninety(*extras, bonus={"kinds": KINDS, "cap": 10}))["bonus"] == "10.00"


def test_what_takes_a_bonus_back_counts_within_its_kind() -> None:
    extras = [{"bonus": 7, "kind": "表彰奖励"}, {"bonus": -3, "kind": "表彰奖励"}]
    assert row(ninety(*extras, bonus={"kinds": KINDS}))["bonus"] == "4.00"


def test_a_gate_shuts_kinds_out_too() -> None:
    assert row(ninety({"bonus": 7, "kind": "表彰奖励"}, bonus={"kinds": KINDS, "gate": 90}))["total"] == "90.00"


@pytest.mark.parametrize(
    ("total", "said"),
    [
        ({"full": 120}, "88.33"),
        ({"full": "120", "as": "10"}, "8.83"),
        ({"cap": "100"}, "100.00"),
        ({"full": 105, "cap": 100}, "100.00"),
    ],
)
def test_a_total_is_converted_then_held_to_its_cap_and_rounded_once(total: dict[str, Any], said: str) -> None:
    assert row(ninety({"bonus": 16}, total=total))["total"] == said


def test_ranks_and_grades_go_by_the_converted_total_and_the_gate_by_the_base() -> None:
    tree = inner("r", leaf("v", 100))
    facts = [
        fact("v", "a", value=96),
        fact("v", "b", value="96.004"),
        fact("v", "c", value=95),
        {"unit": "c", "bonus": 20},
    ]
    found = rows(book(tree, facts, "a b c", total={"full": 120}, bonus={"gate": 94},
                      grades=[{"name": "优秀", "min": 90}, {"name": "合格", "min": 80}]))  # fmt: skip
    assert {key: (one["total"], one["rank"], one["grade"]) for key, one in found.items()} == {
        "a": ("80.00", 2, "合格"), "b": ("80.00", 2, "合格"), "c": ("95.83", 1, "优秀")
    }  # fmt: skip


def test_a_fixed_total_of_a_veto_is_no_more_converted() -> None:
    raw = ninety({"veto": True}, veto={"mode": "fixed", "score": 59}, total={"full": 120, "cap": 50})
    assert row(raw)["total"] == "59.00"


@pytest.mark.parametrize(
    ("scheme", "extras", "found"),
    [
        ({"bonus": {"kinds": "表彰奖励"}}, [], ["scheme.bonus.kinds"]),
        ({"bonus": {"kinds": "表彰 5、表彰 3"}}, [], ["scheme.bonus.kinds"]),
        ({"bonus": {"kinds": "表彰 0"}}, [], ["scheme.bonus.kinds"]),
        ({"bonus": {"kinds": "表彰 5"}}, [{"bonus": 1, "kind": "创新"}], ["facts[1].kind"]),
        ({}, [{"bonus": 1, "kind": "创新"}], ["facts[1].kind"]),
        ({"bonus": {"kinds": "表彰 5"}}, [{"penalty": 1, "kind": "表彰"}], ["facts[1].kind"]),
        ({"bonus": {"kinds": "表彰 5"}}, [{"veto": True, "kind": "表彰"}], ["facts[1].kind"]),
        ({"total": {"as": 100}}, [], ["scheme.total.full"]),
        ({"total": {"full": 0}}, [], ["scheme.total.full"]),
        ({"total": {"full": 120, "as": -1}}, [], ["scheme.total.as"]),
        ({"total": {"cap": 0}}, [], ["scheme.total.cap"]),
    ],
)  # fmt: skip
def test_what_cannot_be_is_told_at_its_place(scheme: dict[str, Any], extras: list[Any], found: list[str]) -> None:
    assert paths(ninety(*extras, **scheme)) == found


def test_marks_are_listed_or_not() -> None:
    facts = [fact("v", mark=5, evaluator="e")]
    assert paths(book(inner("r", leaf("v", 10, "marks", listed="hidden")), facts)) == [
        "scheme.indicators.children[0].rule.listed"
    ]
