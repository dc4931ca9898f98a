"""`import-10k`: a workbook of 10,000 rows with merges to a finished draft, against unzip and expat over its sheet.

A second measure holds that ten times the rows cost no more than ten times as much.
"""

from __future__ import annotations

import random
import zipfile
from pathlib import Path
from typing import Any
from xml.parsers import expat

import xlsxwriter

from bench.harness import Measured, Row, Sample, compare, run_case, stopwatch, within
from imports.draft import Draft
from imports.pipeline import understand
from imports.readers import read_document

ROWS = 10_000
PEAK_MB = 300
GROWTH = 1.15
"""Ten times the rows may cost this much more than ten times the time."""

DEPARTMENTS = [
    f"市{name}局" for name in ("财政", "教育", "公安", "水利", "商务", "审计", "统计", "林业", "民政", "司法")
]
DEADLINES = ("2026年6月底前", "2026年12月31日前", "每季度末", "持续推进", "2026年9月15日前", "年底前", "每月5日前")
WORK = (
    "推进项目前期手续办理，确保按期开工建设，完成年度投资{n}万元",
    "完善工作机制，开展专项检查不少于{n}次，问题整改率达到{p}%以上",
    "优化办事流程，压缩办理时限，网上可办率达到{p}%",
    "组织培训{n}期，覆盖全部乡镇街道，形成工作报告并按季度通报",
)


HEADINGS = (
    *("序号", "重点任务", "工作要求", "年度目标", "牵头单位", "责任单位", "配合单位", "完成时限"),
    *("分管领导", "联系人", "联系电话", "备注"),
)


def write_workbook(path: Path, rows: int) -> None:
    """A breakdown table as people make them: bordered cells, headings merged down four rows, units parted three ways."""
    draw = random.Random(20260401)
    with xlsxwriter.Workbook(str(path)) as workbook:
        paper = workbook.add_worksheet("任务分解表")
        cell = workbook.add_format({"border": 1, "text_wrap": True, "valign": "vcenter"})
        paper.merge_range(0, 0, 0, len(HEADINGS) - 1, "云岫市2026年重点工作任务分解表", cell)
        paper.write_row(1, 0, HEADINGS, cell)
        for number in range(rows):
            row = number + 2
            _write_row(paper, row, number, draw, cell)
            if number % 4 == 0:
                paper.merge_range(row, 1, row + 3, 1, f"{number // 4 + 1}.重点任务第{number // 4 + 1}项", cell)


def _write_row(paper: Any, row: int, number: int, draw: random.Random, cell: Any) -> None:
    work = draw.choice(WORK).format(n=draw.randint(2, 900), p=draw.randint(80, 99))
    texts = (
        f"{work}（第{number + 1}项）。",
        f"达到{draw.randint(60, 99)}%以上",
        draw.choice(DEPARTMENTS),
        draw.choice(("、", ",", " ")).join(draw.sample(DEPARTMENTS, draw.randint(1, 4))),
        draw.choice(("", "各县区政府", "市直有关部门")),
        draw.choice(DEADLINES),
        draw.choice(("林川", "田牧", "石磊")),
        draw.choice(("江河", "高原")),
        "",
        "",
    )
    paper.write_number(row, 0, number + 1, cell)
    paper.write_blank(row, 1, None, cell)
    for column, text in enumerate(texts, 2):
        paper.write(row, column, text, cell)


def _parse(path: Path) -> None:
    with zipfile.ZipFile(path) as package:
        expat.ParserCreate().Parse(package.read("xl/worksheets/sheet1.xml"), True)


def floor(folder: Path) -> Sample:
    return stopwatch(lambda: _parse(folder / f"{ROWS}.xlsx"), times=5)


def ours(folder: Path) -> Sample:
    return _draft(folder, ROWS)


def ten_times(folder: Path) -> Sample:
    return _draft(folder, ROWS * 10)


def _draft(folder: Path, rows: int) -> Sample:
    drafts: list[Draft] = []

    def work() -> None:
        document = read_document((folder / f"{rows}.xlsx").read_bytes(), "任务分解表.xlsx")
        drafts.append(understand(document, year=2026))

    sample = stopwatch(work)
    assert len(drafts[0].tasks) == rows, f"{len(drafts[0].tasks)} tasks were read of {rows} rows"
    return sample | {"units": sum(len(task.units) for task in drafts[0].tasks)}


def measure(folder: Path) -> Measured:
    for rows in (ROWS, ROWS * 10):
        write_workbook(folder / f"{rows}.xlsx", rows)
    ratio, detail = compare(__name__, folder)
    large = run_case(__name__, "ten_times", folder)
    growth = large["seconds"] / (10 * detail["seconds"])
    detail |= {"rows": ROWS, "growth_to_100k": round(growth, 3), "peak_mb_100k": round(large["peak_mb"], 1)}
    faults = within(detail["peak_mb"], PEAK_MB, "peak MB") + within(growth, GROWTH, "growth to 100,000 rows")
    return Measured(ratio, detail, faults)


ROW = Row("import-10k", "unzip and expat over the sheet's XML", 20, measure)
