"""Bonus, penalty, veto, ranks and grades."""

from __future__ import annotations

from typing import Any

import pytest

from tests.unit.scoring.samples import absent, book, fact, inner, leaf, paths, row, rows

GRADES = [
    {"name": "优秀", "min": "90"},
    {"name": "良好", "min": "80"},
    {"name": "合格", "min": "60"},
    {"name": "不合格", "min": "0"},
]


def one(value: str, *extras: dict[str, Any], **scheme: Any) -> dict[str, Any]:
    facts = [fact("v", value=value), *({"unit": "u", **extra} for extra in extras)]
    return row(book(inner("r", leaf("v", 100)), facts, grades=GRADES, **scheme))


def many(totals: dict[str, str], *extras: dict[str, Any], **scheme: Any) -> dict[str, dict[str, Any]]:
    """Units (`key@group`) with the total that each is to have."""
    facts = [fact("v", unit.partition("@")[0], value=total) for unit, total in totals.items()]
    return rows(book(inner("r", leaf("v", 100)), [*facts, *extras], " ".join(totals), **scheme))


def field(found: dict[str, dict[str, Any]], name: str) -> list[Any]:
    return [found[key][name] for key in sorted(found)]


@pytest.mark.parametrize(
    ("terms", "bonuses", "base", "counted", "total"),
    [
        ({}, ["2", "0.5"], "70", "2.50", "72.50"),
        ({"cap": "30"}, ["20", "15"], "70", "30.00", "100.00"),
        ({"cap": "30", "gate": "80"}, ["2"], "80", "0.00", "80.00"),
        ({"cap": "30", "gate": "80"}, ["2"], "80.01", "2.00", "82.01"),
        ({"gate": "80"}, ["2"], "80.004", "0.00", "80.00"),
        ({"gate": "80"}, ["2"], "80.005", "2.00", "82.01"),
        ({"gate": "80"}, [], "90", "0.00", "90.00"),
        ({"cap": "0"}, ["5"], "90", "0.00", "90.00"),
        ({"cap": "3"}, ["99.5"], "100", "3.00", "103.00"),
        ({}, ["2", "-0.5"], "70", "1.50", "71.50"),
    ],
)
def test_bonus(terms: dict[str, str], bonuses: list[str], base: str, counted: str, total: str) -> None:
    found = one(base, *({"bonus": amount, "reason": "受表彰"} for amount in bonuses), bonus=terms)
    assert (found["bonus"], found["total"]) == (counted, total)


@pytest.mark.parametrize(
    ("terms", "penalties", "base", "counted", "total"),
    [
        ({}, ["1", "0.5"], "70", "1.50", "68.50"),
        ({"cap": "10"}, ["8", "8"], "70", "10.00", "60.00"),
        ({}, ["8", "8"], "10", "16.00", "0.00"),
    ],
)
def test_penalty(terms: dict[str, str], penalties: list[str], base: str, counted: str, total: str) -> None:
    found = one(base, *({"penalty": amount} for amount in penalties), penalty=terms)
    assert (found["penalty"], found["total"]) == (counted, total)


def test_the_total_is_rounded_once_from_exact_parts() -> None:
    found = one("70.004", {"bonus": "0.004"}, {"penalty": "0.001"})
    assert [found[name] for name in ("base", "bonus", "penalty", "total")] == ["70.00", "0.00", "0.00", "70.01"]


def test_a_veto_fails() -> None:
    found = one("95", {"veto": True, "reason": "重大事故"}, {"bonus": "2"})
    assert found["nodes"] == {"r": "95.00", "v": "95.00"}
    assert found == found | {
        "base": "95.00", "bonus": "2.00", "veto": True, "total": None, "rank": None, "grade": "不合格",
    }  # fmt: skip


def test_a_veto_with_a_fixed_score() -> None:
    found = one("95", {"veto": True}, {"veto": True}, {"bonus": "2"}, veto={"mode": "fixed", "score": "59.005"})
    assert (found["total"], found["rank"], found["grade"], found["bonus"]) == ("59.01", 1, "不合格", "2.00")


def test_a_veto_that_keeps_from_the_best_grade_leaves_total_and_rank() -> None:
    found = one("95", {"veto": True, "reason": "重大事故"}, veto={"mode": "no_best"})
    assert (found["total"], found["rank"], found["grade"], found["veto"]) == ("95.00", 1, "良好", True)
    found = one("70", {"veto": True}, veto={"mode": "no_best"})
    assert (found["total"], found["grade"]) == ("70.00", "合格")


def test_a_veto_goes_before_nothing_applicable() -> None:
    facts = [absent("v"), {"unit": "u", "veto": True}, {"unit": "u", "bonus": "1"}]
    raw = book(inner("r", leaf("v", 100)), facts, grades=GRADES, veto={"mode": "fixed", "score": "59"})
    found = row(raw)
    assert (found["total"], found["rank"], found["grade"]) == ("59.00", 1, "不合格")
    assert (found["base"], found["bonus"], found["penalty"], found["nodes"]["v"]) == (None, None, None, None)


def test_a_fixed_score_is_ranked_as_such() -> None:
    found = many({"a": "60", "b": "99", "c": "50"}, {"unit": "b", "veto": True}, veto={"mode": "fixed", "score": "59"})
    assert field(found, "rank") == [1, 2, 3]


@pytest.mark.parametrize(("ties", "ranks"), [("competition", [1, 2, 2, 4]), ("dense", [1, 2, 2, 3])])
def test_ties_share_a_rank(ties: str, ranks: list[int]) -> None:
    found = many({"a": "90", "b": "80.004", "c": "79.996", "d": "70"}, ties=ties)
    assert field(found, "rank") == ranks


def test_ranks_are_within_a_group() -> None:
    assert field(many({"a@甲": "90", "b@乙": "80", "c@甲": "70", "d@乙": "85"}), "rank") == [1, 2, 2, 1]


def test_tie_breaks_compare_exact_results_in_order() -> None:
    tree = inner("r", leaf("a", 50), leaf("b", 50))
    split = {"u": ("20.001", "20"), "v": ("20.002", "19.999"), "w": ("20.002", "19.998"), "x": ("20.002", "19.999")}
    facts = [
        fact(key, unit, value=value) for unit, pair in split.items() for key, value in zip("ab", pair, strict=True)
    ]
    found = rows(book(tree, facts, "u v w x", tie_break=["a", "b"]))
    assert {key: one["rank"] for key, one in found.items()} == {"u": 4, "v": 1, "w": 3, "x": 1}


@pytest.mark.parametrize(("stage", "ranks"), [("total", [2, 1]), ("item", [1, 1]), ("level", [1, 1])])
def test_tie_breaks_compare_results_as_they_go_up(stage: str, ranks: list[int]) -> None:
    tree = inner("r", leaf("a", 50), leaf("b", 50))
    facts = [fact("a", "u", value="20.001"), fact("a", "v", value="20.002")]
    facts += [fact("b", unit, value="20") for unit in "uv"]
    assert field(rows(book(tree, facts, "u v", tie_break=["a"], rounding={"stage": stage})), "rank") == ranks


def test_what_does_not_apply_comes_after_every_result() -> None:
    tree = inner("r", leaf("a", 50), leaf("b", 50))
    facts = [absent("a"), fact("b", value="0"), fact("a", "v", value="0"), fact("b", "v", value="0")]
    assert field(rows(book(tree, facts, "u v", tie_break=["a"])), "rank") == [2, 1]


@pytest.mark.parametrize(
    ("value", "grade"),
    [
        ("90", "优秀"),
        ("89.995", "优秀"),
        ("89.994", "良好"),
        ("80", "良好"),
        ("60", "合格"),
        ("59.99", "不合格"),
        ("0", "不合格"),
    ],
)
def test_grades_compare_the_rounded_total(value: str, grade: str) -> None:
    assert one(value)["grade"] == grade


def test_no_grade_where_none_is_reached_and_none_without_grades() -> None:
    found = row(book(inner("r", leaf("v", 9)), [fact("v", value="1")], grades=[{"name": "好", "min": "5"}]))
    assert found["grade"] is None
    assert row(book(inner("r", leaf("v", 9)), [fact("v", value="1"), {"unit": "u", "veto": True}]))["grade"] is None


def quota(totals: str, percent: int, ties: str = "exclude", **more: Any) -> str:
    """Grades A (quota), B, C of units in the order of their totals."""
    terms = [{"name": "A", "min": "80", "quota_percent": percent}, {"name": "B", "min": "60"}, {"name": "C", "min": 0}]
    named = {f"u{at:02}": total for at, total in enumerate(totals.split())}
    found = many(named, *more.pop("extras", []), grades=terms, quota_ties=ties, **more)
    return "".join(field(found, "grade"))


@pytest.mark.parametrize(
    ("totals", "percent", "ties", "grades"),
    [
        ("99 98 97 96 95 94 93 92 91", 30, "exclude", "AABBBBBBB"),  # floor of 2.7
        ("99 98 97 96", 50, "exclude", "AABB"),
        ("99 98 98 97", 50, "exclude", "ABBB"),  # both fall, and 97 does not take the place
        ("99 98 98 97", 50, "include", "AAAB"),
        ("99 99 98 97", 50, "include", "AABB"),
        ("98 98 98 97", 50, "exclude", "BBBB"),
        ("98.004 98 97.996 97", 50, "include", "AAAB"),
        ("99 98 97", 30, "include", "BBB"),  # no place at all: nobody straddles
        ("99 70 50 50", 100, "exclude", "ABCC"),
        ("99 70 50 50", 0, "exclude", "BBCC"),
    ],
)
def test_quota(totals: str, percent: int, ties: str, grades: str) -> None:
    assert quota(totals, percent, ties) == grades


def test_a_quota_is_a_share_of_all_units_of_the_group() -> None:
    extras = [{"unit": "u03", "veto": True}]
    assert quota("99 98 97 96", 50, extras=extras) == "AABC"


def test_a_vetoed_unit_takes_no_place() -> None:
    extras = [{"unit": "u00", "veto": True}]
    assert quota("99 98 97 96", 50, extras=extras, veto={"mode": "fixed", "score": "100"}) == "CAAB"


def test_whom_a_veto_keeps_from_the_best_grade_takes_no_place_of_it_and_stands_last_for_the_next() -> None:
    extras, bars = [{"unit": "u00", "veto": True}], {"mode": "no_best"}
    assert quota("99 98 97 96", 50, extras=extras, veto=bars) == "BAAB"
    terms = [
        {"name": "A", "min": "90", "quota_percent": 25}, {"name": "B", "min": "80", "quota_percent": 25}, {"name": "C", "min": 0},
    ]  # fmt: skip
    found = many({"a": "99", "b": "98", "c": "97", "d": "50"}, {"unit": "a", "veto": True}, grades=terms, veto=bars)
    assert field(found, "grade") == ["C", "A", "B", "C"]  # 89.99 comes after 97, which fell


def test_percentages_are_whole_number_arithmetic() -> None:
    totals = " ".join(str(99 - at / 10) for at in range(100))
    assert quota(totals, 29).count("A") == 29


def test_whoever_falls_counts_in_the_next_grade() -> None:
    terms = [
        {"name": "A", "min": "90", "quota_percent": 25}, {"name": "B", "min": "80", "quota_percent": 50}, {"name": "C", "min": 0},
    ]  # fmt: skip
    found = many({"a": "99", "b": "98", "c": "97", "d": "85"}, grades=terms)
    assert field(found, "grade") == ["A", "B", "B", "C"]


def test_tie_breaks_play_no_part_in_quotas() -> None:
    tree = inner("r", leaf("a", 50), leaf("b", 50))
    facts = [
        fact("a", "u", value="50"),
        fact("b", "u", value="40"),
        fact("a", "v", value="40"),
        fact("b", "v", value="50"),
    ]
    terms = [{"name": "A", "min": "80", "quota_percent": 50}, {"name": "B", "min": "0"}]
    found = rows(book(tree, facts, "u v", grades=terms, tie_break=["a"]))
    assert (field(found, "rank"), field(found, "grade")) == ([1, 2], ["B", "B"])


@pytest.mark.parametrize(
    ("pool", "grades"),
    [
        (None, ["B", "B", "B", "B", "A", "A", "B", "B"]),  # 40 % of 2 and of 2 are nothing, of 5 two
        (3, ["A", "B", "B", "B", "A", "A", "B", "B"]),  # the two small groups together are 4 units: one place
        (5, ["A", "B", "B", "B", "A", "A", "B", "B"]),
        (6, ["A", "B", "B", "B", "A", "A", "B", "B"]),  # all nine together: three places
    ],
)
def test_small_groups_share_a_quota(pool: int | None, grades: list[str]) -> None:
    terms = [{"name": "A", "min": "80", "quota_percent": 40}, {"name": "B", "min": "0"}]
    totals = {"a1@p": "99", "a2@p": "90", "b1@q": "95", "b2@q": "90"}
    totals |= {"c1@r": "98", "c2@r": "97", "c3@r": "96", "c4@r": "85", "c5@r": "84"}
    more = {} if pool is None else {"quota_pool": pool}
    found = many(totals, grades=terms, **more)
    assert field(found, "grade")[:8] == grades


def test_a_pool_of_one_is_none() -> None:
    assert paths(book(leaf("v", 9), [fact("v", value="1")], quota_pool=1)) == ["scheme.quota_pool"]


def test_a_total_counts_for_its_share_of_a_larger_assessment() -> None:
    found = row(book(leaf("v", 100), [fact("v", value="88.35")], larger={"percent": "4"}))
    assert found["larger"] == "3.53"  # 3.534
    assert found["trace"][0]["text"].endswith("总分 88.35；计入综合考核：88.35 × 4% = 3.534，四舍五入为 3.53")
    assert "larger" not in row(book(leaf("v", 100), [fact("v", value="88.35")]))
    vetoed = row(book(leaf("v", 9), [fact("v", value="1"), {"unit": "u", "veto": True}], larger={"percent": "4"}))
    assert "larger" not in vetoed
    assert paths(book(leaf("v", 9), [fact("v", value="1")], larger={"percent": "0"})) == ["scheme.larger.percent"]
