"""Who sees which findings."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, and_, false, or_

from tracker.accounts.roles import UNIT_ROLES, WHOLE_VIEW, Role, Viewer
from tracker.progress.lights import near_until
from tracker.progress.queries.scope import unit_ids, within
from tracker.progress.states import PUNCTUAL
from tracker.rectification.lights import NEAR_DAYS
from tracker.rectification.models import Finding
from tracker.rectification.states import OPEN

DRAWING = (Role.LEAD_OFFICE, Role.EVALUATOR)
"""Who registers findings, verifies rectifications and draws spot checks."""


def seen_by(viewer: Viewer) -> ColumnElement[bool]:
    """Who sees the whole sees every finding of the units below; a unit sees its own, from when it is assigned."""
    ways: list[ColumnElement[bool]] = []
    if viewer.has(*WHOLE_VIEW):
        ways.append(within(Finding.unit_id, unit_ids(viewer, *WHOLE_VIEW)))
    if viewer.has(*UNIT_ROLES):
        ways.append(and_(within(Finding.unit_id, unit_ids(viewer, *UNIT_ROLES)), Finding.assigned_at.is_not(None)))
    return or_(false(), *ways)


def light_is(kind: str, today: date) -> ColumnElement[bool]:
    """The condition that a finding shows a light: `lights.light_of` in SQL."""
    table: Any = Finding
    waits = and_(table.state == "reported", table.timing.in_(PUNCTUAL))
    late = and_(table.due_on < today, ~waits)
    near = and_(table.state != "reported", table.due_on <= near_until(today, NEAR_DAYS))
    by_kind: dict[str, ColumnElement[bool]] = {
        "done": table.state == "closed",
        "overdue": and_(table.state.in_(OPEN), late),
        "near": and_(table.state.in_(OPEN), ~late, near),
        "on_time": and_(table.state.in_(OPEN), ~late, ~near),
    }
    return by_kind.get(kind, false())
