"""How firmly ranks stand: without any change the official result, with changes what can be reckoned by hand."""

from __future__ import annotations

import json
from typing import Any, get_args

import numpy as np
import pytest
from hypothesis import assume, given, settings, strategies as st

from tests.unit.scoring.books import Books
from tests.unit.scoring.samples import absent, book, fact, inner, leaf
from tracker.assessment.scoring import FaultyBook, read_book, score
from tracker.assessment.scoring.book import Ties
from tracker.assessment.scoring.grading import grades
from tracker.assessment.scoring.robustness import Board, Draws, board_of, deciders, spread, standing
from tracker.assessment.scoring.robustness.drawing import blocks

GRADES = [
    {"name": "优秀", "min": "90", "quota_percent": 50},
    {"name": "良好", "min": "60"},
    {"name": "不合格", "min": "0"},
]


def board(raw: dict[str, Any]) -> Board:
    return board_of(read_book(json.dumps(raw, ensure_ascii=False)))


def two_items(*given: tuple[str, str], **scheme: Any) -> Board:
    """Units u1, u2, … with what each has in the items a and b of 50 points."""
    keys = [f"u{number}" for number in range(1, len(given) + 1)]
    facts = [
        fact(item, key, value=value)
        for key, values in zip(keys, given, strict=True)
        for item, value in zip("ab", values, strict=True)
    ]
    return board(book(inner("r", leaf("a", 50), leaf("b", 50)), facts, " ".join(keys), **scheme))


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10**9))
def test_weights_that_do_not_move_give_the_official_result(seed: int) -> None:
    raw = Books(seed, units=14).book()
    raw["scheme"].pop("tie_break", None)
    try:
        read = read_book(json.dumps(raw, ensure_ascii=False))
        official = {unit.key: unit for unit in score(read).units}
    except FaultyBook:
        assume(False)
    found = spread(board_of(read), Draws(seed=1, percent=0, count=3))
    names = [grade.name for grade in read.scheme.grades]
    assert {one.key for one in found.units} == {key for key, unit in official.items() if unit.total is not None}
    for one in found.units:
        unit = official[one.key]
        assert (one.low, one.high) == (unit.rank, unit.rank)
        fixed = unit.veto and not read.scheme.veto_bars
        had = {names.index(unit.grade): 3} if unit.grade and not fixed else {}
        assert {grade: count for grade, count in enumerate(one.grades) if count} == had


def test_a_city_of_which_nothing_but_a_veto_is_known() -> None:
    facts = [absent("v", "u"), {"unit": "u", "veto": True}]
    made = board(book(inner("r", leaf("v", 100)), facts, "u", veto={"mode": "fixed", "score": "48"}))
    (one,) = spread(made, Draws(seed=1, count=5)).units
    assert (one.low, one.high) == (1, 1)


def test_a_chance_that_can_be_reckoned_by_hand() -> None:
    """u1 leads by 12.5 in a, u2 by 10 in b: with factors evenly in 0.5…1.5 u1 stays ahead in 111 of 160 draws."""
    found = spread(two_items(("42.5", "30"), ("30", "40")), Draws(seed=7, percent=50, count=4_000))
    (pair,) = found.pairs
    assert (pair.first, pair.second) == ("u1", "u2")
    assert abs(pair.ahead / 4_000 - 0.69375) < 0.015
    assert [(one.low, one.high) for one in found.units] == [(1, 2), (1, 2)]


def test_full_marks_stay_full_marks_whatever_applies() -> None:
    tree = inner("r", leaf("a", 30), leaf("b", 50), leaf("c", 20), points=100)
    facts = [fact("a", "u", value="30"), absent("b", "u"), fact("c", "u", value="20"),
             *(fact(item, "v", value=value) for item, value in (("a", "30"), ("b", "50"), ("c", "19")))]  # fmt: skip
    made = board(book(tree, facts, "u v"))
    totals = np.vstack([part for _, part in blocks(made, Draws(seed=3, percent=40, count=200))])
    assert set(totals[:, 0].tolist()) == {10_000}
    assert len(set(totals[:, 1].tolist())) > 20


def test_the_same_seed_gives_the_same_draws_for_ever() -> None:
    drawn = [[0.9748343712646838, 1.0915421019594536], [1.030039184404039, 0.9230266433962616]]
    assert Draws(seed=20260701, percent=10, count=2).factors(2).tolist() == drawn


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.integers(0, 30), min_size=1, max_size=12),
    st.sampled_from(("exclude", "include")),
    st.sampled_from((0, 20, 34, 50, 100)),
    st.sampled_from((None, 0, 30)),
)
def test_cuts_give_the_grades_of_the_engine(totals: list[int], ties: str, first: int, second: int | None) -> None:
    terms = [
        {"name": "a", "min": "20", "quota_percent": first},
        {"name": "b", "min": "10", **({} if second is None else {"quota_percent": second})},
        {"name": "c", "min": "3"},
    ]
    raw = book(leaf("v", 40), [fact("v", value="1")], grades=terms, quota_ties=ties, rounding={"places": 0})
    scheme = read_book(json.dumps(raw)).scheme
    one_draw = np.array([totals], np.int64)
    cuts = [int(cut[0]) for cut in standing.grade_cuts(scheme, one_draw, len(totals))]
    found = [next((name for name, cut in zip("abc", cuts, strict=True) if total >= cut), None) for total in totals]
    assert found == grades(scheme, totals, ["g"] * len(totals), [False] * len(totals))


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.lists(st.integers(0, 9), min_size=5, max_size=5), min_size=1, max_size=4),
    st.sampled_from(get_args(Ties)),
)
def test_counting_ranks_as_sorting_does(rows: list[list[int]], ties: Ties) -> None:
    totals = np.array(rows, np.int64)
    counted = standing.ranks_of(totals, ties)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(standing, "_ROOM", 0)
        assert standing.ranks_of(totals, ties).tolist() == counted.tolist()


def test_a_bonus_counts_only_in_draws_whose_base_is_above_the_gate() -> None:
    raw = book(
        inner("r", leaf("a", 50), leaf("b", 50)),
        [fact("a", value="50"), fact("b", value="30"), {"unit": "u", "bonus": "9"}],
        bonus={"gate": "80", "cap": "5"},
    )
    made = board(raw)
    totals = np.vstack([part for _, part in blocks(made, Draws(seed=3, percent=10, count=300))])[:, 0]
    assert any(total <= 8000 for total in totals)
    assert not any(8000 < total <= 8500 for total in totals)
    assert any(total > 8500 for total in totals)


def test_chances_of_grades_are_counted_in_draws() -> None:
    found = spread(two_items(("50", "42"), ("49", "42"), ("30", "20"), grades=GRADES), Draws(seed=5, percent=50))
    assert all(sum(one.grades) == 1000 for one in found.units)
    first, second, third = found.units
    assert first.grades[0] > second.grades[0] == 0 or second.grades[0] < first.grades[0] < 1000
    assert third.grades[0] == 0


def test_the_decider_is_where_the_first_is_furthest_ahead() -> None:
    wide, narrow = deciders(two_items(("50", "40"), ("45", "30"), ("30", "44")))
    assert (wide.item, wide.by, wide.margin, wide.turns) == ("b", 10.0, 15.0, False)
    assert (narrow.item, narrow.by, narrow.margin, narrow.turns) == ("a", 15.0, 1.0, True)


def test_who_listens_may_stop_the_work() -> None:
    heard: list[int] = []

    def tell(done: int, count: int) -> None:
        heard.append(done)
        if done:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        spread(two_items(("50", "40"), ("45", "30")), Draws(seed=1, count=400), tell)
    assert heard[0] == 0
    assert len(heard) == 2


def test_nobody_with_a_total_is_nothing_to_spread() -> None:
    raw = book(leaf("v", 40), [fact("v", value="1"), {"unit": "u", "veto": True, "reason": "x"}])
    assert spread(board(raw), Draws(seed=1)).units == ()
