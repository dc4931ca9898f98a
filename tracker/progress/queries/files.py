"""Files that stand with versions of returns, and where one that is only referred to was sent first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Select, select

from tracker.db import session
from tracker.plans.models import Task
from tracker.progress.evidence import is_shown
from tracker.progress.models import Evidence, Obligation, Part, PartEvidence, Return, ReturnEvidence
from tracker.progress.states import PARTS_ARRIVED
from tracker.units.models import Unit


@dataclass(frozen=True, slots=True)
class Origin:
    """The report that a file was sent with first."""

    obligation_id: int
    task: str
    kind: str
    text: str
    period: str
    unit: str = ""
    """Of one that came with a report from below: who sent it."""


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
    found = {
        evidence_id: Origin(one.id, task, one.kind, one.text, one.period)
        for evidence_id, one, task in session.execute(statement)
    }
    rest = [one for one in evidence_ids if one not in found]
    return found | _from_below(rest) if rest else found


def _from_below(evidence_ids: Sequence[int]) -> dict[int, Origin]:
    statement = (
        select(PartEvidence.evidence_id, Obligation, Task.name, Unit.name)
        .join(Part, Part.id == PartEvidence.part_id)
        .join(Obligation, Obligation.id == Part.obligation_id)
        .join(Task, Task.id == Obligation.task_id)
        .join(Evidence, Evidence.id == PartEvidence.evidence_id)
        .join(Unit, Unit.id == Evidence.unit_id)
        .where(PartEvidence.evidence_id.in_(evidence_ids))
        .order_by(Part.id.desc())
    )
    return {
        evidence_id: Origin(one.id, task, one.kind, one.text, one.period, unit)
        for evidence_id, one, task, unit in session.execute(statement)
    }


def files_below(part_ids: Sequence[int]) -> dict[int, list[FileView]]:
    """Report from below → its files."""
    found: dict[int, list[FileView]] = {}
    statement = select(PartEvidence.part_id, Evidence).join(Evidence, Evidence.id == PartEvidence.evidence_id)
    rows = session.execute(
        statement.where(PartEvidence.part_id.in_(part_ids)).order_by(PartEvidence.part_id, Evidence.id)
    )
    for part_id, one in rows:
        file = FileView(one.public_id, one.name, one.size, one.media_type, one.sha256)
        found.setdefault(part_id, []).append(file)
    return found


def arrived_from_below(obligation_id: int) -> Select[tuple[int]]:
    """The files that have reached a unit from below for one of its reports."""
    return (
        select(PartEvidence.evidence_id)
        .join(Part, Part.id == PartEvidence.part_id)
        .where(Part.obligation_id == obligation_id, Part.state.in_(PARTS_ARRIVED))
    )
