"""What adopting another edition does: to each unit in each task, to each unit, and in all."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from tracker.drafts.queries.adoption import PreparedDraft, Readiness
from tracker.plans.adoption import NewAssignment
from tracker.plans.editions import Change, Comparison
from tracker.plans.queries.editions import HeldAssignment
from tracker.plans.seen import seen_mark
from tracker.progress.obligations import Dated
from tracker.progress.replanning import Replan


@dataclass(frozen=True, slots=True)
class Doing:
    """What adopting does to one unit in one task."""

    kind: str
    """See `tracker.plans.states.CHANGE_KINDS`."""
    change: Change
    unit_id: int
    role: str
    before: str
    """The role until now, where it changes; else ''."""
    held: HeldAssignment | None
    new: NewAssignment | None = None
    """The unit as the new edition has it."""
    plan: Replan = field(default_factory=Replan)
    past: int = 0
    """Of what is added, how many dates have passed: they are overdue at once."""
    left: int = 0
    """Where it is over: what still has to be reported or checked before."""
    reports: int = 0
    """Reports that there are."""

    @property
    def facts(self) -> dict[str, Any]:
        """What the unit is told: which parts changed, and the dates."""
        what = self.change
        said: dict[str, Any] = {
            "words": what.kind == "reworded",
            "targets": what.targets,
            "role": [self.before, self.role] if self.before else None,
            "moved": [[held.due_on.isoformat(), due.due.isoformat()] for held, due in self.plan.moved],
            "added": [one.due.isoformat() for one in self.plan.added]
            + [due.due.isoformat() for _held, due in self.plan.restored],
            "cancelled": [one.due_on.isoformat() for one in self.plan.cancelled],
            "left": self.left,
        }
        return {name: value for name, value in said.items() if value}


@dataclass(frozen=True)
class Revision:
    """The new edition beside the one in force, and all that follows from adopting it."""

    draft_id: int
    draft_title: str
    plan_id: int
    plan: str
    plan_state: str
    plan_year: int
    draft_year: int | None
    editable: bool
    comparison: Comparison
    doings: tuple[Doing, ...]
    units: Mapping[int, str]
    pinned: frozenset[int]
    """Tasks of the new edition whose pairing a person said."""
    ready: Readiness
    prepared: PreparedDraft
    due: Mapping[int, tuple[Dated, ...]]
    """Task of the draft → what it owes, for units that get it now."""

    @cached_property
    def mark(self) -> str:
        """Tells whether what follows from adopting has changed since it was shown."""
        changes = [
            [one.kind, one.old.mark if one.old else None, one.new.mark if one.new else None]
            for one in self.comparison.changes
        ]
        doings = [[one.kind, one.unit_id, one.held.id if one.held else None, one.facts] for one in self.doings]
        return seen_mark([changes, doings, self.ready.errors and len(self.ready.errors)])

    @cached_property
    def by_unit(self) -> list[UnitEffect]:
        """The units that something changes for, those with the most first."""
        found: dict[int, UnitEffect] = {}
        for one in self.doings:
            found.setdefault(one.unit_id, UnitEffect(one.unit_id, self.units.get(one.unit_id, ""))).add(one)
        return sorted(found.values(), key=lambda unit: (-unit.total, unit.unit_id))

    @cached_property
    def totals(self) -> UnitEffect:
        total = UnitEffect(0, "")
        for one in self.doings:
            total.add(one)
        return total


@dataclass(slots=True)
class UnitEffect:
    unit_id: int
    unit: str
    gets: int = 0
    loses: int = 0
    changed: int = 0
    moved: int = 0
    added: int = 0
    past: int = 0
    cancelled: int = 0
    reports: int = 0
    left: int = 0

    @property
    def total(self) -> int:
        return self.gets + self.loses + self.changed

    def add(self, one: Doing) -> None:
        self.gets += one.kind in {"new", "on"}
        self.loses += one.kind in {"off", "ended"}
        self.changed += one.kind in {"changed", "role"}
        self.moved += len(one.plan.moved)
        self.added += len(one.plan.added) + len(one.plan.restored)
        self.past += one.past
        self.cancelled += len(one.plan.cancelled)
        self.reports += one.reports
        self.left += one.left
