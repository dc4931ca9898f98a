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
