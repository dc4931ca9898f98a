"""Adopting a large edition as long work: whether it is, and how the last attempt at it went."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from tracker.accounts.models import Person
from tracker.db import session
from tracker.outbox.models import Job

AT_ONCE_TASKS = 200
"""Tasks of an edition that is adopted within the request: about a second of work."""
JOB_REVISION = "progress.revise"


@dataclass(frozen=True, slots=True)
class Attempt:
    """Long work that was to adopt an edition."""

    job_id: int
    state: str
    message: str
    """Why it failed."""
    by_id: int | None
    by: str
    wishes: Mapping[str, Any]
    """What the person said, by the names of `service.Wishes`."""

    @property
    def runs(self) -> bool:
        return self.state in {"waiting", "running"}


def is_large_revision(tasks: int) -> bool:
    """Whether adopting an edition of so many tasks is long work."""
    return tasks > AT_ONCE_TASKS


def attempt_prefix(draft_id: int) -> str:
    """How the keys of all jobs begin that are to adopt this draft."""
    return f"{JOB_REVISION}:{draft_id}:"


def last_attempt(draft_id: int) -> Attempt | None:
    """The newest attempt at adopting a draft, whoever made it."""
    row = session.execute(
        select(Job.id, Job.state, Job.message, Job.created_by, Job.payload, Person.name)
        .join(Person, Person.id == Job.created_by)
        .where(Job.kind == JOB_REVISION, Job.key.startswith(attempt_prefix(draft_id), autoescape=True))
        .order_by(Job.id.desc())
        .limit(1)
    ).first()
    return None if row is None else Attempt(
        row.id, row.state, row.message, row.created_by, row.name, row.payload["wishes"]
    )  # fmt: skip
