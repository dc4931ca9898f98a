"""Issuing (下发): what every task of a plan would owe, and the picture of it before it is done."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import select

from tracker.accounts.models import Grant, Person
from tracker.accounts.queries import holders
from tracker.accounts.roles import Role, Viewer
from tracker.db import canonical_json, session
from tracker.drafts.models import Draft
from tracker.errors import NotFound
from tracker.plans.models import Assignment, Plan, Task, TaskText
from tracker.plans.policy import Policy, read_policy
from tracker.plans.states import REPORTING_ROLES, ROLE_ORDER
from tracker.progress.calendar import uncovered
from tracker.progress.feasts import days_off_known
from tracker.progress.obligations import Dated, for_plan
from tracker.progress.printed import Phrase, read_phases, read_phrases
from tracker.progress.queries.calendar import workdays
from tracker.units.models import Unit
from tracker.units.queries import covers, root_id
from tracker.web.paging import PAGE_SIZE, Page, page_at

AT_ONCE = 3_000
"""Assignments up to which a plan goes out at once; a larger one is a job."""
TOLD_EVERY = 200
"""Tasks between two words about the progress."""


@dataclass(slots=True)
class UnitLoad:
    """What one unit is about to get."""

    unit_id: int
    unit: str
    roles: dict[str, int] = field(default_factory=dict)
    """Role → number of tasks, the foremost role first."""
    tasks: int = 0
    obligations: int = 0
    past: int = 0
    """Obligations whose date has already passed."""
    signable: bool = True
    """Whether anybody may sign for it: a reporter or a reviewer of the unit."""
    paired: bool = True
    """Whether one person may report and another review it."""


@dataclass(frozen=True, slots=True)
class IssuePreview:
    plan_id: int
    plan: str
    state: str
    version: int
    policy: Policy
    tasks: int
    assignments: int
    obligations: int
    past: int
    units: list[UnitLoad]
    unclaimed: list[tuple[int, str | None, str]]
    """Tasks that no unit would report on: (id, number, name)."""
    uncovered_years: tuple[int, ...]
    admins: list[str]
    """Who runs the place, and makes people."""

    @property
    def large(self) -> bool:
        """Whether it goes out as long work."""
        return is_large(self.assignments)

    @property
    def unsigned(self) -> list[UnitLoad]:
        """Units that nobody can sign for."""
        return [one for one in self.units if not one.signable]

    @property
    def unpaired(self) -> list[UnitLoad]:
        """Units that have to report, but not by two people."""
        return [one for one in self.units if one.signable and one.obligations and not one.paired]


def is_large(assignments: int) -> bool:
    """Whether issuing so many assignments is long work."""
    return assignments > AT_ONCE


def due_by_task(
    plan: Plan, issued: date, *, tell: Callable[[int, int], None] | None = None
) -> dict[int, tuple[Dated, ...]]:
    """What each task of a plan owes when it is issued on a day. Equal deadlines are worked out once.

    `tell` hears how many tasks are done, of how many; it may raise to stop.
    """
    policy, calendar = read_policy(plan.policy), workdays()
    year, base, phases = plan.year, plan.document_issued_on, phases_of(plan)
    rows = session.execute(
        select(TaskText.task_id, TaskText.deadlines, TaskText.requirement, TaskText.sources)
        .join(Task, Task.id == TaskText.task_id)
        .where(Task.plan_id == plan.id, Task.ended_in.is_(None))
        .order_by(Task.position)
    ).all()
    known: dict[str, tuple[Dated, ...]] = {}
    found: dict[int, tuple[Dated, ...]] = {}
    for done, (task_id, deadlines, requirement, sources) in enumerate(rows):
        if tell is not None and done % TOLD_EVERY == 0:
            tell(done, len(rows))
        phrases = read_phrases(deadlines, words_around(deadlines, requirement, sources))
        key = canonical_json([deadlines, [one.anchored for one in phrases]])
        if key not in known:
            known[key] = for_plan(
                phrases, base=base, phases=phases, year=year, proof=policy.proof, roll=policy.roll, workdays=calendar,
                issued=issued,
            )  # fmt: skip
        found[task_id] = known[key]
    return found


def words_around(deadlines: Any, requirement: str, sources: Mapping[str, Any]) -> str:
    """What was printed about a task, where one of its deadlines is a span: only then it matters."""
    if not any(one.get("kind") == "phase" for one in deadlines):
        return ""
    places = (place.get("text") or "" for places in sources.values() for place in places)
    return "\n".join((requirement, *places))


def phases_of(plan: Plan) -> tuple[Phrase, ...]:
    """The phases (实施阶段 …) that the plan's document names, with the days they end on."""
    if plan.draft_id is None:
        return ()
    return read_phases(session.scalar(select(Draft.milestones).where(Draft.id == plan.draft_id)) or ())


def own_plan(plan_id: int, viewer: Viewer) -> Plan:
    """Raises NotFound where the viewer is not its lead office."""
    plan = session.get(Plan, plan_id)
    if plan is None or not covers(viewer, plan.owner_unit_id, Role.LEAD_OFFICE):
        raise NotFound
    return plan


def issue_preview(plan_id: int, viewer: Viewer, *, today: date) -> IssuePreview:
    """Raises NotFound where the viewer is not the plan's lead office. A fixed number of statements."""
    plan = own_plan(plan_id, viewer)
    due = due_by_task(plan, today)
    rows = session.execute(
        select(Assignment.task_id, Assignment.unit_id, Assignment.role, Unit.name, Unit.path)
        .join(Unit, Unit.id == Assignment.unit_id)
        .where(Assignment.plan_id == plan_id, Assignment.state == "draft")
        .order_by(Unit.sort_key, Unit.id, Assignment.id)
    ).all()
    loads = _loads(rows, due, today)
    _staff(loads, {row.unit_id: row.path for row in rows}, today)
    reporting = {row.task_id for row in rows if row.role in REPORTING_ROLES}
    tasks = session.execute(
        select(Task.id, Task.number, Task.name)
        .where(Task.plan_id == plan_id, Task.ended_in.is_(None))
        .order_by(Task.position)
    ).all()
    dates = [one for dated in due.values() for one in dated]
    counted = [day for one in dates for day in days_off_known(one.text, one.printed)]
    policy = read_policy(plan.policy)
    return IssuePreview(
        plan.id, plan.name, plan.state, plan.version, policy, len(tasks), len(rows),
        sum(load.obligations for load in loads), sum(load.past for load in loads), loads,
        [(task.id, task.number, task.name) for task in tasks if task.id not in reporting],
        uncovered([*counted, *(one.printed for one in dates if policy.roll != "none")], workdays().covers),
        [name for _id, name in holders(Role.ADMIN, (root_id() or 0,), today=today)],
    )  # fmt: skip


def _staff(loads: list[UnitLoad], paths: Mapping[int, str], today: date) -> None:
    """Tells of each unit whether anybody may sign for it, and whether two people may report. One statement."""
    held: dict[int, list[tuple[str, int]]] = {}
    rows = session.execute(
        select(Grant.unit_id, Grant.role, Grant.person_id)
        .join(Person, Person.id == Grant.person_id)
        .where(
            Grant.role.in_((Role.REPORTER.value, Role.REVIEWER.value)), Person.is_active.is_(True),
            Grant.held_on(today),
        )
        .order_by(Grant.id)
    )  # fmt: skip
    for row in rows:
        held.setdefault(row.unit_id, []).append((row.role, row.person_id))
    for load in loads:
        line = [int(part) for part in paths[load.unit_id].strip("/").split("/")]
        there = [one for unit in line for one in held.get(unit, ())]
        reporters = {person for role, person in there if role == Role.REPORTER.value}
        reviewers = {person for role, person in there if role == Role.REVIEWER.value}
        load.signable = bool(there)
        load.paired = any(one != other for one in reporters for other in reviewers)


@dataclass(frozen=True, slots=True)
class IssueRow:
    """One line of what is about to go out: an assignment, or one date that it would owe."""

    unit: str
    role: str
    task_id: int
    number: str | None
    task: str
    due: date | None
    """None in the list of assignments."""
    kind: str
    text: str
    period: str
    dates: int
    """How many dates the assignment would owe."""


WHAT = ("assignments", "obligations", "past")


def issue_list(
    plan_id: int, viewer: Viewer, what: str, *, today: date, unit_id: int | None = None, cursor: str | None = None,
    size: int = PAGE_SIZE,
) -> Page[IssueRow]:  # fmt: skip
    """What a number of the preview counts (`WHAT`), unit by unit. Raises NotFound as the preview does."""
    plan = own_plan(plan_id, viewer)
    return page_at(list(_issue_rows(plan, what, unit_id, today)), cursor, size)


def _issue_rows(plan: Plan, what: str, unit_id: int | None, today: date) -> Iterator[IssueRow]:
    due = due_by_task(plan, today)
    statement = (
        select(Assignment.role, Unit.name.label("unit"), Task.id, Task.number, Task.name)
        .join(Unit, Unit.id == Assignment.unit_id)
        .join(Task, Task.id == Assignment.task_id)
        .where(Assignment.plan_id == plan.id, Assignment.state == "draft")
        .order_by(Unit.sort_key, Unit.id, Task.position)
    )
    if unit_id is not None:
        statement = statement.where(Assignment.unit_id == unit_id)
    for row in session.execute(statement):
        dated = due.get(row.id, ()) if row.role in REPORTING_ROLES else ()
        named = (row.unit, row.role, row.id, row.number, row.name)
        if what == "assignments":
            yield IssueRow(*named, None, "", "", "", len(dated))
        for one in dated if what != "assignments" else ():
            if what == "obligations" or one.due < today:
                yield IssueRow(*named, one.due, one.kind, one.text, one.period, len(dated))


def _loads(rows: Any, due: Mapping[int, tuple[Dated, ...]], today: date) -> list[UnitLoad]:
    loads: dict[int, UnitLoad] = {}
    for row in rows:
        load = loads.setdefault(row.unit_id, UnitLoad(row.unit_id, row.name))
        load.tasks += 1
        load.roles[row.role] = load.roles.get(row.role, 0) + 1
        if row.role in REPORTING_ROLES:
            dated = due.get(row.task_id, ())
            load.obligations += len(dated)
            load.past += sum(1 for one in dated if one.due < today)
    for load in loads.values():
        load.roles = dict(sorted(load.roles.items(), key=lambda pair: ROLE_ORDER[pair[0]]))
    return list(loads.values())
