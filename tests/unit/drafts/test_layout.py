"""What a person says of a table's columns changes what they said, and nothing else."""

from __future__ import annotations

import pytest

from imports.document import Document, Table
from imports.pipeline import understand
from tests.files.zoo import cases
from tracker.drafts.bodies import Body, stored
from tracker.drafts.layout import Layout, laid_out, shapes

AWKWARD = (
    "workbook-of-a-county", "two-tables-side-by-side", "monthly-columns", "word-table-with-two-tiers-and-pages",
    "unit-columns-with-marks", "marks-under-one-head-with-a-legend",
)  # fmt: skip
GRID = [
    ["序号", "重点工作", "责任领导", "责任单位", "备注"],
    ["1", "改建望桥大桥。", "周国平", "县交通运输局", "12月底前"],
    ["2", "新建城北停车场。", "吴晓东", "县住建局", "8月底前"],
]
PLAIN = Document("xlsx", [Table("任务", GRID, ["任务!1", "任务!2", "任务!3"], ["A", "B", "C", "D", "E"])])


def tasks(document: Document, layout: Layout) -> list[Body]:
    found: list[Body] = stored(understand(laid_out(document, layout)))["tasks"]
    return found


@pytest.mark.parametrize("case", [one for one in cases() if one.name in AWKWARD], ids=lambda one: one.name)
def test_saying_what_is_so_changes_nothing(case):
    document = case.read()
    before = tasks(document, {})
    for table in shapes(document, {}):
        assert tasks(document, {table.locator: {"row": table.header, "columns": table.kinds}}) == before


def test_a_column_that_is_said_to_be_another_leaves_the_others_their_names():
    kinds = ["number", "requirement", "person", "responsible", "deadline"]
    first = tasks(PLAIN, {"任务": {"row": "任务!1", "columns": kinds}})[0]
    assert [(one["label"], one["text"]) for one in first["extras"]] == [("责任领导", "周国平")]
    assert [one["text"] for one in first["deadlines"]] == ["12月底前"]


def test_units_over_marks_are_kept_where_another_column_is_said_to_be_something():
    grid = [
        ["事项", "市财政局", "市审计局", "说明"],
        ["盘活闲置资产。", "★", "√", "9月底前"],
        ["清理挂账。", "", "√", ""],
    ]
    document = Document("csv", [Table("table 1", grid, ["line 1", "line 2", "line 3"])])
    columns = ["requirement", "other", "other", "deadline"]
    first = tasks(document, {"table 1": {"row": "line 1", "columns": columns}})[0]
    assert [(one["text"], one["role"]) for one in first["units"]] == [("市财政局", "lead"), ("市审计局", "responsible")]
    assert [one["text"] for one in first["deadlines"]] == ["9月底前"]


def test_what_stands_above_the_header_goes_on_to_be_title_and_number():
    above = [
        ["云岫市2026年重点工作任务分解表", "", "", "", ""],
        ["云政办发〔2026〕12号　2026年2月10日", "", "", "", ""],
    ]
    labels = [f"任务!{row}" for row in range(1, 6)]
    document = Document("xlsx", [Table("任务", [*above, *GRID], labels, ["A", "B", "C", "D", "E"])])
    kinds = ["number", "requirement", "person", "responsible", "deadline"]
    read = understand(laid_out(document, {"任务": {"row": "任务!3", "columns": kinds}}))
    plain = understand(document)
    assert read.document.title == plain.document.title == "云岫市2026年重点工作任务分解表"
    assert [task.requirement for task in read.tasks] == [task.requirement for task in plain.tasks]
    assert {piece.locator for piece in read.unread} <= {"任务!1", "任务!2"}
