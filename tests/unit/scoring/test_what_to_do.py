"""What is said of a faulty book names what was written and what to do about it, so that nobody has to ask."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pytest

from tests.unit.scoring.samples import book, fact, inner, leaf
from tracker.assessment.scoring import FaultyBook, read_book
from tracker.assessment.scoring.cli import run_trial


def said(raw: Any) -> dict[str, str]:
    text = raw if isinstance(raw, str) else json.dumps(raw, ensure_ascii=False)
    with pytest.raises(FaultyBook) as caught:
        read_book(text)
    return {problem.path: str(problem.message) for problem in caught.value.problems}


def ratio(actual: Any, target: Any = "40") -> Any:
    return book(inner("r", leaf("v", 40, "ratio")), [fact("v", actual=actual, target=target)])


@pytest.mark.parametrize(
    ("written", "message"),
    [
        ("95%", "“95%”不是数：去掉百分号，写作 95"),
        ("９５％", "“９５％”不是数：去掉百分号，写作 95"),
        ("1,234.5", "“1,234.5”不是数：去掉千分位，写作 1234.5"),
        (" 95 ", "“ 95 ”不是数：去掉空格，写作 95"),
        ("1e3", "“1e3”不是数：应为不带空格、千分位、百分号和指数的小数"),
        ("三十", "“三十”不是数：应为不带空格、千分位、百分号和指数的小数"),
        ("1/3", "“1/3”不是数：应为不带空格、千分位、百分号和指数的小数"),
        ("", "没有填数"),
        (None, "没有填数"),
        (True, "“true”不是数：应为不带空格、千分位、百分号和指数的小数"),
        ([1], "“[…]”不是数：应为不带空格、千分位、百分号和指数的小数"),
        ({}, "“{…}”不是数：应为不带空格、千分位、百分号和指数的小数"),
        ("9" * 41, "“99999999999999999999…”不是数：小数点前后最多各 40 位"),
        ("x" * 50, "“xxxxxxxxxxxxxxxxxxxx…”不是数：应为不带空格、千分位、百分号和指数的小数"),
    ],
)
def test_what_is_no_number_is_named(written: Any, message: str) -> None:
    assert said(ratio(written)) == {"facts[0].actual": message}


@pytest.mark.parametrize("bare", ["NaN", "Infinity", "1e99999"])
def test_what_json_lets_pass_as_a_number_is_named_too(bare: str) -> None:
    text = json.dumps(ratio("here")).replace('"here"', bare)
    assert said(text)["facts[0].actual"].startswith(f"“{bare}”不是数")


def test_a_target_of_nothing_is_a_case_for_not_applicable() -> None:
    assert said(ratio("0", "0")) == {"facts[0].target": "必须大于 0：没有任务的单位，请把这个指标标为不适用"}


def test_a_fact_that_is_missing_may_be_given_or_said_not_to_apply() -> None:
    raw = book(inner("r", leaf("v", 40, "ratio")), [])
    assert said(raw) == {"facts": "单位 u 缺少指标 v 的数据：请补上，没有这项工作的标为不适用"}


def test_a_share_that_is_no_whole_number_is_named() -> None:
    grades = [{"name": "优秀", "min": 90, "quota_percent": "30%"}, {"name": "其他", "min": 0}]
    raw = book(inner("r", leaf("v", 100)), [fact("v", value=1)], grades=grades)
    assert said(raw) == {"scheme.grades[0].quota_percent": "“30%”不是数：去掉百分号，写作 30"}
    grades[0]["quota_percent"] = "12.5"
    assert said(raw) == {"scheme.grades[0].quota_percent": "应为整数，不能是 12.5"}


def test_a_field_with_a_slip_of_the_pen_is_put_right() -> None:
    raw = ratio("38")
    raw["facts"][0]["acutal"] = "3"
    raw["scheme"]["grade"] = []
    raw["scheme"]["indicators"]["parent"] = "r"
    assert said(raw) == {
        "facts[0].acutal": "没有这个字段，是不是 actual？",
        "scheme.grade": "没有这个字段，是不是 grades？",
        "scheme.indicators.parent": "没有这个字段，可用的有 key、name、points、weight、aggregate、children、rule",
    }


def test_sources_whose_weights_do_not_come_to_100_are_shown_as_they_were_read() -> None:
    raw = book(inner("r", leaf("v", 40, "mix", parts="甲 33.33、乙 33.33、丙 33.33")), [fact("v", part="甲", score=1)])
    path = "scheme.indicators.children[0].rule.parts"
    assert said(raw)[path] == "各来源权重合计应为 100，现为 99.99（甲 33.33、乙 33.33、丙 33.33）"
    raw["scheme"]["indicators"]["children"][0]["rule"]["parts"] = "甲 40 乙 60"
    assert said(raw)[path] == "各来源权重合计应为 100，现为 60（“甲 40 乙” 60）：请用顿号把各来源隔开"


def test_points_that_do_not_add_up_are_told_apart_by_how_much() -> None:
    raw = book(inner("r", leaf("v", "40.01"), leaf("w", 60), points=100), [fact("v", value=1), fact("w", value=1)])
    assert said(raw) == {"scheme.indicators.points": "分值 100 与下级指标分值之和 100.01 不等，下级多 0.01"}
    raw["scheme"]["indicators"]["points"] = "100.5"
    assert said(raw) == {"scheme.indicators.points": "分值 100.5 与下级指标分值之和 100.01 不等，下级少 0.49"}


def test_a_tree_too_deep_says_how_deep_it_may_be() -> None:
    node = leaf("v", 1)
    for at in range(70):
        node = inner(f"n{at}", node)
    assert "指标层级过深：最多 60 级" in said(book(node, [])).values()


def test_an_empty_file_and_one_that_is_no_object_are_told_what_a_book_is() -> None:
    assert said("") == {"": "文件是空的：应为一本评分簿，有 scheme、units、facts 三项"}
    assert said(" \n") == said("")
    assert said("[]")[""] == "应当是一个对象 {…}"


def refused(path: Path) -> str:
    out, err = io.StringIO(), io.StringIO()
    assert run_trial([str(path)], False, out, err) == 2
    assert out.getvalue() == ""
    return err.getvalue().strip()


def test_a_file_that_cannot_be_opened_says_why_and_what_to_look_at(tmp_path: Path) -> None:
    none = tmp_path / "none.json"
    assert refused(none) == f"没有文件 {none}，请核对文件名和所在的文件夹"
    assert refused(tmp_path) == f"{tmp_path} 是文件夹，请写其中评分簿的文件名"
    (tmp_path / "a.json").write_text("{}", encoding="utf-8")
    below = tmp_path / "a.json" / "b.json"
    assert refused(below) == f"没有文件 {below}，请核对文件名和所在的文件夹"
    assert refused(tmp_path / "\0.json").startswith("无法读取文件")
    assert refused(tmp_path / ("长" * 200)).startswith("无法读取文件")


def test_a_file_in_another_encoding_is_to_be_saved_anew(tmp_path: Path) -> None:
    file = tmp_path / "gbk.json"
    file.write_text('{"scheme": "考核"}', encoding="gb18030")
    assert refused(file) == f"文件 {file} 不是 UTF-8 编码，请另存为 UTF-8 编码的 JSON"
