"""Finding a unit by what a person types: name, short name, alias, pinyin initials, or some of its characters in order."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, Select, case, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute

from tracker.db import session
from tracker.units.matching import normal
from tracker.units.models import Unit, UnitAlias
from tracker.units.queries import living, names

LONGEST = 40
"""Characters of what was typed that are looked for."""
FOUND = 30
MISSED = 9
DEPARTMENT = 3
"""Strokes in the path of a unit right below the top: `/1/7/`."""
_STEP = re.compile(r"[/／\\>›]")
_ESCAPE = "\\"


@dataclass(frozen=True, slots=True)
class FoundUnit:
    id: int
    name: str
    above: str
    """The unit it belongs to; '' for the one at the top."""
    deep: bool = False
    """Whether it belongs to another than the one at the top: then its name alone may not tell it."""
    other_names: tuple[str, ...] = ()
    """Short name and aliases."""


def find_units(text: str, *, day: date, limit: int = FOUND) -> list[FoundUnit]:
    """Living units that what was typed may mean, the likeliest first. Four statements, whatever the size."""
    wanted = normal(text)[:LONGEST]
    if not wanted:
        return []
    rank = _rank(wanted)
    statement = living(day).where(rank < MISSED).order_by(rank, func.length(Unit.path), Unit.sort_key, Unit.id)
    return _found(session.scalars(statement.limit(limit)).all())


def _rank(wanted: str) -> ColumnElement[int]:
    """How well a unit answers: its own names before parts of them, parts before scattered characters."""
    alias = _aliases(UnitAlias.normal_name.contains(wanted, autoescape=True))
    ways: list[tuple[ColumnElement[bool], int]] = [
        (or_(Unit.normal_name == wanted, Unit.short_name == wanted), 0),
        (_aliases(UnitAlias.normal_name == wanted), 0),
        (Unit.short_name.startswith(wanted, autoescape=True), 1),
        (or_(Unit.normal_name.contains(wanted, autoescape=True), Unit.short_name.contains(wanted, autoescape=True)), 2),
        (alias, 2),
    ]
    letters = wanted.lower()
    if letters.isascii() and letters.isalnum():
        ways += [
            (Unit.initials == letters, 1),
            (Unit.initials.contains(letters, autoescape=True), 3),
            (_scattered(Unit.initials, letters), 5),
        ]
    if len(wanted) > 1:
        ways.append((_scattered(Unit.normal_name, wanted), 4))
        ways.append((_aliases(_scattered(UnitAlias.normal_name, wanted)), 4))
    return case(*ways, else_=MISSED)


def _aliases(which: ColumnElement[bool]) -> ColumnElement[bool]:
    return Unit.id.in_(select(UnitAlias.unit_id).where(which))


def _scattered(column: InstrumentedAttribute[str], wanted: str) -> ColumnElement[bool]:
    """Whether all characters stand in the column in this order: 住建 in 住房和城乡建设局."""
    held = "%".join(f"{_ESCAPE}{one}" if one in "%_\\" else one for one in wanted)
    return column.like(f"%{held}%", escape=_ESCAPE)


def units_named(text: str, *, day: date) -> list[FoundUnit]:
    """Living units that are called just so; `上级/名称` tells apart those that share a name."""
    parts = [normal(part) for part in _STEP.split(text) if part.strip()]
    if not parts:
        return []
    found = _found(session.scalars(_called(living(day), parts[-1][:120]).limit(FOUND)).all())
    if len(parts) == 1:
        return found
    above = set(session.scalars(_called(living(day), parts[-2][:120]).with_only_columns(Unit.name)))
    return [one for one in found if one.above in above]


def _called(statement: Select[tuple[Unit]], name: str) -> Select[tuple[Unit]]:
    named = or_(Unit.normal_name == name, Unit.short_name == name, _aliases(UnitAlias.normal_name == name))
    return statement.where(named).order_by(func.length(Unit.path), Unit.sort_key, Unit.id)


def units_by_id(unit_ids: Iterable[int], *, day: date) -> list[FoundUnit]:
    """Those of the ids that live, in printed order."""
    wanted = sorted(set(unit_ids))
    statement = living(day).where(Unit.id.in_(wanted)).order_by(Unit.sort_key, Unit.id)
    return _found(session.scalars(statement).all()) if wanted else []


def _found(units: Sequence[Unit]) -> list[FoundUnit]:
    aliases: dict[int, list[str]] = {unit.id: [unit.short_name] if unit.short_name else [] for unit in units}
    statement = select(UnitAlias.unit_id, UnitAlias.name).where(UnitAlias.unit_id.in_(aliases)).order_by(UnitAlias.id)
    for unit_id, name in session.execute(statement):
        aliases[unit_id].append(name)
    above = names(unit.parent_id for unit in units if unit.parent_id is not None)
    return [
        FoundUnit(
            unit.id, unit.name, above.get(unit.parent_id or 0, ""), unit.path.count("/") > DEPARTMENT,
            tuple(aliases[unit.id]),
        )
        for unit in units
    ]  # fmt: skip
