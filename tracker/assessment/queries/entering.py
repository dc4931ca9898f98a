"""Entering facts: which units and indicators wait for what, and what one unit has so far."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import select

from tracker.accounts.roles import UNIT_ROLES, Role, Viewer
from tracker.assessment.binding import ENTERED_KINDS, leaves
from tracker.assessment.grid import Grid
from tracker.assessment.queries.facts import FactRow, entered_facts
from tracker.assessment.queries.panel import panel, seen_by
from tracker.assessment.queries.schemes import SchemeRow
from tracker.assessment.queries.tallies import scored_units
from tracker.assessment.scoring.rules import KINDS
from tracker.assessment.sources import ENTERED
from tracker.db import session
from tracker.errors import NotFound
from tracker.plans.models import Task
from tracker.plans.queries import plan_choices
from tracker.progress.models import Obligation
from tracker.units.queries import visible_to
from tracker.web.numbers import whole_number

PICKED = 300
"""So many obligations are offered to pick from."""


@dataclass(frozen=True, slots=True)
class Leaf:
    """A leaf of the scheme; `kind` is that of the facts that people enter for it, empty where it is counted."""

    key: str
    name: str
    rule: str
    kind: str
    limit: Decimal | None
    """The greatest mark that may be given."""
    criteria: str
    """The printed standard by which it is scored."""
    node: Mapping[str, Any]
    """The leaf as the scheme stores it."""

    @property
    def grid(self) -> Grid:
        """The table in which it is typed for many units; only of a leaf that people enter facts for."""
        return Grid(self.node, self.limit)

    @property
    def required(self) -> bool:
        return bool(self.kind) and KINDS[self.rule].needs_facts


@dataclass(frozen=True, slots=True)
class UnitFacts:
    """What a unit has: facts by indicator (None for those of the whole unit), and leaves that still wait for one."""

    unit_id: int
    name: str
    group: str
    own: bool
    """The viewer's own unit: they may not score it."""
    recused: bool
    """The viewer recused themself from marking it."""
    facts: Mapping[str | None, Sequence[FactRow]]
    missing: tuple[str, ...]


def scheme_leaves(scheme: SchemeRow) -> list[Leaf]:
    """All leaves in the order of the tree. Only for schemes that are sound enough to be entered for."""
    return [
        Leaf(
            str(leaf["key"]),
            str(leaf.get("name", "")),
            leaf["rule"]["kind"],
            ENTERED_KINDS.get(leaf["rule"]["kind"], "") if _is_entered(scheme, leaf["key"]) else "",
            _limit(leaf["rule"].get("scale", leaf.get("points"))),
            str(scheme.sources.get(leaf["key"], {}).get("criteria", "")),
            leaf,
        )
        for leaf in leaves(scheme.body["indicators"])
    ]


def _is_entered(scheme: SchemeRow, key: str) -> bool:
    return bool(scheme.sources.get(key, {}).get("from") == ENTERED)


def _limit(points: object) -> Decimal | None:
    return None if points is None else Decimal(str(points))


def chosen_plan(scheme: SchemeRow, asked: str, viewer: Viewer) -> int | None:
    """The plan that facts are about: the one asked for, else the scheme's own, else the newest. Raises NotFound for one
    that the viewer does not see."""
    seen = [number for number, _ in plan_choices(viewer)]
    if asked:
        if whole_number(asked) not in seen:
            raise NotFound
        return whole_number(asked)
    return scheme.plan_id if scheme.plan_id in seen else next(iter(seen), None)


def unit_facts(scheme: SchemeRow, plan_id: int, viewer: Viewer, today: date) -> list[UnitFacts]:
    """Every unit of the plan that the viewer assesses, in the order of the directory, with what the viewer may see of the
    marks. Seven statements at most."""
    required = [leaf for leaf in scheme_leaves(scheme) if leaf.required]
    invited = panel(scheme.series_id, plan_id, today)
    by_unit: dict[int, dict[str | None, list[FactRow]]] = {}
    for fact in seen_by(viewer, entered_facts(scheme.series_id, plan_id), invited):
        by_unit.setdefault(fact.unit_id, {}).setdefault(fact.indicator, []).append(fact)
    units = visible_to(viewer, Role.EVALUATOR)
    assessed = None if units is None else set(session.scalars(units))
    own = _own_units(viewer)
    found = []
    for unit_id, name, group in scored_units(plan_id):
        if assessed is None or unit_id in assessed:
            facts = by_unit.get(unit_id, {})
            missing = tuple(
                leaf.key
                for leaf in required
                if leaf.key not in facts or (leaf.kind == "mark" and invited.awaited(unit_id, facts[leaf.key]))
            )
            is_own, recused = own is None or unit_id in own, invited.has_recused(viewer.person_id, unit_id)
            found.append(UnitFacts(unit_id, name, group, is_own, recused, facts, missing))
    return found


def _own_units(viewer: Viewer) -> set[int] | None:
    """Units that the viewer reports or approves for; None where that is all of them."""
    if not viewer.has(*UNIT_ROLES):
        return set()
    units = visible_to(viewer, *UNIT_ROLES)
    return None if units is None else set(session.scalars(units))


def one_unit(scheme: SchemeRow, plan_id: int, unit_id: int, viewer: Viewer, today: date) -> UnitFacts:
    """Raises NotFound for a unit that has no part in the plan or is not the viewer's to assess."""
    for found in unit_facts(scheme, plan_id, viewer, today):
        if found.unit_id == unit_id:
            return found
    raise NotFound


def groups_of(units: Iterable[UnitFacts]) -> list[str]:
    return list(dict.fromkeys(unit.group for unit in units))


def obligations_of(plan_id: int, unit_id: int) -> list[tuple[int, str]]:
    """(id, what and when) of a unit's obligations, the latest first, to pick the one that a fact is about."""
    statement = (
        select(Obligation.id, Obligation.due_on, Task.name)
        .join(Task, Task.id == Obligation.task_id)
        .where(Obligation.plan_id == plan_id, Obligation.unit_id == unit_id, Obligation.state != "cancelled")
        .order_by(Obligation.due_on.desc(), Obligation.id.desc())
        .limit(PICKED)
    )
    return [(row.id, f"{row.due_on} {row.name}") for row in session.execute(statement)]
