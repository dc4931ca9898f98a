"""Taking in the directory from a workbook: all of it or nothing, with every fault named at its row."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial

import structlog
from flask_babel import gettext as _
from sqlalchemy import select

from imports.apart import Fault
from imports.problems import UnreadableDocument
from tracker.accounts.roles import Viewer
from tracker.admin.queries.units import only_of_the_whole
from tracker.db import session
from tracker.drafts.wording import unreadable
from tracker.errors import DomainError
from tracker.units import service as units
from tracker.units.listed import Row, listed_in
from tracker.units.matching import normal
from tracker.units.models import Unit, UnitAlias
from tracker.units.queries import root_id
from tracker.web.places import place

log = structlog.get_logger()

SHOWN = 10
"""Faults that are named at once."""


@dataclass(slots=True)
class TakenIn:
    units: int = 0
    aliases: int = 0
    acts: int = 0
    unchanged: int = 0


@dataclass(frozen=True, slots=True)
class Words:
    """Keys by what they are called: kinds of unit, sorts of names, manners of acts."""

    kinds: Mapping[str, str]
    sorts: Mapping[str, str]
    manners: Mapping[str, str]


def take_in(data: bytes, file_name: str, *, words: Words, since: date, by: Viewer, at: datetime) -> TakenIn:
    """Adds the units that are not there yet, in the printed order, the names that known ones lack, and the acts of
    reorganisation that are not known.

    Nothing is ended or renamed because it is not listed. Raises DomainError(field="file") that names what is wrong, row
    by row; nothing is taken in then.
    """
    tables = _tables(data, file_name)  # before the turn to write is taken: nobody waits for it
    only_of_the_whole(by)
    taking = _Taking(words, since, by, at, {normal(row["name"]) for row in tables["names"]})
    for order, row in enumerate(tables["units"], 1):
        taking.row(row, partial(taking.unit, row, order))
    for row in tables["names"]:
        taking.row(row, partial(taking.name, row))
    for row in tables["acts"]:
        taking.row(row, partial(taking.act, row))
    if taking.faults:
        more = len(taking.faults) - SHOWN
        lines = taking.faults[:SHOWN] + ([_("还有 %(n)s 处。", n=more)] if more > 0 else [])
        raise DomainError("\n".join(lines), field="file")
    return taking.done


def _tables(data: bytes, file_name: str) -> dict[str, list[Row]]:
    """The rows of the three tables; names and acts may be missing."""
    try:
        found = listed_in(data, file_name)
    except UnreadableDocument as error:
        if isinstance(error, Fault):
            log.error("reading failed", file=file_name, trace=error.trace)
        raise DomainError(unreadable(error), field="file") from error
    if not found["units"]:
        raise DomainError(_("没有找到单位表：表头要有“单位”和“类别”两栏。可以先导出一份，在它上面续填。"), field="file")
    return found


class _Taking:
    def __init__(self, words: Words, since: date, by: Viewer, at: datetime, named: set[str]) -> None:
        self._kinds, self._sorts, self._manners = (
            {normal(word): key for word, key in keys.items()} | {key: key for key in keys.values()}
            for keys in (words.kinds, words.sorts, words.manners)
        )
        self._since, self._by, self._at, self._named = since, by, at, named
        self._known: dict[str, list[Unit]] = {}
        for unit in session.scalars(select(Unit).order_by(Unit.id)):
            self._known.setdefault(unit.normal_name, []).append(unit)
        self._aliases = set(session.execute(select(UnitAlias.unit_id, UnitAlias.normal_name)).tuples())
        self.faults: list[str] = []
        self.done = TakenIn()

    def row(self, row: Row, take: Callable[[], None]) -> None:
        try:
            take()
        except DomainError as error:
            self._fault(row, error.message)
        except ValueError as error:
            self._fault(row, _("“%(text)s”不是日期。", text=str(error)))

    def _fault(self, row: Row, text: str) -> None:
        self.faults.append(f"{place(row.place)}{_('：')}{text}")

    def unit(self, row: Row, order: int) -> None:
        until = row.day("until")
        unit = self._one(row["name"], row["above"], until=until)
        if unit is None:
            unit = self._new(row, order, until)
            self.done.units += 1
        elif row["short_name"] and not unit.short_name:
            units.rename_unit(unit, name=unit.name, short_name=row["short_name"], by=self._by, at=self._at)
        elif all((unit.id, normal(alias)) in self._aliases for alias in row.several("aliases")):
            self.done.unchanged += 1
        for alias in row.several("aliases") if until is None and unit.normal_name not in self._named else ():
            if (unit.id, normal(alias)) not in self._aliases:
                units.add_alias(unit, alias, by=self._by, at=self._at)
                self._aliases.add((unit.id, normal(alias)))
                self.done.aliases += 1

    def name(self, row: Row) -> None:
        sort = self._sorts.get(normal(row["sort"]))
        if sort is None:
            raise DomainError(_("没有“%(kind)s”这个种类。", kind=row["sort"]))
        since, until = row.day("since"), row.day("until")
        unit = self._there(row["name"], since or until or self._since)
        if units.recall_name(unit, row["other"], kind=sort, since=since, until=until, by=self._by, at=self._at):
            self.done.aliases += 1

    def act(self, row: Row) -> None:
        manner, on = self._manners.get(normal(row["kind"])), row.day("on")
        if manner is None or on is None:
            raise DomainError(_("没有“%(kind)s”这种改革。", kind=row["kind"]))
        last = on - timedelta(days=1)
        before = [self._there(name, last) for name in row.several("before")]
        plate = row["after"] if manner in {"plate", "taken_off"} else ""
        after = [] if plate else [self._there(name, on) for name in row.several("after")]
        if not before or not (after or plate):
            raise DomainError(_("请写明改革前和改革后的单位。"))
        earlier = self._there(row["above"], last).id if row["above"] else None
        terms = units.terms_of_names(
            manner, on, before, after, plate=plate, document=row["document"], reason=row["reason"]
        )
        if units.recall_act(terms, before, after, earlier=earlier, by=self._by, at=self._at):
            self.done.acts += 1

    def _there(self, name: str, day: date) -> Unit:
        """The unit of this name on a day, else the only one that ever had it."""
        found = self._known.get(normal(name), [])
        then = [one for one in found if one.valid_from <= day and (one.valid_to is None or one.valid_to >= day)]
        if len(then or found) != 1:
            raise DomainError(_("没有认出单位“%(name)s”，请把它列在单位表里。", name=name))
        return (then or found)[0]

    def _one(self, name: str, above: str, *, until: date | None = None) -> Unit | None:
        """The unit of this name that ended on that day, or that is there; the one above tells apart those that share it."""
        found = [one for one in self._known.get(normal(name), []) if one.valid_to == until]
        if above and len(found) > 1:
            over = {unit.id for unit in self._known.get(normal(above), [])}
            found = [unit for unit in found if unit.parent_id in over]
        if len(found) > 1:
            raise DomainError(_("有 %(n)s 个单位叫“%(name)s”，请填写上级。", n=len(found), name=name))
        return found[0] if found else None

    def _above(self, row: Row, until: date | None) -> Unit | None:
        """What it stands below: who is there, or was there to the end."""
        if not row["above"]:
            return None
        found = self._one(row["above"], "")
        if found is None and until is not None:
            found = next(iter(self._known.get(normal(row["above"]), [])), None)
        if found is None:
            raise DomainError(_("没有上级“%(name)s”，请把它列在前面的行里。", name=row["above"]))
        return found

    def _new(self, row: Row, order: int, until: date | None) -> Unit:
        kind = self._kinds.get(normal(row["kind"]))
        if kind is None:
            raise DomainError(_("没有“%(kind)s”这个类别。", kind=row["kind"]))
        above, since = self._above(row, until), row.day("since") or self._since
        if until is not None and until < since:
            raise DomainError(_("截止日期早于该单位的设立日期。"))
        unit = units.create_unit(
            name=row["name"], short_name=row["short_name"], kind=kind, parent_id=above.id if above else root_id(),
            since=since, order=order, by=self._by, at=self._at,
        )  # fmt: skip
        if until is not None:
            units.recall_end(unit, until)
        self._known.setdefault(unit.normal_name, []).append(unit)
        return unit
