"""The blank template: what is filled in comes back as it was filled in, and nothing is asked."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import openpyxl
import pytest
from hypothesis import Phase, given, settings, strategies as st

from imports.draft import Draft
from imports.pipeline import understand
from imports.readers import read_document
from imports.recognise.columns import column_of
from imports.template import COLUMNS, EXAMPLES
from reports import template as report
from reports.words import as_written
from reports.workbook import Properties, workbook_bytes
from tracker.drafts.columns import remembered_layout
from tracker.drafts.layout import laid_out, shapes
from tracker.drafts.template import template

PROPERTIES = Properties("空白模板", "云岫市", datetime(2026, 3, 2, tzinfo=UTC))
UNITS = ("市财政局", "市教育局", "市交通运输局", "望川县政府", "临溪县政府")
BLANK = workbook_bytes(report.build(replace(template(UNITS, str), blank_rows=10), as_written), properties=PROPERTIES)


def filled(rows: Any, title: str = "云岫市2026年重点工作任务分解表") -> bytes:
    book = openpyxl.load_workbook(io.BytesIO(BLANK))
    sheet = book.worksheets[0]
    sheet["A1"] = title
    for number, row in enumerate(rows, 3):
        for column, text in enumerate(row, 1):
            sheet.cell(number, column).value = text or None
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def read(data: bytes) -> Draft:
    return understand(read_document(data, "模板.xlsx"))


@pytest.mark.parametrize("column", COLUMNS, ids=lambda column: column.key)
def test_every_header_is_what_the_reader_takes_it_for(column):
    assert column_of(column.header) is column.column


def test_the_examples_are_read_as_any_task_when_they_are_filled_in():
    draft = read(filled(EXAMPLES))
    assert [(problem.code, problem.locators) for problem in draft.problems] == []
    assert draft.document.title == "云岫市2026年重点工作任务分解表"
    assert [task.name for task in draft.tasks] == [row[3] for row in EXAMPLES]
    assert [[(unit.role, unit.text) for unit in task.units] for task in draft.tasks][1:] == [
        [("lead", "市审批局"), ("supervise", "市督查室")],
        [("lead", "市交通局"), ("responsible", "望川县政府"), ("responsible", "临溪县政府"), ("support", "市财政局")],
    ]
    assert "text" not in {piece.kind for piece in draft.unread}


def test_a_blank_one_holds_no_task():
    draft = read(BLANK)
    assert draft.tasks == []
    assert all(column_of(column.header) for column in COLUMNS)


def test_the_examples_stay_unread_when_a_column_was_taken_out_or_is_said_to_be_another():
    book = openpyxl.load_workbook(io.BytesIO(filled([EXAMPLES[0]])))
    book.worksheets[0].delete_cols([column.header for column in COLUMNS].index("督办单位") + 1)
    out = io.BytesIO()
    book.save(out)
    assert len(read(out.getvalue()).tasks) == 1
    document = read_document(filled([EXAMPLES[0]]), "模板.xlsx")
    remembered = remembered_layout(document, {"备注": ("deadline", 1)})
    assert list(remembered) == [shape.locator for shape in shapes(document, {})] == ["任务分解表"]
    assert len(understand(laid_out(document, remembered)).tasks) == 1


def test_a_sheet_of_the_same_name_in_another_workbook_is_read():
    book = openpyxl.Workbook()
    assert book.active is not None
    for row in (["工作任务", "工作要求", "责任单位"], ["建设", "新改建农村公路120公里。", "市交通运输局"]):
        book.active.append(row)
    book.active.title = "填写示例"
    out = io.BytesIO()
    book.save(out)
    assert len(read(out.getvalue()).tasks) == 1


def test_the_choices_refuse_nothing():
    sheet = openpyxl.load_workbook(io.BytesIO(BLANK)).worksheets[0]
    lists = {
        str(rule.sqref).split(":")[0]: rule for rule in sheet.data_validations.dataValidation if rule.type == "list"
    }
    assert lists["F3"].formula1 == "'单位名单'!$A$3:$A$7"
    assert not any(rule.showErrorMessage for rule in lists.values())


WORDS = (
    "政务服务",
    "农村公路",
    "人才引进",
    "河道整治",
    "校舍维修",
    "信用体系",
    "市场监管",
    "数据共享",
    "绿化养护",
    "物流园区",
)
VERBS = ("推进", "完善", "规范", "整治", "提升", "建设")
TIMES = ("6月底前", "2026年9月30日前", "每月5日前", "持续推进", "年底前", "")
TARGETS = ("95%以上", "120公里", "")


@st.composite
def tables(draw: Any) -> list[tuple[str, ...]]:
    count = draw(st.integers(1, 8))
    depth = draw(st.integers(0, 2))
    numbered = draw(st.booleans())
    rows = []
    for number in range(1, count + 1):
        area = draw(st.integers(0, 2))  # an inner heading belongs to one outer heading
        path = [f"{WORDS[area]}工作", f"{WORDS[3 + 2 * area + draw(st.integers(0, 1))]}行动"][:depth]
        word = f"{draw(st.sampled_from(VERBS))}{draw(st.sampled_from(WORDS))}{'一二三四五六七八'[number - 1]}期"
        units = draw(st.lists(st.sampled_from(UNITS), min_size=1, max_size=4, unique=True))
        cells = ["", "", "", ""]
        for unit in units:
            role = draw(st.integers(0, 3))
            cells[role] = "、".join(filter(None, (cells[role], unit)))
        rows.append(
            (
                str(number) if numbered else "", *path, *[""] * (2 - depth), word, f"{word}，按方案组织实施并通报结果。", *cells,
                draw(st.sampled_from(TIMES)), draw(st.sampled_from(TARGETS)), draw(st.sampled_from(("", "列入考核"))),
            )
        )  # fmt: skip
    return rows


@settings(max_examples=12, phases=[Phase.generate])
@given(rows=tables())
def test_random_tasks_come_back_equal_and_nothing_is_asked(rows):
    draft = read(filled(rows))
    assert [(problem.code, problem.locators, problem.message) for problem in draft.problems] == []
    assert len(draft.tasks) == len(rows)
    for task, row in zip(draft.tasks, rows, strict=True):
        number, level1, level2, name, requirement, lead, responsible, support, supervise, time, target, remark = row
        assert task.path == [text for text in (level1, level2) if text]
        assert (task.number or "", task.name, task.requirement) == (number, name, requirement)
        said = {
            role: "、".join(unit.text for unit in task.units if unit.role == role)
            for role in ("lead", "responsible", "support", "supervise")
        }
        assert tuple(said.values()) == (lead, responsible, support, supervise)
        assert not any(unit.collective or unit.open for unit in task.units)
        assert len(task.deadlines) == bool(time)
        assert [one.text for one in task.targets] == ([target] if target else [])
        assert [one.text for one in task.extras if one.label == "备注"] == ([remark] if remark else [])
