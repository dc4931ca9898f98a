"""What a person is invited to mark, and what is still to come of the marks they invited others to give."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import aliased

from tracker import clock
from tracker.accounts.roles import Viewer
from tracker.assessment.grid import SIDE_BY_SIDE
from tracker.assessment.models import PanelSeat, Run, Scheme
from tracker.assessment.queries.panel import Awaited, awaited_marks
from tracker.assessment.queries.schemes import SchemeRow, scheme_row
from tracker.db import session
from tracker.plans.models import Plan


@dataclass(frozen=True, slots=True)
class Invitation:
    """A scheme and a plan that the viewer has still to mark."""

    scheme: SchemeRow
    plan_id: int
    plan: str
    indicator: str
    """Of which marks are awaited, `SIDE_BY_SIDE` where they are of several."""
    units: int
    """Of how many units."""


@dataclass(frozen=True, slots=True)
class Marking:
    """A scheme and a plan that others mark at the viewer's invitation."""

    scheme: SchemeRow
    plan_id: int
    plan: str
    awaited: tuple[tuple[str, int], ...]
    """Who has still to mark how many units; nobody where all marks are in."""


def invitations(viewer: Viewer, today: date) -> list[Invitation]:
    """Of schemes in use, by scheme and plan. A few statements for each."""
    found = []
    for scheme, plan_id, plan, marks in _panels(
        today, PanelSeat.person_id == viewer.person_id, PanelSeat.excused_at.is_(None)
    ):
        mine = [one for one in marks if one.seat.person_id == viewer.person_id]
        if mine:
            units = len({one.unit_id for one in mine})
            keys = {one.indicator for one in mine}
            indicator = mine[0].indicator if len(keys) == 1 else SIDE_BY_SIDE
            found.append(Invitation(scheme, plan_id, plan, indicator, units))
    return found


def waiting_invitations(viewer: Viewer) -> int:
    """How many units the viewer has still to mark, in all schemes."""
    return sum(one.units for one in invitations(viewer, clock.today()))


def markings(viewer: Viewer, today: date) -> list[Marking]:
    """As `invitations`: what the viewer invited others to mark, until it is run."""
    version = aliased(Scheme)
    run_since = (
        select(Run.id)
        .join(version, version.id == Run.scheme_id)
        .where(
            version.series_id == PanelSeat.series_id, Run.plan_id == PanelSeat.plan_id,
            Run.created_at > PanelSeat.invited_at,
        )
    )  # fmt: skip
    return [
        Marking(scheme, plan_id, plan, _units_by_person(marks))
        for scheme, plan_id, plan, marks in _panels(
            today, PanelSeat.invited_by == viewer.person_id, ~run_since.exists()
        )
    ]


def _units_by_person(marks: list[Awaited]) -> tuple[tuple[str, int], ...]:
    seats = {one.seat.id: one.seat.name for one in marks}
    units = Counter(seat_id for seat_id, _unit_id in {(one.seat.id, one.unit_id) for one in marks})
    return tuple((seats[seat_id], units[seat_id]) for seat_id in sorted(seats))


def _panels(today: date, *of_seats: ColumnElement[bool]) -> Iterator[tuple[SchemeRow, int, str, list[Awaited]]]:
    """Schemes in use and plans with such a seat, and the marks awaited there of anybody."""
    held = (
        select(Scheme.id, Plan.id, Plan.name)
        .join(PanelSeat, PanelSeat.series_id == Scheme.series_id)
        .join(Plan, Plan.id == PanelSeat.plan_id)
        .where(Scheme.state == "in_use", *of_seats)
        .order_by(Scheme.id, Plan.id)
        .distinct()
    )
    for scheme_id, plan_id, plan in session.execute(held).all():
        scheme = scheme_row(scheme_id)
        yield scheme, plan_id, plan, awaited_marks(scheme, plan_id, today)
