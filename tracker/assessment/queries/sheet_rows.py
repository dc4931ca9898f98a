"""A run as its workbook and its lists of deductions walk through it: units, the lines of each, the facts of each line."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any

from flask_babel import gettext as _

from reports import scoresheet as sheet
from reports.source import Source
from tracker.assessment import fact_words as in_words
from tracker.assessment.binding import nodes
from tracker.assessment.engines import ENGINES
from tracker.assessment.labels import FACT_KINDS, RECORD_MARKS, recusal_words, sentence
from tracker.assessment.links import path_of
from tracker.assessment.queries.explanation import CLOSING, Traced, traced
from tracker.assessment.queries.runs import (
    RunRow,
    UnitScoreRow,
    frozen_inputs,
    run_records,
    unit_scores,
)
from tracker.assessment.records import Record, concerns, records_of
from tracker.assessment.scoring.numbers import exact_text, read_number
from tracker.assessment.scoring.results import Line
from tracker.assessment.sources import ENTERED
from tracker.web.places import place

AT_A_TIME = 50
"""Units whose records are looked up together."""
OF_THE_WHOLE = ("bonus", "penalty", "veto")
FIRST_STEPS = frozenset({"rule", "full", "absent"})
"""The line of a leaf that its facts hang on."""


@dataclass(frozen=True, slots=True)
class Place:
    """What the facts of one line are: entered ones, and records that were counted."""

    name: str
    facts: Sequence[Mapping[str, Any]]
    records: Sequence[Record]


class Model:
    """A run as the workbook walks through it: units in print order, their lines, the facts of each line.

    `unit_id`: of one unit alone. Not `whole`: for a unit's own people, who see what marks came to and not whose they are.
    """

    def __init__(self, run: RunRow, base_url: str, *, unit_id: int | None = None, whole: bool = True) -> None:
        self.run, self.base_url, self.unit_id, self.whole = run, base_url.rstrip("/"), unit_id, whole
        self.frozen = frozen_inputs(run.id)
        self.tree = [(node, depth) for node, depth in nodes(self.frozen.scheme["indicators"])]
        self.depths = {node["key"]: depth for node, depth in self.tree}
        self.names = {node["key"]: str(node.get("name", "")) for node, _depth in self.tree}
        everyone = unit_scores(run.id)
        self.groups = Counter(one.group for one in everyone)
        self.scores = [one for one in everyone if unit_id in {None, one.unit_id}]
        self.records = run_records(run.id, unit_id=unit_id)
        self.days: dict[date, str] = {}
        self.by_place: dict[tuple[str, str | None], list[dict[str, Any]]] = {}
        for fact in self.frozen.facts:
            self.by_place.setdefault((fact["unit"], fact["indicator"]), []).append(fact)
        self.marked = {node["key"] for node, _depth in self.tree if (node.get("rule") or {}).get("kind") == "marks"}
        self.recusals: dict[str, list[dict[str, Any]]] = {}
        for recusal in self.frozen.recusals:
            self.recusals.setdefault(recusal["unit"], []).append(recusal)

    @cached_property
    def traces(self) -> dict[int, tuple[Line, ...]]:
        engine = ENGINES[self.run.engine_version]
        if self.unit_id is not None:
            return {self.unit_id: tuple(engine.explain(self.frozen, str(self.unit_id)))}
        result = engine.thorough(self.frozen)
        return {int(unit.key): unit.trace for unit in result.units}

    def name_of(self, line: Line) -> str:
        if line.step in OF_THE_WHOLE:
            return str(FACT_KINDS[line.step])
        if line.step == "total":
            return _("总分")
        if line.node == self.tree[0][0]["key"] and line.step == "aggregate":
            return _("合计（加减分前）")
        return _("取舍") if line.step in {"rounding", "total_rounding"} else self.names[line.node]

    def place(self, unit: UnitScoreRow, line: Line, read: Sequence[Record]) -> Place:
        """The facts of one line: none but for the first line of a leaf, and for bonus, penalty and veto."""
        key, name = str(unit.unit_id), self.name_of(line)
        if line.step in OF_THE_WHOLE:
            facts = [fact for fact in self.by_place.get((key, None), ()) if fact["kind"] == line.step]
            return Place(name, facts, ())
        if line.step not in FIRST_STEPS:
            return Place(name, (), ())
        counted = self.frozen.sources.get(line.node, {}).get("from", ENTERED)
        shown = [] if counted == ENTERED else [record for record in read if concerns(counted, record)]
        entered = self.by_place.get((key, line.node), [])
        return Place(name, [fact for fact in entered if self.whole or fact["kind"] != "mark"], shown)

    def score_rows(self) -> tuple[dict[int, dict[str, list[tuple[str, int]]]], int]:
        """Where the scores of sources and levels stand among all facts, by unit and leaf, each with what it is the score
        of; and how many facts there are."""
        rows: dict[int, dict[str, list[tuple[str, int]]]] = {}
        count = 0
        for unit, line, held in self.places():
            for at, fact in enumerate(held.facts, count):
                if "part" in (fact.get("figures") or {}):
                    leaf = rows.setdefault(unit.unit_id, {}).setdefault(line.node, [])
                    leaf.append((fact["figures"]["part"], at))
            count += len(held.facts) + len(held.records)
        return rows, count

    def places(self) -> Iterator[tuple[UnitScoreRow, Line, Place]]:
        for unit in self.scores:
            read = list(records_of(self.records[unit.unit_id]))
            for line in self.traces[unit.unit_id]:
                yield unit, line, self.place(unit, line, read)

    def lines(self) -> Iterator[sheet.Line]:
        for unit in self.scores:
            yield from self.lines_of(unit)

    def line_count(self, unit: UnitScoreRow) -> int:
        further = len(self.marked) if str(unit.unit_id) in self.recusals else 0
        return len(self.traces[unit.unit_id]) + further

    def lines_of(self, unit: UnitScoreRow) -> Iterator[sheet.Line]:
        """The lines of its explanation; below those of a marked indicator who recused themself from the unit (回避)."""
        trace = self.traces[unit.unit_id]
        read = list(records_of(self.records[unit.unit_id]))
        last = {line.node: at for at, line in enumerate(trace) if line.step not in CLOSING}
        recusals = self.recusals.get(str(unit.unit_id))
        for at, line in enumerate(trace):
            held = self.place(unit, line, read)
            yield sheet.Line(
                unit=unit.name,
                node=held.name,
                depth=self.depths[line.node],
                text=sentence(line.text),
                exact=None if line.result is None else exact_text(line.result),
                rounded=None if line.rounded is None else Decimal(line.rounded),
                facts=len(held.facts) + len(held.records),
            )
            if recusals and line.node in self.marked and at == last[line.node]:
                yield sheet.Line(
                    unit.name, held.name, self.depths[line.node], recusal_words(recusals, whole=self.whole), None, None
                )

    def facts(self) -> Iterator[sheet.Fact]:
        for start in range(0, len(self.scores), AT_A_TIME):
            batch = self.scores[start : start + AT_A_TIME]
            read = {unit.unit_id: list(records_of(self.records[unit.unit_id])) for unit in batch}
            every = [record for records in read.values() for record in records]
            known = {(one.record.obligation_id, one.record.finding_id): one for one in traced(every)}
            for unit in batch:
                for line in self.traces[unit.unit_id]:
                    held = self.place(unit, line, read[unit.unit_id])
                    yield from (self.entered(unit, held.name, fact) for fact in held.facts)
                    yield from (
                        self.counted(unit, held.name, record, known.get((record.obligation_id, record.finding_id)))
                        for record in held.records
                    )

    def entered(self, unit: UnitScoreRow, indicator: str, fact: Mapping[str, Any]) -> sheet.Fact:
        said = _("%(name)s 录入", name=fact["by_name"]) if self.whole else ""
        shown = fact["evidence"] or (self.whole and fact.get("workbook"))  # a workbook says what other units got, too
        path = path_of("assessment.fact_evidence", fact_id=fact["id"]) if shown else None
        return sheet.Fact(
            unit.name, indicator, fact_words(fact), fact["reason"], said, self.address(path), score=_stated(fact)
        )

    @cached_property
    def said_of(self) -> dict[str, str]:
        """What each mark of a record is called: translated once, not once a record."""
        return {mark: str(label) for mark, label in RECORD_MARKS.items()}

    def due(self, day: date) -> str:
        if day not in self.days:
            self.days[day] = _("应于 %(day)s 报送", day=day.isoformat())
        return self.days[day]

    def counted(self, unit: UnitScoreRow, indicator: str, record: Record, found: Traced | None) -> sheet.Fact:
        said = self.said_of[record.mark]
        due = _("应于 %(day)s 前整改", day=record.due_on) if record.finding_id else self.due(record.due_on)
        if found is None:
            return sheet.Fact(unit.name, indicator, said, due)
        return sheet.Fact(
            unit.name, indicator, said, due, found.task, self.address(found.href), self.source(found)
        )  # fmt: skip

    def address(self, path: str | None) -> str | None:
        return f"{self.base_url}{path}" if path and self.base_url else None

    def source(self, found: Traced) -> Source | None:
        if not found.locator:
            return None
        return Source(found.document, place(found.locator), self.address(found.source_href))


def fact_words(fact: Mapping[str, Any]) -> str:
    """A frozen fact in words: 扣 0.5 分 × 3 次."""
    return sentence(
        in_words.fact_words(
            fact["kind"], amount=fact["amount"], times=fact["times"], met=fact["met"], figures=fact.get("figures")
        )
    )


_MEASURED = ("score", "value", "percent")
_EACH = {"each", "count"}


def _stated(fact: Mapping[str, Any]) -> Decimal | None:
    """What a fact states, where it is one number: marked, measured, given, or (below 0) taken, before any limit. Where a
    role, a matter or a limit of days decides what it takes, the explanation alone says it."""
    figures = fact.get("figures") or {}
    kind, amount = fact["kind"], decimal_of(fact["amount"])
    if kind == "figures":
        measured = next((name for name in _MEASURED if name in figures), None)
        if measured is not None:
            return decimal_of(read_number(str(figures[measured])))
        return _taken(figures) if "each" in figures and figures.keys() <= _EACH else None
    if amount is not None and kind in {"deduction", "penalty"}:
        return -amount * int(fact["times"] or 1)
    return amount


def _taken(figures: Mapping[str, Any]) -> Decimal:
    each, times = (read_number(str(figures.get(name, 1))) or Decimal(0) for name in ("each", "count"))
    return -each * times


def decimal_of(text: object) -> Decimal | None:
    return None if text is None else Decimal(str(text))
