"""Finding tasks, plans and units by a few words, over all plans that somebody may read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import and_, func, or_, select

from tracker.accounts.roles import WHOLE_VIEW, Viewer
from tracker.db import session
from tracker.plans.models import Assignment, Chapter, Plan, Task, TaskText
from tracker.plans.queries.plan import PlanRow, plans
from tracker.plans.queries.tasks import TaskFilter, TaskRow, conditions, fill
from tracker.plans.queries.units import FoundUnit, find_units
from tracker.plans.queries.visible import assignments_of, tasks_of
from tracker.web.numbers import whole_number
from tracker.web.paging import Page, decode, page_of

TASKS = 20
"""Tasks of a page."""


@dataclass(frozen=True, slots=True)
class FoundTask:
    row: TaskRow
    plan_id: int
    plan: str


def find_tasks(viewer: Viewer, text: str, *, cursor: str | None = None, size: int = TASKS) -> Page[FoundTask]:
    """Tasks that stand and hold every word, in their name, requirement or number; the newest plan first. Four statements."""
    where = [tasks_of(viewer), *conditions(TaskFilter(text=text))]
    joined = (
        select(Task, Chapter.title, TaskText.requirement, TaskText.deadlines, Plan.name)
        .join(Plan, Plan.id == Task.plan_id)
        .join(Chapter, Chapter.id == Task.chapter_id)
        .join(TaskText, TaskText.task_id == Task.id)
        .where(*where)
    )
    total = session.scalar(select(func.count()).select_from(joined.with_only_columns(Task.id).subquery()))
    after = decode(cursor, 2) if cursor else None
    backwards = bool(after and after[0])
    order = (Task.plan_id.desc(), Task.position) if not backwards else (Task.plan_id, Task.position.desc())
    statement = joined.order_by(*order).limit(size + 1)
    if after:
        plan_id, position = (whole_number(one) or 0 for one in after[1])
        earlier = (Task.plan_id > plan_id, Task.position < position)
        later = (Task.plan_id < plan_id, Task.position > position)
        plan_beyond, place_beyond = earlier if backwards else later
        statement = statement.where(or_(plan_beyond, and_(Task.plan_id == plan_id, place_beyond)))
    found = [
        FoundTask(
            TaskRow(task.id, task.position, task.chapter_id, chapter, task.number, task.name, requirement, deadlines),
            task.plan_id, plan,
        )
        for task, chapter, requirement, deadlines, plan in session.execute(statement)
    ]  # fmt: skip
    page = page_of(
        found, lambda one: [one.plan_id, one.row.position], size=size, came_from=cursor if after else None,
        backwards=backwards, total=total,
    )  # fmt: skip
    fill([one.row for one in page.rows])
    return page


def find_plans(viewer: Viewer, text: str) -> list[PlanRow]:
    """Plans whose name or document number holds every word, the newest first."""
    words = text.casefold().split()
    named = ((row, f"{row.name} {row.document_number}".casefold()) for row in plans(viewer))
    return [row for row, name in named if all(word in name for word in words)]


def find_doers(viewer: Viewer, text: str, *, day: date) -> list[FoundUnit]:
    """Units that what was typed may mean, the likeliest first: any, for who sees plans whole, else those whose tasks one sees."""
    found = find_units(text, day=day)
    if not found or viewer.has(*WHOLE_VIEW):
        return found
    statement = select(Assignment.unit_id).join(Plan, Plan.id == Assignment.plan_id).distinct()
    seen = set(
        session.scalars(statement.where(Assignment.unit_id.in_(unit.id for unit in found), assignments_of(viewer)))
    )
    return [unit for unit in found if unit.id in seen]
