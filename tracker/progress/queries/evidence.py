"""Files of evidence (佐证材料): who may have them."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from tracker.accounts.roles import UNIT_ROLES, Viewer
from tracker.db import session
from tracker.errors import NotFound
from tracker.progress.models import Evidence, Return, ReturnEvidence
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
    """A file that the viewer may have: of their own unit, or of a return that has reached the lead office and they see.

    Asked anew for each download. Raises NotFound.
    """
    row = session.execute(
        select(Evidence, Unit.path).join(Unit, Unit.id == Evidence.unit_id).where(Evidence.public_id == public_id)
    ).first()
    if row is None or not held(viewer, row.path, *SEEING):
        raise NotFound
    kept = row.Evidence
    if not held(viewer, row.path, *UNIT_ROLES):
        arrived = (
            select(Return.id)
            .join(ReturnEvidence, ReturnEvidence.return_id == Return.id)
            .where(ReturnEvidence.evidence_id == kept.id, Return.state.in_(ARRIVED))
        )
        if session.scalar(arrived.limit(1)) is None:
            raise NotFound
    return Download(kept.name, kept.media_type, kept.size, kept.sha256)
