"""Targets: numbers with measure words, how they bind, and what is no quantity."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings, strategies as st

from imports.phrases.targets import parse_targets

CASES: list[tuple[str, list[tuple[str, str, str, str]]]] = [
    ("两项指标达到99%以上", [("99%以上", "99", "%", ">=")]),
    ("征求意见期限不少于30日", [("不少于30日", "30", "日", ">=")]),
    ("实施47项民生工程、12件实事", [("47项", "47", "项", "="), ("12件", "12", "件", "=")]),
    ("覆盖率大于等于90%", [("大于等于90%", "90", "%", ">=")]),
    ("单位能耗降低至0.8吨/万元", [("降低至0.8吨/万元", "0.8", "吨/万元", "<=")]),
    ("占比超50%", [("超50%", "50", "%", ">=")]),
    ("签发超过5亿张", [("超过5亿张", "5", "亿张", ">=")]),
    ("排名前10位", [("前10位", "10", "位", "<=")]),
    ("控制在3%以内", [("控制在3%以内", "3", "%", "<=")]),
    ("增长6.2%左右", [("6.2%左右", "6.2", "%", "~")]),
    ("约200家", [("约200家", "200", "家", "~")]),
    ("不超过20个工作日", [("不超过20个工作日", "20", "个工作日", "<=")]),
    ("至少1家", [("至少1家", "1", "家", ">=")]),
    ("不得少于3次", [("不得少于3次", "3", "次", ">=")]),
    ("超过1.5万人", [("超过1.5万人", "1.5", "万人", ">=")]),
    ("投资3,200万元", [("3,200万元", "3200", "万元", "=")]),
    ("新增绿地5万平方米", [("5万平方米", "5", "万平方米", "=")]),
    ("2836户", [("2836户", "2836", "户", "=")]),
    ("提高5个百分点", [("5个百分点", "5", "个百分点", "=")]),
    ("百分之九十五以上", [("百分之九十五以上", "95", "%", ">=")]),
    ("每季度至少举办一次发布会", [("每季度至少举办一次", "1", "次/季度", ">=")]),
    ("每年应参加一次", [("每年应参加一次", "1", "次/年", "=")]),
    ("每月不少于2次", [("每月不少于2次", "2", "次/月", ">=")]),
    ("将工作人员轮训一遍", [("轮训一遍", "1", "遍", "=")]),
    ("完成90%（含）以上", [("90%（含）以上", "90", "%", ">=")]),
    ("浓度降至35微克/立方米以下", [("降至35微克/立方米以下", "35", "微克/立方米", "<=")]),
    ("日处理能力5万吨/日", [("5万吨/日", "5", "万吨/日", "=")]),
    ("进出口总额50亿美元", [("50亿美元", "50", "亿美元", "=")]),
    ("惠及5000余人", [("5000余人", "5000", "人", ">=")]),
    ("近100家", [("近100家", "100", "家", "~")]),
    ("每个县至少建成2个", [("至少建成2个", "2", "个", ">=")]),
    ("确定2个试点镇(街道)", [("2个", "2", "个", "=")]),
    ("建成3000P算力中心", [("3000P", "3000", "P", "=")]),
    ("吞吐量达120万TEU", [("120万TEU", "120", "万TEU", "=")]),
    ("评价进入全省前3名", [("前3名", "3", "名", "<=")]),
    ("总量保持全省前十位", [("前十位", "10", "位", "<=")]),
    ("粮食总产11亿斤", [("11亿斤", "11", "亿斤", "=")]),
    ("三分之二以上的村", [("三分之二以上", "66.67", "%", ">=")]),
]
NONE = [
    "12345热线",
    "G660公路",
    "IPv6二级链接",
    "2026年12月",
    "3年内",
    "期限不超过2026年底",
    "20个工作日内",
    "近3年",
    "成立70周年",
    "前3名",
    "表扬列前3名的县",
    "第26项",
    "“两新一重”",
    "《26项清单》",
    "〔2026〕5号",
    "第二十条",
    "30日前",
    "“三审”流程",
    "",
]


@pytest.mark.parametrize(("text", "wanted"), CASES)
def test_quantities(text: str, wanted: list[tuple[str, str, str, str]]) -> None:
    found = [(target.text, str(target.value), target.unit, target.op) for target in parse_targets(text)]
    assert found == wanted


@pytest.mark.parametrize(
    ("text", "low", "high", "unit"), [("1—2家", 1, 2, "家"), ("5-10分", 5, 10, "分"), ("3至5个", 3, 5, "个")]
)
def test_ranges(text: str, low: int, high: int, unit: str) -> None:
    (target,) = parse_targets(text)
    assert (target.value, target.unit, target.op) == ((Decimal(low), Decimal(high)), unit, "range")


@pytest.mark.parametrize("text", NONE)
def test_what_is_no_quantity(text: str) -> None:
    assert parse_targets(text) == ()


@settings(max_examples=60, deadline=None)
@given(
    st.decimals(0, 9999, places=2), st.sampled_from(["%", "个", "万元", "项"]), st.sampled_from(["以上", "左右", ""])
)
def test_any_number(value: Decimal, unit: str, tail: str) -> None:
    (target,) = parse_targets(f"完成{value}{unit}{tail}。")
    assert target.value == value
    assert target.unit == unit
    assert target.text == f"{value}{unit}{tail}"
