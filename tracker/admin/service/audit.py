"""Asking for a long check of the audit record."""

from __future__ import annotations

from datetime import datetime

from tracker.accounts.roles import Viewer
from tracker.outbox.room import poke_after_commit
from tracker.outbox.service import enqueue

KIND = "audit-verify"

VERIFIED_AT_ONCE = 20_000
"""Entries that are checked while the person waits: about a second."""


def ask_to_verify(*, by: Viewer, at: datetime) -> int:
    """The job that walks the whole chain."""
    job = enqueue(KIND, {}, key=f"{KIND}:{by.person_id}:{at.isoformat()}", by=by, at=at)
    poke_after_commit()
    return job.id
