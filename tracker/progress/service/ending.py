"""The end of a unit's part in a task, where an edition of the document has it no more."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select

from tracker.accounts.roles import Viewer
from tracker.db import session
from tracker.plans.models import Assignment, EditionChange, HandBack
from tracker.progress.models import Obligation
from tracker.progress.service.acting import FOLLOWING, walk
from tracker.progress.service.lapsing import lapse_closings
from tracker.progress.states import UNFINISHED


def end_assignment(assignment: Assignment, note: str, by: Viewer | None, at: datetime) -> None:
    """Ends an assignment, with what waits for it."""
    assignment.state = walk("assignment", assignment.state, "end", FOLLOWING)
    lapse_closings(assignment.id, at=at)
    waiting = select(HandBack).where(HandBack.assignment_id == assignment.id, HandBack.decision.is_(None))
    for handed in session.scalars(waiting.order_by(HandBack.id)):
        handed.decision, handed.decision_note, handed.decided_at = "withdrawn", note, at
        handed.decided_by = by.person_id if by else None
    session.flush()


def end_if_done(assignment: Assignment, *, at: datetime) -> bool:
    """Ends an assignment that an edition took from its unit, once nothing is left that was due."""
    newest = session.scalars(
        select(EditionChange.kind).where(EditionChange.assignment_id == assignment.id)
        .order_by(EditionChange.id.desc()).limit(1)
    ).first()  # fmt: skip
    if newest not in ("off", "ended") or assignment.state not in ("to_sign", "handed_back", "in_progress"):
        return False
    owed = select(Obligation.id).where(Obligation.assignment_id == assignment.id, Obligation.state.in_(UNFINISHED))
    if session.scalar(owed.limit(1)) is not None:
        return False
    end_assignment(assignment, "", None, at)
    return True
