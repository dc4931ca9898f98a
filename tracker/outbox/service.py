"""Enqueuing, leasing and ending jobs."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from flask_babel import get_locale, gettext as _
from sqlalchemy import or_, select

from tracker.accounts.roles import Viewer
from tracker.db import session
from tracker.errors import Conflict, DomainError, NotFound
from tracker.outbox.models import Job
from tracker.outbox.queries import attempt_prefix, last_attempt

LEASE = timedelta(minutes=10)
ATTEMPTS = 3
LANGUAGE = "language"
"""Name in the payload of the language of whoever started the job: what it says at its end is in that."""


def enqueue(kind: str, payload: dict[str, Any], *, key: str, by: Viewer | None, at: datetime) -> Job:
    """Puts a job down, in the transaction that wants it done. The same key gives the same job."""
    held = session.scalar(select(Job).where(Job.key == key))
    if held is not None:
        return held
    spoken = {LANGUAGE: str(get_locale()), **payload}
    job = Job(kind=kind, key=key, payload=spoken, created_by=by.person_id if by else None, created_at=at)
    session.add(job)
    session.flush()
    return job


def attempt(kind: str, subject: int, payload: dict[str, Any], *, by: Viewer, at: datetime) -> Job:
    """Puts down the next attempt at work on one thing, of which the caller holds the lock; while one runs, it is that one.

    Raises Conflict where somebody else's runs.
    """
    last = last_attempt(kind, subject)
    if last is None or not last.runs:
        number = last.job_id if last else 0
        return enqueue(kind, payload, key=f"{attempt_prefix(kind, subject)}{number}", by=by, at=at)
    if last.by_id != by.person_id:
        raise Conflict(_("%(who)s刚刚开始了同一项作业，请等它结束。", who=last.by))
    return get(last.job_id)


def lease(*, at: datetime, job_id: int | None = None) -> Job | None:
    """Takes the oldest job that waits, or whose worker died, for `LEASE`. None where there is nothing to do."""
    free = or_(Job.state == "waiting", (Job.state == "running") & (Job.leased_until < at))
    statement = select(Job).where(free).order_by(Job.id).limit(1).with_for_update(skip_locked=True)
    if job_id is not None:
        statement = statement.where(Job.id == job_id)
    job = session.scalar(statement)
    if job is None:
        return None
    if job.attempts >= ATTEMPTS:
        job.state, job.finished_at = "failed", at
        job.message = _("多次中断，已停止重试。")
        session.flush()
        return lease(at=at, job_id=job_id)
    job.state, job.leased_until, job.attempts = "running", at + LEASE, job.attempts + 1
    session.flush()
    return job


def finish(job_id: int, state: str, *, at: datetime, result: dict[str, Any] | None = None, message: str = "") -> None:
    job = get(job_id)
    job.state, job.result, job.message, job.finished_at, job.leased_until = state, result, message, at, None
    session.flush()


def get(job_id: int) -> Job:
    job = session.get(Job, job_id)
    if job is None:
        raise NotFound
    return job


def ask_to_cancel(job_id: int, *, by: Viewer, at: datetime) -> None:
    """Asks a job to stop; only whoever started it may. A job that has not begun is cancelled at once."""
    job = get(job_id)
    if job.created_by != by.person_id:
        raise NotFound
    if job.state in {"done", "failed", "cancelled"}:
        raise DomainError(_("这项作业已经结束，无需取消。"))
    job.cancel_asked = True
    if job.state == "waiting":
        job.state, job.finished_at = "cancelled", at
    session.flush()
