"""Files of evidence (佐证材料): who may have them."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from tracker.accounts.roles import UNIT_ROLES, Viewer
from tracker.db import session
from tracker.errors import NotFound
from tracker.progress.models import Evidence, Obligation, Return, ReturnEvidence
from tracker.progress.queries.partners import leads_by
from tracker.progress.queries.scope import ARRIVED, SEEING, held
from tracker.units.models import Unit


@dataclass(frozen=True, slots=True)
class Download:
    name: str
    media_type: str
    size: int
    key: str
    """Under which `tracker.storage` keeps it."""


def download(public_id: str, viewer: Viewer) -> Download:
    """A file that the viewer may have: of their own unit; or, once its return has reached the lead office, of a unit they
    see or of one that reports to theirs in a task.

    Asked anew for each download. Raises NotFound.
    """
    row = session.execute(
        select(Evidence, Unit.path).join(Unit, Unit.id == Evidence.unit_id).where(Evidence.public_id == public_id)
    ).first()
    if row is None:
        raise NotFound
    kept = row.Evidence
    if not held(viewer, row.path, *UNIT_ROLES):
        tasks = _arrived_with(kept.id)
        sees = bool(tasks) and held(viewer, row.path, *SEEING)
        if not sees and not any(leads_by(task, viewer) is not None for task in tasks):
            raise NotFound
    return Download(kept.name, kept.media_type, kept.size, kept.sha256)


def _arrived_with(evidence_id: int) -> list[int]:
    """The tasks whose reports brought a file to the lead office."""
    statement = (
        select(Obligation.task_id)
        .join(Return, Return.obligation_id == Obligation.id)
        .join(ReturnEvidence, ReturnEvidence.return_id == Return.id)
        .where(ReturnEvidence.evidence_id == evidence_id, Return.state.in_(ARRIVED))
    )
    return list(session.scalars(statement.distinct().order_by(Obligation.task_id)))
