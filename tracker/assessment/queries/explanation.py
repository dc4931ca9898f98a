"""How a unit's score came about, from the total down: written from what was frozen, by the engine that made the run."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import case, func, select

from tracker.assessment.amounts import Amount, amount_of
from tracker.assessment.binding import nodes
from tracker.assessment.engines import ENGINES, places_of
from tracker.assessment.frozen import Frozen
from tracker.assessment.links import path_of
from tracker.assessment.queries.runs import RunRow, frozen_inputs, node_results, unit_records
from tracker.assessment.records import Record, concerns
from tracker.assessment.scoring.results import Line
from tracker.assessment.sources import ENTERED
from tracker.db import session
from tracker.plans.models import Plan, PlanEdition, Task, TaskText
from tracker.progress.models import Obligation, Return, ReturnText
from tracker.rectification.models import Finding

AT_A_TIME = 500


@dataclass(frozen=True, slots=True)
class Traced:
    """A record that was counted, with the task it belongs to and the place of the document that asked for it."""

    record: Record
    """How it stood; of a return that was sent back `returned` says more."""
    task_id: int
    """0 for a finding, which is not of a task."""
    task: str
    """Of a finding what was found."""
    document: str
    locator: str
    href: str | None
    """The page of the obligation, or of the finding."""
    source_href: str | None
    """The cell of the document."""
    returned: Returned | None = None


@dataclass(frozen=True, slots=True)
class Returned:
    """A version of a return that the lead office sent back (退办)."""

    version_no: int
    at: datetime | None
    reason: str


@dataclass(frozen=True, slots=True)
class Explained:
    """A node with its lines. `result` as it was stored; the amounts of its lines add up to it exactly."""

    key: str
    name: str
    points: str
    weight: str
    result: str | None
    lines: tuple[Line, ...]
    records: tuple[Traced, ...]
    facts: tuple[Mapping[str, Any], ...]
    recusals: tuple[Mapping[str, Any], ...]
    """Of an indicator that evaluators mark: who of them recused themself from the unit."""
    children: tuple[Explained, ...]
    source: Mapping[str, Any]

    def walk(self) -> Iterator[Explained]:
        yield self
        for child in self.children:
            yield from child.walk()


CLOSING = frozenset({"bonus", "penalty", "floor", "convert", "cap", "total_rounding", "veto", "total", "larger"})
"""Steps that lead from the base to the total: they stand on the root after its own lines."""


@dataclass(frozen=True, slots=True)
class Explanation:
    root: Explained
    closing: tuple[Line, ...]
    """From the base to the printed total: bonus, penalty, floor, veto, rounding."""
    whole: tuple[Mapping[str, Any], ...]
    """Entered facts of the whole unit: bonus, penalty, veto."""
    records: int
    idle: bool
    """Nothing was due by the day of the run: what is counted from the work does not apply."""
    places: int
    """Decimals that results are printed with."""
    scheme: Mapping[str, Any]
    """The scheme as it was frozen."""

    @property
    def nodes(self) -> list[Explained]:
        return list(self.root.walk())

    @property
    def base(self) -> Amount | None:
        """The root's result with all its digits: where the closing lines begin."""
        results = [line.result for line in self.root.lines if line.result is not None]
        return amount_of(results[-1], self.places) if results else None

    @property
    def steps(self) -> tuple[Line, ...]:
        """The closing lines without the total itself, which stands below them as their sum."""
        return tuple(line for line in self.closing if line.step != "total")


def explanation(run: RunRow, unit_id: int) -> Explanation:
    """Raises NotFound where the unit is not in the run."""
    frozen = frozen_inputs(run.id)
    records = unit_records(run.id, unit_id)
    lines = ENGINES[run.engine_version].explain(frozen, str(unit_id))
    keys = [node["key"] for node, _ in nodes(frozen.scheme["indicators"])]
    results = node_results(run.id, keys, unit_id=unit_id)[unit_id]
    builder = _Builder(frozen, unit_id, lines, results, traced(records))
    whole = tuple(fact for fact in frozen.facts if fact["unit"] == str(unit_id) and fact["indicator"] is None)
    closing = tuple(line for line in lines if line.step in CLOSING)
    return Explanation(
        builder.node(frozen.scheme["indicators"]),
        closing,
        whole,
        len(records),
        unit_id in frozen.idle,
        places_of(frozen.scheme),
        frozen.scheme,
    )


class _Builder:
    def __init__(
        self, frozen: Frozen, unit_id: int, lines: Sequence[Line], results: Mapping[str, str | None],
        records: Sequence[Traced],
    ) -> None:  # fmt: skip
        self._frozen, self._unit, self._results, self._records = frozen, str(unit_id), results, records
        self._recusals = tuple(one for one in frozen.recusals if one["unit"] == self._unit)
        self._lines: dict[str, list[Line]] = {}
        for line in lines:
            if line.step not in CLOSING:
                self._lines.setdefault(line.node, []).append(line)

    def node(self, node: Mapping[str, Any]) -> Explained:
        key = node["key"]
        settings = self._frozen.sources.get(key, {}) if not node.get("children") else {}
        counted = settings.get("from", ENTERED)
        return Explained(
            key=key,
            name=str(node.get("name", "")),
            points=str(node.get("points", "")),
            weight=str(node.get("weight", "")),
            result=self._results.get(key),
            lines=tuple(self._lines.get(key, ())),
            records=tuple(one for one in self._records if concerns(counted, one.record)),
            facts=tuple(fact for fact in self._frozen.facts if fact["unit"] == self._unit and fact["indicator"] == key),
            recusals=self._recusals if (node.get("rule") or {}).get("kind") == "marks" else (),
            children=tuple(self.node(child) for child in node.get("children") or ()),
            source=settings,
        )


def traced(records: Sequence[Record]) -> list[Traced]:
    """The records with their tasks and places, in their order."""
    known: dict[int, Any] = {}
    ids = [record.obligation_id for record in records if record.obligation_id]
    for start in range(0, len(ids), AT_A_TIME):
        statement = (
            select(
                Obligation.id,
                Task.id,
                Task.name,
                func.coalesce(PlanEdition.document_title, Plan.document_title),
                TaskText.locator,
                case((PlanEdition.id.is_(None), Plan.draft_id), else_=PlanEdition.draft_id),
            )
            .join(Task, Task.id == Obligation.task_id)
            .join(Plan, Plan.id == Obligation.plan_id)
            .outerjoin(TaskText, TaskText.task_id == Task.id)
            .outerjoin(PlanEdition, PlanEdition.id == TaskText.edition_id)
            .where(Obligation.id.in_(ids[start : start + AT_A_TIME]))
        )
        known.update((row[0], row) for row in session.execute(statement))
    of_returns = [record for record in records if not record.finding_id]
    back = _returned([record.return_id for record in of_returns if record.return_id is not None])
    findings = traced_findings([record for record in records if record.finding_id])
    return [
        findings[record]
        if record in findings
        else _traced(record, known[record.obligation_id], back.get(record.return_id or 0))
        for record in records
        if record in findings or record.obligation_id in known
    ]


def traced_findings(records: Sequence[Record]) -> dict[Record, Traced]:
    """Records of findings with what was found."""
    ids = sorted({record.finding_id for record in records})
    titles: dict[int, str] = {}
    for start in range(0, len(ids), AT_A_TIME):
        statement = select(Finding.id, Finding.title).where(Finding.id.in_(ids[start : start + AT_A_TIME]))
        titles.update((row[0], row[1]) for row in session.execute(statement))
    return {
        record: Traced(
            record, 0, titles[record.finding_id], "", "", path_of("rectification.finding", finding_id=record.finding_id), None
        )
        for record in records
        if record.finding_id in titles
    }  # fmt: skip


def _returned(ids: Sequence[int]) -> dict[int, Returned]:
    found: dict[int, Returned] = {}
    for start in range(0, len(ids), AT_A_TIME):
        statement = (
            select(Return.id, Return.version_no, Return.checked_at, ReturnText.reason)
            .outerjoin(ReturnText, ReturnText.return_id == Return.id)
            .where(Return.id.in_(ids[start : start + AT_A_TIME]))
        )
        found.update((row[0], Returned(row[1], row[2], row[3] or "")) for row in session.execute(statement))
    return found


def _traced(record: Record, row: Any, returned: Returned | None) -> Traced:
    _, task_id, task, document, locator, draft_id = row
    return Traced(
        record, task_id, task, document, locator or "",
        path_of("progress.obligation", obligation_id=record.obligation_id),
        path_of("drafts.review", draft_id=draft_id, at=locator, anchor="here") if draft_id else None,
        returned,
    )  # fmt: skip


def gap(mine: str | None, theirs: str | None) -> Decimal | None:
    """The first printed number less the second; None where there is none."""
    return None if mine is None or theirs is None else Decimal(mine) - Decimal(theirs)
