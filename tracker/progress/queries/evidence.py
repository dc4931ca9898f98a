"""Files of evidence (佐证材料): who may have them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import aliased

from tracker.accounts.roles import UNIT_ROLES, Viewer
from tracker.db import session
from tracker.errors import NotFound
from tracker.plans.models import Assignment, Task
from tracker.progress.models import Evidence, Obligation, Part, PartEvidence, Passed, Return, ReturnEvidence
from tracker.progress.queries.choices import Pairs
from tracker.progress.queries.files import FileView, origins
from tracker.progress.queries.partners import leads_by
from tracker.progress.queries.returns import ObligationView
from tracker.progress.queries.scope import ARRIVED, SEEING, held
from tracker.progress.states import PARTS_ARRIVED
from tracker.units.models import Unit
from tracker.web.paging import PAGE_SIZE, Page, decode, page_of


@dataclass(frozen=True, slots=True)
class Download:
    name: str
    media_type: str
    size: int
    key: str
    """Under which `tracker.storage` keeps it."""


def download(public_id: str, viewer: Viewer) -> Download:
    """A file that the viewer may have: of their own unit; of one below that sends it to theirs, or whose work theirs goes on
    with; or, once its return has reached the lead office, of a unit they see or of one that reports to theirs in a task.

    Asked anew for each download. Raises NotFound.
    """
    row = session.execute(
        select(Evidence, Unit.path).join(Unit, Unit.id == Evidence.unit_id).where(Evidence.public_id == public_id)
    ).first()
    if row is None:
        raise NotFound
    kept = row.Evidence
    if not (held(viewer, row.path, *UNIT_ROLES) or _came_from_below(kept.id, viewer)):
        tasks = _arrived_with(kept.id)
        sees = bool(tasks) and held(viewer, row.path, *SEEING)
        if not sees and not any(leads_by(task, viewer) is not None for task in tasks):
            raise NotFound
    return Download(kept.name, kept.media_type, kept.size, kept.sha256)


def _came_from_below(evidence_id: int, viewer: Viewer) -> bool:
    """Whether a file stands with a report from below that the viewer's unit writes, or that has reached it: after a
    reorganisation neither need be the unit that sent it, or above that one."""
    below, above = aliased(Unit), aliased(Unit)
    statement = (
        select(Part.state, below.path.label("below"), above.path.label("above"))
        .join(PartEvidence, PartEvidence.part_id == Part.id)
        .join(Passed, Passed.id == Part.passed_id)
        .join(below, below.id == Passed.unit_id)
        .join(Assignment, Assignment.id == Passed.assignment_id)
        .join(above, above.id == Assignment.unit_id)
        .where(PartEvidence.evidence_id == evidence_id)
        .order_by(Part.id)
    )
    return any(
        held(viewer, row.below, *UNIT_ROLES) or (row.state in PARTS_ARRIVED and held(viewer, row.above, *UNIT_ROLES))
        for row in session.execute(statement)
    )


def _arrived_with(evidence_id: int) -> list[int]:
    """The tasks whose reports brought a file to the lead office."""
    statement = (
        select(Obligation.task_id)
        .join(Return, Return.obligation_id == Obligation.id)
        .join(ReturnEvidence, ReturnEvidence.return_id == Return.id)
        .where(ReturnEvidence.evidence_id == evidence_id, Return.state.in_(ARRIVED))
    )
    return list(session.scalars(statement.distinct().order_by(Obligation.task_id)))


@dataclass(frozen=True, slots=True)
class OwnFile:
    """A file that a unit has sent with one of its reports."""

    id: int
    file: FileView
    uploaded_at: datetime


def _sent(unit_id: int) -> Select[Any]:
    """The links by which files of a unit were sent first, as against those that only refer to them."""
    return (
        select(Evidence)
        .join(ReturnEvidence, ReturnEvidence.evidence_id == Evidence.id)
        .join(Return, Return.id == ReturnEvidence.return_id)
        .join(Obligation, Obligation.id == Return.obligation_id)
        .join(Task, Task.id == Obligation.task_id)
        .where(Evidence.unit_id == unit_id, ReturnEvidence.reused.is_(False))
    )


def own_files(
    found: ObligationView, *, text: str = "", task_id: int | None = None, cursor: str | None = None,
    size: int = PAGE_SIZE,
) -> Page[OwnFile]:  # fmt: skip
    """Files that the unit has sent with any of its reports, the newest first, but for those that this report has by now;
    `text` is sought in the names of file and task."""
    backwards, key = decode(cursor, 1) or (False, []) if cursor else (False, [])
    last = key[0] if key and isinstance(key[0], int) else None
    newest = (
        select(Return.id)
        .where(Return.obligation_id == found.id)
        .order_by(Return.version_no.desc())
        .limit(1)
        .scalar_subquery()
    )
    there = select(ReturnEvidence.evidence_id).where(ReturnEvidence.return_id == newest)
    statement = _sent(found.unit_id).where(Evidence.id.not_in(there))
    if text:
        statement = statement.where(
            or_(Evidence.name.contains(text, autoescape=True), Task.name.contains(text, autoescape=True))
        )
    if task_id is not None:
        statement = statement.where(Obligation.task_id == task_id)
    if last is not None:
        statement = statement.where(Evidence.id > last if backwards else Evidence.id < last)
    order = Evidence.id if backwards else Evidence.id.desc()
    rows = session.scalars(statement.distinct().order_by(order).limit(size + 1)).all()
    came = origins([one.id for one in rows])
    shown = [
        OwnFile(
            one.id, FileView(one.public_id, one.name, one.size, one.media_type, one.sha256, came.get(one.id)),
            one.uploaded_at,
        )
        for one in rows
    ]  # fmt: skip
    return page_of(
        shown, lambda one: (one.id,), size=size, came_from=cursor if last is not None else None, backwards=backwards
    )


def tasks_with_files(unit_id: int) -> Pairs:
    """The tasks with whose reports a unit has sent files."""
    statement = _sent(unit_id).with_only_columns(Task.id, Task.name).distinct().order_by(Task.id)
    return tuple((row.id, row.name) for row in session.execute(statement))
