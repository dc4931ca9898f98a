"""Reading the organisation tree as of a day."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from flask import g, has_request_context
from sqlalchemy import Row, Select, and_, or_, select
from sqlalchemy.orm import aliased

from tracker.accounts.roles import Role, Viewer
from tracker.db import session
from tracker.errors import NotFound
from tracker.units.collectives import members, proposed_kinds
from tracker.units.kinds import group_of
from tracker.units.matching import normal
from tracker.units.models import Collective, Site, Unit, UnitAlias, UnitPlace
from tracker.web.kept import settled


@dataclass(frozen=True, slots=True)
class UnitRow:
    id: int
    parent_id: int | None
    name: str
    short_name: str
    kind: str
    path: str
    valid_from: date
    valid_to: date | None

    @property
    def depth(self) -> int:
        return self.path.count("/") - 2

    @property
    def group(self) -> str:
        return group_of(self.kind)


def _row(unit: Unit) -> UnitRow:
    return UnitRow(
        unit.id, unit.parent_id, unit.name, unit.short_name, unit.kind, unit.path, unit.valid_from, unit.valid_to
    )


def living(day: date) -> Select[tuple[Unit]]:
    return select(Unit).where(Unit.valid_from <= day, or_(Unit.valid_to.is_(None), Unit.valid_to >= day))


def root_id() -> int | None:
    """The unit at the top. A page needs it for every list it scopes: asked once a request, or once for many."""
    if not has_request_context():
        return _root_id()
    if "root_id" not in g:
        g.root_id = settled("root", _root_id)
    root: int | None = g.root_id
    return root


def _root_id() -> int | None:
    return session.scalar(select(Unit.id).where(Unit.parent_id.is_(None)).order_by(Unit.id).limit(1))


def root_name() -> str:
    return session.scalar(select(Unit.name).where(Unit.parent_id.is_(None)).order_by(Unit.id).limit(1)) or ""


def unit_row(unit_id: int) -> UnitRow:
    unit = session.get(Unit, unit_id)
    if unit is None:
        raise NotFound
    return _row(unit)


def tree(day: date, *, below: int | None = None) -> list[UnitRow]:
    """All units of a day where they stood then, parents before their children, siblings in printed order.

    Two statements: the units, and who stands elsewhere now than on that day.
    """
    places = places_on(day)
    statement = living(day)
    if below is not None and not places:
        statement = statement.where(Unit.path.contains(f"/{below}/"))
    units = [_row(unit) for unit in session.scalars(statement.order_by(Unit.sort_key, Unit.id))]
    if places:
        units = _put_back(units, places)
        units = [unit for unit in units if below is None or f"/{below}/" in unit.path]
    children: dict[int | None, list[UnitRow]] = {}
    known = {unit.id for unit in units}
    for unit in units:
        children.setdefault(unit.parent_id if unit.parent_id in known else None, []).append(unit)
    ordered: list[UnitRow] = []
    stack = list(reversed(children.get(None, [])))
    while stack:
        unit = stack.pop()
        ordered.append(unit)
        stack.extend(reversed(children.get(unit.id, [])))
    return ordered


def siblings(parent_id: int | None, *, day: date) -> list[int]:
    """The units right below one, in printed order."""
    statement = living(day).where(Unit.parent_id == parent_id).order_by(Unit.sort_key, Unit.id)
    return list(session.scalars(statement.with_only_columns(Unit.id)))


def places_on(day: date) -> dict[int, int]:
    """For each unit that was moved after a day the one it stood below on that day."""
    statement = select(UnitPlace.unit_id, UnitPlace.parent_id).where(UnitPlace.until >= day)
    return {row.unit_id: row.parent_id for row in session.execute(statement.order_by(UnitPlace.until.desc()))}


def _put_back(units: Sequence[UnitRow], places: Mapping[int, int]) -> list[UnitRow]:
    """Units where they stood: with the parent and the path of that day."""
    above = {unit.id: places.get(unit.id, unit.parent_id) for unit in units}

    def path(number: int) -> str:
        trail, over = f"{number}/", above.get(number)
        while over is not None:
            trail, over = f"{over}/{trail}", above.get(over)
        return "/" + trail

    return [replace(unit, parent_id=above[unit.id], path=path(unit.id)) for unit in units]


def in_printed_order(rows: Sequence[Row[Any]]) -> list[Row[Any]]:
    """Rows with `id`, `path` and `sort_key`: parents before their children, siblings in printed order."""
    place = {row.id: (row.sort_key, row.id) for row in rows}

    def along(row: Row[Any]) -> list[tuple[str, int]]:
        return [place.get(int(above), ("", int(above))) for above in row.path.strip("/").split("/")]

    return sorted(rows, key=along)


def names(unit_ids: Iterable[int]) -> dict[int, str]:
    """Names by id. One statement."""
    wanted = sorted(set(unit_ids))
    if not wanted:
        return {}
    return {row.id: row.name for row in session.execute(select(Unit.id, Unit.name).where(Unit.id.in_(wanted)))}


def name_of(unit_id: int) -> str:
    """The name of a unit; empty where there is none."""
    return settled(("unit name", unit_id), lambda: session.scalar(select(Unit.name).where(Unit.id == unit_id)) or "")


def unit_of(granted: tuple[int, ...]) -> str:
    """The name of the unit that somebody with these grants works at: the first that has not ended, else the first."""
    return settled(("unit of", granted), lambda: _unit_of(granted))


def _unit_of(granted: tuple[int, ...]) -> str:
    rows = {
        row.id: row for row in session.execute(select(Unit.id, Unit.name, Unit.valid_to).where(Unit.id.in_(granted)))
    }
    found = [rows[number] for number in granted if number in rows]
    there = [row for row in found if row.valid_to is None]
    return next((str(row.name) for row in (*there, *found)), "")


def subtree(unit_ids: Iterable[int]) -> Select[tuple[int]]:
    """Ids of these units and of everything below them, as a statement for IN (…). No ids: nothing."""
    top = aliased(Unit)
    within = Unit.path.like(top.path + "%")
    return select(Unit.id).join(top, and_(top.id.in_(sorted(set(unit_ids))), within))


def visible_to(viewer: Viewer, *roles: Role) -> Select[tuple[int]] | None:
    """Ids of units a viewer sees by these roles; None where that is every unit (granted at the root)."""
    granted = viewer.units(*roles)
    root = root_id()
    if root is not None and root in granted:
        return None
    return subtree(granted)


def covers(viewer: Viewer, unit_id: int, *roles: Role) -> bool:
    """Whether any of the roles is granted to the viewer for this unit or for one above it."""
    path = session.scalar(select(Unit.path).where(Unit.id == unit_id))
    return path is not None and any(f"/{granted}/" in path for granted in viewer.units(*roles))


def aliases_of(unit_id: int) -> list[UnitAlias]:
    return list(session.scalars(select(UnitAlias).where(UnitAlias.unit_id == unit_id).order_by(UnitAlias.name)))


def all_aliases() -> list[tuple[UnitAlias, str]]:
    statement = select(UnitAlias, Unit.name).join(Unit, Unit.id == UnitAlias.unit_id).order_by(UnitAlias.name, Unit.id)
    return [(row[0], row[1]) for row in session.execute(statement)]


def collective_rules() -> dict[str, dict[str, object]]:
    """Confirmed rules by normalised phrase."""
    return {row.normal_phrase: row.rule for row in session.scalars(select(Collective).order_by(Collective.id))}


def expand(phrase: str, rules: dict[str, dict[str, object]], units: list[UnitRow]) -> tuple[bool, tuple[int, ...]]:
    """(confirmed, member ids) of a collective among the units of a day: by its confirmed rule, else as its words propose."""
    shape = [(unit.id, unit.parent_id, unit.kind, unit.path) for unit in units]
    rule = rules.get(normal(phrase))
    if rule is not None:
        return True, members(rule, shape)
    kinds, top = proposed_kinds(phrase), next((unit.id for unit in units if unit.parent_id is None), None)
    if not kinds or top is None:
        return False, ()
    return False, members({"below": top, "kinds": list(kinds)}, shape)


@dataclass(frozen=True, slots=True)
class SiteRow:
    city_name: str
    is_demonstration: bool


def site() -> SiteRow:
    """Whose installation this is, and whether its data is invented. At most one statement."""
    return settled("site", _site)


def _site() -> SiteRow:
    row = session.execute(
        select(Unit.name, Site.is_demonstration)
        .outerjoin(Site, Site.id == 1)
        .where(Unit.parent_id.is_(None))
        .order_by(Unit.id)
        .limit(1)
    ).first()
    return SiteRow(row.name, bool(row.is_demonstration)) if row else SiteRow("", False)
