"""The organisation tree as who keeps it sees it: with aliases, people, and what has ended."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, func, or_, select

from reports.directory import DirectoryRow
from tracker.accounts.roles import Role, Viewer
from tracker.admin.words import KIND_NAMES
from tracker.db import session
from tracker.errors import NotFound
from tracker.units.matching import normal
from tracker.units.models import Collective, Unit, UnitAlias
from tracker.units.queries import UnitRow, covers, expand, living, names, root_id, tree, unit_row, visible_to

WHOLE = 400
"""Up to so many units a tree is shown whole; a larger one is opened level by level."""
FOUND = 200


@dataclass(frozen=True, slots=True)
class TreeRow:
    unit: UnitRow
    indent: int
    below: int
    """Units below it, at any depth."""
    aliases: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Tree:
    rows: list[TreeRow]
    above: list[UnitRow]
    """From the root down to the unit whose subtree this is."""
    is_whole: bool
    """Whether deeper units are shown too."""


def _scope(viewer: Viewer) -> list[ColumnElement[bool]]:
    units = visible_to(viewer, Role.ADMIN)
    return [] if units is None else [Unit.id.in_(units)]


def top_of(viewer: Viewer) -> int | None:
    """The uppermost unit the viewer keeps."""
    granted = viewer.units(Role.ADMIN)
    root = root_id()
    return root if root in granted else min(granted, default=None)


def unit_tree(viewer: Viewer, *, day: date, below: int | None) -> Tree:
    """The subtree of a unit as of a day (the viewer's own where none is named). A fixed number of statements."""
    top = below if below is not None else top_of(viewer)
    if top is None or not covers(viewer, top, Role.ADMIN):
        raise NotFound
    head = unit_row(top)
    size = session.scalar(living(day).with_only_columns(func.count()).where(Unit.path.startswith(head.path))) or 0
    if size <= WHOLE:
        units = [unit for unit in tree(day, below=top) if unit.id != top]
    else:
        statement = living(day).where(Unit.parent_id == top).order_by(Unit.sort_key, Unit.id)
        units = [unit_row(unit.id) for unit in session.scalars(statement)]
    above = [unit_row(int(number)) for number in head.path.strip("/").split("/")]
    return Tree(_rows(units, day, head.depth + 1), above, size <= WHOLE)


def found_units(viewer: Viewer, text: str, *, day: date) -> list[TreeRow]:
    """Living units whose name, short name, initials or alias holds the text; at most `FOUND`."""
    wanted = normal(text)
    alias = select(UnitAlias.unit_id).where(UnitAlias.normal_name.contains(wanted, autoescape=True))
    statement = (
        living(day)
        .where(
            *_scope(viewer),
            or_(
                Unit.normal_name.contains(wanted, autoescape=True),
                Unit.short_name.contains(wanted, autoescape=True),
                Unit.initials.startswith(wanted.lower(), autoescape=True),
                Unit.id.in_(alias),
            ),
        )
        .order_by(func.length(Unit.path), Unit.sort_key, Unit.id)
        .limit(FOUND)
    )
    units = [unit_row(unit.id) for unit in session.scalars(statement)]
    return _rows(units, day, None)


def only_of_the_whole(viewer: Viewer) -> None:
    """Raises NotFound for whoever keeps a part only: the directory is taken in for all of it."""
    if visible_to(viewer, Role.ADMIN) is not None:
        raise NotFound


def directory_rows(viewer: Viewer, *, day: date) -> list[DirectoryRow]:
    """All units of a day that the viewer keeps, parents before their children, as they are written to a workbook."""
    kept = set(session.scalars(living(day).with_only_columns(Unit.id).where(*_scope(viewer))))
    units = tree(day)
    known = {unit.id: unit.name for unit in units}
    return [
        DirectoryRow(
            line.unit.name, line.unit.short_name, str(KIND_NAMES[line.unit.kind]),
            known.get(line.unit.parent_id or 0, ""), line.aliases, line.unit.valid_from,
        )
        for line in _rows([unit for unit in units if unit.id in kept], day, None)
    ]  # fmt: skip


def _rows(units: Sequence[UnitRow], day: date, first: int | None) -> list[TreeRow]:
    ids = [unit.id for unit in units]
    aliases: dict[int, list[str]] = {}
    named = select(UnitAlias.unit_id, UnitAlias.name).where(UnitAlias.unit_id.in_(ids)).order_by(UnitAlias.id)
    for unit_id, name in session.execute(named):
        aliases.setdefault(unit_id, []).append(name)
    below = _below(ids, day)
    return [
        TreeRow(
            unit, 0 if first is None else unit.depth - first, below.get(unit.id, 0), tuple(aliases.get(unit.id, ()))
        )
        for unit in units
    ]


def _below(ids: Sequence[int], day: date) -> dict[int, int]:
    """For each unit how many living ones are below it. One statement."""
    top = select(Unit.id, Unit.path).where(Unit.id.in_(ids)).subquery()
    within = living(day).with_only_columns(Unit.id, Unit.path).subquery()
    statement = (
        select(top.c.id, func.count())
        .join(within, within.c.path.like(top.c.path + "_%"))
        .group_by(top.c.id)
        .order_by(top.c.id)
    )
    return {row[0]: row[1] for row in session.execute(statement)}


@dataclass(frozen=True, slots=True)
class AliasRow:
    id: int
    name: str
    confirmed_by: int | None
    confirmed_at: datetime


@dataclass(frozen=True, slots=True)
class UnitPage:
    unit: UnitRow
    above: list[UnitRow]
    aliases: list[AliasRow]
    children: int


def unit_page(unit_id: int, viewer: Viewer, *, day: date) -> UnitPage:
    """Raises NotFound where the viewer does not keep the unit."""
    if not covers(viewer, unit_id, Role.ADMIN):
        raise NotFound
    unit = unit_row(unit_id)
    statement = select(UnitAlias).where(UnitAlias.unit_id == unit_id).order_by(UnitAlias.name)
    aliases = [AliasRow(row.id, row.name, row.confirmed_by, row.confirmed_at) for row in session.scalars(statement)]
    above = [unit_row(int(number)) for number in unit.path.strip("/").split("/")[:-1]]
    return UnitPage(unit, above, aliases, _below([unit_id], day).get(unit_id, 0))


def unit_choices(viewer: Viewer, *, day: date, text: str = "", limit: int | None = None) -> list[dict[str, str]]:
    """Units to choose from, parents first: value, text, what else they are found by, and the unit above."""
    statement = living(day).where(*_scope(viewer)).order_by(func.length(Unit.path), Unit.sort_key, Unit.id)
    if text:
        wanted = normal(text)
        statement = statement.where(
            Unit.normal_name.contains(wanted, autoescape=True)
            | Unit.short_name.contains(wanted, autoescape=True)
            | Unit.initials.startswith(wanted.lower(), autoescape=True)
        )
    if limit is not None:
        statement = statement.limit(limit)
    units = session.scalars(statement).all()
    known = names(unit.parent_id for unit in units if unit.parent_id is not None)
    return [
        {
            "value": str(unit.id),
            "text": unit.name,
            "search": f"{unit.initials} {unit.short_name}".strip(),
            "note": known.get(unit.parent_id or 0, ""),
        }
        for unit in units
    ]


@dataclass(frozen=True, slots=True)
class CollectiveRow:
    id: int
    phrase: str
    rule: dict[str, Any]
    members: tuple[tuple[int, str], ...]
    """Units it stands for on the day that was asked for: (id, name)."""
    confirmed_at: datetime


def collectives(viewer: Viewer, *, day: date) -> list[CollectiveRow]:
    """All confirmed collectives in order of their phrases. They hold for the whole city, so only who keeps all of it
    sees them; others get NotFound."""
    if visible_to(viewer, Role.ADMIN) is not None:
        raise NotFound
    rows = session.scalars(select(Collective).order_by(Collective.normal_phrase)).all()
    units = tree(day)
    known = {unit.id: unit.name for unit in units}
    rules = {row.normal_phrase: row.rule for row in rows}
    return [
        CollectiveRow(
            row.id, row.phrase, row.rule,
            tuple((number, known[number]) for number in expand(row.phrase, rules, units)[1]), row.confirmed_at,
        )
        for row in rows
    ]  # fmt: skip


def collective_row(collective_id: int, viewer: Viewer, *, day: date) -> CollectiveRow:
    found = next((row for row in collectives(viewer, day=day) if row.id == collective_id), None)
    if found is None:
        raise NotFound
    return found


def get_alias(unit_id: int, alias_id: int, viewer: Viewer) -> UnitAlias:
    """Raises NotFound where it is not an alias of the unit, or the viewer does not keep that."""
    alias = session.get(UnitAlias, alias_id)
    if alias is None or alias.unit_id != unit_id or not covers(viewer, alias.unit_id, Role.ADMIN):
        raise NotFound
    return alias
