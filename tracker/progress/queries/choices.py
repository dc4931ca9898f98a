"""What the progress ledger (进展台账) can be filtered by, in the viewer's scope."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

from sqlalchemy import Row, select

from tracker.accounts.roles import Viewer
from tracker.db import session
from tracker.plans.models import Assignment, Chapter, Plan, Task
from tracker.progress.queries.scope import archived_plans, unit_ids, within
from tracker.units.kinds import group_of
from tracker.units.models import Unit
from tracker.web.kept import settled

Pairs = tuple[tuple[int, str], ...]
"""Ids with what they are called."""


class Choices(NamedTuple):
    """What the ledger can be filtered by, in the viewer's scope."""

    plans: Pairs
    chapters: Pairs
    """Of the chosen plan; empty where none is chosen."""
    units: bool
    """Whether there is more than one to choose from."""
    groups: tuple[str, ...]
    tasks: Pairs = ()
    """The chosen one: a list that holds one task says so."""
    archived: bool = False
    """Whether some of the plans are archived (归档)."""


def choices(viewer: Viewer, *, plan_id: int | None, task_id: int | None = None) -> Choices:
    asked = ("work choices", viewer.grants, plan_id, task_id)
    return settled(asked, lambda: _choices(viewer, plan_id, task_id))


def _choices(viewer: Viewer, plan_id: int | None, task_id: int | None) -> Choices:
    scope = unit_ids(viewer)
    plans = select(Plan.id, Plan.name).where(Plan.state != "adopted").order_by(Plan.year.desc(), Plan.id.desc())
    if scope is not None:
        plans = plans.where(Plan.id.in_(select(Assignment.plan_id).where(within(Assignment.unit_id, scope))))
    kinds = session.scalars(select(Unit.kind).distinct().order_by(Unit.kind)) if scope is None else ()
    offered = _pairs(session.execute(plans))
    return Choices(
        offered,
        _chapters(plan_id, scope) if plan_id is not None else (),
        scope is None or len(scope) > 1,
        tuple(sorted({group_of(kind) for kind in kinds})),
        () if task_id is None else _chosen_task(task_id, scope),
        not {number for number, _name in offered}.isdisjoint(archived_plans()),
    )


def _chapters(plan_id: int, scope: tuple[int, ...] | None) -> Pairs:
    """Those in which the viewer's units have a part: of a plan that is not theirs the address tells nothing."""
    statement = select(Chapter.id, Chapter.title).join(Plan, Plan.id == Chapter.plan_id)
    statement = statement.where(Chapter.plan_id == plan_id, Plan.state != "adopted")
    if scope is not None:
        mine = select(Assignment.chapter_id).where(Assignment.plan_id == plan_id, within(Assignment.unit_id, scope))
        statement = statement.where(Chapter.id.in_(mine))
    return _pairs(session.execute(statement.order_by(Chapter.position)))


def _chosen_task(task_id: int, scope: tuple[int, ...] | None) -> Pairs:
    """Nothing where the viewer's units have no part in it: its name is not told then."""
    mine = select(Assignment.id).where(Assignment.task_id == task_id, within(Assignment.unit_id, scope)).exists()
    return _pairs(session.execute(select(Task.id, Task.name).where(Task.id == task_id, mine)))


def _pairs(rows: Iterable[Row[Any]]) -> Pairs:
    return tuple((row[0], row[1]) for row in rows)
