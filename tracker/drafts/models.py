"""A document under review: the file as it came, the pieces as they were read, the tasks as they stand now, every edit."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from tracker.db import Base, Json, UtcDateTime


class Draft(Base):
    __tablename__ = "draft"
    __table_args__ = (
        CheckConstraint("state IN ('reading', 'review', 'adopted', 'discarded', 'failed')", name="state"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    """The unit whose lead office imports it."""
    file_name: Mapped[str] = mapped_column(String(255))
    file_key: Mapped[str] = mapped_column(String(80))
    """Where the file's bytes are kept; pasted text is kept as a file too."""
    pasted: Mapped[bool] = mapped_column(default=False)
    """Whether the file is what a person pasted: JSON of `text` and, where the browser had it, `html`."""
    sha256: Mapped[str] = mapped_column(String(64))
    state: Mapped[str] = mapped_column(String(12))
    reader_version: Mapped[str] = mapped_column(String(20), default="")
    header: Mapped[dict[str, Any]] = mapped_column(Json)
    """title, issuer, number, issued_on, year: as they stand now."""
    header_read: Mapped[dict[str, Any]] = mapped_column(Json)
    """The same as they were read, with the places they were read from."""
    milestones: Mapped[list[dict[str, Any]]] = mapped_column(Json)
    layout: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)
    """What a person said of the tables' header rows and columns: see `tracker.drafts.layout`."""
    job_id: Mapped[int | None] = mapped_column(ForeignKey("job.id"))
    """The job that reads it, where it is too large to be read at once."""
    failure: Mapped[str] = mapped_column(Text, default="")
    """Why it could not be read, where it could not."""
    created_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    """None where a command read it."""
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    version: Mapped[int] = mapped_column(default=1)
    __mapper_args__ = {"version_id_col": version}


class DraftPiece(Base):
    """A piece of the source as it was read, for the left side of the review page."""

    __tablename__ = "draft_piece"
    __table_args__ = (UniqueConstraint("draft_id", "position"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    draft_id: Mapped[int] = mapped_column(ForeignKey("draft.id"))
    position: Mapped[int]
    kind: Mapped[str] = mapped_column(String(12))
    """`paragraph`, `sheet` (a table's beginning) or `row`: see `tracker.drafts.pieces`."""
    locator: Mapped[str] = mapped_column(String(120))
    body: Mapped[Any] = mapped_column(Json)


class DraftTask(Base):
    """A task of the draft as it stands now; `original` is what was read (None for one a person added)."""

    __tablename__ = "draft_task"
    __table_args__ = (Index("ix_draft_task_position", "draft_id", "position"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    draft_id: Mapped[int] = mapped_column(ForeignKey("draft.id"))
    position: Mapped[int]
    piece: Mapped[int] = mapped_column(default=0)
    """Position of the piece of the source where its requirement stands."""
    body: Mapped[dict[str, Any]] = mapped_column(Json)
    original: Mapped[dict[str, Any] | None] = mapped_column(Json)
    removed: Mapped[bool] = mapped_column(default=False)
    stale: Mapped[bool] = mapped_column(default=False)
    """Removed because the document, read again, has it no more."""


class DraftFinding(Base):
    """A problem or an unread piece, at its places; `settled` says what a person did with it."""

    __tablename__ = "draft_finding"
    __table_args__ = (Index("ix_draft_finding_position", "draft_id", "position"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    draft_id: Mapped[int] = mapped_column(ForeignKey("draft.id"))
    position: Mapped[int]
    origin: Mapped[str] = mapped_column(String(8))
    """`reader` (said of the file), `check` (said of the tasks, renewed when they change) or `unread`."""
    severity: Mapped[str] = mapped_column(String(8))
    code: Mapped[str] = mapped_column(String(40))
    params: Mapped[dict[str, Any]] = mapped_column(Json)
    locators: Mapped[list[str]] = mapped_column(Json)
    settled: Mapped[str] = mapped_column(String(12), default="")
    """'' open, 'accepted' (checked and right as it stands), 'mended' (corrected)."""


class DraftEdit(Base):
    """One correction: what, from, to, by whom; undoing marks it, and the value goes back."""

    __tablename__ = "draft_edit"
    __table_args__ = (UniqueConstraint("draft_id", "seq"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    draft_id: Mapped[int] = mapped_column(ForeignKey("draft.id"))
    seq: Mapped[int]
    act: Mapped[int]
    """What one act of a person changed at once is undone at once: the `seq` of the first of its edits."""
    task_id: Mapped[int | None] = mapped_column(ForeignKey("draft_task.id"))
    finding_id: Mapped[int | None] = mapped_column(ForeignKey("draft_finding.id"))
    field: Mapped[str] = mapped_column(String(40))
    before: Mapped[Any] = mapped_column(Json, nullable=True)
    after: Mapped[Any] = mapped_column(Json, nullable=True)
    by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    undone: Mapped[bool] = mapped_column(default=False)


class UnitChoice(Base):
    """How a unit expression of a draft was resolved: to a unit, to a collective's members, or to nobody (set aside)."""

    __tablename__ = "unit_choice"
    __table_args__ = (UniqueConstraint("draft_id", "expression"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    draft_id: Mapped[int] = mapped_column(ForeignKey("draft.id"))
    expression: Mapped[str] = mapped_column(String(200))
    unit_ids: Mapped[list[int]] = mapped_column(Json)
    how: Mapped[str] = mapped_column(String(12))
    """`picked`, `created`, `alias`, `members`, `nobody`."""
    note: Mapped[str] = mapped_column(Text, default="")
    """Why nobody is meant, where a person set the expression aside."""
    by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class DraftRevision(Base):
    """A draft that is another edition (修订稿) of a plan that is there, and not a plan of its own."""

    __tablename__ = "draft_revision"

    draft_id: Mapped[int] = mapped_column(ForeignKey("draft.id"), primary_key=True)
    plan_id: Mapped[int] = mapped_column(ForeignKey("plan.id"), index=True)


class DraftPair(Base):
    """What a person said of a task of another edition: which of the plan's tasks it is, or that it is none of them."""

    __tablename__ = "draft_pair"

    draft_task_id: Mapped[int] = mapped_column(ForeignKey("draft_task.id"), primary_key=True)
    draft_id: Mapped[int] = mapped_column(ForeignKey("draft.id"), index=True)
    task_id: Mapped[int | None] = mapped_column(ForeignKey("task.id"))
    by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class DraftPresence(Base):
    """Who has a draft open, and what they were correcting when their page last told."""

    __tablename__ = "draft_presence"
    __table_args__ = (UniqueConstraint("draft_id", "person_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    draft_id: Mapped[int] = mapped_column(ForeignKey("draft.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    task_id: Mapped[int | None]
    """The task whose correction was open, where one was."""
    seen_at: Mapped[datetime] = mapped_column(UtcDateTime)


class DraftWorkbook(Base):
    """A marked-up workbook (批注工作簿) that came back: what was changed in it, and whether it was taken in."""

    __tablename__ = "draft_workbook"
    __table_args__ = (
        CheckConstraint("state IN ('waiting', 'taken', 'dropped')", name="state"),
        CheckConstraint("mode IN ('own', 'table')", name="mode"),
        Index("ix_draft_workbook_draft", "draft_id", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    draft_id: Mapped[int] = mapped_column(ForeignKey("draft.id"))
    mode: Mapped[str] = mapped_column(String(8))
    """`own`: the document itself, corrected; `table`: a table of the tasks."""
    file_name: Mapped[str] = mapped_column(String(255))
    file_key: Mapped[str] = mapped_column(String(80))
    exported_at: Mapped[datetime] = mapped_column(UtcDateTime)
    said: Mapped[dict[str, Any]] = mapped_column(Json)
    """What stands in it: see `tracker.drafts.service.workbooks`."""
    state: Mapped[str] = mapped_column(String(10), default="waiting")
    by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    settled_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    settled_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class ColumnMeaning(Base):
    """What a column of this name holds, as a person once confirmed it for the city (已记住的列名)."""

    __tablename__ = "column_meaning"
    __table_args__ = (Index("ix_column_meaning_header", "normal_header"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    header: Mapped[str] = mapped_column(String(120))
    normal_header: Mapped[str] = mapped_column(String(120))
    kind: Mapped[str] = mapped_column(String(20))
    """One of `tracker.drafts.layout.KINDS`."""
    confirmed_by: Mapped[int] = mapped_column(ForeignKey("person.id"))
    confirmed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ended_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """When it was taken back, where it was."""


class MemoryUse(Base):
    """A draft that something remembered came from, or that was read by it."""

    __tablename__ = "memory_use"
    __table_args__ = (
        UniqueConstraint("kind", "memory_id", "draft_id", name="uq_memory_use_once"),
        CheckConstraint("kind IN ('alias', 'collective', 'column')", name="kind"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(12))
    memory_id: Mapped[int]
    draft_id: Mapped[int] = mapped_column(ForeignKey("draft.id"))
    learned: Mapped[bool] = mapped_column(default=False)
    """Whether it was remembered while this draft was reviewed."""
    at: Mapped[datetime] = mapped_column(UtcDateTime)
