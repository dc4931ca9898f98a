"""Which indicators of two runs may be compared, and why others may not."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

import pytest

from tests.support.scored import BODY, SOURCES, leaf
from tracker.assessment.comparing import Comparison, compared
from tracker.assessment.frozen import Frozen


def frozen(body: Any = BODY, sources: Any = SOURCES) -> Frozen:
    return Frozen(deepcopy(body), deepcopy(sources), (), ())


def changed(change: Any, *, same_scheme: bool = True) -> Comparison:
    """A run compared with one of before `change` was made to its tree and sources."""
    new = frozen()
    change(new.scheme, new.sources)
    return compared(new, frozen(), same_scheme=same_scheme)


def why(comparison: Comparison) -> dict[str, list[str]]:
    """The reasons by the key of the indicator; only of those that have any."""
    return {pair.key: list(map(str, pair.why_not)) for pair in comparison.pairs if pair.why_not}


def child(scheme: Any, *place: int) -> Any:
    node = scheme["indicators"]
    for at in place:
        node = node["children"][at]
    return node


@pytest.mark.parametrize("same_scheme", [True, False])
def test_equal_schemes_may_be_compared_whole(same_scheme: bool) -> None:
    found = compared(frozen(), frozen(), same_scheme=same_scheme)
    assert (why(found), found.why_not, found.gone) == ({}, (), ())
    assert [(pair.key, pair.old_key, pair.depth) for pair in found.pairs][:3] == [
        ("total", "total", 0), ("work", "work", 1), ("done", "done", 2),
    ]  # fmt: skip


def test_other_points_keep_an_indicator_and_all_above_it_apart() -> None:
    def change(scheme: Any, _: Any) -> None:
        child(scheme, 0, 0)["points"], child(scheme, 0, 1)["points"] = "45", "25"

    assert why(changed(change)) == {
        "total": ["下级指标有变化"], "work": ["下级指标有变化"],
        "done": ["分值由“50”改为“45”"], "time": ["分值由“20”改为“25”"],
    }  # fmt: skip


def test_points_that_are_only_written_otherwise_are_the_same() -> None:
    assert not why(changed(lambda scheme, _: child(scheme, 0, 0).update(points="50.0")))


def test_another_rule_or_source_is_said_in_words() -> None:
    def change(scheme: Any, sources: Any) -> None:
        child(scheme, 1)["rule"] = {"kind": "marks", "combine": "median"}
        sources["late"] = {"from": "overdue_each", "each": "1"}

    found = why(changed(change))
    assert found["review"] == ["计分方式由“评委打分（合成方式 平均）”改为“评委打分（合成方式 中位数）”"]
    assert found["late"] == ["评分来源由“逾期扣分，每次 0.5 分”改为“逾期扣分，每次 1 分”"]


def test_the_printed_standard_of_an_indicator_does_not_matter() -> None:
    assert not why(changed(lambda _, sources: sources["review"].update(criteria="按评议表打分")))


def test_what_was_added_and_what_is_gone_is_named() -> None:
    def change(scheme: Any, sources: Any) -> None:
        scheme["indicators"]["children"][2] = leaf("new", "政策解读", "10", "deduction")
        sources["new"] = {"from": "entered"}

    found = changed(change)
    assert why(found) == {"total": ["下级指标有变化"], "new": ["上次没有这一指标"]}
    assert found.gone == ("公开内容",)


def test_a_leaf_that_was_divided_is_said_so() -> None:
    def change(scheme: Any, _: Any) -> None:
        node = child(scheme, 2)
        del node["rule"]
        node["children"] = [leaf("a", "甲", "6", "deduction"), leaf("b", "乙", "4", "deduction")]

    assert why(changed(change))["order"] == ["上次没有下级指标"]


def test_a_place_in_the_group_is_no_measure_over_the_years() -> None:
    body = deepcopy(BODY)
    body["indicators"]["children"][1] = leaf("review", "满意度", "10", "efficacy")
    found = compared(frozen(body), frozen(body), same_scheme=True)
    assert "组内相对位置" in why(found)["review"][0]
    assert found.why_not == ("下级有按组内相对位置计分的指标",)


def test_how_marks_are_told_keeps_nothing_apart() -> None:
    old, new = deepcopy(BODY), deepcopy(BODY)
    for body, listed in ((old, "yes"), (new, "no")):
        body["indicators"]["children"][1] = leaf("review", "满意度", "10", "marks", listed=listed)
    assert not why(compared(frozen(new), frozen(old), same_scheme=True))


def test_settings_keep_only_totals_apart() -> None:
    assert changed(lambda scheme, _: scheme.update(total={"full": "120"})).why_not
    found = changed(lambda scheme, _: scheme.update(bonus={"cap": "5"}))
    assert not why(found)
    assert list(map(str, found.why_not)) == ["加分由“最多 3 分”改为“最多 5 分”"]


def test_within_a_scheme_a_name_may_change_and_between_two_a_key() -> None:
    def renamed(scheme: Any, _: Any) -> None:
        child(scheme, 2)["name"] = "信息公开"

    def keyed(scheme: Any, sources: Any) -> None:
        child(scheme, 2)["key"] = "other"
        sources["other"] = sources.pop("order")

    assert not why(changed(renamed))
    assert why(changed(renamed, same_scheme=False))["order"] == ["上次没有这一指标"]
    assert not why(changed(keyed, same_scheme=False))
    assert why(changed(keyed))["other"] == ["上次没有这一指标"]


def test_what_stands_above_a_place_in_the_group_says_so_and_not_that_it_changed() -> None:
    """A correction of the same plan by the same version: nothing below has changed."""
    body = deepcopy(BODY)
    child({"indicators": body["indicators"]}, 0)["children"].append(leaf("place", "排名", "5", "placing", drop="1"))
    sources = SOURCES | {"place": {"from": "entered"}}
    found = compared(frozen(body, sources), frozen(body, sources), same_scheme=True)
    apart = "下级有按组内相对位置计分的指标"
    assert why(found) == {
        "total": [apart], "work": [apart], "place": ["按组内相对位置计分，得分只说明当次在组内的位置"],
    }  # fmt: skip
