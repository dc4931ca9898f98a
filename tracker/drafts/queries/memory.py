"""What the city remembers of documents: who confirmed it, from which document, how many were read by it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select, tuple_

from tracker.accounts.models import Person
from tracker.accounts.roles import Role, Viewer
from tracker.db import session
from tracker.drafts.models import ColumnMeaning, Draft, MemoryUse
from tracker.drafts.resolve import Resolved
from tracker.errors import NotFound
from tracker.units.matching import normal
from tracker.units.models import Collective, Unit, UnitAlias
from tracker.units.queries import covers, root_id

SHOWN = 200
"""Of more the page says so, and they are found by typing."""


@dataclass(frozen=True, slots=True)
class Memory:
    kind: str
    """`alias`, `collective`, `column`."""
    id: int
    text: str
    meaning: str
    """Name of the unit; names of units, or kinds of units below another; kind of the column."""
    count: int
    """Units that a collective names one by one."""
    who: str
    at: datetime
    origin: tuple[int, str] | None
    """The draft it was confirmed in."""
    used: int
    """Documents that were read by it."""


@dataclass(frozen=True, slots=True)
class Used:
    who: str
    at: datetime


def column_meanings() -> dict[str, tuple[str, int]]:
    """What is remembered of columns, by their normalised header."""
    statement = select(ColumnMeaning).where(ColumnMeaning.ended_at.is_(None)).order_by(ColumnMeaning.id)
    return {row.normal_header: (row.kind, row.id) for row in session.scalars(statement)}


def memories(viewer: Viewer, *, text: str = "", kind: str = "") -> tuple[list[Memory], int]:
    """The newest first, no more than a page shows; and how many there are. Raises NotFound for who may not know.

    A fixed number of statements.
    """
    root = root_id()
    if root is None or not covers(viewer, root, Role.LEAD_OFFICE):
        raise NotFound
    names = {row.id: row.name for row in session.execute(select(Person.id, Person.name))}
    found = [one for one in (*_aliases(names), *_collectives(names), *_columns(names)) if _asked(one, text, kind)]
    found.sort(key=lambda one: (one.at, one.kind, one.id), reverse=True)
    return _with_uses(found[:SHOWN]), len(found)


def _asked(one: Memory, text: str, kind: str) -> bool:
    return (not kind or one.kind == kind) and (not text or text in one.text or text in one.meaning)


def _aliases(names: dict[int, str]) -> Iterable[Memory]:
    statement = select(UnitAlias, Unit.name).join(Unit, Unit.id == UnitAlias.unit_id)
    for row, unit in session.execute(statement.where(UnitAlias.valid_to.is_(None))):
        who = names.get(row.confirmed_by or 0, "")
        yield Memory("alias", row.id, row.name, unit, 0, who, row.confirmed_at, None, 0)


def _collectives(names: dict[int, str]) -> Iterable[Memory]:
    units = {row.id: row.name for row in session.execute(select(Unit.id, Unit.name))}
    for row in session.scalars(select(Collective)):
        listed = row.rule.get("units")
        said = (
            "、".join(units.get(number, "") for number in listed[:6]) if listed else ",".join(row.rule.get("kinds", ()))
        )
        who = names.get(row.confirmed_by or 0, "")
        yield Memory("collective", row.id, row.phrase, said, len(listed or ()), who, row.confirmed_at, None, 0)


def _columns(names: dict[int, str]) -> Iterable[Memory]:
    for row in session.scalars(select(ColumnMeaning).where(ColumnMeaning.ended_at.is_(None))):
        who = names.get(row.confirmed_by, "")
        yield Memory("column", row.id, row.header, row.kind, 0, who, row.confirmed_at, None, 0)


def _with_uses(found: list[Memory]) -> list[Memory]:
    wanted = [(one.kind, one.id) for one in found]
    of_these = tuple_(MemoryUse.kind, MemoryUse.memory_id).in_(wanted)
    counts = {
        (kind, number): count
        for kind, number, count in session.execute(
            select(MemoryUse.kind, MemoryUse.memory_id, func.count())
            .where(of_these, MemoryUse.learned.is_(False))
            .group_by(MemoryUse.kind, MemoryUse.memory_id)
        )
    }
    statement = select(MemoryUse, Draft).join(Draft, Draft.id == MemoryUse.draft_id)
    origins = {
        (use.kind, use.memory_id): (draft.id, str(draft.header["title"] or draft.file_name))
        for use, draft in session.execute(statement.where(of_these, MemoryUse.learned).order_by(MemoryUse.id.desc()))
    }
    return [
        Memory(
            one.kind, one.id, one.text, one.meaning, one.count, one.who, one.at, origins.get((one.kind, one.id)),
            counts.get((one.kind, one.id), 0),
        )
        for one in found
    ]  # fmt: skip


def memories_used(resolved: Iterable[Resolved]) -> dict[str, Used]:
    """By the text of an expression: who confirmed what it was matched by, and when."""
    found = memory_of(resolved)
    said: dict[tuple[str, int], Used] = {}
    for kind, model in (("alias", UnitAlias), ("collective", Collective)):
        ids = [number for one, number in found.values() if one == kind]
        statement = select(model.id, Person.name, model.confirmed_at).join(
            Person, Person.id == model.confirmed_by, isouter=True
        )
        for number, name, at in session.execute(statement.where(model.id.in_(ids))):
            said[kind, number] = Used(name or "", at)
    return {text: said[key] for text, key in found.items() if key in said}


def memory_of(resolved: Iterable[Resolved]) -> dict[str, tuple[str, int]]:
    """By the text of an expression: the name or the collective that it was matched by. Two statements."""
    rows = [row for row in resolved if not row.chosen and row.how in {"alias", "rule"} and row.unit_ids]
    aliases = {
        (row.normal_name, row.unit_id): row.id
        for row in session.scalars(
            select(UnitAlias).where(UnitAlias.unit_id.in_([row.unit_ids[0] for row in rows if row.how == "alias"]))
        )
    }
    phrases = {row.normal_phrase: row.id for row in session.scalars(select(Collective))} if rows else {}
    found: dict[str, tuple[str, int]] = {}
    for row in rows:
        key = normal(row.expression.text)
        number = aliases.get((key, row.unit_ids[0])) if row.how == "alias" else phrases.get(key)
        if number is not None:
            found[row.expression.text] = ("alias" if row.how == "alias" else "collective", number)
    return found
