"""Who sees what: units of a viewer's roles, plans a lead office runs, versions that have left their unit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, false, or_, select, true

from tracker.accounts.roles import UNIT_ROLES, WHOLE_VIEW, Role, Viewer
from tracker.db import session
from tracker.plans.models import Plan
from tracker.plans.policy import read_policy
from tracker.progress.calendar import Workdays
from tracker.progress.light_changes import rules_of
from tracker.progress.light_rules import Lights, lights_on
from tracker.progress.models import Obligation
from tracker.progress.queries.calendar import workdays
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


def lights_by_plan(today: date) -> Mapping[int, Lights]:
    """For each plan its rule set as of a day. At most three statements."""
    return settled(("lights", today), lambda: _lights_by_plan(today))


def _lights_by_plan(today: date) -> dict[int, Lights]:
    rows = session.execute(select(Plan.id, Plan.policy).order_by(Plan.id))
    policies = {row.id: read_policy(row.policy) for row in rows}
    chosen = {plan_id: rules_of(policy.lights, policy.own_lights) for plan_id, policy in policies.items()}
    calendar = workdays() if any(rules.counts_workdays for rules in chosen.values()) else Workdays()
    return {
        plan_id: lights_on(chosen[plan_id], today, policy.near_days, calendar) for plan_id, policy in policies.items()
    }


def archived_plans() -> tuple[int, ...]:
    """Ids of the plans that are archived (归档): they stand apart wherever several plans are counted or listed together."""
    return settled(
        ("archived",), lambda: tuple(session.scalars(select(Plan.id).where(Plan.state == "closed").order_by(Plan.id)))
    )


def light_is(kind: str, today: date, table: Any = Obligation) -> ColumnElement[bool]:
    """The condition that an obligation (or a row of its summary) stands so: `lights.standing` in SQL."""
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
    plans: dict[date, list[int]] = {}
    for plan_id, lights in lights_by_plan(today).items():
        plans.setdefault(lights.near_until, []).append(plan_id)
    by_date: list[ColumnElement[bool]] = [table.due_on <= last for last in plans]
    if len(plans) == 1:
        return by_date[0]
    return or_(
        false(), *(and_(table.plan_id.in_(ids), near) for ids, near in zip(plans.values(), by_date, strict=True))
    )
