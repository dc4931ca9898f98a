"""Explanations: a sentence a node, and lines that add up to the printed total."""

from __future__ import annotations

import json
from fractions import Fraction
from typing import Any

import pytest

from tests.unit.scoring.samples import absent, book, fact, inner, leaf, row
from tracker.assessment.scoring import Line, explain_unit, read_book, score
from tracker.assessment.scoring.wording import Sentence


def texts(raw: Any, unit: str = "u") -> dict[str, str]:
    return {one["node"]: one["text"] for one in row(raw, unit)["trace"]}


def lines(raw: Any, unit: str = "u") -> tuple[Line, ...]:
    return explain_unit(read_book(json.dumps(raw)), unit)


def test_one_sentence_a_node_in_the_order_of_the_tree() -> None:
    tree = inner("total", inner("a", leaf("a1", 40, "ratio"), leaf("a2", 20, "deduction")), leaf("b", 40, "marks"))
    facts = [fact("b", mark="36.5", evaluator="e"), fact("a1", actual=38, target=40), fact("a2", each="0.5", count=3)]
    assert [one["node"] for one in row(book(tree, facts))["trace"]] == ["total", "a", "a1", "a2", "b"]
    assert texts(book(tree, facts)) == {
        "total": "56.5 + 36.5 = 93；总分 93.00",
        "a": "38 + 18.5 = 56.5",
        "a1": "40 × 38 ÷ 40 = 38",
        "a2": "20 − 0.5 × 3 = 18.5",
        "b": "1 人打分取平均：40 × 36.5 ÷ 40 = 36.5",
    }


@pytest.mark.parametrize(
    ("node", "facts", "text"),
    [
        (leaf("v", 40, "ratio"), [{"actual": 41, "target": 40}], "40 × min(1, 41 ÷ 40) = 40"),
        (leaf("v", 40, "ratio"), [{"actual": 1, "target": 3}], "40 × 1 ÷ 3 ≈ 13.333333"),
        (leaf("v", 6, "deduction"), [{"each": 6, "count": 2}], "6 − 6 × 2，扣完为止，得 0"),
        (leaf("v", 6, "deduction"), [], "无扣分，得满分 6"),
        (leaf("v", 6, "all_or_nothing"), [{"met": True}], "达到要求，得满分 6"),
        (leaf("v", 6, "all_or_nothing"), [{"met": False}], "未达到要求，得 0（满分 6）"),
        (leaf("v", 6), [{"value": "2.50"}], "取值 2.5"),
        (leaf("v", 6, "linear", floor=2, goal=10), [{"value": 4}], "6 × (4 − 2) ÷ (10 − 2) = 1.5"),
        (leaf("v", 6, "linear", floor=2, goal=10), [{"value": 11}], "11 已达目标 10，得满分 6"),
        (leaf("v", 6, "linear", floor=2, goal=10), [{"value": 1}], "1 未过底线 2，得 0"),
        (leaf("v", 6, "efficacy"), [{"value": 1}], "组内数值相同，均得满分 6"),
        (leaf("v", 6, "bands", bands=[{"min": 5, "points": 6}, {"points": 1}]), [{"value": 5}], "5 达到 5，得 6"),
        (
            leaf("v", 6, "bands", bands=[{"min": 5, "points": 6}, {"points": 1}]),
            [{"value": 4}],
            "4 不到 5，归入其余一档，得 1",
        ),
        (
            leaf("v", 10, "marks", combine="trimmed_mean", trim_from=3),
            [{"mark": mark, "evaluator": str(mark)} for mark in (9, 7, 8)],
            "3 人打分，去掉一个最高分 9、一个最低分 7 后平均：10 × 8 ÷ 10 = 8",
        ),
        (
            leaf("v", 10, "marks", combine="median"),
            [{"mark": mark, "evaluator": str(mark)} for mark in (9, 7)],
            "2 人打分（7、9）取中位数：10 × (7 + 9) ÷ 2 ÷ 10 = 8",
        ),
    ],
)
def test_the_sentence_of_a_rule(node: dict[str, Any], facts: list[dict[str, Any]], text: str) -> None:
    assert texts(book(inner("r", node), [fact("v", **fields) for fields in facts]))["v"] == text


def test_the_sentence_of_efficacy() -> None:
    raw = book(
        inner("r", leaf("v", 100, "efficacy")),
        [fact("v", "u", value=15), fact("v", "w", value=20), fact("v", "x", value=10)],
        "u w x",
    )
    assert texts(raw)["v"] == "组内最低 10、最高 20：100 × (0.6 + 0.4 × (15 − 10) ÷ (20 − 10)) = 80"
    raw["scheme"]["indicators"]["children"][0]["rule"] |= {"base": "0", "better": "low"}
    assert texts(raw)["v"] == "组内最低 10、最高 20：100 × (20 − 15) ÷ (20 − 10) = 50"


def test_what_does_not_apply_is_said() -> None:
    tree = inner("r", leaf("a", 25), leaf("b", 75))
    facts = [absent("a"), fact("b", value="60")]
    assert texts(book(tree, facts)) == {
        "r": "得分 60；不适用折算：60 × 100 ÷ 75 = 80；总分 80.00",
        "a": "不适用",
        "b": "取值 60",
    }
    assert texts(book(tree, facts, not_applicable="full"))["a"] == "不适用，按满分 25 计"
    spread = texts(book(tree, facts, not_applicable="spread"))["b"]
    assert (
        spread
        == "不适用的 25 分归本项，本项分值 75 + 25 = 100；取值 60 × 1.333333… = 80（随分值由 75 调为 100 同比增加）"
    )


def test_steps_to_the_total() -> None:
    tree = inner("r", leaf("v", 100, "ratio"))
    facts = [fact("v", actual="85.125", target="100"), {"unit": "u", "bonus": "40"}, {"unit": "u", "penalty": "12"}]
    raw = book(tree, facts, bonus={"cap": "30", "gate": "80"}, penalty={"cap": "10"})
    assert [(line.step, str(line.text), line.amount) for line in lines(raw) if line.node == "r"] == [
        ("aggregate", "得分 85.125", Fraction("85.125")),
        ("bonus", "加分 40，按上限计 30", 30),
        ("penalty", "扣分 12，按上限扣 10", -10),
        ("total_rounding", "四舍五入到 2 位小数", Fraction("0.005")),
        ("total", "总分 105.13", None),
    ]


@pytest.mark.parametrize(
    ("extras", "scheme", "text"),
    [
        ([{"bonus": 2}], {"bonus": {"gate": "80"}}, "加分 2 不计：基础分不高于 80"),
        ([{"bonus": 2}], {}, "加分 2"),
        ([{"penalty": 2}], {}, "扣分 2"),
        ([{"penalty": 70}], {}, "总分不低于 0"),
        ([{"veto": True}], {}, "一票否决，不计总分"),
        ([{"veto": True}], {"veto": {"mode": "fixed", "score": 59}}, "一票否决，总分按 59.00 计"),
        (
            [{"veto": True}],
            {"veto": {"mode": "no_best"}, "grades": [{"name": "优秀", "min": 90}]},
            "一票否决：得分和名次照计，不得评为“优秀”",
        ),
        ([{"bonus": "0.125"}], {"rounding": {"mode": "half_even"}}, "四舍六入五成双到 2 位小数"),
        ([{"bonus": "0.129"}], {"rounding": {"mode": "down"}}, "截尾到 2 位小数（只舍不入）"),
    ],
)
def test_what_happened_to_the_total_is_said(extras: list[dict[str, Any]], scheme: dict[str, Any], text: str) -> None:
    raw = book(
        inner("r", leaf("v", 100)), [fact("v", value=60), *({"unit": "u", **extra} for extra in extras)], **scheme
    )
    assert text in texts(raw)["r"].split("；")


def test_rounding_before_the_total_is_a_step_of_its_own() -> None:
    raw = book(inner("r", leaf("v", 1, "ratio")), [fact("v", actual=2, target=3)], rounding={"stage": "item"})
    steps = [(line.step, line.amount, line.rounded) for line in lines(raw) if line.node == "v"]
    assert steps == [("rule", Fraction(2, 3), "0.67"), ("rounding", Fraction(1, 300), "0.67")]


def test_lines_as_data_keep_exact_values() -> None:
    raw = book(inner("r", leaf("v", 1, "ratio"), leaf("w", 3, "deduction")), [fact("v", actual=2, target=3)])
    line = next(line for line in lines(raw) if line.node == "v").as_json()
    assert line == {
        "node": "v", "step": "rule", "text": "1 × 2 ÷ 3 ≈ 0.666667", "points": "1", "weight": None, "amount": "2/3", "result": "2/3",
        "rounded": "0.67",
    }  # fmt: skip


def test_one_unit_alone_is_explained_as_among_all() -> None:
    tree = inner("r", leaf("v", 100, "efficacy"))
    read = read_book(json.dumps(book(tree, [fact("v", "u", value=1), fact("v", "w", value=2)], "u w")))
    assert explain_unit(read, "u") == score(read).units[0].trace
    with pytest.raises(KeyError):
        explain_unit(read, "nobody")


def test_what_stands_one_after_another_is_set_apart_as_the_language_does() -> None:
    tree = inner("r", leaf("a", 3, "marks", combine="median"))
    said = lines(book(tree, [fact("a", mark=mark, evaluator=str(mark)) for mark in (2, 1, 3)]))[2].text
    assert said == "3 人打分（1、2、3）取中位数：3 × 2 ÷ 3 = 2"
    english = {
        "%(before)s、%(next)s": "%(before)s, %(next)s",
        said.template: "median of %(count)s (%(marks)s): %(formula)s %(result)s",
    }
    assert said.translated(lambda text: english.get(text, text)) == "median of 3 (1, 2, 3): 3 × 2 ÷ 3 = 2"


def test_sentences_can_be_said_in_another_language() -> None:
    inside = Sentence("加分 %(bonus)s", bonus="2")
    whole = Sentence("%(first)s，共 %(sum)s", first=inside, sum="3")
    english = {"加分 %(bonus)s": "bonus %(bonus)s", "%(first)s，共 %(sum)s": "%(first)s, %(sum)s in all"}
    assert whole == "加分 2，共 3"
    assert whole.translated(english.__getitem__) == "bonus 2, 3 in all"
    assert Sentence("不适用").translated({"不适用": "100 % absent"}.__getitem__) == "100 % absent"
