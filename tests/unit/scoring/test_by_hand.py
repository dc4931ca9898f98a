"""An explanation can be reckoned again from its own words: every formula in it holds, and nothing that it needs is left out."""

from __future__ import annotations

import json
import random
from typing import Any

import pytest

from tests.unit.scoring.books import Books
from tests.unit.scoring.by_hand import holds, sums, total_of
from tests.unit.scoring.samples import absent, book, fact, inner, leaf, row
from tests.unit.scoring.test_further_rules import FURTHER, random_facts
from tracker.assessment.scoring import read_book, score
from tracker.assessment.scoring.results import trace_json


def texts(raw: Any, unit: str = "u") -> dict[str, str]:
    return {one["node"]: one["text"] for one in row(raw, unit)["trace"]}


def wrong(raw: Any) -> list[str]:
    """The formulas of all explanations of a book that do not hold."""
    found = []
    for unit in score(read_book(json.dumps(raw, ensure_ascii=False))).units:
        for line in unit.trace:
            found += [said for said, come_to, ought, exact in sums(line.text) if not holds(come_to, ought, exact=exact)]
    return found


@pytest.mark.parametrize("seed", range(150))
def test_every_formula_of_a_random_book_holds(seed: int) -> None:
    assert wrong(Books(seed, geometric=False).book()) == []


@pytest.mark.parametrize("seed", range(150, 400))
def test_a_total_is_reckoned_again_from_the_words_of_its_explanation_alone(seed: int) -> None:
    """From the base by bonus and penalty, each kind held to its cap, by conversion, the cap of totals and the rounding."""
    raw = Books(seed, geometric=False).book()
    for unit in score(read_book(json.dumps(raw, ensure_ascii=False))).units:
        said = trace_json(unit.trace)[0]["text"]
        found = total_of(said)
        if found is not None:
            assert found[0] == found[1], said


@pytest.mark.parametrize(
    ("actual", "places", "said"),
    [
        (
            "259999999",
            2,
            "100 × 259999999 ÷ 300000000 ≈ 86.666666；≈ 86.666666，截尾到 2 位小数（只舍不入）；总分 86.66",
        ),
        (
            "269999999",
            2,
            "100 × 269999999 ÷ 300000000 ≈ 89.9999996667；≈ 89.9999996667，截尾到 2 位小数（只舍不入）；总分 89.99",
        ),
    ],
)
def test_a_total_that_is_cut_off_just_below_a_digit_is_told_with_the_digits_that_decide(
    actual: str, places: int, said: str
) -> None:
    """By six digits 89.999999… would read 90.000000, of which nothing is to be cut."""
    raw = book(
        leaf("v", 100, "ratio"),
        [fact("v", actual=actual, target="300000000")],
        rounding={"mode": "down", "places": places},
    )
    assert texts(raw)["v"] == said


@pytest.mark.parametrize("mode", ["half_up", "half_even"])
@pytest.mark.parametrize("by", [-1, 1])
@pytest.mark.parametrize(("actual", "bonus"), [(123366000, "0"), (123354000, "0.004")])
def test_a_total_that_all_but_lies_on_a_half_is_told_with_the_digits_that_decide(
    mode: str, by: int, actual: int, bonus: str
) -> None:
    """By the six digits of 41.124999…, more than a half would be rounded up."""
    tree = inner("r", leaf("v", 100, "ratio"), leaf("w", 10))
    facts = [
        fact("v", actual=str(actual + by), target="300000000"),
        fact("w", value="0.003"),
        {"unit": "u", "bonus": bonus},
    ]
    raw = book(tree, facts, rounding={"mode": mode})
    said = texts(raw)["r"]
    found = total_of(said)
    assert found is not None
    assert found[0] == found[1], said


def test_the_terms_of_a_sum_have_the_digits_that_are_printed() -> None:
    tree = inner("r", leaf("v", 40, "ratio"), leaf("w", 10))
    raw = book(tree, [fact("v", actual=1, target=3), fact("w", value=1)], rounding={"places": 5})
    assert texts(raw)["r"] == "13.333333333… + 1 ≈ 14.333333333；≈ 14.333333333，四舍五入到 5 位小数；总分 14.33333"


@pytest.mark.parametrize("kind", FURTHER)
@pytest.mark.parametrize("mode", ["rescale", "spread"])
def test_every_formula_of_the_further_kinds_holds(kind: str, mode: str) -> None:
    """Under `spread` the points of what does not apply raise the others."""
    dice = random.Random(kind)  # noqa: S311 - invented data wants a seed, not secrecy
    tree, facts = inner("r", leaf("v", 20, kind, **FURTHER[kind]), leaf("w", 13)), []
    for at in range(12):
        facts += [fact("v", f"u{at}", **one) for one in random_facts(kind, dice)]
        facts += [absent("w", f"u{at}")]
    assert wrong(book(tree, facts, " ".join(f"u{at}" for at in range(12)), not_applicable=mode)) == []


BANDS = [{"min": 11, "points": 0}, {"min": 4, "points": 5}, {"min": 2, "points": 8}, {"points": 10}]


@pytest.mark.parametrize(
    ("node", "facts", "said"),
    [
        # the marks themselves, from the least to the greatest, so that nobody tells whose they are by their order
        (leaf("v", 30, "marks", combine="trimmed_mean", scale=100),
         [{"mark": mark, "evaluator": str(at)} for at, mark in enumerate((88, 92, 92, 75, "81.5"))],
         "5 人打分，去掉一个最高分 92、一个最低分 75 后平均：30 × (81.5 + 88 + 92) ÷ 3 ÷ 100 = 26.15"),
        (leaf("v", 30, "marks"), [{"mark": 25, "evaluator": "a"}, {"mark": 20, "evaluator": "b"}],
         "2 人打分取平均：30 × (20 + 25) ÷ 2 ÷ 30 = 22.5"),
        (leaf("v", 30, "marks", combine="median"), [{"mark": mark, "evaluator": str(mark)} for mark in (25, 20, 3)],
         "3 人打分（3、20、25）取中位数：30 × 20 ÷ 30 = 20"),
        # between which edges a value lies; the last band may well be the best one
        (leaf("v", 10, "bands", bands=BANDS), [{"value": 1}], "1 不到 2，归入其余一档，得 10"),
        (leaf("v", 10, "bands", bands=BANDS), [{"value": 3}], "3 达到 2、不到 4，得 8"),
        (leaf("v", 10, "bands", bands=BANDS), [{"value": 11}], "11 达到 11，得 0"),
        (leaf("v", 10, "bands", bands=[{"points": 10}]), [{"value": 1}], "1 归入其余一档，得 10"),
        # what is below zero is taken away in brackets
        (leaf("v", 60, "linear", floor=-10, goal=10), [{"value": "-3.3"}], "60 × (−3.3 − (−10)) ÷ (10 − (−10)) = 20.1"),
        (leaf("v", 20, "mix", parts="甲 50、乙 50"),
         [{"part": "甲", "score": 90}, {"part": "甲", "score": 111}, {"part": "乙", "score": 80}],
         "甲、乙 加权：((90 + 111) ÷ 2 × 50 + 80 × 50) ÷ 100 × 20 ÷ 200 = 9.025"),
        (leaf("v", 30, "rounds", rounds=2), [{"round": 1, "score": 50}, {"round": 1, "score": 60}, {"round": 2, "score": 90}],
         "第1轮 55（50、60 的平均）、第2轮 90，共 2 轮已有 2 轮，取平均：30 × (55 + 90) ÷ 2 ÷ 100 = 21.75"),
        (leaf("v", 20, "over_target", **FURTHER["over_target"]), [{"actual": 169, "target": 100}],
         "超额 (169 − 100) ÷ 100 = 69%，超过 30% 的部分满 1 个 20%：1 + 1 × 1 = 2"),
        (leaf("v", 20, "over_target", **FURTHER["over_target"]), [{"actual": 149, "target": 100}],
         "超额 (149 − 100) ÷ 100 = 49%，得 1"),
        (leaf("v", 10, "overdue", per_day="0.2", most="1.5"), [{"days": 3}, {"days": 30, "count": 2}],
         "10 − 0.2 × 3 − min(1.5, 0.2 × 30) × 2 = 6.4"),
        (leaf("v", 20, "once"), [{"each": 5, "matter": "甲"}, {"each": 3, "count": 2, "matter": "甲"}],
         "2 次扣分涉及 1 件事，每件只计最高一次：20 − 3 × 2 = 14"),
        (leaf("v", 100, "account", start=80), [{"change": 2, "count": 3}, {"change": 2, "role": "co"}, {"change": -5}],
         "起始分 80 + 2 × 3 + 2 × 0.5 − 5 = 82"),
        (leaf("v", 100, "account", start=80), [{"change": -5, "matter": "甲"}, {"change": -3, "matter": "甲"}],
         "起始分 80 − 5 = 75（同一事项只计最高一次）"),
    ],
)  # fmt: skip
def test_what_a_result_was_reckoned_from_stands_in_its_sentence(
    node: dict[str, Any], facts: list[dict[str, Any]], said: str
) -> None:
    if node["rule"]["kind"] == "mix":
        node["rule"]["scale"] = 200
    assert texts(book(inner("r", node), [fact("v", **fields) for fields in facts]))["v"] == said


def test_a_mean_names_what_it_is_divided_by() -> None:
    leaves = (leaf("a", weight=2), leaf("b"), leaf("c"))
    facts = [fact("a", value=-1), fact("b", value=2), fact("c", value=-3)]
    assert texts(book(inner("r", *leaves, aggregate="mean"), facts))["r"].startswith(
        "加权平均 ((−1) × 2 + 2 × 1 + (−3) × 1) ÷ 4 = −0.75"
    )
    assert texts(book(inner("r", leaf("b"), leaf("c"), aggregate="mean"), [fact("b", value=2), fact("c", value=3)]))[
        "r"
    ].startswith("平均 (2 + 3) ÷ 2 = 2.5")
    with_one = [absent("b"), fact("c", value=3)]
    assert texts(book(inner("r", leaf("b"), leaf("c"), aggregate="mean"), with_one))["r"].startswith("得分 3；")


def test_points_that_were_spread_say_where_they_come_from() -> None:
    tree = inner("r", inner("s", leaf("a", 10), leaf("b", 20), leaf("c", 10)), leaf("d", 30), leaf("e", 30))
    facts = [absent("a"), fact("b", value=1), fact("c", value=2), fact("d", value=3), absent("e")]
    said = texts(book(tree, facts, not_applicable="spread"))
    assert said["d"].startswith("不适用的 30 分由 2 项平均分摊，本项分值 30 + 30 ÷ 2 = 45；")
    assert said["s"].startswith("不适用的 30 分由 2 项平均分摊，本项分值 40 + 30 ÷ 2 = 55；")
    assert said["b"].startswith("不适用的 25 分由 2 项平均分摊，本项分值 20 + 25 ÷ 2 = 32.5；")
    three = inner("r", leaf("a", 10), leaf("b", 20), leaf("c", 30), leaf("d", 40))
    facts = [absent("a"), fact("b", value=1), fact("c", value=2), fact("d", value=3)]
    assert "本项分值 20 + 10 ÷ 3 ≈ 23.333333；" in texts(book(three, facts, not_applicable="spread"))["b"]


def test_a_geometric_mean_raises_to_the_weights() -> None:
    facts = [fact("a", value=2), fact("b", value=16)]
    weighted = inner("r", leaf("a", weight=2), leaf("b"), aggregate="geometric")
    assert texts(book(weighted, facts))["r"].startswith("加权几何平均 (2^2 × 16^1)^(1 ÷ 3) = 4；")
    plain = inner("r", leaf("a"), leaf("b"), aggregate="geometric")
    assert texts(book(plain, facts))["r"].startswith("几何平均 (2 × 16)^(1 ÷ 2) ≈ 5.656854；")


def test_several_awards_are_added_up_in_view() -> None:
    extras = [{"unit": "u", "bonus": bonus} for bonus in (3, -1, "2.5")] + [{"unit": "u", "penalty": 7}] * 2
    said = texts(book(inner("r", leaf("v", 100)), [fact("v", value=60), *extras], bonus={"cap": 4}))["r"]
    assert said == "得分 60；加分 3 + (−1) + 2.5 = 4.5，按上限计 4；扣分 7 + 7 = 14；总分 50.00"


KINDS = "表彰奖励 5、改革创新=8分"


@pytest.mark.parametrize(
    ("extras", "scheme", "said"),
    [
        ([{"bonus": 3, "kind": "表彰奖励"}, {"bonus": 4, "kind": "表彰奖励"}, {"bonus": 2, "kind": "改革创新"}, {"bonus": 1}],
         {"bonus": {"kinds": KINDS, "cap": 6}},
         "得分 90；加分 表彰奖励 3 + 4 = 7（最多计 5）、改革创新 2、1，合计 5 + 2 + 1 = 8，按上限计 6；总分 96.00"),
        ([{"bonus": "5.5", "kind": "表彰奖励"}], {"bonus": {"kinds": KINDS}},
         "得分 90；加分 表彰奖励 5.5（最多计 5）；总分 95.00"),
        ([{"penalty": 4, "kind": "通报"}, {"penalty": 3, "kind": "通报"}, {"penalty": 1}], {"penalty": {"kinds": "通报 5"}},
         "得分 90；扣分 通报 4 + 3 = 7（最多计 5）、1，合计 5 + 1 = 6；总分 84.00"),
        ([{"bonus": 15}], {"total": {"full": 120}}, "得分 90；加分 15；满分 120 折为 100：105 × 100 ÷ 120 = 87.5；总分 87.50"),
        ([{"bonus": 17}], {"total": {"full": 120, "as": 10}},
         "得分 90；加分 17；满分 120 折为 10：107 × 10 ÷ 120 ≈ 8.916667；≈ 8.916667，四舍五入到 2 位小数；总分 8.92"),
        ([{"bonus": 17}], {"total": {"cap": 100}}, "得分 90；加分 17；总分最多计 100；总分 100.00"),
        ([{"penalty": 95}], {"total": {"full": 120}}, "得分 90；扣分 95；总分不低于 0；满分 120 折为 100：0 × 100 ÷ 120 = 0；总分 0.00"),
        ([{"bonus": 17}, {"veto": True}], {"total": {"full": 120}, "veto": {"mode": "fixed", "score": 59}},
         "得分 90；加分 17；满分 120 折为 100：107 × 100 ÷ 120 ≈ 89.166667；一票否决，总分按 59.00 计"),
    ],
)  # fmt: skip
def test_kinds_of_awards_and_what_a_total_is_turned_into_are_said(
    extras: list[dict[str, Any]], scheme: dict[str, Any], said: str
) -> None:
    facts = [fact("v", value=90), *({"unit": "u", **extra} for extra in extras)]
    assert texts(book(inner("r", leaf("v", 100)), facts, **scheme))["r"] == said


@pytest.mark.parametrize(
    ("rule", "marks", "said"),
    [
        ({"combine": "trimmed_mean", "scale": 100}, (88, 92, 92, 75, "81.5"),
         "5 人打分，去掉一个最高分、一个最低分后平均 87.166667…：30 × 87.166667… ÷ 100 = 26.15"),
        ({"scale": 100}, (88, 92), "2 人打分，平均 90：30 × 90 ÷ 100 = 27"),
        ({"combine": "median"}, (25, 20, 3), "3 人打分，中位数 20：30 × 20 ÷ 30 = 20"),
    ],
)  # fmt: skip
def test_marks_that_are_not_to_be_listed_stand_nowhere_in_the_sentence(
    rule: dict[str, Any], marks: tuple[Any, ...], said: str
) -> None:
    facts = [fact("v", mark=mark, evaluator=str(at)) for at, mark in enumerate(marks)]
    assert texts(book(inner("r", leaf("v", 30, "marks", listed="no", **rule)), facts))["v"] == said


@pytest.mark.parametrize(
    ("mode", "said"), [("half_up", "四舍五入为 −0.5"), ("half_even", "四舍六入五成双为 −0.4"), ("down", "截尾为 −0.4")]
)
def test_a_rounding_on_the_way_says_how(mode: str, said: str) -> None:
    tree = inner("r", leaf("v"), leaf("w"), aggregate="mean")
    rounding = {"places": 1, "stage": "item", "mode": mode}
    raw = book(tree, [fact("v", value="-0.45"), fact("w", value=1)], rounding=rounding)
    assert texts(raw)["v"] == f"取值 −0.45；{said}"
