"""Schemes and facts in people's words."""

from __future__ import annotations

from typing import Any

import pytest

from tracker.assessment import fact_words, words
from tracker.assessment.differences import SETTINGS, scheme_changes
from tracker.assessment.scoring.rules import FIGURES, KINDS
from tracker.assessment.states import FACT_KINDS


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        ({"kind": "ratio"}, "完成比例"),
        ({"kind": "ratio", "cap": "1.2"}, "完成比例（比值上限 1.2）"),
        ({"kind": "efficacy", "base": "0.5", "better": "low"}, "功效系数（基础系数 0.5、数值方向 越低越好）"),
        (
            {"kind": "bands", "bands": [{"min": "90", "points": "10"}, {"points": "0"}]},
            "分档计分（90 起得 10、其余得 0）",
        ),
        (
            {"blank": "10", "kind": "monthly", "least": "40", "short": "5"},
            "按月数量（每月至少 40、不足月每月扣 5、空白月每月扣 10）",
        ),
        (None, ""),
        ({}, ""),
    ],
)
def test_a_rule(rule: Any, said: str) -> None:
    assert words.rule_words(rule) == said


def test_every_kind_of_rule_and_fact_has_a_word() -> None:
    assert set(words.KINDS) == set(KINDS)
    assert set(fact_words.FACT_KINDS) == set(FACT_KINDS)
    for kind in FACT_KINDS:
        assert fact_words.fact_words(kind, amount="0.5", times=3, met=True) != kind


@pytest.mark.parametrize("kind", FIGURES)
def test_fields_of_a_fact_are_said_as_they_are_typed(kind: str) -> None:
    typed = [one.name for one in FIGURES[kind].figures]
    assert [name for name in fact_words.FACT_FIELDS if name in typed] == typed


def test_settings() -> None:
    assert words.rounding_words({"places": 3, "mode": "half_even", "stage": "item"}) == (
        "3 位小数，四舍六入五成双，每个末级指标先取舍"
    )
    assert words.rounding_words(None) == "2 位小数，四舍五入，只在总分处取舍一次"
    assert words.bonus_words({"cap": "30", "gate": "80"}) == "最多 30 分、基础分高于 80 才计"
    assert words.bonus_words({"kinds": "表彰奖励 5"}) == "各类最多：表彰奖励 5"
    assert words.total_words({"full": "120", "cap": "100"}) == "满分 120 折为 100、最多 100 分"
    assert words.total_words(None) == "不折算"
    assert words.veto_words({"mode": "fixed", "score": "59"}) == "总分按 59 分计，定为最末等次"
    assert words.veto_words({"mode": "no_best"}) == "得分和名次照计，不得评为最高等次"
    grades = [{"name": "优秀", "min": "90", "quota_percent": 30}, {"name": "合格", "min": "60"}]
    assert words.grade_words(grades) == "优秀 90 分起（名额 30%）、合格 60 分起"
    assert fact_words.fact_words("deduction", amount="0.5", times=3) == "扣 0.5 分 × 3 次"
    assert fact_words.fact_words("bonus", amount="2", figures={"kind": "表彰奖励"}) == "加 2 分（表彰奖励）"
    assert fact_words.fact_words("penalty", amount="2", figures={"kind": "通报"}) == "减 2 分（通报）"


@pytest.mark.parametrize(("percent", "small"), [("3.99", True), ("4", False), ("５", False), ("", False), ("x", False)])
def test_a_share_of_less_than_four_percent_is_small(percent: str, small: bool) -> None:
    assert words.larger_is_small({"percent": percent}) is small
    assert not words.larger_is_small(None)


def test_no_change_of_a_scheme_is_told_in_its_raw_form() -> None:
    leaf = {"key": "a", "name": "完成率", "points": "100", "rule": {"kind": "ratio"}}
    old = {"tie_break": ["a"], "indicators": {"key": "r", "name": "总分", "children": [leaf]}}
    changed = {**leaf, "rule": {"kind": "linear", "floor": "0", "goal": "9"}, "points": "99"}
    new = {
        "rounding": {"places": 1}, "not_applicable": "full", "bonus": {"cap": "1"}, "penalty": {"cap": "2"},
        "veto": {"mode": "fixed", "score": "5"}, "grades": [{"name": "好", "min": "0"}], "quota_ties": "include",
        "ties": "dense", "tie_break": [], "quota_pool": "3", "larger": {"percent": "5"},
        "total": {"full": "120", "cap": "100"},
        "indicators": {"key": "r", "name": "总分", "aggregate": "mean", "children": [changed]},
    }  # fmt: skip
    found = scheme_changes(old, {"a": {"from": "accepted_share"}}, new, {"a": {"from": "entered"}})
    assert {one.field for one in found if not one.subject} == set(SETTINGS.values())
    for one in found:
        for said in (one.old, one.new):
            assert not set(said) & set('{}[]"_'), said
    assert ("同分先看", "完成率", "") in [(one.field, one.old, one.new) for one in found]
    assert ("完成率", "评分来源", "完成率", "人工录入") in [(one.subject, one.field, one.old, one.new) for one in found]
