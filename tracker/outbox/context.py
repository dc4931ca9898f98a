"""What a running job knows and may say."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select, update

from tracker.accounts.queries import viewer_for
from tracker.accounts.roles import Viewer
from tracker.db import session, transaction
from tracker.errors import NotFound
from tracker.outbox.models import Job


class Cancelled(Exception):
    """The person who started the job has asked to stop it."""


@dataclass(frozen=True, slots=True)
class JobContext:
    job_id: int
    payload: dict[str, Any]
    created_by: int | None

    def asker(self, *, today: date) -> Viewer:
        """Who asked for the work, with the rights that they have now. Raises NotFound where nobody did."""
        if self.created_by is None:
            raise NotFound
        return viewer_for(self.created_by, today=today)

    def tell(self, done: int, total: int) -> None:
        """Shows how far the work is, in a transaction of its own. Raises Cancelled where it was asked to stop."""
        with transaction():
            session.execute(update(Job).where(Job.id == self.job_id).values(done=done, total=total))
            asked = session.scalar(select(Job.cancel_asked).where(Job.id == self.job_id))
        if asked:
            raise Cancelled
