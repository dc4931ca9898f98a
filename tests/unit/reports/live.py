"""Score sheets of random books, and one of every way in which numbers are put together, to be reckoned anew elsewhere."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from io import BytesIO
from typing import Any
from zipfile import ZipFile

from reports.scoresheet import Fact, Node, Run, ScoreSheet, UnitScore, build
from reports.words import as_written
from reports.workbook import Sheet
from tests.unit.reports.samples import AS_OF, MADE
from tests.unit.scoring.books import Books
from tracker.assessment.reckoned import reckoned
from tracker.assessment.scoring.book import Book, Indicator
from tracker.assessment.scoring.engine import score
from tracker.assessment.scoring.evaluation import Reckoner
from tracker.assessment.scoring.problems import FaultyBook
from tracker.assessment.scoring.reading import read_book
from tracker.assessment.scoring.rules.mix import WeightedRule

SEEDS = range(12)
_VALUE = re.compile(r"(<f>[^<]*</f>)<v>[^<]*</v>")


def _leaf(key: str, points: str, kind: str, **parameters: str) -> dict[str, Any]:
    return {"key": key, "name": key, "points": points, "rule": {"kind": kind, **parameters}}


def _scores(unit: str, leaf: str, **scores: str) -> list[dict[str, Any]]:
    return [
        {"unit": unit, "indicator": leaf, "part": part.rstrip("二"), "score": score} for part, score in scores.items()
    ]


ALL_WAYS: dict[str, Any] = {
    "scheme": {
        "name": "各种汇总", "not_applicable": "spread", "penalty": {},
        "indicators": {
            "key": "r", "name": "总分", "points": "100", "children": [
                {"key": "levels", "name": "分级", "points": "40", "aggregate": "mean", "children": [
                    {**_leaf("own", "100", "value"), "weight": "6"},
                    {**_leaf("towns", "100", "value"), "weight": "3"},
                    {**_leaf("offices", "100", "value"), "weight": "1"},
                ]},
                _leaf("several", "30", "mix", parts="第三方 40、互评 30、日常 30"),
                _leaf("rolled", "20", "rollup", parts="本级 6、乡镇 3、县直 1"),
                _leaf("idle", "10", "value"),
            ],
        },
    },
    "units": [{"key": "甲", "group": "县区"}, {"key": "乙", "group": "县区"}],
    "facts": [
        *({"unit": unit, "indicator": key, "value": value}
          for unit, values in (("甲", ("36.5", "31.7", "12.25")), ("乙", ("38", "29.99", "40")))
          for key, value in zip(("own", "towns", "offices"), values, strict=True)),
        *_scores("甲", "several", 第三方="91.3", 互评="80", 日常="77.7", 互评二="85.5"),
        *_scores("乙", "several", 第三方="66.6", 日常="90"),
        *_scores("甲", "rolled", 本级="90", 乡镇="85", 县直="70"),
        *_scores("乙", "rolled", 本级="81.1", 乡镇="79", 乡镇二="85.4"),
        {"unit": "甲", "indicator": "idle", "not_applicable": True},
        {"unit": "乙", "indicator": "idle", "value": "7.125"},
        {"unit": "甲", "penalty": "0.375"},
    ],
}  # fmt: skip


def sheets() -> list[Sheet]:
    """The totals of each model. Their names do not repeat; the first brings its facts, which its formulas cite."""
    (ways, _why, facts), *others = [build(model, as_written) for model in models()]
    return [ways, facts, *(replace(other[0], title=f"{number}") for number, other in enumerate(others))]


@cache
def models() -> tuple[ScoreSheet, ...]:
    return tuple(_model(book) for book in _books())


def _books() -> Iterator[Book]:
    for raw in (ALL_WAYS, *(Books(seed).book() for seed in SEEDS)):
        try:
            book = read_book(json.dumps(raw))
            score(book, explain=False)
        except FaultyBook:
            continue  # a geometric mean over nothing
        yield book


def _model(book: Book) -> ScoreSheet:
    scheme, reckoner = book.scheme, Reckoner(book)
    leaves = [leaf for leaf in reckoner.tree.leaves if isinstance(leaf.rule, WeightedRule)]
    facts: list[Fact] = []
    units = []
    for place, found in enumerate(score(book, explain=False).units):
        rows: dict[str, list[tuple[str, int]]] = {}
        for leaf in leaves:
            for part, number in book.evidence[leaf.key][place] or ():
                rows.setdefault(leaf.key, []).append((part, len(facts)))
                facts.append(Fact(found.key, leaf.name, str(number), score=number))
        numbers = [
            None if one is None else Decimal(one) for one in (found.base, found.bonus, found.penalty, found.total)
        ]
        units.append(UnitScore(
            found.key, found.group, found.rank, *numbers, found.grade, found.veto,
            {key: None if text is None else Decimal(text) for key, text in found.nodes.items()}, 0,
            reckoned(reckoner, found.key, rows),
        ))  # fmt: skip
    rounding = scheme.rounding
    run = Run(
        "方案", "第1版", "计划", AS_OF, MADE, "1", "", (), rounding.places, rounding.mode, rounding.stage,
        scheme.not_applicable, scheme.ties,
    )  # fmt: skip
    return ScoreSheet(run, list(_nodes(scheme.indicators)), units, (), facts)


def _nodes(one: Indicator, depth: int = 0) -> Iterator[Node]:
    made_of = "nodes" if one.children else "scores" if isinstance(one.rule, WeightedRule) else ""
    yield Node(one.key, one.name or one.key, one.points, depth, made_of)
    for child in one.children:
        yield from _nodes(child, depth + 1)


def formulas_wanted() -> int:
    """One for each number that follows from others: without what a veto sets, and where the scheme rounds as no
    spreadsheet does."""
    return sum(
        (unit.total is not None and not unit.veto) + len(unit.reckoned.workings) + len(unit.reckoned.weighed)
        for model in models()
        if model.run.mode == "half_up"
        for unit in model.units
        if unit.reckoned is not None
    )


def as_shown(value: object, places: int) -> Decimal | None:
    """What a cell shows: to the places of its format, of the fifteen digits that an office program reckons with."""
    if not isinstance(value, int | float):
        return None
    return Decimal(f"{value:.15g}").quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)


def forgetful(data: bytes) -> bytes:
    """The workbook without what its formulas came to."""
    made = BytesIO()
    with ZipFile(BytesIO(data)) as source, ZipFile(made, "w") as target:
        for name in source.namelist():
            body = source.read(name)
            target.writestr(name, _VALUE.sub(r"\1", body.decode()) if "worksheets/sheet" in name else body)
    return made.getvalue()
