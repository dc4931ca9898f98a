"""Making and ending units, aliases and collectives."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import or_, select

from tracker.accounts.roles import Viewer
from tracker.audit.service import lock_head, record
from tracker.db import session
from tracker.errors import DomainError, NotFound
from tracker.units.kinds import KINDS
from tracker.units.matching import normal
from tracker.units.models import Collective, Unit, UnitAlias
from tracker.units.pinyin import initials, spelled

UNPLACED = "500000"
"""Begins the order of units that nobody put at a place: behind those that are, by their pinyin."""


def create_unit(
    *, name: str, kind: str, parent_id: int | None, by: Viewer | None, at: datetime, since: date,
    short_name: str = "", order: int | None = None,
) -> Unit:  # fmt: skip
    """Adds a unit below another. Two living units of one name below one parent are refused."""
    name = name.strip()
    sort_key = f"{order:06d}" if order is not None else UNPLACED + spelled(name.strip())[:100]
    unit = found_unit(
        name=name, short_name=short_name, kind=kind, parent_id=parent_id, since=since, sort_key=sort_key
    )  # fmt: skip
    parent = get_unit(parent_id) if parent_id is not None else None
    record("新增单位", by=by, at=at, subject=("unit", unit.id), unit_id=unit.id,
           detail={"名称": name, "类别": kind, "上级": parent.name if parent else ""})  # fmt: skip
    return unit


def found_unit(*, name: str, short_name: str, kind: str, parent_id: int | None, since: date, sort_key: str) -> Unit:
    """Adds a unit; the caller records what that belongs to."""
    name = name.strip()
    if kind not in KINDS:
        raise DomainError(_("单位类别无效，请从列表中选择。"), field="kind")
    if not name:
        raise DomainError(_("请填写单位名称。"), field="name")
    refuse_twin(name, parent_id)
    parent = get_unit(parent_id) if parent_id is not None else None
    unit = Unit(
        parent_id=parent_id, name=name, normal_name=normal(name), short_name=short_name.strip(), kind=kind,
        sort_key=sort_key, initials=initials(name)[:60], valid_from=since,
    )  # fmt: skip
    session.add(unit)
    session.flush()
    unit.path = f"{parent.path if parent else '/'}{unit.id}/"
    session.flush()
    return unit


def refuse_twin(name: str, parent_id: int | None, *, other_than: int | None = None) -> None:
    """Raises DomainError where a unit of this name lives below that parent; whoever comes second waits for the first."""
    lock_head()
    twin = session.scalar(
        select(Unit.id).where(
            Unit.parent_id == parent_id, Unit.normal_name == normal(name), Unit.valid_to.is_(None),
            Unit.id != (other_than or 0),
        )
    )  # fmt: skip
    if twin:
        raise DomainError(_("已有同名单位“%(name)s”。", name=name), field="name")


def get_unit(unit_id: int) -> Unit:
    unit = session.get(Unit, unit_id)
    if unit is None:
        raise NotFound
    return unit


def rename_unit(unit: Unit, *, name: str, short_name: str, by: Viewer, at: datetime) -> None:
    """Corrects a misprinted name. A name that changed in law is a successor, not a correction."""
    name = name.strip()
    if not name:
        raise DomainError(_("请填写单位名称。"), field="name")
    if (name, short_name.strip()) == (unit.name, unit.short_name):
        return
    refuse_twin(name, unit.parent_id, other_than=unit.id)
    record("更正单位名称", by=by, at=at, subject=("unit", unit.id), unit_id=unit.id,
           changes={"名称": (unit.name, name), "简称": (unit.short_name, short_name.strip())})  # fmt: skip
    unit.name, unit.normal_name, unit.short_name = name, normal(name), short_name.strip()
    unit.initials = initials(unit.name)[:60]
    if unit.sort_key.startswith(UNPLACED):
        unit.sort_key = UNPLACED + spelled(unit.name)[:100]
    session.flush()


def put_at(unit: Unit, place: int, *, by: Viewer, at: datetime) -> None:
    """Puts a unit at a place, from 1, among those below the same unit; the others keep their order."""
    beside = list(
        session.scalars(
            select(Unit)
            .where(Unit.parent_id == unit.parent_id, Unit.valid_to.is_(None))
            .order_by(Unit.sort_key, Unit.id)
        )
    )
    if unit not in beside:
        raise DomainError(_("已撤销的单位不排次序。"), field="place")
    before = beside.index(unit) + 1
    after = min(max(place, 1), len(beside))
    if before == after:
        return
    beside.remove(unit)
    beside.insert(after - 1, unit)
    for number, one in enumerate(beside, 1):
        one.sort_key = f"{number:06d}"
    record("调整单位次序", by=by, at=at, subject=("unit", unit.id), unit_id=unit.id, changes={"次序": (before, after)})
    session.flush()


def end_unit(unit: Unit, *, last_day: date, by: Viewer, at: datetime) -> None:
    """Ends a unit; what it did stays under its name."""
    if last_day < unit.valid_from:
        raise DomainError(_("截止日期早于该单位的设立日期。"), field="valid_to")
    below = session.scalar(
        select(Unit.name)
        .where(Unit.parent_id == unit.id, Unit.valid_to.is_(None) | (Unit.valid_to > last_day))
        .order_by(Unit.id)
        .limit(1)
    )
    if below:
        raise DomainError(_("下级单位“%(name)s”那时仍在，请先撤销下级单位。", name=below), field="valid_to")
    record("撤销单位", by=by, at=at, subject=("unit", unit.id), unit_id=unit.id,
           changes={"截至": (unit.valid_to, last_day)})  # fmt: skip
    unit.valid_to = last_day
    session.flush()


def add_alias(
    unit: Unit, name: str, *, by: Viewer | None, at: datetime, kind: str = "alias", since: date | None = None,
    until: date | None = None,
) -> UnitAlias:  # fmt: skip
    """Remembers another name of a unit, for a period where one is given. The same name for another unit at the same time
    is refused: it would make both unknown."""
    if not normal(name):
        raise DomainError(_("请填写别名。"), field="alias")
    if since is not None and until is not None and until < since:
        raise DomainError(_("止于的日期早于起始日期。"), field="until")
    other = session.scalar(
        select(Unit.name).join(UnitAlias, UnitAlias.unit_id == Unit.id)
        .where(
            UnitAlias.normal_name == normal(name), UnitAlias.unit_id != unit.id,
            UnitAlias.valid_to.is_(None) if since is None else or_(UnitAlias.valid_to.is_(None), UnitAlias.valid_to >= since),
            or_(UnitAlias.valid_from.is_(None), UnitAlias.valid_from <= (until or date.max)),
        )
        .limit(1)
    )  # fmt: skip
    if other:
        raise DomainError(_("“%(name)s”已是“%(other)s”的别名。", name=name, other=other), field="alias")
    alias = session.scalar(select(UnitAlias).where(UnitAlias.normal_name == normal(name), UnitAlias.unit_id == unit.id))
    period = (kind, since, until)
    if alias is not None and (alias.kind, alias.valid_from, alias.valid_to) == period:
        return alias
    before = (alias.valid_from, alias.valid_to) if alias is not None else (None, None)
    if alias is None:
        alias = UnitAlias(unit_id=unit.id, name=name.strip(), normal_name=normal(name), confirmed_at=at)
        session.add(alias)
    alias.kind, alias.valid_from, alias.valid_to = period
    alias.confirmed_by, alias.confirmed_at = (by.person_id if by else None), at
    session.flush()
    record("确认别名", by=by, at=at, subject=("unit", unit.id), unit_id=unit.id, detail={"别名": name.strip()},
           changes={"自": (before[0], since), "截至": (before[1], until)})  # fmt: skip
    return alias


def take_back_alias(alias: UnitAlias, *, by: Viewer, at: datetime) -> None:
    """Takes a confirmed name back, once: raises NotFound where another was faster. A plate hangs until an act takes it off."""
    lock_head()
    if session.scalar(select(UnitAlias.id).where(UnitAlias.id == alias.id)) is None:
        raise NotFound
    if alias.kind == "plate":
        raise DomainError(_("牌子有起止日期，请在机构改革里办理摘牌。"))
    record(
        "撤回别名", by=by, at=at, subject=("unit", alias.unit_id), unit_id=alias.unit_id, detail={"别名": alias.name}
    )
    session.delete(alias)
    session.flush()


def confirm_collective(phrase: str, rule: dict[str, Any], *, by: Viewer | None, at: datetime) -> Collective:
    """Remembers which units a phrase such as 各县区政府 stands for."""
    held = session.scalar(select(Collective).where(Collective.normal_phrase == normal(phrase)))
    if held is None:
        held = Collective(phrase=phrase.strip(), normal_phrase=normal(phrase), rule=rule, confirmed_at=at)
        session.add(held)
        before: Any = None
    elif held.rule == rule:
        return held
    else:
        before, held.rule, held.confirmed_at = held.rule, rule, at
    held.confirmed_by = by.person_id if by else None
    session.flush()
    record("确认集合称谓", by=by, at=at, subject=("collective", held.id), changes={"范围": (before, rule)},
           detail={"称谓": held.phrase})  # fmt: skip
    return held
