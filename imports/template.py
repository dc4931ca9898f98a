"""The blank template (空白模板): its columns, their headers, what may stand in them. Written and read by this one table."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

from imports.document import Block, Document, Table
from imports.phrases.chars import squeeze
from imports.recognise.columns import Column
from imports.wording.wording import N_

Piece = tuple[str, str]


@dataclass(frozen=True, slots=True)
class TemplateColumn:
    key: str
    column: Column
    """What the reader takes it for: the header says so."""
    header: str
    width: float
    """In half-width characters."""
    hint: str
    suggestions: tuple[str, ...] = ()
    """What is offered for choosing; anything else may be typed."""
    of_units: bool = False


_UNITS = N_("写全称或常用简称；几个单位用“、”隔开；没有就空着。")
COLUMNS: Final = (
    TemplateColumn("number", Column.NUMBER, "序号", 6, N_("从 1 开始，不重复；可以空着。")),
    TemplateColumn("level1", Column.LEVEL, "工作领域", 14, N_("最外层的标题；下面几行相同时可以只写第一行，没有就整列空着。")),
    TemplateColumn("level2", Column.LEVEL, "重点任务", 16, N_("内层的标题，写法同上；没有就整列空着。")),
    TemplateColumn("name", Column.NAME, "任务名称", 20, N_("一句话说明这项任务；空着时取工作要求的第一句。")),
    TemplateColumn("requirement", Column.REQUIREMENT, "工作要求", 44, N_("必填。一行一项任务，写明做什么、做到什么程度。")),
    TemplateColumn("lead", Column.LEAD, "牵头单位", 18, _UNITS, of_units=True),
    TemplateColumn("responsible", Column.RESPONSIBLE, "责任单位", 20, _UNITS, of_units=True),
    TemplateColumn("support", Column.SUPPORT, "配合单位", 18, _UNITS, of_units=True),
    TemplateColumn("supervise", Column.SUPERVISE, "督办单位", 14, _UNITS, of_units=True),
    TemplateColumn(
        "deadlines", Column.DEADLINE, "完成时限", 16, N_("如 6月底前、2026年9月30日、每月5日前、每季度末、持续推进。"),
        ("6月底前", "9月底前", "年底前", "每月5日前", "每季度末", "持续推进"),
    ),
    TemplateColumn("targets", Column.GOAL, "目标值", 16, N_("如 95%以上、120公里；工作要求里已写明的不必再写。")),
    TemplateColumn("remark", Column.REMARK, "备注", 16, N_("原样保留。")),
)  # fmt: skip
BY_KEY: Final[Mapping[str, TemplateColumn]] = {column.key: column for column in COLUMNS}

NOT_READ: Final = "（本页不会读入）"
"""Ends the heading of a sheet of the template that holds no tasks."""
EXAMPLES: Final = (
    ("1", "优化营商环境", "便利企业开办", "企业开办一日办结", "推行企业开办全程网办，线上办理比例达到95%以上。", "市审批局",
     "市市场监管局、市税务局", "各县区政府", "", "6月底前", "", ""),
    ("2", "优化营商环境", "便利企业开办", "通报办理情况", "按月通报各县区企业开办的时长和满意度。", "市审批局", "", "", "市督查室",
     "每月5日前", "", ""),
    ("3", "建设美丽乡村", "畅通农村公路", "新改建农村公路", "新改建农村公路120公里。", "市交通局", "望川县政府、临溪县政府",
     "市财政局", "", "年底前", "", "列入年度民生实事"),
)  # fmt: skip


def without_helpers(document: Document) -> tuple[Document, list[Piece]]:
    """A document without the examples and lists that the template brings along, which are handed back: a sheet that says of
    itself that it is not read is not, whatever became of the columns of the others.

    What the reader says of the template's own choices is no news and goes with them.
    """
    helpers = [table for table in document.tables() if is_helper(table)]
    if not helpers:
        return document, []
    blocks: list[Block] = [block for block in document.blocks if block not in helpers]
    quiet = {table.locator for table in document.tables()}
    problems = [
        problem
        for problem in document.problems
        if not (problem.code == "data-validation" and set(problem.locators) <= quiet)
    ]
    aside = [(table.locator, " ".join(cell for row in table.grid for cell in row if cell.strip())) for table in helpers]
    return replace(document, blocks=blocks, problems=problems), aside


def is_helper(table: Table) -> bool:
    """Whether a sheet says of itself that it is not read."""
    first = next((cell for row in table.grid for cell in row if cell.strip()), "")
    return squeeze(first).endswith(squeeze(NOT_READ))
