"""Reading a draft's document again: its columns were said to be others, or the reader is a new one. Corrections are kept."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import delete, func, insert, select, update

from imports.problems import UnreadableDocument
from tracker import storage
from tracker.accounts.roles import Viewer
from tracker.audit.service import record
from tracker.db import session
from tracker.drafts.apart import laid_out_apart
from tracker.drafts.bodies import HEADER_FIELDS, Body, changed_fields
from tracker.drafts.layout import KINDS
from tracker.drafts.models import Draft, DraftEdit, DraftFinding, DraftPiece, DraftTask
from tracker.drafts.reading import READER_VERSION, Understood
from tracker.drafts.service.opening import note_edit, open_draft
from tracker.drafts.service.receiving import finding_row, header_read
from tracker.drafts.service.remembering import remember_columns
from tracker.drafts.service.settling import key_of, renew_findings
from tracker.drafts.wording import unreadable
from tracker.errors import Conflict, DomainError, NotFound
from tracker.outbox.models import Job
from tracker.outbox.room import poke_after_commit
from tracker.outbox.service import enqueue
from tracker.plans.seen import seen_mark

AT_ONCE_PIECES = 1_000
"""Rows and paragraphs of the source that are read again within the request."""
JOB_AGAIN = "drafts.again"


@dataclass(frozen=True, slots=True)
class Reread:
    """What reading again changed."""

    new: int
    gone: int
    changed: int
    kept: int
    """Tasks with corrections that were carried over."""


def start_lay_out(
    draft_id: int, table: str, row: str, kinds: list[str], *, since: int, by: Viewer, at: datetime,
    headers: Sequence[str] = (),
) -> Reread | Job:  # fmt: skip
    """Says which row of a table is its header and what its columns are, and reads the document again: a large one by a job.

    `headers` of the columns where these are to be remembered for the city.
    `since` is the newest correction that the person saw: Conflict where somebody said something of the columns since.
    """
    draft = open_draft(draft_id, by=by)
    if "requirement" not in kinds or any(kind not in KINDS for kind in kinds):
        raise DomainError(_("请指定哪一列是工作要求，否则读不出任务。"))
    newer = select(func.count()).where(
        DraftEdit.draft_id == draft.id, DraftEdit.field == "layout", DraftEdit.seq > since, DraftEdit.undone.is_(False)
    )
    if session.scalar(newer):
        raise Conflict(_("他人刚刚改过表头，没有覆盖。请核对下面的最新设置后再保存。"))
    if headers:
        remember_columns(draft, headers, kinds, by=by, at=at)
    layout = {**draft.layout, table: {"row": row, "columns": kinds}}
    if is_large(draft):
        return put_down(draft, layout, None, by=by, at=at)
    return read_again(draft, layout, by=by, at=at)


def is_large(draft: Draft) -> bool:
    """Whether reading it again is work for a job."""
    pieces = select(func.count()).select_from(DraftPiece).where(DraftPiece.draft_id == draft.id)
    return (session.scalar(pieces) or 0) > AT_ONCE_PIECES


def put_down(draft: Draft, layout: dict[str, Any], undo: int | None, *, by: Viewer, at: datetime) -> Job:
    """Has the document read again by a job; `undo` is the edit that it takes back."""
    wanted = {"draft": draft.id, "before": draft.layout, "layout": layout, "undo": undo}
    newest = session.scalar(select(func.max(DraftEdit.seq)).where(DraftEdit.draft_id == draft.id)) or 0
    key = f"{JOB_AGAIN}:{draft.id}:{newest}:{by.person_id}:{at:%Y%m%d%H%M}:{seen_mark(wanted)}"
    job = enqueue(JOB_AGAIN, {**wanted, "at": at.isoformat()}, key=key, by=by, at=at)
    poke_after_commit()
    return job


def understood_again(draft_id: int, layout: dict[str, Any]) -> Understood:
    """What the document says by this layout: the long part of the work, before the transaction that writes it."""
    draft = session.get(Draft, draft_id)
    if draft is None:
        raise NotFound
    return understood_kept(draft, draft.file_key, draft.file_name, layout)


def understood_kept(draft: Draft, key: str, name: str, layout: dict[str, Any]) -> Understood:
    """What a file that is kept under a key says, read as the document of this draft."""
    data, year = storage.load(key), draft.header["year"]
    try:
        return laid_out_apart(data, file_name=name, pasted=draft.pasted, year=year, layout=layout)
    except UnreadableDocument as error:
        raise DomainError(unreadable(error)) from error


def end_reading(
    draft_id: int, found: Understood, before: dict[str, Any], layout: dict[str, Any], undo: int | None, *, by: Viewer,
    at: datetime,
) -> Reread | None:  # fmt: skip
    """Writes what a job read; None where it was written already. Raises Conflict where the layout is another by now."""
    draft = open_draft(draft_id, by=by)
    if draft.layout != before:
        if draft.layout == layout:
            return None
        raise Conflict(_("他人刚刚改过表头，没有重新识别。请到“表头和各列”核对。"))
    edit = session.get(DraftEdit, undo) if undo is not None else None
    if edit is not None:
        edit.undone = True
    return read_again(draft, layout, by=by, at=at, undo=edit is not None, found=found)


def read_again(
    draft: Draft, layout: dict[str, Any], *, by: Viewer, at: datetime, undo: bool = False,
    found: Understood | None = None, places: Mapping[int, str] | None = None,
) -> Reread:  # fmt: skip
    """Reads the document with this layout; a field that a person corrected stays as it was corrected.

    `found` is what it says, where that is known already. `places` says where tasks stand, by their ids, in a document
    that was corrected itself: whoever corrected it keeps the edit.
    """
    found = found or understood_again(draft.id, layout)
    if not found.body["tasks"]:
        raise DomainError(_("按这样的表头读不出任务，没有更改。请核对表头行和各列的含义。"))
    before, draft.layout, draft.reader_version = draft.layout, layout, READER_VERSION
    done = _renew_tasks(draft, found, places or {})
    _renew_said(draft, found)
    if not undo and places is None:
        note_edit(draft, "layout", before, layout, by=by, at=at)
    record("重新识别", by=by, at=at, subject=("draft", draft.id), unit_id=draft.unit_id,
           detail={"新增任务": done.new, "减少任务": done.gone, "变化任务": done.changed})  # fmt: skip
    renew_findings(draft)
    return done


def _renew_tasks(draft: Draft, found: Understood, places: Mapping[int, str]) -> Reread:
    held = list(session.scalars(select(DraftTask).where(DraftTask.draft_id == draft.id).order_by(DraftTask.position)))
    by_place: dict[str, list[DraftTask]] = {}
    for one in held:
        if one.original is not None:
            by_place.setdefault(places.get(one.id, one.original["locator"]), []).append(one)
    ordered: list[DraftTask] = []
    new = changed = kept = 0
    for body, piece in zip(found.body["tasks"], found.piece_of_task, strict=True):
        known = by_place.get(body["locator"])
        task = known.pop(0) if known else None
        if task is None:
            task = DraftTask(draft_id=draft.id, position=0, piece=piece, body=body, original=body, removed=False)
            session.add(task)
            new += 1
        else:
            own = changed_fields(task.body, task.original)
            changed += task.original != body
            kept += bool(own)
            task.body, task.original = {**body, **{name: task.body[name] for name in own}}, body
            task.piece, task.removed = piece, task.removed and not task.stale
            task.stale = False
        ordered.append(task)
    left = [task for tasks in by_place.values() for task in tasks]
    gone = sum(not task.stale for task in left)
    for task in left:
        task.removed = task.stale = True
    _in_order(ordered, [task for task in held if task.original is None or task in left])
    session.flush()
    return Reread(new, gone, changed, kept)


def _in_order(ordered: list[DraftTask], others: Iterable[DraftTask]) -> None:
    """Numbers the tasks as they were read; those that a person added, or that are read no more, stay behind their place."""
    keyed: list[tuple[int, int, DraftTask]] = [(index, 0, task) for index, task in enumerate(ordered)]
    for number, task in enumerate(others, 1):
        before = sum(1 for one in ordered if one.piece <= task.piece)
        keyed.append((before - 1, number, task))
    keyed.sort(key=lambda row: row[:2])
    for position, (_index, _number, task) in enumerate(keyed, 1):
        task.position = position


def _renew_said(draft: Draft, found: Understood) -> None:
    """Findings of the new reading; what a person had accepted stays accepted, and what was not read is listed anew."""
    rows = session.scalars(select(DraftFinding).where(DraftFinding.draft_id == draft.id)).all()
    accepted = {(row.origin, key_of(row)) for row in rows if row.settled == "accepted"}
    session.execute(
        update(DraftEdit).where(DraftEdit.draft_id == draft.id, DraftEdit.finding_id.is_not(None))
        .values(finding_id=None, undone=True)
    )  # fmt: skip
    session.execute(
        delete(DraftFinding).where(DraftFinding.draft_id == draft.id, DraftFinding.code.not_like("workbook-%"))
    )
    news: list[Body] = [finding_row(draft.id, position, one) for position, one in enumerate(found.findings, 1)]
    for row, one in zip(news, found.findings, strict=True):
        if (one.origin, one.key) in accepted:
            row["settled"] = "accepted"
    if news:
        session.execute(insert(DraftFinding), news)
    document = found.body["document"]
    same = {name: document[name] for name in HEADER_FIELDS if draft.header[name] == draft.header_read.get(name)}
    draft.header = {**draft.header, **same}
    draft.header_read = header_read(found)
    draft.milestones = found.body["milestones"]
    session.flush()
