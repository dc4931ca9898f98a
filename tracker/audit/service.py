"""Writing the audit record: one entry a fact, in the transaction of the fact."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import bindparam, insert, select, update

from tracker.audit.chain import GENESIS, Link, digest
from tracker.audit.models import AuditEntry, AuditHead
from tracker.audit.plain import moment_text, plain
from tracker.db import canonical_json, is_writing, session, table_of

Change = tuple[Any, Any]

DAILY = frozenset({"obligation", "person", "evidence", "export", "job"})
"""What entries of a day's business are about: after them units, plans and schemes are what they were."""

_ENTRY, _HEAD = table_of(AuditEntry), table_of(AuditHead)
_LOCK = select(_HEAD.c.seq, _HEAD.c.hash, _HEAD.c.settled).where(_HEAD.c.id == 1).with_for_update()
_FIRST, _APPEND = insert(_HEAD), insert(_ENTRY)
_MOVE = (
    update(_HEAD)
    .where(_HEAD.c.id == 1)
    .values(seq=bindparam("new_seq"), hash=bindparam("new_hash"), settled=bindparam("new_settled"))
)


class Head(NamedTuple):
    seq: int
    hash: str
    settled: str


def take_turn() -> Head | None:
    """Locks the head of the record. Whoever goes on to touch rows that many share (counts) does this first: then two
    transactions never hold what the other waits for, since each will want the head for its own entry."""
    row = session.connection().execute(_LOCK).first()
    return Head(*row) if row else None


def record(
    action: str,
    *,
    by: Any,
    at: datetime,
    subject: tuple[str, int | None],
    unit_id: int | None = None,
    changes: Mapping[str, Change] | None = None,
    detail: Mapping[str, Any] | None = None,
) -> None:
    """Appends one entry.

    `action` is a Chinese verb phrase as the log shows it (签收任务); `by` is the Viewer who acts, None for the system
    itself; `changes` maps a field name people know to (from, to), equal pairs are left out. Raises RuntimeError where
    the request only reads.
    """
    if not is_writing():
        raise RuntimeError("a reading request must not write: nothing happens in it that could be recorded")
    session.flush()
    head = take_turn() or _begin()
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
    own = digest(link, head.hash)
    entry = {
        "seq": link.seq, "at": at, "actor_id": actor_id, "actor_name": actor_name, "action": action,
        "subject_kind": kind, "subject_id": number, "unit_id": unit_id, "body": body, "prev": head.hash, "hash": own,
    }  # fmt: skip
    connection = session.connection()
    connection.execute(_APPEND, entry)
    settled = head.settled if kind in DAILY else own
    connection.execute(_MOVE, {"new_seq": link.seq, "new_hash": own, "new_settled": settled})


def _begin() -> Head:
    first = Head(0, GENESIS, GENESIS)
    session.connection().execute(_FIRST, {"id": 1, **first._asdict()})
    return first
