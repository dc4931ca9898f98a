"""Numbering labels in all printed forms."""

from __future__ import annotations

import pytest
from hypothesis import given, settings, strategies as st

from imports.phrases.chars import chinese_number, fold, one_line, squeeze
from imports.phrases.numbering import read_label, without_label


@pytest.mark.parametrize(
    ("text", "form", "value", "cite", "rest"),
    [
        ("【实事1】新建幼儿园", "named", 1, "实事1", "新建幼儿园"),
        ("一、总体要求", "cn", 1, "一", "总体要求"),
        ("十二．保障", "cn", 12, "十二", "保障"),
        ("　　三、任务", "cn", 3, "三", "任务"),
        ("(一)推进公开", "cn-bracket", 1, "(一)", "推进公开"),
        ("（二十四）考核", "cn-bracket", 24, "(二十四)", "考核"),
        ("(三)、监管", "cn-bracket", 3, "(三)", "监管"),
        ("㈤服务", "cn-bracket", 5, "(五)", "服务"),
        ("1.建设平台", "digit", 1, "1", "建设平台"),
        ("1．建设平台", "digit", 1, "1", "建设平台"),
        ("12、建设平台", "digit", 12, "12", "建设平台"),
        ("3)建设平台", "digit", 3, "3", "建设平台"),
        ("⒋建设平台", "digit", 4, "4", "建设平台"),
        ("(2)建设平台", "digit-bracket", 2, "(2)", "建设平台"),
        ("⑵建设平台", "digit-bracket", 2, "(2)", "建设平台"),
        ("①统计", "circled", 1, "①", "统计"),
        ("1.2 应用", "decimal", 2, "1.2", "应用"),
        ("第三章 任务", "chapter", 3, "第三章", "任务"),
        ("第十条 各部门", "article", 10, "第十条", "各部门"),
        ("——发布清单", "bullet", 0, "", "发布清单"),
    ],
)
def test_printed_forms(text: str, form: str, value: int, cite: str, rest: str) -> None:
    label = read_label(text)
    assert label is not None
    assert (label.form, label.value, label.cite, text[label.length :]) == (form, value, cite, rest)
    assert without_label(text) == rest


@pytest.mark.parametrize(
    "text",
    [
        "2026年是开局之年",
        "12345热线",
        "6.2%左右",
        "1.5万人",
        "3个试点",
        "12月底前",
        "一些单位",
        "推进公开",
        "",
        "  ",
        "(街道)",
        "三季度",
        "第二十条规定的"[:2],
    ],
)
def test_what_is_no_label(text: str) -> None:
    assert read_label(text) is None


def test_outer_forms_rank_before_inner_ones() -> None:
    ranks = [read_label(text) for text in ("第一章 甲", "一、甲", "(一)甲", "1.甲", "1.1 甲", "(1)甲", "①甲")]
    values = [label.rank for label in ranks if label is not None]
    assert values == sorted(values)
    assert len(values) == 7


@pytest.mark.parametrize(
    ("text", "number"), [("十", 10), ("二十", 20), ("一百零五", 105), ("二〇二六", 2026), ("12", 12), ("甲", None)]
)
def test_chinese_numbers(text: str, number: int | None) -> None:
    assert chinese_number(text) == number


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=40))
def test_folding_keeps_positions_and_labels_stay_inside(text: str) -> None:
    assert len(fold(text)) == len(text)
    label = read_label(text)
    assert label is None or 0 < label.length <= len(text)
    assert squeeze(one_line(text)) == squeeze(text)
