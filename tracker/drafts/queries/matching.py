"""The unit expressions of a draft against the directory of a day."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select

from tracker.db import session
from tracker.drafts.models import Draft, DraftTask, UnitChoice
from tracker.drafts.resolve import Choice, Expression, Resolved, expressions, resolve
from tracker.plans.seen import seen_mark
from tracker.units import queries as units
from tracker.units.matching import Directory

WHOLE = 400
"""Up to so many units all of them are offered for ticking; of more, the rest is found by typing."""


@dataclass(frozen=True, slots=True)
class Matched:
    """What the match page shows."""

    rows: list[Resolved]
    names: dict[int, str]
    """Name of every living unit."""

    @property
    def open(self) -> int:
        return sum(1 for row in self.rows if not row.settled)

    @property
    def certain(self) -> int:
        return sum(1 for row in self.rows if row.certain)


def certain(rows: Iterable[Resolved]) -> list[Resolved]:
    """Those whose proposals may be taken together."""
    return [row for row in rows if row.certain]


def certain_mark(rows: Iterable[Resolved]) -> str:
    """Tells whether the list that a person saw is still the one that would be bound."""
    return seen_mark([(row.expression.text, list(row.proposal)) for row in rows])


def bodies(draft_id: int) -> list[dict[str, Any]]:
    """The tasks that were not removed, in order."""
    statement = select(DraftTask.body).where(DraftTask.draft_id == draft_id, DraftTask.removed.is_(False))
    return list(session.scalars(statement.order_by(DraftTask.position, DraftTask.id)))


def choices(draft_id: int) -> dict[str, Choice]:
    rows = session.scalars(select(UnitChoice).where(UnitChoice.draft_id == draft_id).order_by(UnitChoice.id))
    return {row.expression: Choice(tuple(row.unit_ids), row.how, row.note) for row in rows}


@dataclass(frozen=True, slots=True)
class Ground:
    """What expressions are resolved against: everything read once."""

    directory: Directory
    tree: list[units.UnitRow]
    rules: dict[str, dict[str, object]]
    day: date

    def expand(self, phrase: str) -> tuple[bool, tuple[int, ...]]:
        return units.expand(phrase, self.rules, self.tree)

    def resolve(self, found: Iterable[Expression], chosen: Mapping[str, Choice]) -> list[Resolved]:
        return resolve(found, self.directory, chosen, self.expand)


def ground(day: date, *, draft_id: int) -> Ground:
    """Who is there on a day; what a name means is asked as of the draft's document (发文日期), where it says its day."""
    header = session.scalar(select(Draft.header).where(Draft.id == draft_id)) or {}
    issued = header.get("issued_on")
    directory = units.directory(day, written=date.fromisoformat(issued) if issued else None)
    return Ground(directory, units.tree(day), units.collective_rules(), day)


def matched(draft_id: int, *, day: date) -> Matched:
    """Every distinct expression with its units; ten statements whatever the size."""
    base = ground(day, draft_id=draft_id)
    rows = base.resolve(expressions(bodies(draft_id)).values(), choices(draft_id))
    return Matched(rows, {entry.id: entry.name for entry in base.directory.entries.values()})


def matched_one(draft_id: int, text: str, *, day: date) -> tuple[Resolved, list[units.UnitRow]] | None:
    """One expression, and the tree to pick from; None where the draft has no such expression."""
    base = ground(day, draft_id=draft_id)
    one = expressions(bodies(draft_id)).get(text)
    if one is None:
        return None
    return base.resolve([one], choices(draft_id))[0], base.tree


def offered(tree: list[units.UnitRow], chosen: Iterable[int]) -> dict[str, list[units.UnitRow]]:
    """Units to tick, by group: all of a small tree; of a large one those right below the top and those that are chosen."""
    held = set(chosen)
    few = tree if len(tree) <= WHOLE else [unit for unit in tree if unit.depth <= 1 or unit.id in held]
    groups: dict[str, list[units.UnitRow]] = {}
    for unit in few:
        groups.setdefault(unit.group, []).append(unit)
    return groups


def unit_names(day: date) -> list[str]:
    """Names of the units of a day as people write them, those of the top first; the city itself is none of them."""
    found = [unit for unit in units.tree(day) if unit.parent_id is not None]
    return [unit.short_name or unit.name for unit in sorted(found, key=lambda unit: unit.depth)]


def since(draft_id: int, today: date) -> date:
    """From which day a unit is there that a document names: the document's year begins before it, at the latest today."""
    header = session.scalar(select(Draft.header).where(Draft.id == draft_id)) or {}
    year = header.get("year")
    return min(date(int(year), 1, 1), today) if year else today
