"""What is frozen: the same text for the same inputs, and the same book by both ways."""

from __future__ import annotations

import json
from copy import deepcopy
from datetime import date
from typing import Any

import pytest
from hypothesis import given, strategies as st

from tests.support.scored import BODY, SOURCES, leaf
from tracker.assessment.binding import ScoredUnit
from tracker.assessment.engines import CURRENT, inputs_hash, result_hash, rows_of
from tracker.assessment.frozen import Frozen, contract_book, freeze, ready_book, thaw
from tracker.assessment.records import concerns, counts, records_of
from tracker.assessment.scoring.problems import FaultyBook
from tracker.assessment.scoring.reading import read_book
from tracker.assessment.sources import Tally

LEAVES = ["done", "time", "late", "review", "order", "back", "clean", "survey", "again", "days", "roles", "board"]
WIDE: dict[str, Any] = deepcopy(BODY)
WIDE["indicators"]["children"] += [
    leaf("back", "退办扣分", "5", "deduction"),
    leaf("clean", "全部按时", "5", "all_or_nothing"),
    leaf("again", "退回未改", "5", "deduction"),
    leaf("days", "逾期按日", "5", "deduction"),
    leaf("survey", "满意度", "10", "efficacy"),
    leaf("roles", "督查事项", "5", "roles", co="0.5"),
    leaf("board", "红黑榜", "5", "lists", target="80", top="1", bottom="1", red="5", plain="4", black="0"),
]
WIDE["indicators"]["points"] = "140"
WIDE["not_applicable"] = "spread"
WIDE_SOURCES = SOURCES | {
    "back": {"from": "sent_back_each", "each": "0.25"},
    "clean": {"from": "all_on_time"},
    "again": {"from": "sent_again_each", "each": "1.5"},
    "days": {"from": "overdue_days_each", "each": "0.1"},
    "survey": {"from": "entered"},
    "roles": {"from": "entered", "criteria": "主办扣全部，协办扣一半"},
    "board": {"from": "entered"},
}


def fact(unit: str, kind: str, indicator: str | None = None, **given: Any) -> dict[str, Any]:
    plain = {"id": 1, "amount": None, "times": None, "met": None, "reason": "", "by": 7, "by_name": "甲", "at": "",
             "obligation": None, "evidence": None}  # fmt: skip
    return plain | {"unit": unit, "indicator": indicator, "kind": kind} | given


SENT = st.integers(0, 3).flatmap(lambda times: st.tuples(st.just(times), st.integers(0, max(0, times - 1))))
"""Sent back, and of these not for the first time."""


@st.composite
def frozen(draw: st.DrawFn) -> Frozen:
    units, facts = [], []
    for number in range(draw(st.integers(1, 5))):
        key = str(number + 1)
        due = draw(st.integers(0, 250))
        on_time = draw(st.integers(0, due))
        tally = Tally(due, draw(st.integers(0, due)), on_time, *draw(SENT), draw(st.integers(0, 130)))
        units.append(ScoredUnit(key, f"单位{key}", draw(st.sampled_from(["县区", "部门"])), tally))
        waived = draw(st.sets(st.sampled_from(LEAVES), max_size=3))
        facts += [fact(key, "not_applicable", one, reason="不涉及") for one in sorted(waived)]
        if "review" not in waived:
            facts += [fact(key, "mark", "review", amount=str(draw(st.integers(0, 10))), by=by) for by in (1, 2)]
        if "survey" not in waived:
            facts.append(fact(key, "value", "survey", amount=str(draw(st.integers(50, 100)))))
        if "board" not in waived:
            facts.append(
                fact(key, "figures", "board", figures={"value": str(draw(st.integers(60, 99))), "exempt": "no"})
            )
        if "roles" not in waived and draw(st.booleans()):
            role = draw(st.sampled_from(["lead", "co"]))
            facts.append(fact(key, "figures", "roles", figures={"each": "1.5", "count": "2", "role": role}))
        if "order" not in waived and draw(st.booleans()):
            facts.append(fact(key, "deduction", "order", amount="0.5", times=draw(st.integers(1, 30))))
        if draw(st.booleans()):
            facts.append(fact(key, draw(st.sampled_from(["bonus", "penalty"])), amount="1.5"))
    return Frozen(WIDE, WIDE_SOURCES, tuple(units), tuple(facts))


@given(frozen())
def test_both_ways_give_the_same_book_and_the_same_digits(made):
    quick, read = ready_book(made), read_book(contract_book(made))
    assert quick.scheme == read.scheme
    assert quick.units == read.units
    for key in LEAVES:
        assert list(quick.evidence[key]) == list(read.evidence[key])
    assert (quick.bonuses, quick.penalties, quick.vetoes) == (read.bonuses, read.penalties, read.vetoes)
    slow = rows_of(CURRENT.thorough(made), made.scheme)
    assert result_hash(rows_of(CURRENT.quick(made), made.scheme)) == result_hash(slow)
    for unit in CURRENT.thorough(made).units:
        assert CURRENT.explain(made, unit.key) == unit.trace
        assert json.loads({one.key: nodes for one, nodes in slow}[unit.key]) == list(unit.nodes.values())


@given(frozen())
def test_frozen_text_is_read_back(made):
    assert thaw(freeze(made)) == made
    assert freeze(thaw(freeze(made))) == freeze(made)


def test_a_missing_mark_is_named_and_a_deduction_is_not():
    units = (ScoredUnit("1", "甲县", "县区", Tally(2, 1, 1)),)
    made = Frozen(BODY, SOURCES, units, ())
    assert made.missing == [("1", "review")]
    with pytest.raises(FaultyBook) as faulty:
        ready_book(made)
    assert [problem.path for problem in faulty.value.problems] == ["facts"]


def test_a_mark_above_its_scale_is_found_at_its_fact():
    units = (ScoredUnit("1", "甲县", "县区", Tally(2, 1, 1)),)
    made = Frozen(BODY, SOURCES, units, (fact("1", "mark", "review", amount="11"),))
    with pytest.raises(FaultyBook) as faulty:
        ready_book(made)
    assert [problem.path for problem in faulty.value.problems] == ["facts[0].mark"]


def test_hashes_see_every_record():
    assert inputs_hash("x", ["1A2026-01-01", ""]) != inputs_hash("x", ["", "1A2026-01-01"])
    assert inputs_hash("x", ["a"]) != inputs_hash("x", ["b"])


def test_records_are_counted_and_read():
    text = "12N2026-06-30 7A2026-03-20 9B2026-03-20 3T2026-06-20 4L2026-06-21 9S2026-03-20/31 9S2026-03-20/7 12D2026-06-30/4 4D2026-06-21/9"
    assert counts(text) == (5, 2, 2, 2, 1, 13, 0, 0, 0)
    read = list(records_of(text))
    assert [(one.obligation_id, one.mark) for one in read] == [
        (7, "A"), (9, "B"), (9, "S"), (9, "S"), (3, "T"), (4, "L"), (4, "D"), (12, "N"), (12, "D"),
    ]  # fmt: skip
    assert read[0].due_on == date(2026, 3, 20)
    assert [one.mark for one in read if concerns("overdue_each", one)] == ["B", "L", "N"]
    assert len([one for one in read if concerns("accepted_share", one)]) == 5
    assert [one.return_id for one in read if concerns("sent_back_each", one)] == [7, 31]
    assert [one.return_id for one in read if concerns("sent_again_each", one)] == [31]
    assert [one.days for one in read if concerns("overdue_days_each", one)] == [9, 4]
    assert counts("") == (0,) * 9
    with pytest.raises(ValueError, match="not a text of records"):
        list(records_of("12X2026-06-30"))


def test_records_of_findings_are_told_from_those_of_returns():
    text = "7A2026-03-20 7P2026-03-17 8Q2026-03-18 8G2026-03-18/31 8G2026-03-18/32"
    assert counts(text) == (1, 1, 1, 0, 0, 0, 2, 1, 2)
    read = list(records_of(text))
    assert [(one.finding_id, one.obligation_id, one.mark) for one in read] == [
        (7, 0, "P"), (8, 0, "Q"), (8, 0, "G"), (8, 0, "G"), (0, 7, "A"),
    ]  # fmt: skip
    assert [one.mark for one in read if concerns("rectified_share", one)] == ["P", "Q"]
    assert [one.mark for one in read if concerns("unrectified_each", one)] == ["Q"]
    assert [one.return_id for one in read if concerns("to_do_again_each", one)] == [31, 32]
    assert [one.mark for one in read if concerns("on_time_share", one)] == ["A"]
