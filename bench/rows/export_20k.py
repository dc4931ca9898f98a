"""`export-20k`: a score sheet of 20,000 units × 25 columns, against the bare writer library over the same cells."""

from __future__ import annotations

import time
from collections.abc import Iterable
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import xlsxwriter

from bench.harness import Measured, Row, Sample, compare, stopwatch, within
from reports.scoresheet import Node, Run, ScoreSheet, UnitScore, build
from reports.words import as_written
from reports.workbook import Properties, write_workbook

UNITS = 20_000
NODES = (
    17  # beside nine columns of totals (rank, unit, group, base, bonus, penalty, total, grade, veto): 25 and the root
)
MADE = datetime(2026, 11, 20, 1, 30, tzinfo=UTC)
COUNTIES = ("望川县", "栖霞岭区", "临溪县", "高新区")
PEAK_MB = 150
FIRST_NOTICE = 1.0
"""Seconds until whoever waits sees the first progress."""


def units() -> list[UnitScore]:
    return [
        UnitScore(
            unit=f"{COUNTIES[number % 4]}第{number}单位",
            group=COUNTIES[number % 4],
            rank=number // 4 + 1,
            base=Decimal(8000 + number % 2000) / 100,
            bonus=Decimal(number % 300) / 100,
            penalty=Decimal(number % 100) / 100,
            total=Decimal(8000 + number % 2000) / 100,
            grade="良好",
            veto=number % 500 == 0,
            nodes={f"n{node}": Decimal((number * node) % 1000) / 100 for node in range(1, NODES)},
            lines=0,
        )
        for number in range(UNITS)
    ]


def sheet() -> ScoreSheet:
    nodes = [Node("n0", "总分", Decimal(100), 0)]
    nodes += [Node(f"n{node}", f"指标{node}", Decimal("6.25"), 1 + (node % 4 != 1)) for node in range(1, NODES)]
    run = Run("2026年度云岫市", "第1版", "2026年重点任务", MADE.date(), MADE, "1", "3f9a", (("望川县", UNITS),))
    return ScoreSheet(run, nodes, units(), (), (), line_count=0, fact_count=0)


def _numbers(values: Iterable[Decimal | None]) -> list[Any]:
    return [float(value) for value in values if value is not None]


def floor(folder: Path) -> Sample:
    """The same values, strings and numbers, with no style, title, link or width."""
    rows: list[list[Any]] = [
        [row.rank, row.unit, row.group]
        + _numbers((row.base, row.bonus, row.penalty, row.total))
        + [row.grade, "■ 一票否决" if row.veto else ""]
        + _numbers(row.nodes.values())
        for row in units()
    ]

    def work() -> None:
        with xlsxwriter.Workbook(folder / "floor.xlsx", {"constant_memory": True}) as workbook:
            paper = workbook.add_worksheet()
            for number, row in enumerate(rows):
                paper.write_row(number, 0, row)

    return stopwatch(work)


def ours(folder: Path) -> Sample:
    model = sheet()
    began = time.perf_counter()
    first: list[float] = []

    def notice(_done: int, _total: int | None) -> None:
        first.append(time.perf_counter() - began)

    def work() -> None:
        with (folder / "ours.xlsx").open("wb") as target:
            properties = Properties("考核得分表", "云岫市人民政府办公室", MADE)
            write_workbook(build(model, as_written), target, properties=properties, on_rows=notice)

    return stopwatch(work) | {"first_notice": first[0], "second_notice": first[1]}


def measure(folder: Path) -> Measured:
    ratio, detail = compare(__name__, folder, rounds=3)
    faults = within(detail["peak_mb"], PEAK_MB, "peak MB")
    faults += within(detail["second_notice"], FIRST_NOTICE, "seconds to the first rows written")
    return Measured(ratio, detail | {"rows": UNITS, "columns": 9 + NODES - 1}, faults)


ROW = Row("export-20k", "XlsxWriter in constant memory over the same cells", 1.3, measure)
