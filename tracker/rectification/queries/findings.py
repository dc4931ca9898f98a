"""The rectification ledger (整改台账): a page of it, all of it for a workbook, how much waits for whom."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, false, func, or_, select

from tracker.accounts.roles import UNIT_ROLES, Role, Viewer
from tracker.clock import start_of
from tracker.db import session
from tracker.plans.models import Plan
from tracker.progress.lights import LightKind
from tracker.progress.queries.answers import SHOWN_FOR
from tracker.progress.queries.chains import is_turn
from tracker.progress.queries.scope import unit_ids, within
from tracker.rectification.lights import light_of
from tracker.rectification.models import Finding, RectificationReport, RectificationSignature
from tracker.rectification.queries.asked import awaits_decision
from tracker.rectification.queries.scope import DRAWING, light_is, seen_by
from tracker.rectification.states import OPEN, UNITS_TURN
from tracker.units.models import Unit
from tracker.units.queries import subtree
from tracker.web.paging import PAGE_SIZE, Page, decode, page_of

FIRST = 6
"""How many of what waits the desk shows."""
MINE = "mine"
"""In the place of a state: what waits for the viewer."""


@dataclass(frozen=True, slots=True)
class FindingFilter:
    plan_id: int | None = None
    unit_id: int | None = None
    """The unit and everything below it."""
    source: str = ""
    state: str = ""
    """A state, `mine`, or `open` for all that are not ended; without one all but those dropped."""
    light: str = ""
    due_from: date | None = None
    due_to: date | None = None
    text: str = ""
    obligation_id: int | None = None
    descending: bool = False


@dataclass(frozen=True, slots=True)
class Last:
    """What the unit reported last, and what was said to it; empty for lists."""

    done: str = ""
    verified_at: datetime | None = None
    opinion: str = ""


@dataclass(frozen=True, slots=True)
class FindingRow:
    id: int
    source: str
    title: str
    text: str
    unit: str
    plan: str
    state: str
    timing: str
    due_on: date
    times_returned: int
    measure: str
    responsible: str
    planned_on: date | None
    registered_at: datetime
    last: Last
    light: LightKind
    days_left: int


def finding_page(
    viewer: Viewer, wanted: FindingFilter, *, today: date, cursor: str | None = None, size: int = PAGE_SIZE
) -> Page[FindingRow]:
    """By due date, a page at a time."""
    key = decode(cursor, 2) if cursor else None
    backwards, after = (key[0], _place(key[1])) if key else (False, None)
    conditions = _conditions(viewer, wanted, today)
    descending = wanted.descending != backwards
    statement = _rows().where(*conditions, *_beyond(after, descending)).order_by(*_order(descending)).limit(size + 1)
    total = session.scalar(select(func.count()).select_from(Finding).where(*conditions)) or 0
    return page_of(
        [_row(row, today) for row in session.execute(statement)], lambda row: (row.due_on.isoformat(), row.id),
        size=size, came_from=cursor if after else None, backwards=backwards, total=total,
    )  # fmt: skip


def finding_rows(viewer: Viewer, wanted: FindingFilter, *, today: date) -> Iterator[FindingRow]:
    """All that the filter finds, each with what was reported of it last, in flat memory."""
    statement = (
        _rows_with_last()
        .where(*_conditions(viewer, wanted, today))
        .order_by(*_order(wanted.descending))
        .execution_options(yield_per=500)
    )
    return (_row_with_last(row, today) for row in session.execute(statement))


def struck_off(viewer: Viewer, *, today: date) -> list[FindingRow]:
    """Those of the viewer's units that were struck off (销号) within a week, the newest first."""
    since = start_of(today - SHOWN_FOR)
    mine = within(Finding.unit_id, unit_ids(viewer, *UNIT_ROLES))
    statement = (
        _rows_with_last()
        .where(mine, Finding.state == "closed", RectificationReport.verified_at >= since)
        .order_by(RectificationReport.verified_at.desc(), Finding.id)
        .limit(FIRST)
    )
    return [_row_with_last(row, today) for row in session.execute(statement)]


def count_findings(viewer: Viewer, wanted: FindingFilter, *, today: date) -> int:
    statement = select(func.count()).select_from(Finding).where(*_conditions(viewer, wanted, today))
    return session.scalar(statement) or 0


def _rows_with_last() -> Select[Any]:
    """Each with what was reported of it last."""
    reports = RectificationReport
    newest = (
        select(func.max(reports.round_no))
        .where(reports.finding_id == Finding.id, reports.reported_at.is_not(None))
        .correlate(Finding)
        .scalar_subquery()
    )
    return (
        _rows()
        .add_columns(reports.done, reports.verified_at, reports.opinion)
        .outerjoin(reports, and_(reports.finding_id == Finding.id, reports.round_no == newest))
    )


def _row_with_last(row: Row[Any], today: date) -> FindingRow:
    return _row(row, today, Last(row.done or "", row.verified_at, row.opinion or ""))


def _rows() -> Select[Any]:
    return (
        select(Finding, Unit.name.label("unit"), Plan.name.label("plan"))
        .join(Unit, Unit.id == Finding.unit_id)
        .outerjoin(Plan, Plan.id == Finding.plan_id)
    )


def _row(row: Row[Any], today: date, last: Last | None = None) -> FindingRow:
    one: Finding = row.Finding
    return FindingRow(
        one.id, one.source, one.title, one.text, row.unit, row.plan or "", one.state, one.timing, one.due_on,
        one.times_returned, one.measure, one.responsible, one.planned_on, one.registered_at, last or Last(),
        light_of(one.state, one.timing, one.due_on, today), (one.due_on - today).days,
    )  # fmt: skip


def _place(values: list[Any]) -> tuple[date, int] | None:
    try:
        return date.fromisoformat(values[0]), int(values[1])
    except (TypeError, ValueError):
        return None


def _order(descending: bool) -> tuple[Any, ...]:
    return (Finding.due_on.desc(), Finding.id.desc()) if descending else (Finding.due_on, Finding.id)


def _beyond(after: tuple[date, int] | None, descending: bool) -> tuple[ColumnElement[bool], ...]:
    if after is None:
        return ()
    day, last = after
    if descending:
        return (or_(Finding.due_on < day, and_(Finding.due_on == day, Finding.id < last)),)
    return (or_(Finding.due_on > day, and_(Finding.due_on == day, Finding.id > last)),)


def _conditions(viewer: Viewer, wanted: FindingFilter, today: date) -> list[ColumnElement[bool]]:
    found = [seen_by(viewer), _in_state(viewer, wanted.state)]
    if wanted.plan_id is not None:
        found.append(Finding.plan_id == wanted.plan_id)
    if wanted.unit_id is not None:
        found.append(Finding.unit_id.in_(subtree([wanted.unit_id])))
    if wanted.source:
        found.append(Finding.source == wanted.source)
    if wanted.light:
        found.append(light_is(wanted.light, today))
    if wanted.due_from is not None:
        found.append(Finding.due_on >= wanted.due_from)
    if wanted.due_to is not None:
        found.append(Finding.due_on <= wanted.due_to)
    if wanted.obligation_id is not None:
        found.append(Finding.obligation_id == wanted.obligation_id)
    words = wanted.text.strip()
    if words:
        found.append(or_(Finding.title.contains(words, autoescape=True), Finding.text.contains(words, autoescape=True)))
    return found


def _in_state(viewer: Viewer, state: str) -> ColumnElement[bool]:
    if state == MINE:
        return _waits_for(viewer)
    if state == "open":
        return Finding.state.in_(OPEN)
    return Finding.state == state if state else Finding.state != "dropped"


def findings_waiting(viewer: Viewer) -> int:
    """How many wait for the viewer. One statement."""
    return session.scalar(select(func.count()).select_from(Finding).where(_waits_for(viewer))) or 0


def waiting_findings(viewer: Viewer, *, today: date) -> list[FindingRow]:
    """The first of what waits for the viewer, by due date."""
    statement = _rows().where(_waits_for(viewer)).order_by(*_order(False)).limit(FIRST)
    return [_row(row, today) for row in session.execute(statement)]


def _waits_for(viewer: Viewer) -> ColumnElement[bool]:
    """What the viewer is to do: assign and decide for the lead office, verify, put right or review for a unit."""
    ways: list[ColumnElement[bool]] = []
    if viewer.has(Role.LEAD_OFFICE):
        ways.append(and_(or_(Finding.state == "registered", awaits_decision(viewer)), _led(viewer, Role.LEAD_OFFICE)))
    if viewer.has(*DRAWING):
        ways.append(and_(_verifiable(viewer), _led(viewer, *DRAWING)))
    if viewer.has(*UNIT_ROLES):
        ways.append(and_(Finding.state.in_(UNITS_TURN), within(Finding.unit_id, unit_ids(viewer, *UNIT_ROLES))))
    if viewer.has(Role.REVIEWER):
        ways.append(and_(_reviewable(viewer), within(Finding.unit_id, unit_ids(viewer, Role.REVIEWER))))
    return or_(false(), *ways)


def _led(viewer: Viewer, *roles: Role) -> ColumnElement[bool]:
    return within(Finding.owner_unit_id, unit_ids(viewer, *roles))


def _waiting_report() -> ColumnElement[bool]:
    return and_(RectificationReport.finding_id == Finding.id, RectificationReport.verified_at.is_(None))


def _reviewable(viewer: Viewer) -> ColumnElement[bool]:
    """What waits in its unit's own review at the viewer's step."""
    report, signed = RectificationReport, RectificationSignature
    turn = is_turn(viewer, Finding.unit_id, report, signed, signed.report_id == report.id)
    mine = select(report.id).where(_waiting_report(), report.saved_by != viewer.person_id, turn)
    return and_(Finding.state == "own_review", mine.correlate(Finding).exists())


def _verifiable(viewer: Viewer) -> ColumnElement[bool]:
    """What waits to be verified by somebody who neither registered it nor had a hand in what is reported."""
    report, me = RectificationReport, viewer.person_id
    took = select(RectificationSignature.step_no).where(
        RectificationSignature.report_id == report.id, RectificationSignature.person_id == me
    )
    hand = or_(report.saved_by == me, report.approved_by == me, took.correlate(report).exists())
    own = select(report.id).where(_waiting_report(), hand).correlate(Finding)
    return and_(Finding.state == "reported", Finding.registered_by != viewer.person_id, ~own.exists())
