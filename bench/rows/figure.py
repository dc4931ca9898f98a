"""`figure`: the JSON of a chart of 200 and of 2,000 points, as a page carries it, against bare lists in a dict."""

from __future__ import annotations

import json
from pathlib import Path

from bench.harness import Measured, Row, Sample, compare, stopwatch
from reports.figures import UnitProgress, completion_by_unit

POINTS = (200, 2_000)
TIMES = 20


def units(points: int) -> list[UnitProgress]:
    return [
        UnitProgress(f"第{n}单位", n % 101, 3 if n % 7 == 0 else 0, href=f"/work?unit={n}&light=overdue")
        for n in range(points)
    ]


def said(message: str, /, **values: object) -> str:
    return message % values if values else message


def text(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def floor(folder: Path) -> Sample:
    made = [units(points) for points in POINTS]

    def work() -> None:
        for rows in made:
            data = {
                "y": [row.unit for row in rows],
                "x": [row.percent for row in rows],
                "text": [row.overdue for row in rows],
                "customdata": [row.href for row in rows],
            }
            text({"data": [data], "layout": {}})

    return stopwatch(work, times=TIMES)


def ours(folder: Path) -> Sample:
    made = [units(points) for points in POINTS]

    def work() -> None:
        for rows in made:
            text(completion_by_unit(rows, said).figure)

    return stopwatch(work, times=TIMES)


def measure(folder: Path) -> Measured:
    ratio, detail = compare(__name__, folder)
    return Measured(ratio, detail | {"points": sum(POINTS)})


ROW = Row("figure", "lists in a dict, written as JSON by the standard library", 2, measure)
