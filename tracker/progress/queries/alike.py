"""What waits for the lead office's check and is like a version that is looked at: the same task and date, of other units."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from tracker.accounts.roles import Viewer
from tracker.db import session
from tracker.progress.models import Obligation, Return
from tracker.progress.queries.returns import ObligationView, VersionView, arrived_versions
from tracker.progress.queries.waiting import decidable
from tracker.units.models import Unit

MOST = 50
"""Shown beside one; the rest follows with the next."""


@dataclass(frozen=True, slots=True)
class AlikeRow:
    obligation_id: int
    unit: str
    timing: str
    version: VersionView


def alike(found: ObligationView, viewer: Viewer) -> list[AlikeRow]:
    """Those that the viewer may accept, in printed order of their units."""
    statement = (
        select(Obligation.id, Obligation.timing, Unit.name)
        .join(Return, Return.obligation_id == Obligation.id)
        .join(Unit, Unit.id == Obligation.unit_id)
        .where(
            decidable(viewer, "checks"), Obligation.task_id == found.task_id, Obligation.due_on == found.due_on,
            Obligation.id != found.id,
        )
        .order_by(Unit.sort_key, Unit.id)
        .limit(MOST)
    )  # fmt: skip
    rows = session.execute(statement).all()
    versions = arrived_versions([row.id for row in rows])
    return [AlikeRow(row.id, row.name, row.timing, versions[row.id]) for row in rows]
