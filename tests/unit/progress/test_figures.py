"""Figures as people type and paste them: what is no number of the target's unit is refused, never made another one."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tracker.progress.content import figure_of, percent_of, plain_figure

READ = [
    ("１２所", "所", "12"), ("12 所", "所", "12"), ("1,234", "个", "1234"), ("１，２３４个", "个", "1234"),
    ("3100万人次", "万人次", "3100"), ("500㎡", "㎡", "500"), ("60％", "%", "60"), ("60 %", "%", "60"), ("7.50", "", "7.5"),
    ("1.2万个", "个", "12000"), ("１．２万 元", "元", "12000"), ("3,100万人次", "人次", "31000000"), ("0.5亿元", "元", "50000000"),
    ("1.2万元", "万元", "1.2"),
    ("15000户", "万户", "1.5"), ("15,000 户", "万户", "1.5"), ("1.5亿元", "万元", "15000"), ("800万元", "亿元", "0.08"),
    ("3千户", "户", "3000"), ("2百万元", "万元", "200"), ("5万人次", "百万人次", "0.05"), ("0元", "亿元", "0"),
    ("2500公斤", "吨", "2.5"), ("3吨", "千克", "3000"), ("11亿斤", "万吨", "55"), ("1.2万吨", "吨", "12000"),
    ("1500米", "公里", "1.5"), ("5千米", "公里", "5"), ("1200平方米", "万㎡", "0.12"), ("300千瓦", "千瓦", "300"),
    ("2万吨/年", "吨/年", "20000"), ("3%", "个百分点", "3"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("45", 45), ("４０％", 40), ("45.0%", 45), ("100.00 %", 100), ("0%", 0), ("150", 150),
     ("", None), ("%", None), ("45.5%", None), ("0.45", None), ("-5", None), ("4e1", None), ("一半", None)],
)  # fmt: skip
def test_a_percent_is_whole_however_a_sheet_shows_it(typed: str, meant: int | None):
    assert percent_of(typed) == meant


@pytest.mark.parametrize(("typed", "unit", "meant"), READ)
def test_a_figure_is_read_with_its_unit(typed: str, unit: str, meant: str):
    assert figure_of(typed, unit) == Decimal(meant)


@pytest.mark.parametrize(
    "typed", ["1.2万", "1.2万人次", "万个", "约12个", "约1.2万个", "12/18", "十二", "12~18", "3100人次"]
)
def test_another_unit_or_a_word_is_no_part_of_a_figure(typed: str):
    with pytest.raises(ValueError, match=r".+"):
        figure_of(typed, "个")


@pytest.mark.parametrize(("value", "shown"), [("1E+3", "1000"), ("7.50", "7.5"), ("0E+2", "0"), ("-3", "-3")])
def test_a_figure_stands_in_its_field_as_it_is_read(value: str, shown: str):
    assert plain_figure(Decimal(value)) == shown
    assert plain_figure(None) == ""


@pytest.mark.parametrize(
    ("typed", "unit"),
    [("150亩", "公顷"), ("10公顷", "亩"), ("3平方公里", "平方米"), ("60%", "户"), ("5‰", "%"), ("300元", "万美元"), ("2千瓦", "瓦"),
     ("12人", "人次"), ("30天", "个工作日"), ("1.5万", "万户"), ("15000户", "户次"), ("2万吨", "吨/年"), ("2吨", "公里")],
)  # fmt: skip
def test_what_is_not_usually_converted_is_refused(typed: str, unit: str):
    with pytest.raises(ValueError, match=r".+"):
        figure_of(typed, unit)
