"""A draft that an older reader (识别程序) read: what the one of today would read otherwise."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import func, select

from imports.problems import UnreadableDocument
from tracker import storage
from tracker.db import session
from tracker.drafts.apart import laid_out_apart
from tracker.drafts.models import Draft, DraftPiece, DraftTask
from tracker.drafts.reading import READER_VERSION
from tracker.drafts.renewal import FieldRead, HeldTask, TaskRead, header_renewal, renewal
from tracker.drafts.wording import unreadable
from tracker.errors import DomainError

AT_ONCE_PIECES = 3_000
"""Rows and paragraphs up to which the difference is worked out for the page."""


@dataclass(frozen=True, slots=True)
class Renewing:
    read_by: str
    """Version of the reader that read it."""
    newest: str
    rows: list[TaskRead] | None
    """None where the document is too large to be read for a page."""
    header: tuple[FieldRead, ...] = ()

    @property
    def kept(self) -> int:
        """Fields that a person corrected, and that would be read otherwise: the correction stays."""
        fields = [one for row in self.rows or () for one in row.fields]
        return sum(one.kept for one in (*fields, *self.header))


def is_outdated(reader_version: str) -> bool:
    return reader_version != READER_VERSION


def renewing(draft_id: int) -> Renewing:
    """Whether the viewer may know of the draft, the page has asked. Reads the document again; raises DomainError where that
    cannot be done."""
    draft = session.get_one(Draft, draft_id)
    pieces = session.scalar(select(func.count()).select_from(DraftPiece).where(DraftPiece.draft_id == draft_id)) or 0
    if pieces > AT_ONCE_PIECES:
        return Renewing(draft.reader_version, READER_VERSION, None)
    try:
        found = laid_out_apart(
            storage.load(draft.file_key), file_name=draft.file_name, pasted=draft.pasted, year=draft.header["year"],
            layout=draft.layout,
        )  # fmt: skip
    except UnreadableDocument as error:
        raise DomainError(unreadable(error)) from error
    tasks = session.scalars(
        select(DraftTask).where(DraftTask.draft_id == draft_id).order_by(DraftTask.position, DraftTask.id)
    )
    held = [HeldTask(one.body, one.original, one.stale) for one in tasks]
    header = header_renewal(draft.header, draft.header_read, found.body["document"])
    return Renewing(draft.reader_version, READER_VERSION, renewal(held, found.body["tasks"]), header)
