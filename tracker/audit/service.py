"""Writing the audit record: one entry a fact, in the transaction of the fact."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import select

from tracker.audit.chain import GENESIS, Link, digest
from tracker.audit.models import AuditEntry, AuditHead
from tracker.audit.plain import moment_text, plain
from tracker.db import canonical_json, session

Change = tuple[Any, Any]


def take_turn() -> AuditHead | None:
    """Locks the head of the record. Whoever goes on to touch rows that many share (counts) does this first: then two
    transactions never hold what the other waits for, since each will want the head for its own entry."""
    return session.execute(select(AuditHead).where(AuditHead.id == 1).with_for_update()).scalar_one_or_none()


def record(
    action: str,
    *,
    by: Any,
    at: datetime,
    subject: tuple[str, int | None],
    unit_id: int | None = None,
    changes: Mapping[str, Change] | None = None,
    detail: Mapping[str, Any] | None = None,
) -> AuditEntry:
    """Appends one entry.

    `action` is a Chinese verb phrase as the log shows it (签收任务); `by` is the Viewer who acts, None for the system
    itself; `changes` maps a field name people know to (from, to), equal pairs are left out.
    """
    head = take_turn()
    if head is None:
        head = AuditHead(id=1, seq=0, hash=GENESIS)
        session.add(head)
    kind, number = subject
    changed = {
        name: [plain(old), plain(new)] for name, (old, new) in (changes or {}).items() if plain(old) != plain(new)
    }
    body = {"changes": changed, "detail": {key: plain(value) for key, value in (detail or {}).items()}}
    actor_id, actor_name = (None, "system") if by is None else (by.person_id, by.name)
    link = Link(
        head.seq + 1,
        moment_text(at),
        f"{actor_id or ''}:{actor_name}",
        action,
        f"{kind}:{number or ''}:{unit_id or ''}",
        canonical_json(body),
    )
    entry = AuditEntry(
        seq=link.seq, at=at, actor_id=actor_id, actor_name=actor_name, action=action, subject_kind=kind,
        subject_id=number,         unit_id=unit_id, body=body, prev=head.hash, hash=digest(link, head.hash),
    )  # fmt: skip
    session.add(entry)
    head.seq, head.hash = entry.seq, entry.hash
    session.flush()
    return entry
