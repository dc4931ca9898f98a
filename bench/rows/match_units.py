"""`match-units`: 20,000 printed names against a directory of 20,000 units, against one dict look-up a name.

A second measure asks for suggestions: names with a slip in them, as a page asks while a person types.
"""

from __future__ import annotations

import itertools
import random
from pathlib import Path

from bench.harness import Measured, Row, Sample, compare, run_case, stopwatch, within
from tracker.units.matching import Directory, Entry, match, ranked

UNITS = 20_000
SLIPS = 200
SLIP_MS = 5.0

_PLACES = ("云", "岫", "望", "川", "临", "溪", "青", "石", "白", "鹭", "金", "沙", "长", "宁", "安", "平", "东", "河")
_LEVELS = ("县", "区", "镇", "乡", "街道")
_OFFICES = (
    *(
        "财政局",
        "教育局",
        "公安局",
        "水利局",
        "商务局",
        "审计局",
        "统计局",
        "林业局",
        "民政局",
        "司法局",
        "发展和改革委员会",
    ),
    *("人力资源和社会保障局", "住房和城乡建设局", "文化和旅游局", "市场监督管理局", "行政审批服务局", "卫生健康委员会"),
)


def names() -> list[str]:
    """Offices of invented places, each name once, in an order that no look-up can use."""
    every = itertools.product(itertools.permutations(_PLACES, 2), _LEVELS, _OFFICES)
    found = [f"{''.join(place)}{level}{office}" for place, level, office in every]
    random.Random(20260401).shuffle(found)
    return found[:UNITS]


def directory(printed: list[str]) -> Directory:
    return Directory.of(Entry(number, name, "department") for number, name in enumerate(printed, 1))


def floor(_: Path) -> Sample:
    printed = names()
    numbers = {name: number for number, name in enumerate(printed)}
    asked = _as_printed(printed)

    def work() -> None:
        for name in asked:
            numbers[name]

    return stopwatch(work, times=5)


def ours(_: Path) -> Sample:
    printed = names()
    known = directory(printed)
    asked = _as_printed(printed)

    def work() -> None:
        for name in asked:
            match(name, known)

    sample = stopwatch(work, times=5)
    assert all(match(name, known).how == "name" for name in asked)
    return sample


def slips(_: Path) -> Sample:
    """Suggestions for names of which one character is wrong; the first question makes the index, as it does in use."""
    printed = names()
    known = directory(printed)
    draw = random.Random(7)
    asked = [_slipped(name, draw) for name in draw.sample(printed, SLIPS)]
    sample = stopwatch(lambda: [ranked(name, known) for name in asked])
    assert all(ranked(name, known) for name in asked[:20])
    return sample


def _as_printed(printed: list[str]) -> list[str]:
    """The names as a document brings them: equal, but other objects than the directory's."""
    return ["".join([*name]) for name in printed]


def _slipped(name: str, draw: random.Random) -> str:
    at = draw.randrange(2, len(name) - 1)
    return name[:at] + draw.choice("甲乙丙丁") + name[at + 1 :]


def measure(folder: Path) -> Measured:
    ratio, detail = compare(__name__, folder)
    milliseconds = run_case(__name__, "slips", folder)["seconds"] * 1000 / SLIPS
    detail |= {"names": UNITS, "suggestion_ms": round(milliseconds, 3)}
    return Measured(ratio, detail, within(milliseconds, SLIP_MS, "ms a name for suggestions"))


ROW = Row("match-units", "one dict look-up a name", 10, measure)
