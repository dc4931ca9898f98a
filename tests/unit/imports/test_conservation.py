"""Nothing disappears, whatever a document looks like; and a stored draft restores to an equal one."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

from imports.document import Document, Paragraph
from imports.pipeline import draft_from_json, draft_json, understand
from tests.shared import SHARED, needs_shared
from tests.unit.imports.conservation import lost
from tests.unit.imports.stand_in import from_text, sheet

LINES = [
    "云岫市2026年重点工作任务分解表",
    "云岫市人民政府办公室",
    "2026年3月1日",
    "云政办发〔2026〕5号",
    "各县区人民政府:",
    "附件",
    "一、总体要求",
    "二、重点任务",
    "(一)推进公开。公开目录,6月底前完成。(牵头单位:市财政局;责任单位:各县区政府)",
    "（二）强化监管。建立制度，每月5日前报送台账",
    "并持续更新。",
    "1.建设平台",
    "2.建立标准。(责任单位:市大数据局",
    "牵头单位:市教育局",
    "责任单位：市公安局、各部门。",
    "完成时限:年底前",
    "(完成时限:2026年4月30日前)",
    "三、实施步骤",
    "(一)准备阶段(2026年3月31日前)。起草方案。",
    "序号 |",
    "工作任务 |",
    "工作要求 |",
    "责任单位 |",
    "|",
    "推进网办 |",
    "办理率达到95%以上。 |",
    "市行政审批局,各县区政府、开发区管委会 |",
    "上一条:",
    "① 做好统计",
    "地区生产总值增长6%左右",
    "第一章 总则",
    "1.1 推广应用。(市大数据局)",
    "——发布清单;",
    "各单位要抓好落实。",
    "序号",
    "工作要求",
    "责任单位",
]
CELLS = [
    "",
    "",
    "",
    "序号",
    "工作任务",
    "工作要求",
    "责任单位",
    "完成时限",
    "备注",
    "1",
    "2",
    "一、优化服务",
    "(一)审批提速",
    "推进一网通办,年底前完成。",
    "市财政局",
    "市发改委牵头,各部门配合",
    "持续推进",
    "合计",
    "注:按月报送",
    "6月底前",
    "无",
    "压减时限",
    "3",
    "二",
    "张三",
    "95%",
]

fast = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def _holds(document: Document) -> None:
    draft = understand(document)
    assert lost(document, draft) == []
    assert draft_from_json(json.loads(json.dumps(draft_json(draft), ensure_ascii=False))) == draft


@fast
@given(st.lists(st.sampled_from(LINES), max_size=25))
def test_lines_in_any_order(lines: list[str]) -> None:
    _holds(from_text("\n".join(lines)))


@fast
@given(st.data())
def test_cells_in_any_order(data: st.DataObject) -> None:
    width = data.draw(st.integers(1, 7))
    rows = data.draw(
        st.lists(st.lists(st.sampled_from(CELLS), min_size=width, max_size=width), min_size=1, max_size=12)
    )
    merges = []
    for _ in range(data.draw(st.integers(0, 3))):
        top = data.draw(st.integers(0, len(rows) - 1))
        left = data.draw(st.integers(0, width - 1))
        bottom = data.draw(st.integers(top, len(rows) - 1))
        right = data.draw(st.integers(left, width - 1))
        merges.append((top, left, bottom, right))
        for row in range(top, bottom + 1):
            for column in range(left, right + 1):
                if (row, column) != (top, left):
                    rows[row][column] = ""
    table = sheet(rows, merges)
    before = [Paragraph("paragraph 1", line) for line in data.draw(st.lists(st.sampled_from(LINES), max_size=1))]
    _holds(Document("html", [*before, table]))


@fast
@given(
    st.lists(
        st.text(alphabet="一二(（)）1.、。,;:|牵头责任单位完成时限:市局各 年月底前日每以上%\u3000", max_size=30),
        max_size=8,
    )
)
def test_any_signs_at_all(lines: list[str]) -> None:
    _holds(from_text("\n".join(lines)))


@needs_shared
@pytest.mark.parametrize("number", ["000", "001", "002", "003", "004"])
def test_the_seeds(number: str) -> None:
    assert isinstance(SHARED, Path)
    _holds(from_text(next((SHARED / "seeds").glob(f"{number}_*.txt")).read_text("utf-8")))


def test_a_header_printed_again_before_a_section_or_at_the_end_is_cited_where_it_stands() -> None:
    header = "序号 |\n任务 |\n责任单位 |\n"
    first = "一、项目 |\n1 |\n建成桥梁3座。 |\n市交通局 |\n"
    second = "二、民生 |\n2 |\n新增学位900个。 |\n市教育局 |\n"
    draft = understand(from_text(header + first + header + second + header))
    lines = [place for place, text in draft.document.columns if text == "责任单位"]
    assert lines == ["line 3", "line 10", "line 17"]
    assert [task.path for task in draft.tasks] == [["项目"], ["民生"]]
