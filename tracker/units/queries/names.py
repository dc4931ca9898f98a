"""The names of a day, for matching: who is there, and who was there under which name."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from sqlalchemy import or_, select

from tracker.db import session
from tracker.units.matching import Directory, Entry, Former
from tracker.units.models import Unit, UnitAct, UnitActSide, UnitAlias
from tracker.units.queries.tree import living, names as names_of


def directory(today: date, *, written: date | None = None) -> Directory:
    """Every unit of a day with its short name and confirmed aliases, and what became of those before, for matching.

    `written` is the day of the document: names that were good then count, too. Five statements at most.
    """
    names: dict[tuple[int, bool], list[str]] = {}
    for unit_id, name, kind in _good(today, written or today):
        names.setdefault((unit_id, kind == "plate"), []).append(name)
    rows = session.execute(
        living(today)
        .with_only_columns(Unit.id, Unit.name, Unit.kind, Unit.parent_id, Unit.short_name, Unit.valid_from)
        .order_by(Unit.id)
    )
    entries = [
        Entry(row.id, row.name, row.kind, row.parent_id, (row.short_name, *names.get((row.id, False), ())),
              tuple(names.get((row.id, True), ())), row.valid_from)
        for row in rows
    ]  # fmt: skip
    return Directory.of(entries, former=_former(today, {entry.id for entry in entries}), day=written)


def _good(today: date, day: date) -> list[tuple[int, str, str]]:
    """Further names (unit, name, kind) that were good on a day, and those of today that were then nobody else's."""
    statement = select(UnitAlias).where(
        or_(UnitAlias.valid_from.is_(None), UnitAlias.valid_from <= max(today, day)),
        or_(UnitAlias.valid_to.is_(None), UnitAlias.valid_to >= min(today, day)),
    )
    rows = session.scalars(statement.order_by(UnitAlias.id)).all()
    then = [row for row in rows if (row.valid_from or day) <= day <= (row.valid_to or day)]
    taken = {row.normal_name for row in then}
    now = [
        row
        for row in rows
        if (row.valid_from or today) <= today <= (row.valid_to or today) and row.normal_name not in taken
    ]
    return [(row.unit_id, row.name, row.kind) for row in (*then, *now)]


def _former(today: date, there: set[int]) -> list[Former]:
    """Bodies that ended before a day, once for each of their names, with who is there in their place."""
    gone = select(Unit).where(Unit.valid_to < today).order_by(Unit.valid_to.desc(), Unit.id)
    units = session.scalars(gone).all()
    if not units:
        return []
    became = _successions()
    called = names_of({after for _how, units in became.values() for after in units})
    aliases: dict[int, list[str]] = {}
    held = select(UnitAlias.unit_id, UnitAlias.name).where(UnitAlias.unit_id.in_([unit.id for unit in units]))
    for unit_id, name in session.execute(held.order_by(UnitAlias.id)):
        aliases.setdefault(unit_id, []).append(name)
    found: list[Former] = []
    for unit in units:
        how, after = became.get(unit.id, ("ended", ()))
        heirs = tuple(dict.fromkeys(_there(after, became, there)))
        if how == "duplicate" or unit.valid_to is None:
            continue
        led_to = tuple(called[number] for number in after)
        names = dict.fromkeys((unit.name, unit.short_name, *aliases.get(unit.id, ())))
        found += [Former(unit.id, name, unit.valid_from, unit.valid_to, how, heirs, led_to) for name in names if name]
    return found


Became = dict[int, tuple[str, tuple[int, ...]]]


def _successions() -> Became:
    """For each unit that ended by an act: how, and what came after it, the heir first."""
    sides: dict[int, tuple[str, list[tuple[int, int]], list[int]]] = {}
    statement = (
        select(UnitAct.id, UnitAct.kind, UnitAct.terms, UnitActSide)
        .join(UnitActSide, UnitActSide.act_id == UnitAct.id)
        .where(UnitAct.state == "done", UnitAct.kind.in_(("rename", "merge", "split", "duplicate")))
        .order_by(UnitAct.effective_on, UnitAct.id, UnitActSide.id)
    )
    for number, kind, terms, side in session.execute(statement):
        how = "into" if kind == "merge" and terms["into"] else kind
        _how, before, after = sides.setdefault(number, (how, [], []))
        if side.side == "after":
            after.append(side.unit_id)
        elif side.heir_id is not None:
            before.append((side.unit_id, side.heir_id))
    return {
        unit: (how, tuple(dict.fromkeys((heir, *after))))
        for how, before, after in sides.values()
        for unit, heir in before
    }


def _there(units: Iterable[int], became: Became, there: set[int]) -> Iterable[int]:
    """Who of these is there, else who came after them, and so on."""
    for unit in units:
        if unit in there:
            yield unit
        elif unit in became:
            yield from _there(became[unit][1], became, there)


def heirs() -> dict[int, int]:
    """For each unit that ended by an act the one that owes in its place today. One statement."""
    next_one = {unit: after[0] for unit, (_how, after) in _successions().items()}

    def last(unit: int) -> int:
        while unit in next_one:
            unit = next_one[unit]
        return unit

    return {unit: last(unit) for unit in next_one}
