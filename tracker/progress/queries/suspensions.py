"""Which suspensions (挂账) tasks are under."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from sqlalchemy import or_, select

from tracker.db import session
from tracker.progress.models import Request

CHUNK = 500


def suspensions(assignment_ids: Collection[int], today: date) -> dict[int, Request]:
    """By assignment the suspension that it is under as of a day, the newest where there are several."""
    wanted, found = sorted(assignment_ids), dict[int, Request]()
    lasts = or_(Request.granted_until.is_(None), Request.granted_until >= today)
    for start in range(0, len(wanted), CHUNK):
        statement = select(Request).where(
            Request.assignment_id.in_(wanted[start : start + CHUNK]), Request.kind == "suspension",
            Request.state == "granted", lasts,
        )  # fmt: skip
        for one in session.scalars(statement.order_by(Request.id.desc())):
            found.setdefault(one.assignment_id, one)
    return found
