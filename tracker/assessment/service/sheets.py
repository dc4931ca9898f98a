"""Asking for a workbook that takes longer."""

from __future__ import annotations

from datetime import datetime

from tracker.accounts.roles import Viewer
from tracker.assessment.queries.runs import RunRow
from tracker.outbox.models import Job
from tracker.outbox.room import poke_after_commit
from tracker.outbox.service import enqueue

AT_ONCE = 20_000
"""Obligations that a run has read, up to which its workbook is made at once."""


def ask(run: RunRow, *, base_url: str, locale: str, by: Viewer, at: datetime) -> Job:
    """Puts down the job that makes the score sheet of a run."""
    payload = {"run": run.id, "base_url": base_url, "locale": locale}
    key = f"assessment.scoresheet:{run.id}:{by.person_id}:{locale}:{at:%Y%m%d%H%M}"
    job = enqueue("assessment.scoresheet", payload, key=key, by=by, at=at)
    poke_after_commit()
    return job
