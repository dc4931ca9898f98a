"""Who sees which plans and tasks.

Lead office, leader and evaluator of the unit that owns a plan, or of one above it, see the whole plan. Everybody else
sees, once it is issued, the tasks in which a unit of theirs has a live assignment.
"""

from __future__ import annotations

from sqlalchemy import ColumnElement, and_, exists, false, or_, select, true

from tracker.accounts.roles import UNIT_ROLES, WHOLE_VIEW, Role, Viewer
from tracker.plans.models import Assignment, Plan, Task
from tracker.plans.states import GONE, LIVE
from tracker.units.queries import covers, visible_to


def _whole(viewer: Viewer) -> ColumnElement[bool]:
    if not viewer.has(*WHOLE_VIEW):
        return false()
    units = visible_to(viewer, *WHOLE_VIEW)
    return true() if units is None else Plan.owner_unit_id.in_(units)


def _own(viewer: Viewer) -> ColumnElement[bool]:
    """Live assignments of units that the viewer stands for."""
    units = visible_to(viewer, *WHOLE_VIEW, *UNIT_ROLES)
    return and_(Assignment.state.in_(LIVE), true() if units is None else Assignment.unit_id.in_(units))


def plans_of(viewer: Viewer) -> ColumnElement[bool]:
    """A condition on Plan: the viewer may know of it."""
    mine = exists(select(Assignment.id).where(Assignment.plan_id == Plan.id, _own(viewer)))
    return or_(_whole(viewer), and_(Plan.state != "adopted", mine))


def tasks_of(viewer: Viewer) -> ColumnElement[bool]:
    """A condition on Task joined with Plan: the viewer may read it."""
    mine = exists(select(Assignment.id).where(Assignment.task_id == Task.id, _own(viewer)))
    return or_(_whole(viewer), and_(Plan.state != "adopted", mine))


def assignments_of(viewer: Viewer) -> ColumnElement[bool]:
    """A condition on Assignment joined with Plan: it is live, and the viewer may know of it."""
    return and_(Assignment.state.in_(LIVE), or_(_whole(viewer), and_(Plan.state != "adopted", _own(viewer))))


def nobody_has() -> ColumnElement[bool]:
    """A condition on Task: it stands, and no unit has it (待认领)."""
    held = exists(select(Assignment.id).where(Assignment.task_id == Task.id, Assignment.state.not_in(GONE)))
    return and_(Task.ended_in.is_(None), ~held)


def sees_plan(viewer: Viewer, owner_unit_id: int) -> bool:
    """Whether the viewer sees the plan whole."""
    return covers(viewer, owner_unit_id, *WHOLE_VIEW)


def runs_plan(viewer: Viewer, owner_unit_id: int) -> bool:
    """Whether the viewer is its lead office."""
    return covers(viewer, owner_unit_id, Role.LEAD_OFFICE)
