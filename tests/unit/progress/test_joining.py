"""Which unit of a task leads it, and what it takes over from the others: names stand before texts, only what adds up is added."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, strategies as st

from tracker.plans.states import REPORTING_ROLES, ROLES
from tracker.progress.joining import Asked, Part, gathered, leading, not_added, partners


@pytest.mark.parametrize(
    ("roles", "first", "others"),
    [
        (("lead", "support", "responsible", "supervise"), {0}, {1, 2}),
        (("lead", "lead", "support"), {0, 1}, {2}),
        (("responsible", "support"), {0}, {1}),
        (("responsible", "responsible", "support"), set(), set()),
        (("responsible", "responsible"), set(), set()),
        (("responsible",), set(), set()),
        (("support", "supervise"), set(), set()),
        (("lead",), {0}, set()),
    ],
)
def test_who_leads_and_who_reports_to_them(roles, first, others):
    held = dict(enumerate(roles))
    assert (set(leading(held)), set(partners(held))) == (first, others)


@given(st.dictionaries(st.integers(1, 9), st.sampled_from(ROLES)))
def test_nobody_reports_to_themselves(roles):
    first, others = leading(roles), partners(roles)
    assert not first & others
    assert all(roles[one] in REPORTING_ROLES for one in others)
    assert first or not others


@pytest.mark.parametrize(
    ("unit", "op", "why"),
    [
        ("项", ">=", None), ("万元", ">=", None), ("名", ">=", None), ("起", "<=", None), ("%", ">=", "share"),
        ("个百分点", ">=", "share"), ("次/季度", ">=", "share"), ("个工作日", "<=", "span"), ("名", "<=", "rank"),
        ("", ">=", "unmeasured"),
    ],
)  # fmt: skip
def test_what_is_added_up(unit, op, why):
    assert not_added(unit, op) == why


def test_texts_carry_their_unit_and_figures_are_added():
    parts = [
        Part("甲局", {"done": " 建成两处。\n", "problems": ""}, {1: Decimal(2), 2: Decimal(90)}),
        Part("乙局", {"done": "建成三处。", "problems": "缺地。"}, {1: Decimal("3.5")}),
    ]
    found = gathered(parts, [Asked(1, "处", ">="), Asked(2, "%", ">="), Asked(3, "家", ">=")])
    assert found.texts == {"done": ("【甲局】建成两处。", "【乙局】建成三处。"), "problems": ("【乙局】缺地。",)}
    assert (found.sums[1].value, found.sums[1].units) == (Decimal("5.5"), ("甲局", "乙局"))
    assert (found.sums[2].value, found.sums[2].why) == (None, "share")
    assert (found.sums[3].value, found.sums[3].units) == (None, ())
    assert found.units == ("甲局", "乙局")
