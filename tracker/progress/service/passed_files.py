"""Files of evidence with what a unit below reports (转办下级): kept and taken off while it is written."""

from __future__ import annotations

from datetime import datetime
from typing import IO

from sqlalchemy import delete, select

from tracker.accounts.roles import Viewer
from tracker.audit.service import record
from tracker.db import session
from tracker.errors import NotFound
from tracker.progress.models import Evidence, Part, PartEvidence
from tracker.progress.service.evidence import keep_among, said_of
from tracker.progress.service.passing import begin_part, hold_below


def attach_below(
    passed_id: int, obligation_id: int, *, stream: IO[bytes], name: str | None, editor: str = "", by: Viewer,
    at: datetime,
) -> tuple[Evidence, Part]:  # fmt: skip
    """Keeps a file with the report that is being written; where there is none, one begins: as `evidence.attach` does.

    Raises NotFound for whoever does not report for the unit below, DomainError(field="files").
    """
    _held, passed, part = hold_below(passed_id, obligation_id, by)
    part = part or begin_part(passed, obligation_id, editor=editor, by=by, at=at)
    there = select(PartEvidence.evidence_id).where(PartEvidence.part_id == part.id)
    kept, is_new = keep_among(there, stream, name, unit_id=passed.unit_id, by=by, at=at)
    if is_new:
        session.add(PartEvidence(part_id=part.id, evidence_id=kept.id))
        session.flush()
        record("上传佐证材料", by=by, at=at, subject=("obligation", obligation_id), unit_id=passed.unit_id,
               detail=said_of(kept))  # fmt: skip
    return kept, part


def detach_below(passed_id: int, obligation_id: int, public_id: str, *, by: Viewer, at: datetime) -> None:
    """Takes a file off the report that is being written; a report above that took it up keeps it."""
    _held, passed, part = hold_below(passed_id, obligation_id, by)
    there = select(PartEvidence.evidence_id).where(PartEvidence.part_id == (part.id if part else 0))
    kept = session.scalar(select(Evidence).where(Evidence.public_id == public_id, Evidence.id.in_(there)))
    if part is None or kept is None:
        raise NotFound
    session.execute(delete(PartEvidence).where(PartEvidence.part_id == part.id, PartEvidence.evidence_id == kept.id))
    record("移除佐证材料", by=by, at=at, subject=("obligation", obligation_id), unit_id=passed.unit_id,
           detail={"文件": kept.name})  # fmt: skip
