"""Writing the audit record: one entry a fact, in the transaction of the fact."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import bindparam, select, update

from tracker.audit.chain import GENESIS, Link, digest
from tracker.audit.models import AuditEntry, AuditHead
from tracker.audit.plain import moment_text, plain
from tracker.db import canonical_json, is_writing, session, table_of
from tracker.prepared import Prepared, Transaction, Turn, adding

Change = tuple[Any, Any]

DAILY = frozenset((
    "obligation", "person", "evidence", "export", "job", "finding", "spot_check", "reminder", "supervision_slip", "kit",
    "returned_kit",
))  # fmt: skip
"""What entries of a day's business are about: after them units, plans and schemes are what they were."""

_ENTRY, _HEAD = table_of(AuditEntry), table_of(AuditHead)
_LOCK = Prepared(select(_HEAD.c.seq, _HEAD.c.hash, _HEAD.c.settled).where(_HEAD.c.id == 1).with_for_update())
_FIRST, _APPEND = adding(_HEAD), adding(_ENTRY)
_MOVE = Prepared(
    update(_HEAD)
    .where(_HEAD.c.id == 1)
    .values(seq=bindparam("new_seq"), hash=bindparam("new_hash"), settled=bindparam("new_settled"))
)


class Head(NamedTuple):
    seq: int
    hash: str
    settled: str


def lock_head(on: Transaction | None = None) -> Head | None:
    """Locks the head of the record. Whoever goes on to touch rows that many share (counts) does this first: then two
    transactions never hold what the other waits for, since each will want the head for its own entry."""
    rows = _LOCK.rows_on(on or session.connection())
    return Head(*rows[0]) if rows else None


@dataclass(frozen=True, slots=True)
class Entry:
    """One fact to be recorded; see `record` for what its parts are."""

    action: str
    subject: tuple[str, int | None]
    unit_id: int | None = None
    changes: Mapping[str, Change] | None = None
    detail: Mapping[str, Any] | None = None

    @property
    def body(self) -> dict[str, Any]:
        pairs = {name: [plain(old), plain(new)] for name, (old, new) in (self.changes or {}).items()}
        return {
            "changes": {name: pair for name, pair in pairs.items() if pair[0] != pair[1]},
            "detail": {key: plain(value) for key, value in (self.detail or {}).items()},
        }


def record(
    action: str,
    *,
    by: Any,
    at: datetime,
    subject: tuple[str, int | None],
    unit_id: int | None = None,
    changes: Mapping[str, Change] | None = None,
    detail: Mapping[str, Any] | None = None,
    on: Turn | None = None,
) -> None:
    """Appends one entry, in the session's transaction or `on` a turn beside it.

    `action` is a Chinese verb phrase as the log shows it (签收任务); `by` is the Viewer who acts, None for the system
    itself; `changes` maps a field name people know to (from, to), equal pairs are left out. Raises RuntimeError where
    the request only reads.
    """
    record_all([Entry(action, subject, unit_id, changes, detail)], by=by, at=at, on=on)


def record_all(entries: Sequence[Entry], *, by: Any, at: datetime, on: Turn | None = None) -> None:
    """Appends entries of one act in their order."""
    if on is None:
        if not is_writing():
            raise RuntimeError("a reading request must not write: nothing happens in it that could be recorded")
        session.flush()
    if not entries:
        return
    transaction = on or session.connection()
    head = lock_head(transaction) or _begin(transaction)
    for one in entries:
        row = _linked(one, head, by, at)
        _APPEND.run_on(transaction, **row)
        settled = head.settled if one.subject[0] in DAILY else row["hash"]
        head = Head(row["seq"], row["hash"], settled)
    _MOVE.run_on(transaction, new_seq=head.seq, new_hash=head.hash, new_settled=head.settled)


def _linked(one: Entry, head: Head, by: Any, at: datetime) -> dict[str, Any]:
    """An entry as the row that follows the head."""
    kind, number = one.subject
    actor_id, actor_name = (None, "system") if by is None else (by.person_id, by.name)
    body = one.body
    link = Link(
        head.seq + 1,
        moment_text(at),
        f"{actor_id or ''}:{actor_name}",
        one.action,
        f"{kind}:{number or ''}:{one.unit_id or ''}",
        canonical_json(body),
    )
    return {
        "seq": link.seq, "at": at, "actor_id": actor_id, "actor_name": actor_name, "action": one.action,
        "subject_kind": kind, "subject_id": number, "unit_id": one.unit_id, "body": body, "prev": head.hash,
        "hash": digest(link, head.hash),
    }  # fmt: skip


def _begin(transaction: Transaction) -> Head:
    first = Head(0, GENESIS, GENESIS)
    _FIRST.run_on(transaction, id=1, **first._asdict())
    return first
