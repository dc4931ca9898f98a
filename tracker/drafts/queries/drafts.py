"""Drafts: the list of them, and one with its facts."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from typing import Any

from sqlalchemy import ColumnElement, func, or_, select, true

from tracker import storage
from tracker.accounts.models import Person
from tracker.accounts.roles import WHOLE_VIEW, Role, Viewer
from tracker.db import session
from tracker.drafts.bodies import HEADER_FIELDS
from tracker.drafts.models import Draft, DraftEdit, DraftFinding, DraftTask
from tracker.drafts.queries.renewing import is_outdated
from tracker.drafts.queries.revising import revised_plan
from tracker.errors import NotFound
from tracker.plans.queries import plan_of_draft
from tracker.plans.seen import seen_mark
from tracker.units.queries import covers, visible_to
from tracker.web.paging import PAGE_SIZE, Page, decode, page_of


@dataclass(frozen=True, slots=True)
class DraftRow:
    id: int
    title: str
    file_name: str
    state: str
    created_by: str
    created_at: datetime
    changed_at: datetime
    tasks: int
    open_errors: int
    open_warnings: int


def _mine(viewer: Viewer) -> ColumnElement[bool]:
    units = visible_to(viewer, Role.LEAD_OFFICE)
    return true() if units is None else Draft.unit_id.in_(units)


def drafts(viewer: Viewer, *, cursor: str | None = None, size: int = PAGE_SIZE) -> Page[DraftRow]:
    """The newest first, without those put away. A fixed number of statements."""
    after = decode(cursor, 1) if cursor else None
    backwards = bool(after and after[0])
    statement = (
        select(Draft, Person.name)
        .join(Person, Person.id == Draft.created_by, isouter=True)
        .where(_mine(viewer), Draft.state != "discarded")
        .order_by(Draft.id if backwards else Draft.id.desc())
        .limit(size + 1)
    )
    if after and isinstance(after[1][0], int):
        statement = statement.where(Draft.id > after[1][0] if backwards else Draft.id < after[1][0])
    found = session.execute(statement).all()
    ids = [draft.id for draft, _ in found]
    tasks = _grouped(select(DraftTask.draft_id, func.count()).where(DraftTask.removed.is_(False)), DraftTask, ids)
    errors = _grouped(_open_findings("error"), DraftFinding, ids)
    warnings = _grouped(_open_findings("warning"), DraftFinding, ids)
    rows = [
        DraftRow(
            draft.id, draft.header["title"] or draft.file_name, draft.file_name, draft.state, name or "",
            draft.created_at, draft.changed_at, tasks.get(draft.id, 0), errors.get(draft.id, 0), warnings.get(draft.id, 0),
        )
        for draft, name in found
    ]  # fmt: skip
    return page_of(rows, lambda row: [row.id], size=size, came_from=cursor if after else None, backwards=backwards)


def _open_findings(severity: str) -> Any:
    return select(DraftFinding.draft_id, func.count()).where(
        DraftFinding.severity == severity, DraftFinding.settled == "", DraftFinding.origin != "unread"
    )


def _grouped(statement: Any, model: Any, ids: list[int]) -> dict[int, int]:
    rows = session.execute(statement.where(model.draft_id.in_(ids)).group_by(model.draft_id))
    return {row[0]: row[1] for row in rows}


@dataclass(frozen=True, slots=True)
class DraftView:
    id: int
    unit_id: int
    file_name: str
    pasted: bool
    sha256: str
    state: str
    failure: str
    job_id: int | None
    started_by: int | None
    header: dict[str, Any]
    header_read: dict[str, Any]
    milestones: list[dict[str, Any]]
    created_by: str
    created_at: datetime
    changed_at: datetime
    tasks: int
    removed: int
    errors: int
    warnings: int
    notes: int
    unread: int
    plan: tuple[int, str] | None
    """The plan it became."""
    editable: bool
    can_undo: bool
    revises: tuple[int, str] | None = None
    """The plan whose other edition (修订稿) it is."""
    outdated: bool = False
    """Whether an older reader (识别程序) read it than the one of today."""
    newest_edit: int = 0
    """Number of the newest correction: what comes after it, the page does not show."""

    @property
    def title(self) -> str:
        return self.header["title"] or self.file_name

    @property
    def header_mark(self) -> str:
        return seen_mark(self.header)

    @property
    def header_changed(self) -> list[str]:
        return [name for name in HEADER_FIELDS if self.header_read and self.header[name] != self.header_read.get(name)]


def draft_view(draft_id: int, viewer: Viewer) -> DraftView:
    """Raises NotFound where there is none or the viewer may not know of it: others than the lead office see adopted ones only."""
    found = session.execute(
        select(Draft, Person.name)
        .join(Person, Person.id == Draft.created_by, isouter=True)
        .where(Draft.id == draft_id, or_(Draft.state == "adopted", _mine(viewer)))
    ).first()
    if found is None or not covers(viewer, found[0].unit_id, *WHOLE_VIEW):
        raise NotFound
    draft, name = found
    tasks: dict[bool, int] = {
        bool(removed): count
        for removed, count in session.execute(
            select(DraftTask.removed, func.count()).where(DraftTask.draft_id == draft_id).group_by(DraftTask.removed)
        )
    }
    counts = _counts(draft_id)
    editable = draft.state == "review" and covers(viewer, draft.unit_id, Role.LEAD_OFFICE)
    return DraftView(
        draft.id, draft.unit_id, draft.file_name, draft.pasted, draft.sha256, draft.state, draft.failure, draft.job_id, draft.created_by,
        draft.header, draft.header_read, draft.milestones, name or "", draft.created_at, draft.changed_at,
        tasks.get(False, 0), tasks.get(True, 0), counts.get("error", 0), counts.get("warning", 0), counts.get("note", 0),
        counts.get("unread", 0), plan_of_draft(draft_id), editable, editable and _can_undo(draft_id, viewer),
        revised_plan(draft_id), editable and is_outdated(draft.reader_version),
        (session.scalar(select(func.max(DraftEdit.seq)).where(DraftEdit.draft_id == draft_id)) or 0) if editable else 0,
    )  # fmt: skip


def original(draft_id: int, viewer: Viewer) -> tuple[str, BytesIO]:
    """(name, content) of the file as it came; pasted text as text. Raises NotFound."""
    draft = session.scalar(select(Draft).where(Draft.id == draft_id, _mine(viewer)))
    if draft is None:
        raise NotFound
    data = storage.load(draft.file_key)
    if draft.pasted:
        return f"{draft.file_name}.txt", BytesIO(json.loads(data)["text"].encode())
    return draft.file_name, BytesIO(data)


def _counts(draft_id: int) -> dict[str, int]:
    """Open findings by severity; pieces left unread under `unread`."""
    statement = (
        select(DraftFinding.origin, DraftFinding.severity, func.count())
        .where(DraftFinding.draft_id == draft_id, or_(DraftFinding.settled == "", DraftFinding.origin == "unread"))
        .group_by(DraftFinding.origin, DraftFinding.severity)
    )
    found: dict[str, int] = {}
    for origin, severity, count in session.execute(statement):
        key = "unread" if origin == "unread" else severity
        found[key] = found.get(key, 0) + count
    return found


def _can_undo(draft_id: int, viewer: Viewer) -> bool:
    statement = select(DraftEdit.id).where(
        DraftEdit.draft_id == draft_id, DraftEdit.by_id == viewer.person_id, DraftEdit.undone.is_(False)
    )
    return session.scalar(statement.limit(1)) is not None
