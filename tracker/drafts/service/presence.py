"""Who has a draft open: told by the page while it is open, forgotten a minute after it was closed."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select

from tracker.accounts.roles import Role, Viewer
from tracker.db import session
from tracker.drafts.models import Draft, DraftPresence
from tracker.errors import NotFound
from tracker.units.queries import covers


def be_here(draft_id: int, task_id: int | None, *, by: Viewer, at: datetime) -> None:
    """Keeps that a person has the draft open, correcting `task_id` where one is given. No entry in the record."""
    unit_id = session.scalar(select(Draft.unit_id).where(Draft.id == draft_id))
    if unit_id is None or not covers(by, unit_id, Role.LEAD_OFFICE):
        raise NotFound
    held = session.scalar(
        select(DraftPresence).where(DraftPresence.draft_id == draft_id, DraftPresence.person_id == by.person_id)
    )
    if held is None:
        held = DraftPresence(draft_id=draft_id, person_id=by.person_id, seen_at=at)
        session.add(held)
    held.seen_at, held.task_id = at, task_id
    session.flush()
