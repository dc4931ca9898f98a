"""Labels of notes and lines: whose units, whose time and whose names stand behind them."""

from __future__ import annotations

import pytest

from imports.phrases.units import parse_units


@pytest.mark.parametrize(
    "label",
    [
        "分线领导",
        "包抓领导",
        "挂帅领导",
        "联系市领导",
        "包保县级领导",
        "分管领导",
        "主要负责人",
        "直接责任人",
        "市级领导",
        "区领导",
        "负责人",
        "牵头责任人",
    ],
)
def test_a_label_of_leaders_names_no_unit(label: str) -> None:
    reading = parse_units(f"{label}:周宁;责任单位:市财政局")
    assert [unit.text for unit in reading.units] == ["市财政局"]
    assert reading.persons == ((label, "周宁"),)


@pytest.mark.parametrize(
    ("label", "role"),
    [
        ("整改责任单位", "responsible"),
        ("整改单位", "responsible"),
        ("责任县区", "responsible"),
        ("责任牵头单位", "lead"),
        ("整改牵头单位", "lead"),
        ("成员单位", "support"),
        ("验收单位", "supervise"),
    ],
)
def test_the_label_of_a_line_says_the_part(label: str, role: str) -> None:
    assert [(unit.text, unit.role) for unit in parse_units(f"{label}:市财政局").units] == [("市财政局", role)]


@pytest.mark.parametrize("label", ["办理时限", "截止时间", "时间", "销号时限"])
def test_a_label_of_time_names_no_unit(label: str) -> None:
    reading = parse_units(f"责任单位:市财政局;{label}:9月底前", "responsible", 2026)
    assert [unit.text for unit in reading.units] == ["市财政局"]
    assert [entry.text for entry in reading.deadlines] == ["9月底前"]
