"""The directory as it is written to a workbook: units with their periods, further names, acts."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select

from reports.directory import ActLine, DirectoryRow, NameRow
from tracker.accounts.roles import Role, Viewer
from tracker.admin.queries.units import keeps_all, rows_of
from tracker.db import session
from tracker.units.acts import terms_of
from tracker.units.models import Unit, UnitAct, UnitActSide, UnitAlias, UnitPlace
from tracker.units.queries import names, tree, unit_row, visible_to
from tracker.units.words import ALIAS_NAMES, KIND_NAMES, MANNERS, manner


def directory_rows(viewer: Viewer, *, day: date) -> list[DirectoryRow]:
    """The units of a day that the viewer keeps, parents before their children, then those that have ended."""
    seen = visible_to(viewer, Role.ADMIN)
    kept = select(Unit) if seen is None else select(Unit).where(Unit.id.in_(seen))
    mine = set(session.scalars(kept.with_only_columns(Unit.id)))
    there = [unit for unit in tree(day) if unit.id in mine]
    gone = kept.where(Unit.valid_to < day).order_by(Unit.valid_from, Unit.path, Unit.id)
    past = [unit_row(unit.id) for unit in session.scalars(gone)]
    above = names(unit.parent_id for unit in (*there, *past) if unit.parent_id is not None)
    return [
        DirectoryRow(
            line.unit.name, line.unit.short_name, str(KIND_NAMES[line.unit.kind]), above.get(line.unit.parent_id or 0, ""),
            line.aliases, line.unit.valid_from, line.unit.valid_to,
        )
        for line in rows_of([*there, *past], day)
    ]  # fmt: skip


def name_rows(viewer: Viewer) -> list[NameRow]:
    """Every further name of the units that the viewer keeps."""
    statement = select(UnitAlias, Unit.name).join(Unit, Unit.id == UnitAlias.unit_id).order_by(Unit.id, UnitAlias.id)
    seen = visible_to(viewer, Role.ADMIN)
    if seen is not None:
        statement = statement.where(Unit.id.in_(seen))
    return [
        NameRow(unit, alias.name, str(ALIAS_NAMES[alias.kind]), alias.valid_from, alias.valid_to)
        for alias, unit in session.execute(statement)
    ]


def act_lines(viewer: Viewer) -> list[ActLine]:
    """The acts that are in effect, the earliest first; none for whoever keeps a part of the directory."""
    if not keeps_all(viewer):
        return []
    acts = session.scalars(
        select(UnitAct).where(UnitAct.state == "done").order_by(UnitAct.effective_on, UnitAct.id)
    ).all()
    sides: dict[tuple[int, str], list[int]] = {}
    for side in session.scalars(select(UnitActSide).order_by(UnitActSide.id)):
        sides.setdefault((side.act_id, side.side), []).append(side.unit_id)
    moved = {row.act_id: row.parent_id for row in session.scalars(select(UnitPlace).order_by(UnitPlace.id.desc()))}
    named = names([*(unit for units in sides.values() for unit in units), *moved.values()])
    lines = []
    for act in acts:
        terms = terms_of(act.kind, act.effective_on, act.document, act.reason, act.terms)
        before = sides.get((act.id, "before"), [])
        after = [one for one in sides.get((act.id, "after"), []) if one not in before]
        led_to = (terms.plate,) if terms.plate else tuple(named[one] for one in after)
        if terms.kind == "move":
            led_to = (names([terms.parent_id or 0]).get(terms.parent_id or 0, ""),)
        lines.append(
            ActLine(
                act.effective_on, str(MANNERS[manner(terms)]), tuple(named[one] for one in before), led_to,
                named.get(moved.get(act.id, 0), "") if terms.kind == "move" else "", act.document, act.reason,
            )
        )  # fmt: skip
    return lines
