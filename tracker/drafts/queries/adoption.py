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
    """(task id, position, name) of tasks that no unit would have (待认领), but for those whose units are still to be matched."""
    unresolved: list[Resolved]
    errors: list[FindingRow]
    warnings: list[FindingRow]
    has_lead: bool
    large: bool
    """Whether adopting it is work for a job."""

    @property
    def blocked(self) -> bool:
        return bool(self.errors or self.unresolved) or not self.tasks


AT_ONCE_ROWS = 10_000
"""Tasks and assignments that are written within the request: about a second of work."""


@dataclass(frozen=True, slots=True)
class PreparedDraft:
    """The tasks of a draft with the units they would have; everything read once."""

    tasks: list[tuple[int, int, dict[str, Any]]]
    """(id, position, body), without those removed."""
    resolved: list[Resolved]
    assigned: list[list[NewAssignment]]
    """For each task."""


def prepared(draft_id: int, *, day: date) -> PreparedDraft:
    base = ground(day, draft_id=draft_id)
    rows = session.execute(
        select(DraftTask.id, DraftTask.position, DraftTask.body)
        .where(DraftTask.draft_id == draft_id, DraftTask.removed.is_(False))
        .order_by(DraftTask.position, DraftTask.id)
    )
    tasks = [(number, position, body) for number, position, body in rows]
    resolved = base.resolve(expressions(body for _, _, body in tasks).values(), choices(draft_id))
    units = {one.expression.text: one for one in resolved}
    groups = {unit.id: group_of(unit.kind) for unit in base.tree}
    return PreparedDraft(tasks, resolved, [assignments(body, units, groups) for _, _, body in tasks])


def is_large(made: PreparedDraft) -> bool:
    """Whether adopting it is work for a job."""
    return len(made.tasks) + sum(map(len, made.assigned)) > AT_ONCE_ROWS


def readiness(draft_id: int, made: PreparedDraft) -> Readiness:
    still = [row for row in findings(draft_id) if not row.settled]
    waiting = {one.expression.text for one in made.resolved if not one.settled}
    return Readiness(
        tasks=len(made.tasks),
        chapters=len({body["path"][0] if body["path"] else "" for _, _, body in made.tasks}),
        assignments=sum(map(len, made.assigned)),
        units=len({one.unit_id for held in made.assigned for one in held}),
        without_units=[
            (number, position, body["name"])
            for (number, position, body), held in zip(made.tasks, made.assigned, strict=True)
            if not held and not any(unit["text"] in waiting for unit in body["units"])
        ],
        unresolved=[one for one in made.resolved if not one.settled],
        errors=[row for row in still if row.severity == "error"],
        warnings=[row for row in still if row.severity == "warning"],
        has_lead=any(one.role == "lead" for held in made.assigned for one in held),
        large=is_large(made),
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
