"""Reading plans: lists of plans, the tasks of one, one task whole. Always scoped to who asks."""

from __future__ import annotations

from tracker.plans.queries.editions import (
    ChangeRow,
    EarlierWording,
    EditionRow,
    changes_of_assignment,
    earlier_wordings,
    editions,
    unread_changes,
    unread_count,
    wording_at,
)
from tracker.plans.queries.finding import FoundTask, find_doers, find_plans, find_tasks
from tracker.plans.queries.plan import (
    PlanRow,
    PlanView,
    plan_choices,
    plan_of_draft,
    plan_view,
    plans,
    plans_of_document,
)
from tracker.plans.queries.task import AssignmentRow, TaskView, task_view
from tracker.plans.queries.tasks import TaskFilter, TaskRow, UnitShare, chapters, task_page, unit_shares, units_of
from tracker.plans.queries.units import FoundUnit, find_units, units_by_id, units_named
from tracker.plans.queries.visible import nobody_has, plans_of, sees_plan, tasks_of

__all__ = [
    "AssignmentRow", "ChangeRow", "EarlierWording", "EditionRow", "FoundTask", "FoundUnit", "PlanRow", "PlanView",
    "TaskFilter", "TaskRow", "TaskView", "UnitShare", "changes_of_assignment", "chapters", "earlier_wordings",
    "editions", "find_doers", "find_plans", "find_tasks", "find_units", "nobody_has", "plan_choices", "plan_of_draft",
    "plan_view", "plans", "plans_of", "plans_of_document", "sees_plan", "task_page", "task_view", "tasks_of",
    "unit_shares", "units_by_id", "units_named", "units_of", "unread_changes", "unread_count", "wording_at",
]  # fmt: skip
