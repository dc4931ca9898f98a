"""Marks that tell whether something has changed."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from tracker.plans.seen import seen_mark
from tracker.plans.wording import Wording, is_cut

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


@pytest.mark.parametrize(
    ("name", "requirement", "cut"),
    [
        ("推进供水、污水治理", "推进供水、污水治理、厕所革命。", True),
        ("公开重点任务公开承", "公开重点任务公开承诺事项的进展。", True),
        ("做好就业", "做好就业，加大公开力度。", False),
        ("做好就业", "做好就业。", False),
        ("做好就业", "做好就业", False),
        ("就业", "做好就业。", False),
        ("", "做好就业。", False),
    ],
)
def test_a_name_that_breaks_off_within_a_clause_is_known(name, requirement, cut):
    assert is_cut(name, requirement) is cut
