"""Runs, their results and their explanation, as they were frozen."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, ScalarSelect, and_, func, select
from sqlalchemy.orm import aliased

from tracker.accounts.models import Person
from tracker.accounts.roles import UNIT_ROLES, WHOLE_VIEW, Role, Viewer
from tracker.assessment.frozen import Frozen, thaw
from tracker.assessment.models import Run, RunDetail, RunInput, RunUnit, Scheme
from tracker.assessment.publicity import Publicity
from tracker.assessment.records import Record, records_of
from tracker.db import session
from tracker.errors import NotFound
from tracker.plans.models import Plan
from tracker.plans.queries import plans_of
from tracker.units.queries import covers


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
    created_by_name: str | None
    created_at: datetime
    checked_by_name: str | None
    published_at: datetime | None
    audit_head: str
    public_until: date | None
    replaces: int | None
    replaced_by: int | None
    """The published run that stands in its place."""
    reason: str
    version: int

    def stage(self, today: date) -> str:
        """Its state; of a published run how its publicity (公示) stands."""
        return Publicity(self.public_until, self.replaced_by).stage(today) if self.state == "published" else self.state


_RAN, _CHECKED, _NEXT = aliased(Person), aliased(Person), aliased(Run)


def _statement() -> Any:
    return (
        select(Run, Scheme.name, Scheme.version_no, Plan.name, _RAN.name, _CHECKED.name, replaced_by())
        .join(Scheme, Scheme.id == Run.scheme_id)
        .join(Plan, Plan.id == Run.plan_id)
        .outerjoin(_RAN, _RAN.id == Run.created_by)
        .outerjoin(_CHECKED, _CHECKED.id == Run.checked_by)
    )


def replaced_by() -> ScalarSelect[int]:
    """The newest published run that stands in the place of a Run."""
    newer = select(func.max(_NEXT.id)).where(_NEXT.replaces_id == Run.id, _NEXT.state == "published")
    return newer.correlate(Run).scalar_subquery()


def _row(
    run: Run, scheme: str, version: int, plan: str, ran: str | None, checked: str | None, replaced_by: int | None
) -> RunRow:
    return RunRow(
        run.id, run.scheme_id, scheme, version, run.plan_id, plan, run.as_of, run.state, run.engine_version,
        run.inputs_hash, run.result_hash, run.units, run.rows_read, run.duration_ms, run.created_by, ran,
        run.created_at, checked, run.published_at, run.audit_head, run.public_until, run.replaces_id, replaced_by,
        run.reason, run.version,
    )  # fmt: skip


def runs_of(viewer: Viewer) -> ColumnElement[bool]:
    """A condition on Run joined with Plan: the viewer may read it whole. Leaders see what is published."""
    seen = plans_of(viewer)
    return seen if viewer.has(Role.EVALUATOR, Role.LEAD_OFFICE) else and_(seen, Run.state == "published")


def runs(viewer: Viewer, *, plan_id: int | None = None) -> list[RunRow]:
    """Newest first."""
    statement = _statement().where(runs_of(viewer)).order_by(Run.id.desc())
    if plan_id is not None:
        statement = statement.where(Run.plan_id == plan_id)
    return [_row(*found) for found in session.execute(statement)]


def run_row(run_id: int, viewer: Viewer | None = None) -> RunRow:
    """Raises NotFound where there is none or the viewer may not read it whole; without a viewer: for commands."""
    statement = _statement().where(Run.id == run_id)
    if viewer is not None:
        statement = statement.where(runs_of(viewer))
    found = session.execute(statement).first()
    if found is None:
        raise NotFound
    return _row(*found)


def run_for_unit(run_id: int, unit_id: int, viewer: Viewer) -> tuple[RunRow, bool]:
    """The run, and whether the viewer sees it whole. A unit's own people see their unit's score once it is published;
    anything else is NotFound."""
    if viewer.has(*WHOLE_VIEW):
        found = session.execute(_statement().where(Run.id == run_id, runs_of(viewer))).first()
        if found is not None:
            return _row(*found), True
    found = session.execute(_statement().where(Run.id == run_id, Run.state == "published")).first()
    if found is None or not covers(viewer, unit_id, *UNIT_ROLES):
        raise NotFound
    return _row(*found), False


def standing_run(run: Run) -> int | None:
    """The published run of the same scheme (any version), plan and day that nothing replaces."""
    series = select(Scheme.series_id).where(Scheme.id == run.scheme_id).scalar_subquery()
    return session.scalar(
        select(func.max(Run.id))
        .join(Scheme, Scheme.id == Run.scheme_id)
        .where(
            Scheme.series_id == series, Run.plan_id == run.plan_id, Run.as_of == run.as_of, Run.state == "published",
            replaced_by().is_(None),
        )
    )  # fmt: skip


def get_run(run_id: int) -> Run:
    run = session.get(Run, run_id)
    if run is None:
        raise NotFound
    return run


def run_ids() -> list[int]:
    return list(session.scalars(select(Run.id).order_by(Run.id)))


def same_run(scheme_id: int, plan_id: int, as_of: date, created_by: int | None, created_at: datetime) -> int | None:
    """The run that was started by the same act, where a job is done a second time."""
    return session.scalar(
        select(Run.id).where(
            Run.scheme_id == scheme_id, Run.plan_id == plan_id, Run.as_of == as_of, Run.created_by == created_by,
            Run.created_at == created_at,
        )
    )  # fmt: skip


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


_SCORE = (
    RunUnit.unit_id, RunUnit.unit_name, RunUnit.unit_group, RunUnit.base, RunUnit.bonus, RunUnit.penalty,
    RunUnit.total, RunUnit.veto, RunUnit.rank, RunUnit.grade,
)  # fmt: skip


def unit_scores(run_id: int, *, group: str = "") -> list[UnitScoreRow]:
    """By group and rank; units without a rank come last, then in the order of the directory."""
    statement = (
        select(*_SCORE)
        .where(RunUnit.run_id == run_id)
        .order_by(RunUnit.unit_group, RunUnit.rank.is_(None), RunUnit.rank, RunUnit.position)
    )
    if group:
        statement = statement.where(RunUnit.unit_group == group)
    return [UnitScoreRow(*row) for row in session.execute(statement)]


NEIGHBOURS = 100


def rivals(run_id: int, score: UnitScoreRow) -> list[UnitScoreRow]:
    """Units of the same group to compare one with: those next to it in rank, up to `NEIGHBOURS` on either side."""
    group = unit_scores(run_id, group=score.group)
    at = next(place for place, one in enumerate(group) if one.unit_id == score.unit_id)
    near = group[max(0, at - NEIGHBOURS) : at + NEIGHBOURS + 1]
    return [one for one in near if one.unit_id != score.unit_id]


def unit_score(run_id: int, unit_id: int) -> UnitScoreRow:
    row = session.get(RunUnit, (run_id, unit_id))
    if row is None:
        raise NotFound
    return score_of(row)


def score_of(row: RunUnit) -> UnitScoreRow:
    return UnitScoreRow(
        row.unit_id, row.unit_name, row.unit_group, row.base, row.bonus, row.penalty, row.total, row.veto, row.rank,
        row.grade,
    )  # fmt: skip


def node_results(run_id: int, keys: Sequence[str], *, unit_id: int | None = None) -> dict[int, dict[str, str | None]]:
    """Printed results of units by the keys of the nodes, which are given in the order of the tree."""
    statement = select(RunDetail.unit_id, RunDetail.nodes).where(RunDetail.run_id == run_id)
    if unit_id is not None:
        statement = statement.where(RunDetail.unit_id == unit_id)
    return {unit_id: dict(zip(keys, json.loads(nodes), strict=True)) for unit_id, nodes in session.execute(statement)}


def unit_records(run_id: int, unit_id: int) -> list[Record]:
    """The returns that were counted for one unit, by due date, as they stood."""
    text = session.scalar(select(RunDetail.records).where(RunDetail.run_id == run_id, RunDetail.unit_id == unit_id))
    if text is None:
        raise NotFound
    return list(records_of(text))


def run_records(run_id: int, *, unit_id: int | None = None) -> dict[int, str]:
    """The text of every unit's records, or of one unit's alone."""
    statement = select(RunDetail.unit_id, RunDetail.records).where(RunDetail.run_id == run_id)
    if unit_id is not None:
        statement = statement.where(RunDetail.unit_id == unit_id)
    return {row.unit_id: row.records for row in session.execute(statement)}
