"""The secret address of a person's calendar: made, renewed, revoked."""

from __future__ import annotations

from datetime import datetime

from tracker.accounts.roles import Viewer
from tracker.accounts.tokens import new_token, token_hash
from tracker.audit.service import record
from tracker.db import session
from tracker.reminders.models import CalendarAddress


def renew(*, by: Viewer, at: datetime) -> str:
    """Makes the person's address, or another in its place: the old one opens nothing from then on. Returns the token,
    which nobody can be told again."""
    token = new_token()
    held = session.get(CalendarAddress, by.person_id)
    if held is None:
        session.add(CalendarAddress(person_id=by.person_id, token_hash=token_hash(token), made_at=at))
    else:
        held.token_hash, held.made_at = token_hash(token), at
    session.flush()
    record("生成日历地址", by=by, at=at, subject=("person", by.person_id))
    return token


def revoke(*, by: Viewer, at: datetime) -> None:
    """Takes the address away; nothing happens where there is none."""
    held = session.get(CalendarAddress, by.person_id)
    if held is None:
        return
    session.delete(held)
    session.flush()
    record("撤回日历地址", by=by, at=at, subject=("person", by.person_id))
