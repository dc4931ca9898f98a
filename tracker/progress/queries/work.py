"""The progress ledger (进展台账): obligations filtered, by due date, a page at a time.

The list is a merge of ordered runs: each run is one plan and state (or unit, or task) along an index that ends in due
date and id, so that fifty rows cost fifty rows, whichever page they are on.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import (
    ColumnElement,
    Date,
    Integer,
    Row,
    Select,
    and_,
    bindparam,
    false,
    func,
    literal,
    or_,
    select,
    union_all,
)

from tracker.accounts.roles import Viewer
from tracker.db import session
from tracker.plans.models import Assignment, Chapter, Plan, Task
from tracker.progress.light_rules import Lights
from tracker.progress.lights import LightKind
from tracker.progress.models import Obligation
from tracker.progress.queries.narrowing import tasks_named
from tracker.progress.queries.scope import SEEING, archived_plans, light_is, lights_by_plan, unit_ids, within
from tracker.progress.states import OBLIGATION_STATES, UNFINISHED
from tracker.units.kinds import GROUPS, group_of
from tracker.units.models import Unit
from tracker.units.queries import subtree
from tracker.web.kept import newest, settled
from tracker.web.paging import PAGE_SIZE, Page, decode, page_of

FEW = 200
"""So many tasks or units are sought one by one; more of them are met soon enough along the dates."""
COUNTED = 1000
"""Lists up to this long say how long they are."""


@dataclass(frozen=True, slots=True)
class WorkFilter:
    plan_id: int | None = None
    archived: bool = False
    """Whether archived plans (归档) are in it too; what asks for one plan, chapter or task is of that, archived or not."""
    unit_id: int | None = None
    """The unit and everything below it."""
    group: str = ""
    chapter_id: int | None = None
    task_id: int | None = None
    state: str = ""
    light: str = ""
    timing: str = ""
    due_from: date | None = None
    due_to: date | None = None
    text: str = ""
    descending: bool = False


class WorkRow(NamedTuple):
    """One obligation as lists show it; a tuple, since a page makes fifty."""

    id: int
    assignment_id: int
    plan_id: int
    plan: str
    task_id: int
    number: str | None
    task: str
    chapter: str
    unit_id: int
    unit: str
    role: str
    due_on: date
    kind: str
    text: str
    period: str
    state: str
    timing: str
    percent: int
    assignment_state: str
    light: LightKind


def work_page(
    viewer: Viewer,
    wanted: WorkFilter,
    *,
    today: date,
    cursor: str | None = None,
    size: int = PAGE_SIZE,
    every: bool = False,
) -> Page[WorkRow]:
    """A page of the ledger in the viewer's scope. Cancelled obligations only where their state is asked for.

    `every`: all that are in the list are counted, however many they are, since somebody asks how many.
    """
    key = decode(cursor, 2) if cursor else None
    backwards, after = (key[0], _after(key[1])) if key else (False, None)
    asked = (viewer.grants, wanted, today)
    runs = settled(("work runs", asked), lambda: _runs(viewer, wanted, today))
    way = (after is not None, wanted.descending != backwards, size + 1)
    rows = _fetch(settled(("work page", asked, way), lambda: _page(runs, *way)), after) if runs else ()
    lights = lights_by_plan(today)
    shown = [_row(row, lights[row[2]]) for row in rows]
    came_from = cursor if after else None
    total = newest(("work total", asked, every), lambda: _count(runs, None if every else COUNTED))
    return page_of(
        shown,
        lambda row: (row.due_on.isoformat(), row.id),
        size=size,
        came_from=came_from,
        backwards=backwards,
        total=total,
        more_than=COUNTED if total is None else None,
    )


def in_list(viewer: Viewer, wanted: WorkFilter, *, today: date) -> ColumnElement[bool]:
    """The condition that an obligation is in the list, on whichever page."""
    return or_(false(), *_runs(viewer, wanted, today))


def _after(values: Sequence[Any]) -> tuple[date, int] | None:
    try:
        return date.fromisoformat(values[0]), int(values[1])
    except (TypeError, ValueError):
        return None


def _row(row: Row[Any], lights: Lights) -> WorkRow:
    *shown, excuse = row
    return WorkRow._make((*shown, lights.of(row[15], row[16], row[11], excuse)))


def _runs(viewer: Viewer, wanted: WorkFilter, today: date) -> list[ColumnElement[bool]]:
    """The conditions whose rows, merged by due date, are the list; none where nothing can be in it."""
    scope, topmost = unit_ids(viewer), viewer.units(*SEEING)
    if wanted.unit_id is not None:
        below = tuple(session.scalars(subtree([wanted.unit_id]).order_by(Unit.id)))
        scope = below if scope is None else tuple(sorted(set(scope) & set(below)))
        topmost = (wanted.unit_id,) if scope == below else ()
    if scope is None and wanted.group:
        scope = _few_of_group(wanted.group)
    if scope == ():
        return []
    states = _states(wanted)
    rest = _conditions(wanted, today)
    tasks = _tasks(wanted)
    if tasks is not None and len(tasks) <= FEW:
        states_of = _off(Obligation.state).in_(states)
        narrow = (_off(Obligation.unit_id).in_(scope),) if scope is not None else ()
        return [and_(Obligation.task_id.in_(tasks), states_of, *narrow, *_plan(wanted), *rest)] if tasks else []
    if tasks is not None:
        rest = [*rest, _off(Obligation.task_id).in_(_task_ids(wanted))]
    if scope is not None and len(scope) <= FEW:
        narrow = (_off(Obligation.state).in_(states), *_plan(wanted), *rest)
        return [and_(within(Obligation.unit_id, scope), *narrow)]
    if scope is not None:
        rest = [*rest, _off(Obligation.unit_id).in_(_below(topmost) if topmost else scope)]
    if wanted.plan_id is not None:
        return [and_(Obligation.plan_id == wanted.plan_id, Obligation.state == state, *rest) for state in states]
    return [and_(Obligation.state == state, *rest) for state in states]


def _below(topmost: Sequence[int]) -> Select[tuple[int]]:
    """Many units as a statement: to be told a thousand ids takes the database longer than to find them."""
    below = select(Unit.id).where(Unit.id.in_(topmost)).cte("below", recursive=True)
    below = below.union(select(Unit.id).join(below, Unit.parent_id == below.c.id))
    return select(below.c.id)


def _few_of_group(group: str) -> tuple[int, ...] | None:
    """The units of a group where they are few: sought one by one; None where they are met soon enough along the dates."""
    kinds = [kind for kind in GROUPS if group_of(kind) == group]
    found = tuple(session.scalars(select(Unit.id).where(Unit.kind.in_(kinds)).order_by(Unit.id).limit(FEW + 1)))
    return found if len(found) <= FEW else None


def _off(column: Any) -> Any:
    """A column that no index is looked up by: the run's own index is the better one."""
    return column + literal(0) if column.type.python_type is int else column + literal("")


def _plan(wanted: WorkFilter) -> tuple[ColumnElement[bool], ...]:
    return () if wanted.plan_id is None else (_off(Obligation.plan_id) == wanted.plan_id,)


def _states(wanted: WorkFilter) -> tuple[str, ...]:
    by_light = {
        "done": ("accepted",), "overdue": UNFINISHED, "near": ("open", "returned"), "on_time": UNFINISHED,
    }.get(wanted.light, OBLIGATION_STATES[:-1])  # fmt: skip
    if wanted.timing:
        by_light = tuple(state for state in by_light if state != "open")  # nothing has arrived for it yet
    if wanted.state == "unfinished":
        return tuple(state for state in by_light if state in UNFINISHED)
    if wanted.state:
        return (wanted.state,) if wanted.state in by_light or (wanted.state == "cancelled" and not wanted.light) else ()
    return by_light


def _conditions(wanted: WorkFilter, today: date) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    asks_for_one = (wanted.plan_id, wanted.chapter_id, wanted.task_id) != (None, None, None)
    if not wanted.archived and not asks_for_one and (archived := archived_plans()):
        found.append(_off(Obligation.plan_id).not_in(archived))
    if wanted.group:
        found.append(Obligation.unit_group == wanted.group)
    if wanted.chapter_id is not None:
        found.append(Obligation.chapter_id == wanted.chapter_id)
    if wanted.timing:
        found.append(Obligation.timing == wanted.timing)
    if wanted.light:
        found.append(light_is(wanted.light, today))
        if wanted.light == "overdue":
            found.append(Obligation.due_on < today)
    if wanted.due_from is not None:
        found.append(Obligation.due_on >= wanted.due_from)
    if wanted.due_to is not None:
        found.append(Obligation.due_on <= wanted.due_to)
    return found


def _task_ids(wanted: WorkFilter) -> Select[tuple[int]]:
    statement = tasks_named(wanted.text.strip())
    return statement if wanted.plan_id is None else statement.where(Task.plan_id == wanted.plan_id)


def _tasks(wanted: WorkFilter) -> list[int] | None:
    """Ids of the chosen task, or of those whose name holds the words (one more than few at most); None for all."""
    if wanted.task_id is not None:
        return [wanted.task_id]
    if not wanted.text.strip():
        return None
    return list(session.scalars(_task_ids(wanted).order_by(Task.id).limit(FEW + 1)))


def _run(condition: ColumnElement[bool], descending: bool, limit: int) -> Select[Any]:
    order = (Obligation.due_on.desc(), Obligation.id.desc()) if descending else (Obligation.due_on, Obligation.id)
    return select(Obligation.id, Obligation.due_on).where(condition).order_by(*order).limit(limit)


def _beyond(descending: bool) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    """What comes after `after_day` and `after_id`: the rest of that day, and the other days. Asked for apart, since
    SQLite enters an index by the first column of a pair only, and would read a whole day up to the place."""
    day, last = bindparam("after_day", type_=Date), bindparam("after_id", type_=Integer)
    rest = Obligation.id < last if descending else Obligation.id > last
    others = Obligation.due_on < day if descending else Obligation.due_on > day
    return and_(Obligation.due_on == day, rest), others


def _page(runs: Sequence[ColumnElement[bool]], after: bool, descending: bool, limit: int) -> Select[Any]:
    """The statement of a page, in the order of `WorkRow`'s fields, and last what the light needs besides; it begins after
    `after_day` and `after_id`."""
    if after:
        runs = [and_(run, beyond) for run in runs for beyond in _beyond(descending)]
    parts = [select(_run(run, descending, limit).subquery()) for run in runs]
    merged = (union_all(*parts) if len(parts) > 1 else parts[0]).subquery("run").c
    order = (merged.due_on.desc(), merged.id.desc()) if descending else (merged.due_on, merged.id)
    return (
        select(
            Obligation.id, Obligation.assignment_id, Obligation.plan_id, Plan.name.label("plan"), Obligation.task_id,
            Task.number, Task.name.label("task"), Chapter.title.label("chapter"), Obligation.unit_id,
            Unit.name.label("unit"), Assignment.role, Obligation.due_on, Obligation.kind, Obligation.text,
            Obligation.period, Obligation.state, Obligation.timing, Obligation.percent,
            Assignment.state.label("assignment_state"), Obligation.excuse,
        )
        .select_from(merged.id.table)
        .join(Obligation, Obligation.id == merged.id)
        .join(Assignment, Assignment.id == Obligation.assignment_id)
        .join(Task, Task.id == Obligation.task_id)
        .join(Chapter, Chapter.id == Obligation.chapter_id)
        .join(Plan, Plan.id == Obligation.plan_id)
        .join(Unit, Unit.id == Obligation.unit_id)
        .order_by(*order)
        .limit(limit)
    )  # fmt: skip


def _fetch(statement: Select[Any], after: tuple[date, int] | None) -> Sequence[Row[Any]]:
    place = {"after_day": after[0], "after_id": after[1]} if after else {}
    return session.connection().execute(statement, place).all()


def _count(runs: Sequence[ColumnElement[bool]], most: int | None) -> int | None:
    """How many there are; None beyond `most`: counting a million for each page is not worth its time."""
    total = 0
    for run in runs:
        found = select(Obligation.id).where(run)
        if most is not None:
            found = found.limit(most + 1 - total)
        total += session.scalar(select(func.count()).select_from(found.subquery())) or 0
        if most is not None and total > most:
            return None
    return total
