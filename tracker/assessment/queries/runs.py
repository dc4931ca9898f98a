"""Runs, their results and their explanation, as they were frozen."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, select

from tracker.assessment.frozen import Frozen, thaw
from tracker.assessment.models import Run, RunDetail, RunInput, RunUnit, Scheme
from tracker.assessment.records import Record, records_of
from tracker.db import session
from tracker.errors import NotFound
from tracker.plans.models import Plan


@dataclass(frozen=True, slots=True)
class RunRow:
    id: int
    scheme_id: int
    scheme_name: str
    scheme_version: int
    plan_id: int
    plan_name: str
    as_of: date
    state: str
    engine_version: str
    inputs_hash: str
    result_hash: str
    units: int
    rows_read: int
    duration_ms: int
    created_by: int | None
    created_at: datetime
    published_at: datetime | None
    audit_head: str
    version: int


def _statement() -> Any:
    return (
        select(Run, Scheme.name, Scheme.version_no, Plan.name)
        .join(Scheme, Scheme.id == Run.scheme_id)
        .join(Plan, Plan.id == Run.plan_id)
    )


def _row(run: Run, scheme: str, version: int, plan: str) -> RunRow:
    return RunRow(
        run.id, run.scheme_id, scheme, version, run.plan_id, plan, run.as_of, run.state, run.engine_version,
        run.inputs_hash, run.result_hash, run.units, run.rows_read, run.duration_ms, run.created_by, run.created_at,
        run.published_at, run.audit_head, run.version,
    )  # fmt: skip


def runs(*, plan_id: int | None = None, published: bool = False) -> list[RunRow]:
    """Newest first."""
    statement = _statement().order_by(Run.id.desc())
    if plan_id is not None:
        statement = statement.where(Run.plan_id == plan_id)
    if published:
        statement = statement.where(Run.state == "published")
    return [_row(*found) for found in session.execute(statement)]


def run_row(run_id: int) -> RunRow:
    found = session.execute(_statement().where(Run.id == run_id)).first()
    if found is None:
        raise NotFound
    return _row(*found)


def get_run(run_id: int) -> Run:
    run = session.get(Run, run_id)
    if run is None:
        raise NotFound
    return run


def latest_run_id() -> int | None:
    return session.scalar(select(func.max(Run.id)))


def frozen_inputs(run_id: int) -> Frozen:
    """What the run rests on, as it was frozen."""
    body = session.scalar(select(RunInput.body).where(RunInput.run_id == run_id))
    if body is None:
        raise NotFound
    return thaw(body)


@dataclass(frozen=True, slots=True)
class UnitScoreRow:
    unit_id: int
    name: str
    group: str
    base: str | None
    bonus: str | None
    penalty: str | None
    total: str | None
    veto: bool
    rank: int | None
    grade: str | None


def unit_scores(run_id: int) -> list[UnitScoreRow]:
    """By group and rank; units without a rank come last, then in the order of the directory."""
    statement = (
        select(RunUnit)
        .where(RunUnit.run_id == run_id)
        .order_by(RunUnit.unit_group, RunUnit.rank.is_(None), RunUnit.rank, RunUnit.position)
    )
    return [_score(row) for row in session.scalars(statement)]


def unit_score(run_id: int, unit_id: int) -> UnitScoreRow:
    row = session.get(RunUnit, (run_id, unit_id))
    if row is None:
        raise NotFound
    return _score(row)


def _score(row: RunUnit) -> UnitScoreRow:
    return UnitScoreRow(
        row.unit_id, row.unit_name, row.unit_group, row.base, row.bonus, row.penalty, row.total, row.veto, row.rank,
        row.grade,
    )  # fmt: skip


def node_results(run_id: int, keys: Sequence[str]) -> dict[int, dict[str, str | None]]:
    """Printed results of every unit by the keys of the nodes, which are given in the order of the tree."""
    statement = select(RunDetail.unit_id, RunDetail.nodes).where(RunDetail.run_id == run_id)
    return {unit_id: dict(zip(keys, json.loads(nodes), strict=True)) for unit_id, nodes in session.execute(statement)}


def unit_records(run_id: int, unit_id: int) -> list[Record]:
    """The returns that were counted for one unit, by due date, as they stood."""
    text = session.scalar(select(RunDetail.records).where(RunDetail.run_id == run_id, RunDetail.unit_id == unit_id))
    if text is None:
        raise NotFound
    return list(records_of(text))
