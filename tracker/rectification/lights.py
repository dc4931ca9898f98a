"""The light of a finding (亮灯): that of a report in the same standing. Pure."""

from __future__ import annotations

from datetime import date

from tracker.progress.lights import LightKind, light

NEAR_DAYS = 7
"""Calendar days before its due date from which a finding is near (临期)."""

_STANDS = {"reported": "reported", "closed": "accepted", "dropped": "cancelled"}
"""Where a finding stands, as an obligation: what is not named waits for somebody to act."""


def light_of(state: str, timing: str, due_on: date, today: date) -> LightKind:
    """Overdue is what has passed its date and is neither struck off nor waiting, reported in time, to be verified."""
    return light(_STANDS.get(state, "open"), timing, due_on, today=today, near_days=NEAR_DAYS)
