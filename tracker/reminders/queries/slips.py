"""Supervision slips (督办单): the list, one of them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Row, Select, false, func, select, true
from sqlalchemy.orm import aliased

from tracker.accounts.models import Person
from tracker.accounts.roles import UNIT_ROLES, WHOLE_VIEW, Role, Viewer
from tracker.clock import day_of
from tracker.db import session
from tracker.errors import NotFound
from tracker.plans.models import Plan
from tracker.progress.lights import Standing, light, timing_of
from tracker.progress.models import Obligation
from tracker.progress.queries.scope import held, lights_by_plan, unit_ids, within
from tracker.reminders.models import SlipItem, SupervisionSlip
from tracker.reminders.states import shade_of
from tracker.units.models import Unit
from tracker.units.queries import visible_to

NEAR_DAYS = 2
"""Calendar days before the reply is due from which a slip is near (临期)."""


@dataclass(frozen=True, slots=True)
class SlipRow:
    id: int
    name: str
    """云督〔2026〕3号."""
    owner_unit_id: int
    owner: str
    unit_id: int
    unit: str
    colour: str
    shade: str
    """The grade as the rule set calls it that all its reports go by."""
    items: int
    reason: str
    demand: str
    reply_by: date
    state: str
    light: Standing
    issuer: str
    issued_at: datetime
    reply: str
    replier: str
    replied_at: datetime | None
    withdrawn_reason: str
    version: int


class About(NamedTuple):
    """A report that a slip is about: as it stood then, but for whether it is excused by now."""

    obligation_id: int
    task: str
    due_on: date
    """The date that was missed."""
    is_excused: bool


@dataclass(frozen=True, slots=True)
class SlipView:
    row: SlipRow
    items: list[About]
    plans: list[str]
    """On what it rests (督办依据): the plans of its items."""
    replies: bool
    """Whether the viewer may fill in the reply slip."""
    withdraws: bool


def slip_name(prefix: str, year: int, number: int) -> str:
    """六角括号, no leading zero (GB/T 9704)."""
    return f"{prefix}〔{year}〕{number}号"


def slips(viewer: Viewer, today: date, *, state: str = "") -> list[SlipRow]:
    """The newest first."""
    statement = _statement(viewer, today)
    if state:
        statement = statement.where(SupervisionSlip.state == state)
    return [_row(row, today) for row in session.execute(statement.order_by(SupervisionSlip.id.desc()))]


_CALLED = re.compile(r"(?P<prefix>[^\d〔\[(第]*)[〔\[(]?(?:(?P<year>\d{4})[〕\])年]?)?\s*第?(?P<number>\d{1,6})?\s*号?")


def slips_called(viewer: Viewer, today: date, name: str, *, limit: int) -> list[SlipRow]:
    """Those that what was typed may name, the newest first: `云督〔2026〕3号`, `云督[2026]3`, `3号`, `云督`."""
    told = _CALLED.fullmatch(name.strip())
    if told is None or not any(told.groupdict().values()):
        return []
    statement = _statement(viewer, today)
    if told["prefix"].strip():
        statement = statement.where(SupervisionSlip.prefix.contains(told["prefix"].strip(), autoescape=True))
    if told["year"]:
        statement = statement.where(SupervisionSlip.year == int(told["year"]))
    if told["number"]:
        statement = statement.where(SupervisionSlip.number == int(told["number"]))
    return [_row(row, today) for row in session.execute(statement.order_by(SupervisionSlip.id.desc()).limit(limit))]


def slip_view(slip_id: int, viewer: Viewer, today: date) -> SlipView:
    """Raises NotFound."""
    found = session.execute(_statement(viewer, today).where(SupervisionSlip.id == slip_id)).first()
    if found is None:
        raise NotFound
    row = _row(found, today)
    items = session.execute(
        select(SlipItem, Plan.name, Obligation.excuse)
        .join(Obligation, Obligation.id == SlipItem.obligation_id)
        .join(Plan, Plan.id == Obligation.plan_id)
        .where(SlipItem.slip_id == slip_id)
        .order_by(SlipItem.position)
    ).all()
    waits = row.state == "issued"
    return SlipView(
        row, [About(one.obligation_id, one.task, one.due_on, excuse == "waived") for one, _plan, excuse in items],
        list(dict.fromkeys(plan for _one, plan, _excuse in items)),
        replies=waits and held(viewer, found.path, *UNIT_ROLES),
        withdraws=waits and held(viewer, found.owner_path, Role.LEAD_OFFICE),
    )  # fmt: skip


def waiting_slips(viewer: Viewer) -> int:
    """How many the viewer's units have to answer."""
    statement = select(func.count()).select_from(SupervisionSlip).where(*_to_answer(viewer))
    return session.scalar(statement) or 0


def slips_to_answer(viewer: Viewer, today: date) -> list[SlipRow]:
    """Those that the viewer's units have to answer, the first due first."""
    statement = (
        _statement(viewer, today).where(*_to_answer(viewer)).order_by(SupervisionSlip.reply_by, SupervisionSlip.id)
    )
    return [_row(row, today) for row in session.execute(statement)]


def _to_answer(viewer: Viewer) -> tuple[ColumnElement[bool], ...]:
    return SupervisionSlip.state == "issued", within(SupervisionSlip.unit_id, unit_ids(viewer, *UNIT_ROLES))


def last_prefix(owner_unit_id: int) -> str:
    """The prefix (代字) that the office used last; the first time one of its own name: 云督."""
    found = session.scalar(
        select(SupervisionSlip.prefix)
        .where(SupervisionSlip.owner_unit_id == owner_unit_id)
        .order_by(SupervisionSlip.id.desc())
        .limit(1)
    )
    name = session.scalar(select(Unit.name).where(Unit.id == owner_unit_id)) or ""
    return found or f"{name[:1]}督"


_owner, _issuer, _replier = aliased(Unit), aliased(Person), aliased(Person)


def _statement(viewer: Viewer, today: date) -> Select[Any]:
    warning = [plan_id for plan_id, lights in lights_by_plan(today).items() if lights.rules.warns]
    of_another = (
        select(SlipItem.slip_id)
        .join(Obligation, Obligation.id == SlipItem.obligation_id)
        .where(SlipItem.slip_id == SupervisionSlip.id, Obligation.plan_id.not_in(warning))
    )
    items = select(func.count()).where(SlipItem.slip_id == SupervisionSlip.id).scalar_subquery()
    return (
        select(
            SupervisionSlip, _owner.name.label("owner"), _owner.path.label("owner_path"), Unit.name.label("unit"),
            Unit.path, items.label("items"),
            (~of_another.exists() if warning else false()).label("warns"), _issuer.name.label("issuer"), _replier.name.label("replier"),
        )
        .join(_owner, _owner.id == SupervisionSlip.owner_unit_id)
        .join(Unit, Unit.id == SupervisionSlip.unit_id)
        .join(_issuer, _issuer.id == SupervisionSlip.issued_by)
        .outerjoin(_replier, _replier.id == SupervisionSlip.replied_by)
        .where(_seen(viewer))
    )  # fmt: skip


def _seen(viewer: Viewer) -> ColumnElement[bool]:
    """To a unit of the viewer's, or to one whose work they see."""
    units = visible_to(viewer, *WHOLE_VIEW, *UNIT_ROLES)
    return true() if units is None else SupervisionSlip.unit_id.in_(units)


def _row(found: Row[Any], today: date) -> SlipRow:
    slip: SupervisionSlip = found.SupervisionSlip
    stands = {"replied": "accepted", "withdrawn": "cancelled"}.get(slip.state, "open")
    timing = timing_of(slip.reply_by, slip.reply_by, day_of(slip.replied_at)) if slip.replied_at else "none"
    return SlipRow(
        slip.id, slip_name(slip.prefix, slip.year, slip.number), slip.owner_unit_id, found.owner, slip.unit_id,
        found.unit, slip.colour, shade_of(slip.colour, warns=found.warns), found.items, slip.reason, slip.demand, slip.reply_by, slip.state,
        light(stands, timing, slip.reply_by, today=today, near_days=NEAR_DAYS), found.issuer, slip.issued_at, slip.reply,
        found.replier or "", slip.replied_at, slip.withdrawn_reason, slip.version,
    )  # fmt: skip
