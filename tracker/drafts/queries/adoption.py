"""What a draft would become, and what stands in the way."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select

from tracker.db import session
from tracker.drafts.models import DraftTask
from tracker.drafts.queries.matching import choices, ground
from tracker.drafts.queries.review import FindingRow, findings
from tracker.drafts.resolve import EXPRESSION_LENGTH, Resolved, expressions, place_of_units
from tracker.plans.adoption import NewAssignment, strongest
from tracker.units.kinds import group_of


@dataclass(frozen=True, slots=True)
class Readiness:
    tasks: int
    chapters: int
    assignments: int
    units: int
    without_units: list[tuple[int, int, str]]
    """(task id, position, name) of tasks that no unit would have (待认领)."""
    unresolved: list[Resolved]
    errors: list[FindingRow]
    warnings: list[FindingRow]
    has_lead: bool

    @property
    def blocked(self) -> bool:
        return bool(self.errors or self.unresolved) or not self.tasks


def readiness(draft_id: int, *, day: date) -> Readiness:
    base = ground(day)
    rows = session.execute(
        select(DraftTask.id, DraftTask.position, DraftTask.body)
        .where(DraftTask.draft_id == draft_id, DraftTask.removed.is_(False))
        .order_by(DraftTask.position, DraftTask.id)
    ).all()
    resolved = base.resolve(expressions(row.body for row in rows).values(), choices(draft_id))
    units = {one.expression.text: one for one in resolved}
    kinds = {unit.id: group_of(unit.kind) for unit in base.tree}
    assigned = [assignments(row.body, units, kinds) for row in rows]
    still = [row for row in findings(draft_id) if not row.settled]
    return Readiness(
        tasks=len(rows),
        chapters=len({row.body["path"][0] if row.body["path"] else "" for row in rows}),
        assignments=sum(map(len, assigned)),
        units=len({one.unit_id for held in assigned for one in held}),
        without_units=[
            (row.id, row.position, row.body["name"]) for row, held in zip(rows, assigned, strict=True) if not held
        ],
        unresolved=[one for one in resolved if not one.settled],
        errors=[row for row in still if row.severity == "error"],
        warnings=[row for row in still if row.severity == "warning"],
        has_lead=any(one.role == "lead" for held in assigned for one in held),
    )


def assignments(body: dict[str, Any], units: dict[str, Resolved], groups: dict[int, str]) -> list[NewAssignment]:
    """A task's units, each once, in its strongest role, with the words they come from."""
    locator = place_of_units(body)
    return strongest(
        NewAssignment(
            number, groups[number], unit["role"], unit["text"][:EXPRESSION_LENGTH], units[unit["text"]].many, locator
        )
        for unit in body["units"]
        for number in units[unit["text"]].unit_ids
        if number in groups
    )
