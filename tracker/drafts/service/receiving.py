"""Receiving a document: kept as it came, read at once or, where it is large, by a job."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import delete, insert, select

from imports.problems import UnreadableDocument
from tracker import storage
from tracker.accounts.roles import Role, Viewer
from tracker.audit.service import record
from tracker.db import session
from tracker.drafts.apart import understood_apart
from tracker.drafts.bodies import HEADER_FIELDS, header_of
from tracker.drafts.models import Draft, DraftFinding, DraftPiece, DraftTask
from tracker.drafts.queries.memory import column_meanings
from tracker.drafts.reading import READER_VERSION, Finding, Understood, pasted_bytes
from tracker.drafts.service.remembering import note_columns
from tracker.drafts.wording import unreadable
from tracker.errors import DomainError, NotFound
from tracker.outbox.service import enqueue
from tracker.units.queries import covers

AT_ONCE_BYTES = 1 << 20
AT_ONCE_ROWS = 3_000
"""Rows and paragraphs that are understood within the request: about a second of work."""
BATCH = 2_000
JOB = "drafts.read"


@dataclass(frozen=True, slots=True)
class Document:
    """What a person sent in: a file, or what was pasted, which is kept as one."""

    data: bytes
    file_name: str
    year: int | None = None
    """For dates that print none, where the person says it."""
    pasted: bool = False


def pasted_document(text: str, html: str | None, year: int | None) -> Document:
    """Raises DomainError where nothing was pasted."""
    if not text.strip() and not (html or "").strip():
        raise DomainError(_("请先粘贴文字，或选择一个文件。"), field="text")
    return Document(pasted_bytes(text, html), _("粘贴的文本"), year, pasted=True)


def understood_at_once(sent: Document, *, however_long: bool = False) -> Understood | None:
    """What a document says; None where it takes longer than a person waits, so that a job has to read it.

    Only reads, and so comes before the turn to write is taken. Raises DomainError for what cannot be read.
    """
    if not however_long and len(sent.data) > AT_ONCE_BYTES:
        return None
    try:
        return understood_apart(
            sent.data, file_name=sent.file_name, pasted=sent.pasted, year=sent.year,
            most=None if however_long else AT_ONCE_ROWS, meanings=column_meanings(),
        )  # fmt: skip
    except UnreadableDocument as error:
        raise DomainError(unreadable(error), field="text" if sent.pasted else "file") from error


def receive(sent: Document, found: Understood | None, *, unit_id: int, by: Viewer | None, at: datetime) -> Draft:
    """Keeps a document and what it says: the draft is then in `review`, or `reading` where a job reads it (poke the outbox)."""
    draft = _new(sent, unit_id, by, at)
    if found is not None:
        _fill(draft, found, at)
    else:
        draft.job_id = enqueue(JOB, {"draft_id": draft.id}, key=f"{JOB}:{draft.id}", by=by, at=at).id
        session.flush()
    _record(draft, by, at)
    return draft


def receive_now(sent: Document, *, unit_id: int, by: Viewer | None, at: datetime) -> Draft:
    """Reads and keeps a document however long it is: for commands. Raises DomainError for what cannot be read."""
    return receive(sent, understood_at_once(sent, however_long=True), unit_id=unit_id, by=by, at=at)


def _new(sent: Document, unit_id: int, by: Viewer | None, at: datetime) -> Draft:
    kept = storage.save_bytes(sent.data)
    header: dict[str, Any] = dict.fromkeys(HEADER_FIELDS) | {"title": "", "year": sent.year}
    draft = Draft(
        unit_id=unit_id, file_name=sent.file_name[:255], file_key=kept.key, pasted=sent.pasted, sha256=kept.sha256,
        state="reading", header=header, header_read=header, milestones=[], layout={}, reader_version=READER_VERSION,
        created_by=by.person_id if by else None, created_at=at, changed_at=at,
    )  # fmt: skip
    session.add(draft)
    session.flush()
    return draft


def _record(draft: Draft, by: Viewer | None, at: datetime) -> None:
    record("导入文件", by=by, at=at, subject=("draft", draft.id), unit_id=draft.unit_id,
           detail={"文件名": draft.file_name, "SHA-256": draft.sha256})  # fmt: skip


def understood_waiting(draft_id: int) -> Understood | str | None:
    """What the file of a draft that waits says, or why it cannot be read; None where nothing waits any more.

    Only reads: a long document takes a minute, and nobody else could write to an SQLite file meanwhile.
    """
    draft = session.get(Draft, draft_id)
    if draft is None:
        raise NotFound
    if draft.state != "reading":
        return None
    data, year = storage.load(draft.file_key), draft.header["year"]
    try:
        return understood_apart(
            data, file_name=draft.file_name, pasted=draft.pasted, year=year, meanings=column_meanings()
        )
    except UnreadableDocument as error:
        return unreadable(error)


def end_waiting(draft_id: int, found: Understood | str | None, *, at: datetime) -> str:
    """Writes what was read of a draft that waits. Done twice it does nothing. Returns its state: `review` or `failed`."""
    draft = session.scalar(
        select(Draft).where(Draft.id == draft_id).with_for_update().execution_options(populate_existing=True)
    )
    if draft is None:
        raise NotFound
    if draft.state == "reading" and found is not None:
        if isinstance(found, str):
            draft.state, draft.failure = "failed", found
        else:
            _fill(draft, found, at)
        draft.changed_at = at
        session.flush()
    return draft.state


def _fill(draft: Draft, found: Understood, at: datetime) -> None:
    document = found.body["document"]
    draft.state, draft.reader_version, draft.layout = "review", READER_VERSION, found.layout
    note_columns(draft, found.layout, at)
    draft.header = header_of(document)
    draft.header_read = header_read(found)
    draft.milestones = found.body["milestones"]
    session.flush()
    renew_pieces(draft, found)
    tasks = [
        {
            "draft_id": draft.id,
            "position": position,
            "piece": piece,
            "body": body,
            "original": body,
            "removed": False,
            "stale": False,
        }
        for position, (body, piece) in enumerate(zip(found.body["tasks"], found.piece_of_task, strict=True), 1)
    ]
    _insert(DraftTask, tasks)
    _insert(DraftFinding, [finding_row(draft.id, position, one) for position, one in enumerate(found.findings, 1)])


def header_read(found: Understood) -> dict[str, Any]:
    """What the document was read to say of itself, and what the checks say of its tasks alone and not of the document."""
    known = {finding.key for finding in found.findings}
    beside = sorted([code, list(map(list, params))] for code, params in found.beside - known)
    return {**found.body["document"], "beside": beside}


def renew_pieces(draft: Draft, found: Understood) -> None:
    """Keeps the source as it was read, in the place of an earlier one."""
    session.execute(delete(DraftPiece).where(DraftPiece.draft_id == draft.id))
    pieces = [
        {
            "draft_id": draft.id,
            "position": piece.position,
            "kind": piece.kind,
            "locator": piece.locator,
            "body": piece.body,
        }
        for piece in found.pieces
    ]
    _insert(DraftPiece, pieces)


def finding_row(draft_id: int, position: int, one: Finding) -> dict[str, Any]:
    return {
        "draft_id": draft_id,
        "position": position,
        "origin": one.origin,
        "severity": one.severity,
        "code": one.code,
        "params": one.params,
        "locators": list(one.locators),
        "settled": "",
    }


def _insert(model: Any, rows: list[dict[str, Any]]) -> None:
    for start in range(0, len(rows), BATCH):
        session.execute(insert(model.__table__), rows[start : start + BATCH])


def discard(draft_id: int, *, by: Viewer, at: datetime) -> None:
    """Puts a draft away. Nothing is lost: the record and the file stay."""
    draft = session.scalar(select(Draft).where(Draft.id == draft_id).with_for_update())
    if draft is None or not covers(by, draft.unit_id, Role.LEAD_OFFICE):
        raise NotFound
    if draft.state == "adopted":
        raise DomainError(_("这份分解表已经入库，不能作废。"))
    if draft.state == "discarded":
        return
    record("作废导入草稿", by=by, at=at, subject=("draft", draft.id), unit_id=draft.unit_id,
           changes={"状态": (draft.state, "discarded")})  # fmt: skip
    draft.state, draft.changed_at = "discarded", at
    session.flush()
