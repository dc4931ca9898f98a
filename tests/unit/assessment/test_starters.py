"""The starting points after printed schemes come to the figures that their sources give."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tracker.assessment.binding import leaves, scheme_problems
from tracker.assessment.scoring import read_book, result_json, score
from tracker.assessment.scoring.rules import KINDS
from tracker.assessment.starters import PRINTED, STARTERS
from tracker.assessment.words import rule_words
from tracker.assessment.worked import worked_number

Facts = dict[str, list[dict[str, Any]]]


def scored(key: str, facts: Facts, *whole: dict[str, Any]) -> dict[str, Any]:
    """One unit scored by a starting point: all that `facts` says nothing of has no deduction."""
    body = STARTERS[key].body
    said = [{"unit": "u", "indicator": leaf, **one} for leaf, several in facts.items() for one in several]
    said += [{"unit": "u", **one} for one in whole]
    book = {"scheme": body | {"name": "方案"}, "units": [{"key": "u", "name": "单位", "group": "部门"}], "facts": said}
    row: dict[str, Any] = result_json(score(read_book(json.dumps(book, ensure_ascii=False))))["units"][0]
    return row


@pytest.mark.parametrize("key", [key for key in STARTERS if key != "blank"])
def test_a_starting_point_can_be_put_into_use_as_it_is(key: str) -> None:
    starter = STARTERS[key]
    assert scheme_problems(starter.body | {"name": "方案"}, starter.sources) == []
    for leaf in leaves(starter.body["indicators"]):
        assert worked_number(leaf), leaf["key"]
        assert rule_words(leaf["rule"])


def test_a_printed_standard_stands_with_each_item_that_has_one() -> None:
    key_points = STARTERS["s5"]
    assert all(key_points.sources[leaf["key"]]["criteria"] for leaf in leaves(key_points.body["indicators"]))
    keys = {one.key: {leaf["key"] for leaf in leaves(one.body["indicators"])} for one in PRINTED}
    assert all(set(one.sources) == keys[one.key] for one in PRINTED)


def test_every_further_rule_stands_in_some_starting_point() -> None:
    used = {
        leaf["rule"]["kind"]
        for one in STARTERS.values()
        for leaf in leaves(one.body.get("indicators", {}))
        if "rule" in leaf
    }
    assert {"monthly", "over_target", "overdue", "recidivism", "account", "mix", "rollup", "lists", "share"} <= used
    assert used <= set(KINDS)
    assert len(PRINTED) == 13


LOST = "each"


@pytest.mark.parametrize(
    ("key", "facts", "whole", "total", "grade"),
    [
        # s1: 60 of 75 points where there is no service: × 4/3 = 80, not above 80, so no bonus
        ("s1", {"publish": [{LOST: 15}], "serve": [{"not_applicable": True}]}, [{"bonus": 9}], "80.00", "合格"),
        ("s1", {"publish": [{LOST: "14.9"}], "serve": [{"not_applicable": True}]}, [{"bonus": 40}], "110.13", "合格"),
        ("s1", {}, [{"veto": True}], None, "不合格"),
        ("s1", {"publish": [{LOST: 41}]}, [], "65.00", "合格"),  # an item loses no more than its points
        # s2: 20 points spread over eight others: 12.5 each; a veto is 59
        ("s2", {"serve": [{"not_applicable": True}], "item1": [{LOST: 11}]}, [], "89.00", "良好"),
        ("s2", {"item1": [{LOST: 1}]}, [{"bonus": 30}], "124.00", "优秀"),
        ("s2", {}, [{"veto": True}, {"bonus": 5}], "59.00", "不合格"),
        # s3: 80 belongs to the better grade
        ("s3", {"open": [{LOST: 20}]}, [], "80.00", "良好"),
        ("s3", {"open": [{LOST: "20.01"}]}, [], "79.99", "合格"),
        # s4: 9 + 7 under a weight of 12 is 12
        ("s4", {"organise": [{LOST: 9}, {LOST: 7}]}, [], "88.00", "良好"),
        # s5: three unfinished points, two late documents, a typo and a serious one
        ("s5", {"points": [{LOST: 5, "count": 3}], "late": [{"days": 21, "count": 2}], "errors": [{LOST: 1}, {LOST: 2}]}, [],
         "78.00", "合格"),
        # s6: two late replies at 6 of 6 points are 6; what is not put right costs 5 more
        ("s6", {"answer": [{"days": 3, "count": 2}]}, [], "94.00", "良好"),
        ("s6", {"publish": [{LOST: 5, "count": 1, "again": 1}, {LOST: 1, "count": 2}]}, [], "88.00", "良好"),
        # s7: ten full months, one short, one blank; 50 % beyond; 80 % and 20 %
        ("s7", {"number": [{"number": 40, "count": 10}, {"number": 39}, {"number": 0}], "beyond": [{"actual": 750, "target": 500}],
                "check": [{"part": "网上", "score": 90}, {"part": "现场", "score": 80}]}, [{"bonus": 4}, {"penalty": 1}],
         "80.80", "良好"),
        # s8: the two rounds weigh 15 and 25, peers 30
        ("s8", {"all": [{"part": "第三方首轮", "score": 80}, {"part": "第三方次轮", "score": 90}, {"part": "双向互评", "score": 95},
                        {"part": "专项督查", "score": 70}, {"part": "日常工作", "score": 100}]}, [], "88.50", "良好"),
        ("s8_county", {"all": [{"part": "县本级", "score": 90}, {"part": "乡镇", "score": 80}, {"part": "乡镇", "score": 90},
                               {"part": "县直部门", "score": 70}]}, [], "86.50", "良好"),
        ("s9", {"a3": [{LOST: 16}]}, [], "85.00", "良好"),
        # s10: lead done 3 times, took part once, failed as one who takes part; the matter in a circular counts once
        ("s10", {"matters": [{"change": 2, "count": 3}, {"change": 2, "role": "co"}, {"change": -5, "role": "co"}]}, [],
         "84.50", "良好"),
        ("s10", {"matters": [{"change": -5, "matter": "甲"}, {"change": -3, "matter": "甲"}]}, [], "75.00", "合格"),
        ("s11", {"reports": [{"each": 10}, {"each": 5, "count": 2}], "leaders": [{"mark": 18, "evaluator": "a"}]}, [],
         "78.00", "合格"),
        ("s11", {"reports": [{"each": 10, "duty": "one"}, {"each": 5, "count": 2, "duty": "one"}],
                 "leaders": [{"mark": 18, "evaluator": "a"}]}, [], "58.00", "不合格"),
        # s12: red list of one; 30, 50, 20; 6 of 10; 0.4 of an item lost for a statement in its place
        ("s12", {"ranked": [{"value": 91}], "review": [{"part": "主管部门", "score": 90}, {"part": "服务对象", "score": 80},
                 {"part": "社会评议", "score": 70}], "rubric": [{"value": 60}], "feedback": [{"percent": 60}]}, [],
         "84.40", "良好"),
    ],
)  # fmt: skip
def test_the_figures_of_its_source(
    key: str, facts: Facts, whole: list[dict[str, Any]], total: str | None, grade: str
) -> None:
    wanted = {"s11": {"leaders": [{"mark": 20, "evaluator": "a"}]}}.get(key, {})
    found = scored(key, wanted | facts, *whole)
    assert (found["total"], found["grade"]) == (total, grade)
