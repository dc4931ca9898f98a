"""Reading the audit record."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session, scoped_session

from tracker.audit.chain import Link, Verdict, verify
from tracker.audit.models import AuditEntry, AuditHead
from tracker.audit.plain import moment_text
from tracker.db import canonical_json, session, table_of

_ENTRY, _HEAD = table_of(AuditEntry), table_of(AuditHead)
_LAST = select(_HEAD.c.seq).where(_HEAD.c.id == 1)
_SINCE = (
    select(_ENTRY.c.seq, _ENTRY.c.subject_kind, _ENTRY.c.unit_id)
    .where(_ENTRY.c.seq > bindparam("number"))
    .order_by(_ENTRY.c.seq)
)


@dataclass(frozen=True, slots=True)
class Entry:
    """One act as a person reads it; `changes` are (field, from, to)."""

    seq: int
    at: datetime
    actor_name: str
    action: str
    subject_kind: str
    subject_id: int | None
    unit_id: int | None
    changes: tuple[tuple[str, Any, Any], ...]
    detail: tuple[tuple[str, Any], ...]
    hash: str


def read(row: AuditEntry) -> Entry:
    """An entry as a person reads it."""
    changes = tuple((name, old, new) for name, (old, new) in sorted(row.body.get("changes", {}).items()))
    detail = tuple(sorted(row.body.get("detail", {}).items()))
    return Entry(
        row.seq,
        row.at,
        row.actor_name,
        row.action,
        row.subject_kind,
        row.subject_id,
        row.unit_id,
        changes,
        detail,
        row.hash,
    )


def history(subject_kind: str, subject_id: int) -> list[Entry]:
    """All acts on one record, oldest first."""
    statement = (
        select(AuditEntry)
        .where(AuditEntry.subject_kind == subject_kind, AuditEntry.subject_id == subject_id)
        .order_by(AuditEntry.seq)
    )
    return [read(row) for row in session.scalars(statement)]


def head_hash() -> str:
    """The hash of the newest entry: printed on what is published, so that the record can be held against it."""
    return session.scalar(select(AuditHead.hash).where(AuditHead.id == 1)) or "0" * 64


def last_number() -> int:
    """The number of the newest entry, 0 where there is none."""
    return session.connection().execute(_LAST).scalar() or 0


def acts_since(number: int) -> list[tuple[int, str, int | None]]:
    """Of every entry after that one, in order: its number, what it is about (kind of subject) and the unit."""
    found = session.connection().execute(_SINCE, {"number": number})
    return [(seq, kind, unit_id) for seq, kind, unit_id in found]


def _links(read: Session | scoped_session[Session]) -> Generator[tuple[Link, str, str], None, None]:
    statement = select(AuditEntry).order_by(AuditEntry.seq).execution_options(yield_per=1000)
    with read.scalars(statement) as rows:
        for row in rows:
            actor = f"{row.actor_id or ''}:{row.actor_name}"
            subject = f"{row.subject_kind}:{row.subject_id or ''}:{row.unit_id or ''}"
            link = Link(row.seq, moment_text(row.at), actor, row.action, subject, canonical_json(row.body))
            yield link, row.prev, row.hash


def verify_chain(read: Session | None = None) -> Verdict:
    """Recomputes the whole chain and holds it against the stored head; of another database where its session is given."""
    with closing(_links(read or session)) as links:  # where the chain is broken the rest is not read
        verdict = verify(links)
    head = (read or session).execute(select(AuditHead.seq, AuditHead.hash).where(AuditHead.id == 1)).first()
    if verdict.broken_at is None and head is not None and (head.seq, head.hash) != (verdict.rows, verdict.head):
        return Verdict(verdict.rows, verdict.head, verdict.rows + 1)
    return verdict
