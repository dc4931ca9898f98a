"""Units, their other names and the expressions that stand for many, within what the administrator keeps."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from flask_babel import gettext as _

from tracker.accounts.roles import Role, Viewer
from tracker.admin.queries.units import get_alias
from tracker.errors import DomainError, NotFound
from tracker.units import service as units
from tracker.units.models import Unit
from tracker.units.queries import covers, root_id


def add_unit(*, name: str, short_name: str, kind: str, parent_id: int, since: date, by: Viewer, at: datetime) -> int:
    if not covers(by, parent_id, Role.ADMIN):
        raise DomainError(_("这个单位不归您管理，请从列表中选择。"), field="parent")
    unit = units.create_unit(
        name=name, short_name=short_name, kind=kind, parent_id=parent_id, since=since, by=by, at=at
    )
    return unit.id


def correct_name(unit_id: int, *, name: str, short_name: str, by: Viewer, at: datetime) -> None:
    units.rename_unit(_kept(unit_id, by), name=name, short_name=short_name, by=by, at=at)


def put_at(unit_id: int, place: int, *, by: Viewer, at: datetime) -> None:
    unit = _kept(unit_id, by)
    if unit.parent_id is None or not covers(by, unit.parent_id, Role.ADMIN):
        raise NotFound
    units.put_at(unit, place, by=by, at=at)


def end_unit(unit_id: int, *, last_day: date, by: Viewer, at: datetime) -> None:
    unit = _kept(unit_id, by)
    if unit.parent_id is None:
        raise DomainError(_("最上级单位不能撤销。"), field="valid_to")
    units.end_unit(unit, last_day=last_day, by=by, at=at)


def add_alias(
    unit_id: int, name: str, *, kind: str, since: date | None, until: date | None, by: Viewer, at: datetime
) -> None:
    units.add_alias(_kept(unit_id, by), name, by=by, at=at, kind=kind, since=since, until=until)


def take_back_alias(unit_id: int, alias_id: int, *, by: Viewer, at: datetime) -> None:
    units.take_back_alias(get_alias(unit_id, alias_id, by), by=by, at=at)


def keep_collective(
    phrase: str, *, unit_ids: Sequence[int], below: int | None, kinds: Sequence[str], depth: int, by: Viewer,
    at: datetime,
) -> int:  # fmt: skip
    """A collective of listed units, or of all units of some kinds below one. It holds for the whole city."""
    root = root_id()
    if root is None or not covers(by, root, Role.ADMIN):
        raise NotFound
    if unit_ids:
        return units.confirm_collective(phrase, {"units": sorted(set(unit_ids))}, by=by, at=at).id
    if not kinds or below is None:
        raise DomainError(_("请选择单位类别，或者逐个列出单位。"), field="kinds")
    rule = {"below": below, "kinds": list(kinds), "depth": depth}
    return units.confirm_collective(phrase, rule, by=by, at=at).id


def _kept(unit_id: int, by: Viewer) -> Unit:
    if not covers(by, unit_id, Role.ADMIN):
        raise NotFound
    return units.get_unit(unit_id)
