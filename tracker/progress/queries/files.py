"""Files that stand with versions of returns, and where one that is only referred to was sent first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select

from tracker.db import session
from tracker.plans.models import Task
from tracker.progress.evidence import is_shown
from tracker.progress.models import Evidence, Obligation, Return, ReturnEvidence


@dataclass(frozen=True, slots=True)
class Origin:
    """The report that a file was sent with first."""

    obligation_id: int
    task: str
    kind: str
    text: str
    period: str


@dataclass(frozen=True, slots=True)
class FileView:
    public_id: str
    name: str
    size: int
    media_type: str
    sha256: str
    origin: Origin | None = None
    """Of one that is only referred to here."""

    @property
    def is_picture(self) -> bool:
        return is_shown(self.media_type, self.size)


def files_of(return_ids: Sequence[int]) -> dict[int, list[FileView]]:
    """Version of a return → its files."""
    found: dict[int, list[FileView]] = {}
    statement = (
        select(ReturnEvidence.return_id, ReturnEvidence.reused, Evidence)
        .join(Evidence, Evidence.id == ReturnEvidence.evidence_id)
        .where(ReturnEvidence.return_id.in_(return_ids))
        .order_by(ReturnEvidence.return_id, Evidence.id)
    )
    rows = session.execute(statement).all()
    reused = {row.Evidence.id for row in rows if row.reused}
    came = origins(sorted(reused)) if reused else {}
    for return_id, referred, one in rows:
        origin = came.get(one.id) if referred else None
        file = FileView(one.public_id, one.name, one.size, one.media_type, one.sha256, origin)
        found.setdefault(return_id, []).append(file)
    return found


def origins(evidence_ids: Sequence[int]) -> dict[int, Origin]:
    """File → the report that it was sent with first."""
    statement = (
        select(ReturnEvidence.evidence_id, Obligation, Task.name)
        .join(Return, Return.id == ReturnEvidence.return_id)
        .join(Obligation, Obligation.id == Return.obligation_id)
        .join(Task, Task.id == Obligation.task_id)
        .where(ReturnEvidence.evidence_id.in_(evidence_ids), ReturnEvidence.reused.is_(False))
        .order_by(Return.id.desc())
    )
    return {
        evidence_id: Origin(one.id, task, one.kind, one.text, one.period)
        for evidence_id, one, task in session.execute(statement)
    }
