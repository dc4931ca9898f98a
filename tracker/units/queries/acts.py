"""Acts of reorganisation as pages show them, and bodies that may have been recorded twice."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Select, func, select

from tracker.accounts.models import Person
from tracker.accounts.roles import Role, Viewer
from tracker.db import session
from tracker.errors import NotFound
from tracker.units.acts import terms_of
from tracker.units.models import Unit, UnitAct, UnitActSide
from tracker.units.queries.tree import covers, living, names, visible_to
from tracker.units.twins import Body, twins
from tracker.units.words import act_told


@dataclass(frozen=True, slots=True)
class ActRow:
    id: int
    kind: str
    state: str
    effective_on: date
    document: str
    reason: str
    told: str
    """The act in a sentence."""
    before: tuple[tuple[int, str], ...]
    """(id, name) of the units it is about."""
    after: tuple[tuple[int, str], ...]
    effects: dict[str, Any]
    entered_by: str
    entered_at: datetime
    done_at: datetime | None

    @property
    def fault(self) -> str:
        """Why it could not be done on its day; empty where nothing stands against it."""
        return str(self.effects.get("fault", "")) if self.state == "planned" else ""


def first_day(unit_ids: Collection[int], *, today: date) -> date:
    """The earliest day, from today on, on which an act may end these units: each has been there for a day by then."""
    founded = session.scalar(select(func.max(Unit.valid_from)).where(Unit.id.in_(unit_ids)))
    return max(today, founded + timedelta(days=1)) if founded is not None else today


def _rows(acts: Sequence[tuple[UnitAct, str | None]]) -> list[ActRow]:
    """Three statements whatever the number."""
    sides: dict[tuple[int, str], list[int]] = {}
    held = select(UnitActSide).where(UnitActSide.act_id.in_([act.id for act, _ in acts])).order_by(UnitActSide.id)
    for side in session.scalars(held):
        sides.setdefault((side.act_id, side.side), []).append(side.unit_id)
    wanted = {unit for units in sides.values() for unit in units}
    for act, _ in acts:
        wanted |= {one for one in (*act.terms["before"], act.terms["into"], act.terms["parent_id"]) if one}
    named = names(wanted)
    return [_row(act, who or "", sides.get((act.id, "after"), []), named) for act, who in acts]


def _row(act: UnitAct, who: str, after: Sequence[int], named: dict[int, str]) -> ActRow:
    terms = terms_of(act.kind, act.effective_on, act.document, act.reason, act.terms)
    into = [named.get(one, "") for one in (terms.into, terms.parent_id) if one]
    led_to = [terms.plate] if terms.plate else into or [body.name for body in terms.bodies]
    return ActRow(
        act.id, act.kind, act.state, act.effective_on, act.document, act.reason,
        act_told(terms, [named.get(one, "") for one in terms.before], led_to),
        tuple((one, named.get(one, "")) for one in terms.before), tuple((one, named.get(one, "")) for one in after),
        act.effects, who, act.entered_at, act.done_at,
    )  # fmt: skip


def acts_page(viewer: Viewer) -> list[ActRow]:
    """All acts, those that wait first, then the newest. NotFound for who keeps a part of the directory."""
    statement = _acts(viewer).order_by(UnitAct.state != "planned", UnitAct.effective_on.desc(), UnitAct.id.desc())
    return _rows(session.execute(statement).tuples().all())


def act_page(act_id: int, viewer: Viewer) -> ActRow:
    """One act. Raises NotFound where there is none, and for who keeps a part of the directory."""
    rows = _rows(session.execute(_acts(viewer).where(UnitAct.id == act_id)).tuples().all())
    if not rows:
        raise NotFound
    return rows[0]


def _acts(viewer: Viewer) -> Select[tuple[UnitAct, str]]:
    """Acts with who entered them. They hold for the whole directory: NotFound for who keeps a part of it."""
    if visible_to(viewer, Role.ADMIN) is not None:
        raise NotFound
    return select(UnitAct, Person.name).outerjoin(Person, Person.id == UnitAct.entered_by)


def acts_of(unit_id: int, viewer: Viewer) -> list[ActRow]:
    """What was ordered of a unit or led to it, the earliest first. NotFound where the viewer does not keep it."""
    if not covers(viewer, unit_id, Role.ADMIN):
        raise NotFound
    about = select(UnitActSide.act_id).where(UnitActSide.unit_id == unit_id)
    statement = select(UnitAct).where(UnitAct.id.in_(about)).order_by(UnitAct.effective_on, UnitAct.id)
    return _rows([(act, None) for act in session.scalars(statement)])


def likely_twins(viewer: Viewer, *, day: date) -> list[tuple[tuple[int, str], tuple[int, str], str]]:
    """Pairs of living units that may be one body recorded twice: (id, name) of each, and why."""
    if visible_to(viewer, Role.ADMIN) is not None:
        raise NotFound
    rows = session.execute(
        living(day).with_only_columns(Unit.id, Unit.name, Unit.short_name, Unit.parent_id).order_by(Unit.id)
    )
    bodies = [Body(row.id, row.name, row.short_name, row.parent_id) for row in rows]
    named = {body.id: body.name for body in bodies}
    return [((one, named[one]), (other, named[other]), why) for one, other, why in twins(bodies)]
