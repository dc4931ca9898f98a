"""The table in which one indicator is typed for many units."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from tests.support.scored import leaf
from tracker.assessment.binding import ENTERED_KINDS
from tracker.assessment.grid import Cells, Grid, read_cells

OVER = {"over": "10", "first": "1", "further": "30", "step": "20", "more": "1"}
LISTS = {"target": "90", "top": "1", "bottom": "1", "red": "9", "plain": "5", "black": "0"}
PARAMETERS: dict[str, dict[str, Any]] = {
    "bands": {"bands": [{"points": "1"}]}, "linear": {"floor": "0", "goal": "9"}, "over_target": OVER, "lists": LISTS,
    "monthly": {"least": "4", "short": "1", "blank": "2"}, "overdue": {"fixed": "1"}, "recidivism": {"extra": "1"},
    "account": {"start": "5"}, "mix": {"parts": "甲 60、乙 40"}, "rollup": {"parts": "甲 6、乙 4"},
    "rounds": {"rounds": 2}, "progress": {"gain": "1"}, "survey": {"least_sample": 30},
    "placing": {"drop": "1"}, "capped": {"limit": "3"},
    "rise": {"start": "5", "up": "1"},
}  # fmt: skip


def grid(kind: str) -> Grid:
    return Grid(leaf("a", "指标", "10", kind, **PARAMETERS.get(kind, {})), Decimal(10))


def typed(kind: str, *rows: dict[str, str], standing: dict[int, dict[str, str]] | None = None) -> Cells:
    """What is read of the rows, which are those of units 1, 2 …"""
    sent = {grid(kind).cell(unit, name): text for unit, row in enumerate(rows, 1) for name, text in row.items()}
    return read_cells(sent, range(1, len(rows) + 1), standing or {}, grid(kind))


def test_marks_are_read_and_faults_keep_what_was_typed() -> None:
    rows = [{"amount": text} for text in ("９.5", " 11 ", "abc", "", "8", "-1")]
    cells = typed("marks", *rows, standing={5: {"amount": "8"}})
    assert cells.entries == [(1, grid("marks").entry(amount=Decimal("9.5")))]
    assert sorted(cells.faults) == [(2, "amount"), (3, "amount"), (6, "amount")]
    assert cells.typed[3] == {"amount": "abc"}


def test_what_is_no_number_is_told_how_to_be_one() -> None:
    cells = typed("value", {"amount": "95%"}, {"amount": "1,200"}, {"amount": "很好"})
    assert {key: str(fault) for key, fault in cells.faults.items()} == {
        (1, "amount"): "“95%”不是数：去掉百分号，写作 95",
        (2, "amount"): "“1,200”不是数：去掉千分位，写作 1200",
        (3, "amount"): "“很好”不是数：应为不带空格、千分位、百分号和指数的小数",
    }


def test_findings_and_values_have_no_upper_limit() -> None:
    cells = typed("all_or_nothing", {"met": "1"}, {"met": "0"}, {"met": "9"}, {"met": ""})
    found = grid("all_or_nothing")
    assert cells.entries == [(1, found.entry(met=True)), (2, found.entry(met=False))]
    assert list(cells.faults) == [(3, "met")]
    assert typed("linear", {"amount": "-3.5"}).entries == [(1, grid("linear").entry(amount=Decimal("-3.5")))]


def test_a_deduction_takes_its_reason_and_how_often() -> None:
    cells = typed(
        "deduction",
        {"amount": "0.5", "times": "", "reason": "未更新"},
        {"amount": "1", "times": "2", "reason": ""},
        {"amount": "", "times": "1", "reason": ""},
        {"amount": "-1", "times": "101", "reason": "未更新"},
        {"amount": "", "times": "1", "reason": "未更新"},
    )
    assert cells.entries == [(1, grid("deduction").entry(amount=Decimal("0.5"), times=1, reason="未更新"))]
    assert sorted(cells.faults) == [(2, "reason"), (4, "amount"), (4, "times"), (5, "amount")]


def test_each_source_has_a_column_and_each_score_is_a_fact() -> None:
    assert [column.label for column in grid("rollup").columns] == ["甲", "乙"]
    cells = typed(
        "mix", {"part-0": "90", "part-1": "80"}, {"part-0": "", "part-1": "70"}, {"part-0": "101", "part-1": "x"}
    )
    assert cells.entries == [
        (1, grid("mix").entry(figures={"part": "甲", "score": "90"})),
        (1, grid("mix").entry(figures={"part": "乙", "score": "80"})),
        (2, grid("mix").entry(figures={"part": "乙", "score": "70"})),
    ]
    assert sorted(cells.faults) == [(3, "part-0"), (3, "part-1")]


def test_sixty_units_by_ten_sources_are_taken_in_at_once() -> None:
    sources = [f"来源{letter}" for letter in "甲乙丙丁戊己庚辛壬癸"]
    table = Grid(leaf("a", "指标", "10", "mix", parts="、".join(f"{name} 10" for name in sources)), Decimal(10))
    units, names = range(1, 61), [column.name for column in table.columns]
    sent = {table.cell(unit, name): str(unit + at) for unit in units for at, name in enumerate(names)}
    cells = read_cells(sent, units, {}, table)
    assert (len(cells.entries), cells.faults) == (600, {})
    assert cells.entries[-1] == (60, table.entry(figures={"part": "来源癸", "score": "69"}))


def test_several_fields_make_one_fact_and_a_fault_stands_at_its_field() -> None:
    stands = {1: {"value": "95", "exempt": "no"}, 2: {"value": "95", "exempt": "no"}}
    cells = typed(
        "lists", {"value": "95", "exempt": "no"}, {"value": "95", "exempt": "yes"}, {"value": "x", "exempt": "no"}, {"value": ""},
        standing=stands,
    )  # fmt: skip
    assert cells.entries == [(2, grid("lists").entry(figures={"value": "95", "exempt": "yes"}))]
    assert list(cells.faults) == [(3, "value")]
    cells = typed("over_target", {"actual": "5", "target": ""})
    assert list(cells.faults) == [(1, "target")]


@pytest.mark.parametrize("kind", ENTERED_KINDS)
def test_a_row_that_is_as_it_was_shown_changes_nothing(kind: str) -> None:
    shown = dict(grid(kind).first(None))
    cells = typed(kind, shown, {})
    assert shown
    assert (cells.entries, cells.faults) == ([], {})


def test_what_a_count_counts_is_said() -> None:
    labels = {kind: [column.label for column in grid(kind).columns] for kind in ("monthly", "overdue", "roles")}
    assert labels["monthly"] == ["当月数量", "这样的月数"]
    assert labels["overdue"] == ["逾期工作日", "这样的项数", "理由"]
    assert labels["roles"] == ["每次扣分", "发生次数", "承担角色", "理由"]
