"""How the last attempt at long work went, for the page where it is started."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from tracker.accounts.models import Person
from tracker.db import session
from tracker.outbox.models import Job


@dataclass(frozen=True, slots=True)
class Attempt:
    """A job that was to do something with one thing: to adopt an edition, to take in a workbook."""

    job_id: int
    state: str
    message: str
    """Why it failed."""
    by_id: int | None
    by: str
    payload: Mapping[str, Any]

    @property
    def runs(self) -> bool:
        return self.state in {"waiting", "running"}

    def came_to_nothing(self, person_id: int) -> bool:
        """Whether what this person said is still to be done: it failed, or was cancelled."""
        return self.by_id == person_id and self.state in {"failed", "cancelled"}


def attempt_prefix(kind: str, subject: int) -> str:
    """How the keys of all jobs of this kind begin that concern this thing."""
    return f"{kind}:{subject}:"


def last_attempt(kind: str, subject: int) -> Attempt | None:
    """The newest, whoever made it."""
    row = session.execute(
        select(Job.id, Job.state, Job.message, Job.created_by, Job.payload, Person.name)
        .join(Person, Person.id == Job.created_by)
        .where(Job.kind == kind, Job.key.startswith(attempt_prefix(kind, subject), autoescape=True))
        .order_by(Job.id.desc())
        .limit(1)
    ).first()
    return None if row is None else Attempt(row.id, row.state, row.message, row.created_by, row.name, row.payload)
