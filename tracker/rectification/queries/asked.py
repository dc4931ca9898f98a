"""What was asked for on a finding (申请), and what was said to it; the columns of a request about a report, as pages show
both alike."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, and_, select
from sqlalchemy.orm import aliased

from tracker.accounts.models import Person
from tracker.accounts.roles import Viewer
from tracker.db import session
from tracker.progress.states import RequestKind
from tracker.rectification.models import Finding, FindingRequest


@dataclass(frozen=True, slots=True)
class AskedRow:
    id: int
    finding_id: int
    kind: RequestKind
    state: str
    reason: str
    progress: str
    due_before: date | None
    until: date | None
    granted_until: date | None
    asker_id: int
    asker: str
    asked_at: datetime
    decider: str
    decided_at: datetime | None
    note: str
    version: int


def asked_for(finding_id: int) -> tuple[AskedRow, ...]:
    """The newest first; whoever may see the finding may see them."""
    asker, decider = aliased(Person), aliased(Person)
    statement = (
        select(FindingRequest, asker.name.label("asker"), decider.name.label("decider"))
        .join(asker, asker.id == FindingRequest.asked_by)
        .outerjoin(decider, decider.id == FindingRequest.decided_by)
        .where(FindingRequest.finding_id == finding_id)
        .order_by(FindingRequest.id.desc())
    )
    return tuple(_row(row.FindingRequest, row.asker, row.decider or "") for row in session.execute(statement))


def _row(one: FindingRequest, asker: str, decider: str) -> AskedRow:
    return AskedRow(
        one.id, one.finding_id, one.kind, one.state, one.reason, one.progress, one.due_before, one.until,
        one.granted_until, one.asked_by, asker, one.asked_at, decider, one.decided_at, one.note, one.version,
    )  # fmt: skip


def awaits_decision(viewer: Viewer) -> ColumnElement[bool]:
    """The condition that something asked for on a finding waits to be decided by another person than the viewer."""
    waiting = select(FindingRequest.id).where(
        and_(FindingRequest.finding_id == Finding.id, FindingRequest.state == "asked"),
        FindingRequest.asked_by != viewer.person_id,
    )
    return waiting.correlate(Finding).exists()
