"""Asking for long work, and asking it to stop."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime

from tracker.accounts.roles import Viewer
from tracker.audit.service import record
from tracker.desk.queries.exports import Asked
from tracker.outbox import service as outbox
from tracker.outbox.room import poke_after_commit

EXPORT = "export"
"""Kind of the job that writes a report."""

WRITTEN_AT_ONCE = 3000
"""Rows that are written while the person waits: about a second."""


def ask_export(asked: Asked, *, base: str, locale: str, by: Viewer, at: datetime) -> int:
    """The job that writes a report and keeps the file for the person. `base` is the address of this site, for links."""
    question = asdict(asked)
    key = f"{EXPORT}:{by.person_id}:{at.isoformat()}"
    payload = {"asked": question, "base": base, "locale": locale}
    job = outbox.enqueue(EXPORT, payload, key=key, by=by, at=at)
    record("导出", by=by, at=at, subject=("export", job.id), detail={"报表": asked.name})
    poke_after_commit()
    return job.id


def cancel(job_id: int, *, by: Viewer, at: datetime) -> None:
    outbox.ask_to_cancel(job_id, by=by, at=at)
    record("取消作业", by=by, at=at, subject=("job", job_id))
