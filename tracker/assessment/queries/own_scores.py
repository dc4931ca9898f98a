"""What a unit's own people see of their scores: those that are or were published."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import aliased

from tracker.accounts.roles import UNIT_ROLES, Viewer
from tracker.assessment.models import Run, RunUnit, Scheme
from tracker.assessment.publicity import Publicity
from tracker.assessment.queries.runs import UnitScoreRow, replaced_by, score_of
from tracker.db import session
from tracker.plans.models import Plan
from tracker.units.queries import visible_to


@dataclass(frozen=True, slots=True)
class OwnScore:
    """What a unit's own people see of a published run."""

    run_id: int
    scheme_name: str
    plan_name: str
    as_of: date
    published_at: datetime | None
    state: str
    publicity: Publicity
    reason: str
    """Of a result that was withdrawn while it was open, or that stands in place of another: why."""
    score: UnitScoreRow
    size: int
    """How many units its group has."""

    def stage(self, today: date) -> str:
        return self.publicity.stage(today) if self.state == "published" else self.state


def own_scores(viewer: Viewer) -> list[OwnScore]:
    """Scores of the viewer's units that are or were published, the newest first."""
    units = visible_to(viewer, *UNIT_ROLES)
    group = aliased(RunUnit)
    size = (
        select(func.count())
        .where(group.run_id == RunUnit.run_id, group.unit_group == RunUnit.unit_group)
        .scalar_subquery()
    )
    statement = (
        select(RunUnit, Run, Scheme.name, Plan.name, size, replaced_by())
        .join(Run, Run.id == RunUnit.run_id)
        .join(Scheme, Scheme.id == Run.scheme_id)
        .join(Plan, Plan.id == Run.plan_id)
        .where(Run.published_at.is_not(None))
        .order_by(Run.id.desc(), RunUnit.position)
    )
    if units is not None:
        statement = statement.where(RunUnit.unit_id.in_(units))
    return [
        OwnScore(
            run.id, scheme, plan, run.as_of, run.published_at, run.state, Publicity(run.public_until, newer),
            run.reason, score_of(row), n,
        )
        for row, run, scheme, plan, n, newer in session.execute(statement)
    ]  # fmt: skip
