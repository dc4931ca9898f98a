"""The organisation tree as who keeps it sees it: with aliases, people, and what has ended."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, func, or_, select

from tracker.accounts.roles import Role, Viewer
from tracker.db import session
from tracker.errors import NotFound
from tracker.units.matching import normal
from tracker.units.models import Collective, Unit, UnitAlias
from tracker.units.queries import (
    ActRow,
    UnitRow,
    acts_of,
    covers,
    expand,
    living,
    names,
    root_id,
    siblings,
    tree,
    unit_row,
    visible_to,
)
from tracker.web.paging import Page, decode, page_of

WHOLE = 30
"""Up to so many units a tree is shown whole; a larger one is opened level by level."""
SHOWN = 20
"""Units of one page."""
FOUND = 60
"""Units that a search shows at most."""


@dataclass(frozen=True, slots=True)
class TreeRow:
    unit: UnitRow
    indent: int
    below: int
    """Units below it, at any depth."""
    aliases: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Tree:
    page: Page[TreeRow]
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


def unit_tree(
    viewer: Viewer, *, day: date, below: int | None, kinds: Sequence[str] = (), cursor: str | None = None
) -> Tree:
    """The subtree of a unit as of a day (the viewer's own where none is named): whole where it is small, else what is
    right below it; of some kinds at any depth. A fixed number of statements."""
    top = below if below is not None else top_of(viewer)
    if top is None or not covers(viewer, top, Role.ADMIN):
        raise NotFound
    head = unit_row(top)
    units = [unit for unit in tree(day, below=top) if unit.id != top]
    whole = len(units) <= WHOLE or bool(kinds)
    if kinds:
        units = [unit for unit in units if unit.kind in kinds]
    elif not whole:
        units = [unit for unit in units if unit.parent_id == top]
    rows = _page(units, cursor)
    above = [unit_row(int(number)) for number in head.path.strip("/").split("/")]
    indent = None if kinds else head.depth + 1
    page = Page(rows_of(rows.rows, day, indent), rows.next, rows.previous, rows.total)
    return Tree(page, above, whole)


def _page(units: Sequence[UnitRow], cursor: str | None) -> Page[UnitRow]:
    """A page of units that are read anyway: the cursor is the place of the unit it begins behind."""
    place = {unit.id: number for number, unit in enumerate(units)}
    read = decode(cursor, 1) if cursor else None
    backwards, last = (read[0], place.get(read[1][0])) if read else (False, None)
    if last is None:
        backwards, begin = False, 0
    else:
        begin = max(last - SHOWN - 1, 0) if backwards else last + 1
    rows = units[begin:last][::-1][: SHOWN + 1] if backwards else units[begin : begin + SHOWN + 1]
    came = cursor if last is not None else None
    return page_of(
        rows, lambda unit: [unit.id], size=SHOWN, came_from=came, backwards=backwards, total=len(units)
    )  # fmt: skip


def found_units(viewer: Viewer, text: str, *, day: date, kinds: Sequence[str] = ()) -> list[TreeRow]:
    """Living units whose name, short name, initials or alias holds the text; at most `FOUND`."""
    wanted = normal(text)
    alias = select(UnitAlias.unit_id).where(UnitAlias.normal_name.contains(wanted, autoescape=True))
    statement = (
        living(day)
        .where(
            *_scope(viewer),
            *([Unit.kind.in_(kinds)] if kinds else []),
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
    return rows_of(units, day)


def keeps_all(viewer: Viewer) -> bool:
    return visible_to(viewer, Role.ADMIN) is None


def only_of_the_whole(viewer: Viewer) -> None:
    """Raises NotFound for whoever keeps a part only: the directory is taken in for all of it."""
    if not keeps_all(viewer):
        raise NotFound


def rows_of(units: Sequence[UnitRow], day: date, first: int | None = None) -> list[TreeRow]:
    ids = [unit.id for unit in units]
    aliases: dict[int, list[str]] = {}
    named = (
        select(UnitAlias.unit_id, UnitAlias.name)
        .where(
            UnitAlias.unit_id.in_(ids),
            or_(UnitAlias.valid_from.is_(None), UnitAlias.valid_from <= day),
            or_(UnitAlias.valid_to.is_(None), UnitAlias.valid_to >= day),
        )
        .order_by(UnitAlias.id)
    )
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
    kind: str
    valid_from: date | None
    valid_to: date | None
    confirmed_by: int | None
    confirmed_at: datetime


@dataclass(frozen=True, slots=True)
class UnitPage:
    unit: UnitRow
    above: list[UnitRow]
    aliases: list[AliasRow]
    children: int
    acts: list[ActRow]
    """What it was about or came from, the earliest first."""
    place: int
    """Its place among those below the same unit, from 1; 0 where it has ended."""
    siblings: int


def unit_page(unit_id: int, viewer: Viewer, *, day: date) -> UnitPage:
    """Raises NotFound where the viewer does not keep the unit."""
    if not covers(viewer, unit_id, Role.ADMIN):
        raise NotFound
    unit = unit_row(unit_id)
    statement = select(UnitAlias).where(UnitAlias.unit_id == unit_id).order_by(UnitAlias.name)
    aliases = [
        AliasRow(row.id, row.name, row.kind, row.valid_from, row.valid_to, row.confirmed_by, row.confirmed_at)
        for row in session.scalars(statement)
    ]
    above = [unit_row(int(number)) for number in unit.path.strip("/").split("/")[:-1]]
    beside = siblings(unit.parent_id, day=day)
    place = beside.index(unit_id) + 1 if unit_id in beside else 0
    below = _below([unit_id], day).get(unit_id, 0)
    return UnitPage(unit, above, aliases, below, acts_of(unit_id, viewer), place, len(beside))


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


def kept_of(viewer: Viewer, *, day: date) -> dict[int, tuple[str, int]]:
    """Kind and parent of each unit that the viewer keeps."""
    statement = living(day).where(*_scope(viewer), Unit.parent_id.is_not(None))
    rows = session.execute(statement.with_only_columns(Unit.id, Unit.kind, Unit.parent_id).order_by(Unit.id))
    return {row.id: (row.kind, row.parent_id) for row in rows}


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
