"""What becomes of requests, for more time or for closing, that nobody need decide any more."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select

from tracker.db import session
from tracker.progress.models import Closing, Extension
from tracker.progress.service.acting import FOLLOWING, walk


def lapse_extensions(obligation_ids: Sequence[int], *, at: datetime) -> None:
    """The reports came, or were cancelled: what was asked for them lapses. The act that brings it tells of it."""
    if not obligation_ids:
        return
    waiting = select(Extension).where(Extension.obligation_id.in_(obligation_ids), Extension.state == "asked")
    for one in session.scalars(waiting.order_by(Extension.id).execution_options(populate_existing=True)):
        one.state, one.decided_at = walk("extension", one.state, "lapse", FOLLOWING), at
    session.flush()


def lapse_closings(assignment_id: int, *, at: datetime) -> None:
    """The task was closed otherwise: a request to close it lapses."""
    waiting = select(Closing).where(Closing.assignment_id == assignment_id, Closing.state == "asked")
    for one in session.scalars(waiting.execution_options(populate_existing=True)):
        one.state, one.decided_at = walk("closing", one.state, "lapse", FOLLOWING), at
    session.flush()
