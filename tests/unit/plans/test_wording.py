"""Marks that tell whether something has changed."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from tracker.plans.seen import seen_mark
from tracker.plans.wording import Wording

WORDING = Wording("一(二)", "养护道路", "全年巡查。", Decimal("2.50"))


def test_equal_values_have_equal_marks():
    assert seen_mark({"a": 1, "b": [None]}) == seen_mark({"b": [None], "a": 1})
    assert WORDING.mark == replace(WORDING).mark


def test_every_field_counts():
    others = [
        replace(WORDING, number=None),
        replace(WORDING, name="养护"),
        replace(WORDING, requirement="全年巡查"),
        replace(WORDING, weight=None),
        replace(WORDING, weight=Decimal("2.5")),
    ]
    assert len({WORDING.mark, *(other.mark for other in others)}) == 6
