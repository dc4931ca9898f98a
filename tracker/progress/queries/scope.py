"""Who sees what: units of a viewer's roles, plans a lead office runs, versions that have left their unit."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, false, or_, select, true

from tracker.accounts.roles import UNIT_ROLES, WHOLE_VIEW, Role, Viewer
from tracker.db import session
from tracker.plans.models import Plan
from tracker.plans.policy import read_policy
from tracker.progress.lights import near_until
from tracker.progress.models import Obligation
from tracker.progress.states import PUNCTUAL, UNFINISHED
from tracker.units.models import Unit
from tracker.units.queries import root_id, visible_to
from tracker.web.kept import settled

SEEING = (*sorted(WHOLE_VIEW), *sorted(UNIT_ROLES))
"""Roles that see progress at all; whoever runs the place sees none of it."""

ARRIVED = ("to_check", "returned", "accepted")
"""States of a return's version that has reached the lead office: others see these only."""


def unit_ids(viewer: Viewer, *roles: Role) -> tuple[int, ...] | None:
    """Ids of the units a viewer sees by these roles (all seeing roles by default); None for every unit.

    Walked down from the granted units, so that who sees three units of twenty thousand asks for three.
    """
    return settled(("units", viewer.grants, roles), lambda: _unit_ids(viewer, *roles))


def _unit_ids(viewer: Viewer, *roles: Role) -> tuple[int, ...] | None:
    granted = viewer.units(*(roles or SEEING))
    if not granted:
        return ()
    if root_id() in granted:
        return None
    below = select(Unit.id).where(Unit.id.in_(granted)).cte("below", recursive=True)
    below = below.union(select(Unit.id).join(below, Unit.parent_id == below.c.id))
    return tuple(session.scalars(select(below.c.id).order_by(below.c.id)))


def held(viewer: Viewer, path: str, *roles: Role) -> bool:
    """Whether the viewer holds any of the roles for the unit of this path, or for one above it."""
    return any(f"/{granted}/" in path for granted in viewer.units(*roles))


def within(column: Any, ids: Sequence[int] | None) -> ColumnElement[bool]:
    """The condition that a unit column lies within a scope."""
    if ids is None:
        return true()
    if not ids:
        return false()
    found: ColumnElement[bool] = column == ids[0] if len(ids) == 1 else column.in_(ids)
    return found


def led_plans(viewer: Viewer) -> Select[tuple[int]]:
    """Ids of the plans whose lead office the viewer belongs to."""
    statement = select(Plan.id)
    owners = visible_to(viewer, Role.LEAD_OFFICE)
    return statement if owners is None else statement.where(Plan.owner_unit_id.in_(owners))


def near_days_by_plan() -> dict[int, int]:
    """For each plan from how many days before its date an obligation is near. At most one statement."""
    return settled("near days", _near_days_by_plan)


def _near_days_by_plan() -> dict[int, int]:
    rows = session.execute(select(Plan.id, Plan.policy).order_by(Plan.id))
    return {row.id: read_policy(row.policy).near_days for row in rows}


def light_is(kind: str, today: date, table: Any = Obligation) -> ColumnElement[bool]:
    """The condition that an obligation (or a row of its summary) shows a light: `lights.light` in SQL."""
    overdue = and_(table.due_on < today, or_(table.state != "reported", table.timing.not_in(PUNCTUAL)))
    if kind == "done":
        done: ColumnElement[bool] = table.state == "accepted"
        return done
    if kind == "overdue":
        return and_(table.state.in_(UNFINISHED), overdue)
    near = and_(table.due_on >= today, table.state.in_(("open", "returned")), is_near(today, table))
    if kind == "near":
        return near
    if kind == "on_time":
        waits = and_(table.state == "reported", or_(table.due_on >= today, table.timing.in_(PUNCTUAL)))
        return or_(waits, and_(table.state.in_(("open", "returned")), table.due_on >= today, ~is_near(today, table)))
    return false()


def is_near(today: date, table: Any) -> ColumnElement[bool]:
    """The condition that a date lies no further ahead than its plan calls near."""
    plans: dict[int, list[int]] = {}
    for plan_id, days in near_days_by_plan().items():
        plans.setdefault(days, []).append(plan_id)
    by_days: list[ColumnElement[bool]] = [table.due_on <= near_until(today, days) for days in plans]
    if len(plans) == 1:
        return by_days[0]
    return or_(
        false(), *(and_(table.plan_id.in_(ids), near) for ids, near in zip(plans.values(), by_days, strict=True))
    )
