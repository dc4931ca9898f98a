"""Recomputing stored runs (复算) from their frozen inputs, and comparing every digit."""

from __future__ import annotations

from sqlalchemy import select

from tracker.assessment.engines import ENGINES, Row, inputs_hash, result_hash, rows_of
from tracker.assessment.frozen import Frozen, thaw
from tracker.assessment.models import RunDetail, RunInput, RunUnit
from tracker.assessment.queries.runs import get_run
from tracker.assessment.scoring.problems import FaultyBook
from tracker.db import session


def agrees(run_id: int) -> bool:
    """Whether a stored run is what its frozen inputs come to, with the engine that made it, and nobody has touched
    either: hashes, stored results, records behind the counts. It is reckoned by the thorough way, not by the one that
    made it. Raises NotFound."""
    run = get_run(run_id)
    body = session.scalar(select(RunInput.body).where(RunInput.run_id == run_id))
    engine = ENGINES.get(run.engine_version)
    stored = _stored(run_id)
    if body is None or engine is None or inputs_hash(body, (records for _, _, records in stored)) != run.inputs_hash:
        return False
    try:
        frozen = thaw(body)
        rows = rows_of(engine.thorough(frozen), frozen.scheme)
    except (ValueError, KeyError, TypeError, FaultyBook):
        return False
    return result_hash(rows) == run.result_hash and [(row, nodes) for row, nodes, _ in stored] == _printed(frozen, rows)


Stored = tuple[tuple[object, ...], str]


def _stored(run_id: int) -> list[tuple[tuple[object, ...], str, str]]:
    statement = (
        select(RunUnit, RunDetail.nodes, RunDetail.records)
        .outerjoin(RunDetail, (RunDetail.run_id == RunUnit.run_id) & (RunDetail.unit_id == RunUnit.unit_id))
        .where(RunUnit.run_id == run_id)
        .order_by(RunUnit.position)
    )
    return [
        (
            (
                str(row.unit_id), row.unit_name, row.unit_group, row.base, row.bonus, row.penalty, row.total, row.veto,
                row.rank, row.grade,
            ),
            nodes or "",
            records or "",
        )
        for row, nodes, records in session.execute(statement)
    ]  # fmt: skip


def _printed(frozen: Frozen, rows: list[Row]) -> list[Stored]:
    return [
        (
            (
                found.key, unit.name, found.group, found.base, found.bonus, found.penalty, found.total, found.veto,
                found.rank, found.grade,
            ),
            nodes,
        )
        for unit, (found, nodes) in zip(frozen.units, rows, strict=True)
    ]  # fmt: skip
