"""A person's own long work."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from tracker.accounts.roles import Viewer
from tracker.db import session
from tracker.errors import NotFound
from tracker.outbox.models import BACK, Job

SHOWN = 50


@dataclass(frozen=True, slots=True)
class JobRow:
    id: int
    kind: str
    state: str
    done: int
    total: int
    message: str
    result: dict[str, Any]
    """{"text": …, "href": …}; a file besides {"file": storage key, "name": …}."""
    cancel_asked: bool
    created_at: datetime
    finished_at: datetime | None
    back: str
    """The page where it was started, where that asks for more than a click."""

    @property
    def is_over(self) -> bool:
        return self.state in {"done", "failed", "cancelled"}

    @property
    def percent(self) -> int | None:
        """Whole percent done; None where it is not known how much there is."""
        if self.state == "done" and self.total:
            return 100  # the last step is told before it is made
        return min(100, self.done * 100 // self.total) if self.total else None


def _row(job: Job) -> JobRow:
    return JobRow(
        job.id, job.kind, job.state, job.done, job.total, job.message, job.result or {}, job.cancel_asked,
        job.created_at, job.finished_at, job.payload.get(BACK, ""),
    )  # fmt: skip


def jobs_of(viewer: Viewer) -> list[JobRow]:
    """The newest first, at most fifty."""
    statement = select(Job).where(Job.created_by == viewer.person_id).order_by(Job.id.desc()).limit(SHOWN)
    return [_row(job) for job in session.scalars(statement)]


def job_row(job_id: int, viewer: Viewer) -> JobRow:
    """Raises NotFound for a job of somebody else."""
    job = session.get(Job, job_id)
    if job is None or job.created_by != viewer.person_id:
        raise NotFound
    return _row(job)
