"""The audit record page by page, for whoever may look into it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import ColumnElement, select

from tracker.accounts.models import Person
from tracker.accounts.roles import Role, Viewer
from tracker.audit.models import AuditEntry, AuditHead
from tracker.audit.queries import Entry, read
from tracker.clock import start_of
from tracker.db import session
from tracker.units.queries import names, visible_to
from tracker.web.numbers import whole_number
from tracker.web.paging import PAGE_SIZE, Page, decode, page_of

SYSTEM = "system"


@dataclass(frozen=True, slots=True)
class AuditFilter:
    person: str = ""
    """Part of a name or user name; `system` for what nobody did."""
    action: str = ""
    subject_kind: str = ""
    subject_id: int | None = None
    first: date | None = None
    last: date | None = None


@dataclass(frozen=True, slots=True)
class Line:
    entry: Entry
    unit: str


def audit_page(viewer: Viewer, wanted: AuditFilter, *, cursor: str | None = None, size: int = PAGE_SIZE) -> Page[Line]:
    """The newest first. Nothing is counted: the record only grows, and its last number says how many entries there are."""
    after = decode(cursor, 1) if cursor else None
    backwards = bool(after and after[0])
    statement = (
        select(AuditEntry)
        .where(*_scope(viewer), *_conditions(wanted))
        .order_by(AuditEntry.seq if backwards else AuditEntry.seq.desc())
        .limit(size + 1)
    )
    if after:
        key = whole_number(after[1][0]) or 0
        statement = statement.where(AuditEntry.seq > key if backwards else AuditEntry.seq < key)
    entries = [read(row) for row in session.scalars(statement)]
    known = names(entry.unit_id for entry in entries if entry.unit_id is not None)
    lines = [Line(entry, known.get(entry.unit_id or 0, "")) for entry in entries]
    whole = not _scope(viewer) and not _conditions(wanted)
    return page_of(
        lines, lambda line: [line.entry.seq], size=size, came_from=cursor if after else None, backwards=backwards,
        total=head().seq if whole else None,
    )  # fmt: skip


def _scope(viewer: Viewer) -> list[ColumnElement[bool]]:
    units = visible_to(viewer, Role.ADMIN, Role.LEAD_OFFICE)
    return [] if units is None else [AuditEntry.unit_id.in_(units)]


def _conditions(wanted: AuditFilter) -> list[ColumnElement[bool]]:
    where: list[ColumnElement[bool]] = []
    if wanted.person == SYSTEM:
        where.append(AuditEntry.actor_id.is_(None))
    elif wanted.person:
        word = wanted.person.lower()
        alike = Person.name.contains(word, autoescape=True) | Person.username.contains(word, autoescape=True)
        where.append(AuditEntry.actor_id.in_(select(Person.id).where(alike)))
    if wanted.action:
        where.append(AuditEntry.action == wanted.action)
    if wanted.subject_kind:
        where.append(AuditEntry.subject_kind == wanted.subject_kind)
    if wanted.subject_id is not None:
        where.append(AuditEntry.subject_id == wanted.subject_id)
    if wanted.first:
        where.append(AuditEntry.at >= start_of(wanted.first))
    if wanted.last:
        where.append(AuditEntry.at < start_of(wanted.last + timedelta(days=1)))
    return where


def actions() -> list[str]:
    """Every verb that stands in the record, in order. Each is found by a jump in the index, however long the record."""
    found: list[str] = []
    last = ""
    while True:
        following = session.scalar(
            select(AuditEntry.action).where(AuditEntry.action > last).order_by(AuditEntry.action).limit(1)
        )
        if following is None:
            return found
        found.append(following)
        last = following


@dataclass(frozen=True, slots=True)
class Head:
    seq: int
    hash: str


def head() -> Head:
    """The last number and hash of the chain."""
    row = session.get(AuditHead, 1)
    return Head(row.seq, row.hash) if row else Head(0, "0" * 64)
