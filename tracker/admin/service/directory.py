"""Taking in the directory from a workbook: all of it or nothing, with every fault named at its row."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from flask_babel import gettext as _
from sqlalchemy import select

from imports.problems import UnreadableDocument
from imports.readers import read_document
from tracker.accounts.roles import Viewer
from tracker.admin.queries.units import only_of_the_whole
from tracker.db import session
from tracker.errors import DomainError
from tracker.units import service as units
from tracker.units.listed import Listed, listed
from tracker.units.matching import normal
from tracker.units.models import Unit, UnitAlias
from tracker.units.queries import living, root_id

SHOWN = 10
"""Faults that are named at once."""


@dataclass(slots=True)
class TakenIn:
    units: int = 0
    aliases: int = 0
    unchanged: int = 0


def take_in(data: bytes, file_name: str, *, kinds: Mapping[str, str], since: date, by: Viewer, at: datetime) -> TakenIn:
    """Adds the units that are not there yet, in the printed order, and the names that known ones lack.

    `kinds` gives the key of each kind by its words. Nothing is ended or renamed because it is not listed. Raises
    DomainError(field="file") that names what is wrong, row by row; nothing is taken in then.
    """
    only_of_the_whole(by)
    rows = _rows(data, file_name)
    taking = _Taking(kinds, since, by, at)
    for order, row in enumerate(rows, 1):
        taking.row(row, order)
    if taking.faults:
        more = len(taking.faults) - SHOWN
        lines = taking.faults[:SHOWN] + ([_("还有 %(n)s 处。", n=more)] if more > 0 else [])
        raise DomainError("\n".join(lines), field="file")
    return taking.done


def _rows(data: bytes, file_name: str) -> list[Listed]:
    try:
        document = read_document(data, file_name)
    except UnreadableDocument as error:
        raise DomainError(str(error), field="file") from error
    for table in document.tables():
        found = listed(table.grid, table.row_labels)
        if found:
            return found
    raise DomainError(_("没有找到单位表：表头要有“单位”和“类别”两栏。可以先导出一份，在它上面续填。"), field="file")


class _Taking:
    def __init__(self, kinds: Mapping[str, str], since: date, by: Viewer, at: datetime) -> None:
        self._kinds = {normal(words): key for words, key in kinds.items()} | {key: key for key in kinds.values()}
        self._since, self._by, self._at = since, by, at
        self._known: dict[str, list[Unit]] = {}
        for unit in session.scalars(living(since).order_by(Unit.id)):
            self._known.setdefault(unit.normal_name, []).append(unit)
        self._aliases = set(session.execute(select(UnitAlias.unit_id, UnitAlias.normal_name)).tuples())
        self.faults: list[str] = []
        self.done = TakenIn()

    def row(self, row: Listed, order: int) -> None:
        try:
            self._take(row, order)
        except DomainError as error:
            self.faults.append(f"{row.place}{_('：')}{error.message}")

    def _take(self, row: Listed, order: int) -> None:
        unit = self._one(row.name, row.above)
        if unit is None:
            unit = self._new(row, order)
            self.done.units += 1
        elif row.short_name and not unit.short_name:
            units.rename_unit(unit, name=unit.name, short_name=row.short_name, by=self._by, at=self._at)
        elif all((unit.id, normal(alias)) in self._aliases for alias in row.aliases):
            self.done.unchanged += 1
        for alias in row.aliases:
            if (unit.id, normal(alias)) not in self._aliases:
                units.add_alias(unit, alias, by=self._by, at=self._at)
                self._aliases.add((unit.id, normal(alias)))
                self.done.aliases += 1

    def _one(self, name: str, above: str) -> Unit | None:
        """The unit of this name; the one above tells apart those that share it."""
        found = self._known.get(normal(name), [])
        if above and len(found) > 1:
            over = {unit.id for unit in self._known.get(normal(above), [])}
            found = [unit for unit in found if unit.parent_id in over]
        if len(found) > 1:
            raise DomainError(_("有 %(n)s 个单位叫“%(name)s”，请填写上级。", n=len(found), name=name))
        return found[0] if found else None

    def _new(self, row: Listed, order: int) -> Unit:
        kind = self._kinds.get(normal(row.kind))
        if kind is None:
            raise DomainError(_("没有“%(kind)s”这个类别。", kind=row.kind))
        above = self._one(row.above, "") if row.above else None
        if row.above and above is None:
            raise DomainError(_("没有上级“%(name)s”，请把它列在前面的行里。", name=row.above))
        unit = units.create_unit(
            name=row.name, short_name=row.short_name, kind=kind, parent_id=above.id if above else root_id(), since=self._since,
            order=order, by=self._by, at=self._at,
        )  # fmt: skip
        self._known.setdefault(unit.normal_name, []).append(unit)
        return unit
