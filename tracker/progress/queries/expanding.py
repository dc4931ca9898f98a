"""Collectives of a plan (集合称谓) asked anew: whom they meant when the plan was adopted, and whom they mean today.

What a plan's phrases stood for is frozen when it is adopted. Only an act on the plan changes that; here is what it would
change, and which differences people made by hand.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Row, select

from tracker.accounts.roles import Viewer
from tracker.clock import day_of
from tracker.db import session
from tracker.errors import NotFound
from tracker.plans.models import Assignment, AssignmentSource, Plan, Task
from tracker.plans.queries.visible import runs_plan
from tracker.plans.seen import seen_mark
from tracker.units import queries as units
from tracker.units.matching import normal
from tracker.units.models import Collective

HELD = ("draft", "to_sign", "handed_back", "in_progress", "done")
OPEN = HELD[:-1]


@dataclass(frozen=True, slots=True)
class Difference:
    """One unit that a phrase means and the plan has not, or the other way round."""

    phrase: str
    unit_id: int
    unit: str
    joins: bool
    tasks: tuple[int, ...]
    """Ids of the tasks it would get or lose."""
    by_hand: bool
    """Whether a person made it so: it is left as it is unless it is chosen."""

    @property
    def key(self) -> str:
        return f"{self.unit_id}:{self.phrase}"


@dataclass(frozen=True, slots=True)
class Expansion:
    plan_id: int
    plan: str
    state: str
    adopted_on: date
    differences: tuple[Difference, ...]
    unknown: tuple[str, ...]
    """Phrases whose meaning nobody confirmed: they stay as the plan has them."""

    @property
    def mark(self) -> str:
        """Tells whether what a person saw is still so."""
        return seen_mark([[one.key, one.joins, list(one.tasks)] for one in self.differences])


def expansion(plan_id: int, viewer: Viewer, *, today: date) -> Expansion:
    """Raises NotFound where the viewer is not the plan's lead office. Seven statements at most."""
    plan = session.get(Plan, plan_id)
    if plan is None or plan.state == "closed" or not runs_plan(viewer, plan.owner_unit_id):
        raise NotFound
    rows = session.execute(
        select(Assignment.task_id, Assignment.unit_id, Assignment.state, AssignmentSource.expression)
        .join(AssignmentSource, AssignmentSource.assignment_id == Assignment.id)
        .join(Task, Task.id == Assignment.task_id)
        .where(Assignment.plan_id == plan_id, AssignmentSource.collective, Task.ended_in.is_(None))
        .order_by(AssignmentSource.expression, Assignment.task_id, Assignment.id)
    ).all()
    every = {
        (row.task_id, row.unit_id): row.state
        for row in session.execute(
            select(Assignment.task_id, Assignment.unit_id, Assignment.state).where(Assignment.plan_id == plan_id)
        )
    }
    adopted = day_of(plan.adopted_at)
    phrases = list(dict.fromkeys(row.expression for row in rows))
    meant = _Meant(adopted, today)
    found = [one for phrase in phrases if phrase in meant for one in _of(phrase, rows, every, meant, plan)]
    return Expansion(
        plan_id, plan.name, plan.state, adopted, tuple(found), tuple(one for one in phrases if one not in meant)
    )


class _Meant:
    """Whom phrases mean on the day of adoption and today, by the rules that are confirmed."""

    def __init__(self, adopted: date, today: date) -> None:
        self._rules, self._then, self._now = units.collective_rules(), units.tree(adopted), units.tree(today)
        self._since = {row.normal_phrase: row.confirmed_at for row in session.scalars(select(Collective))}
        self.names = {unit.id: unit.name for unit in (*self._then, *self._now)}
        self.there = {unit.id for unit in self._now}

    def __contains__(self, phrase: str) -> bool:
        return normal(phrase) in self._rules

    def now(self, phrase: str) -> tuple[int, ...]:
        return units.expand(phrase, self._rules, self._now)[1]

    def then(self, phrase: str, plan: Plan) -> set[int] | None:
        """None where the rule was changed since: then nobody can say what a person did by hand."""
        if self._since[normal(phrase)] > plan.adopted_at:
            return None
        return set(units.expand(phrase, self._rules, self._then)[1])


def _of(
    phrase: str, rows: list[Row[Any]] | Any, every: dict[tuple[int, int], str], meant: _Meant, plan: Plan
) -> list[Difference]:
    mine = [row for row in rows if row.expression == phrase]
    tasks = list(dict.fromkeys(row.task_id for row in mine if row.state in HELD))
    now, then = meant.now(phrase), meant.then(phrase, plan)
    found = []
    for unit_id in now:
        missing = tuple(task for task in tasks if every.get((task, unit_id)) not in HELD)
        if missing:
            relieved = any((task, unit_id) in every for task in missing)
            found.append(
                Difference(phrase, unit_id, meant.names[unit_id], True, missing, relieved or unit_id in (then or ()))
            )
    held: dict[int, list[int]] = {}
    for row in mine:
        if row.state in OPEN and row.unit_id not in now:
            held.setdefault(row.unit_id, []).append(row.task_id)
    names = meant.names | units.names(number for number in held if number not in meant.names)
    found += [
        Difference(phrase, unit_id, names[unit_id], False, tuple(ids), then is not None and unit_id not in then)
        for unit_id, ids in sorted(held.items())
    ]
    return found
