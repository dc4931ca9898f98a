"""Who is invited to mark (受邀评委), whose marks are awaited, and what of the others' marks may be seen until then."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import aliased

from tracker.accounts.models import Grant, Person
from tracker.accounts.roles import UNIT_ROLES, Role, Viewer
from tracker.assessment.binding import leaves
from tracker.assessment.models import PanelRecusal, PanelSeat
from tracker.assessment.queries.facts import FactPlace, FactRow, entered_facts, fact_row
from tracker.assessment.queries.schemes import SchemeRow, scheme_row
from tracker.assessment.queries.tallies import scored_units
from tracker.db import session
from tracker.units.models import Unit

Slot = tuple[int, str | None]
"""Unit and indicator."""


@dataclass(frozen=True, slots=True)
class Recusal:
    """A unit that an evaluator does not mark, why (回避), and who noted it."""

    id: int
    unit_id: int
    unit: str
    reason: str
    noted_by: int


@dataclass(frozen=True, slots=True)
class Seat:
    id: int
    person_id: int
    name: str
    invited_at: datetime
    excused_at: datetime | None
    excused_reason: str
    recusals: tuple[Recusal, ...]


@dataclass(frozen=True, slots=True)
class Panel:
    """The evaluators invited for a scheme and a plan; none where marks are anybody's. `may_mark`: (person, unit) of those
    who assess the unit, neither report nor approve for it, and have not recused themselves: nobody waits for another
    mark."""

    seats: tuple[Seat, ...]
    may_mark: frozenset[tuple[int, int]]

    @property
    def sitting(self) -> tuple[Seat, ...]:
        """Those who are to mark: invited and not excused."""
        return tuple(seat for seat in self.seats if seat.excused_at is None)

    @property
    def recused(self) -> list[tuple[Seat, Recusal]]:
        """Of those who are to mark."""
        return [(seat, recusal) for seat in self.sitting for recusal in seat.recusals]

    def has_recused(self, person_id: int, unit_id: int) -> bool:
        return any(seat.person_id == person_id and one.unit_id == unit_id for seat, one in self.recused)

    def awaited(self, unit_id: int, facts: Iterable[FactRow]) -> tuple[Seat, ...]:
        """Who is still to mark a unit, by the facts of one indicator that stand. Nobody where it does not apply."""
        standing = [fact for fact in facts if fact.withdrawn_at is None]
        if any(fact.kind == "not_applicable" for fact in standing):
            return ()
        marked = {fact.by_id for fact in standing if fact.kind == "mark"}
        return tuple(
            seat for seat in self.sitting if seat.person_id not in marked and (seat.person_id, unit_id) in self.may_mark
        )


def panel(series_id: int, plan_id: int, today: date) -> Panel:
    """In the order of the invitations."""
    held = (
        select(PanelSeat, Person.name)
        .join(Person, Person.id == PanelSeat.person_id)
        .where(PanelSeat.series_id == series_id, PanelSeat.plan_id == plan_id)
        .order_by(PanelSeat.id)
    )
    rows = session.execute(held).tuples().all()
    if not rows:
        return Panel((), frozenset())
    recusals = _recusals([one.id for one, _name in rows])
    seats = tuple(
        Seat(
            one.id, one.person_id, name, one.invited_at, one.excused_at, one.excused_reason,
            tuple(recusals.get(one.id, ())),
        )
        for one, name in rows
    )  # fmt: skip
    recused = {(seat.person_id, recusal.unit_id) for seat in seats for recusal in seat.recusals}
    return Panel(seats, _may_mark([seat.person_id for seat in seats], today) - recused)


def _recusals(seats: Sequence[int]) -> dict[int, list[Recusal]]:
    statement = (
        select(PanelRecusal, Unit.name)
        .join(Unit, Unit.id == PanelRecusal.unit_id)
        .where(PanelRecusal.seat_id.in_(seats))
        .order_by(PanelRecusal.id)
    )
    found: dict[int, list[Recusal]] = {}
    for one, unit in session.execute(statement):
        found.setdefault(one.seat_id, []).append(Recusal(one.id, one.unit_id, unit, one.reason, one.noted_by))
    return found


def _may_mark(people: Sequence[int], today: date) -> frozenset[tuple[int, int]]:
    below = aliased(Unit)
    statement = (
        select(Grant.role, Grant.person_id, below.id)
        .join(Unit, Unit.id == Grant.unit_id)
        .join(below, below.path.startswith(Unit.path))
        .where(
            Grant.person_id.in_(people), Grant.role.in_((Role.EVALUATOR, *UNIT_ROLES)), Grant.held_on(today),
        )
        .order_by(Grant.id, below.id)
    )  # fmt: skip
    assessed: set[tuple[int, int]] = set()
    own: set[tuple[int, int]] = set()
    for role, person_id, unit_id in session.execute(statement):
        (assessed if role == Role.EVALUATOR else own).add((person_id, unit_id))
    return frozenset(assessed - own)


def seen_by(viewer: Viewer, rows: Sequence[FactRow], panel: Panel) -> list[FactRow]:
    """The facts as an evaluator may see them: marks of others without what they gave while marks are awaited."""
    veiled = _not_all_in(rows, panel)
    return [
        replace(row, amount=None, reason="", evidence_id=None, veiled=True)
        if row.id in veiled and row.by_id != viewer.person_id
        else row
        for row in rows
    ]


def open_facts(rows: Sequence[FactRow], panel: Panel) -> list[FactRow]:
    """The facts without the marks of those units and indicators for which others are awaited."""
    veiled = _not_all_in(rows, panel)
    return [row for row in rows if row.id not in veiled]


def _not_all_in(rows: Iterable[FactRow], panel: Panel) -> set[int]:
    """Ids of marks beside which others are awaited."""
    waits = ((facts, panel.awaited(unit_id, facts)) for (unit_id, _indicator), facts in _by_slot(rows).items())
    return {row.id for facts, awaited in waits if awaited for row in facts if row.kind == "mark"}


def shown_fact(fact_id: int, viewer: Viewer, today: date) -> FactPlace:
    """One fact as the evaluator may see it. Raises NotFound as `fact_row` does."""
    place = fact_row(fact_id, viewer)
    series_id = scheme_row(place.scheme_id).series_id
    rows = entered_facts(series_id, place.plan_id, unit_id=place.row.unit_id, withdrawn=True)
    seen = seen_by(viewer, rows, panel(series_id, place.plan_id, today))
    return replace(place, row=next(row for row in seen if row.id == fact_id))


def marked_leaves(scheme: SchemeRow) -> list[str]:
    """Keys of the indicators that evaluators mark."""
    return [
        leaf["key"] for leaf in leaves(scheme.body["indicators"]) if (leaf.get("rule") or {}).get("kind") == "marks"
    ]


@dataclass(frozen=True, slots=True)
class Awaited:
    """A mark that somebody who is invited has still to give."""

    seat: Seat
    unit_id: int
    unit: str
    indicator: str


def awaited_marks(scheme: SchemeRow, plan_id: int, today: date) -> list[Awaited]:
    """In the order of units, indicators and invitations."""
    invited = panel(scheme.series_id, plan_id, today)
    if not invited.sitting:
        return []
    slots = _by_slot(entered_facts(scheme.series_id, plan_id))
    return [
        Awaited(seat, unit_id, name, key)
        for unit_id, name, _group in scored_units(plan_id)
        for key in marked_leaves(scheme)
        for seat in invited.awaited(unit_id, slots.get((unit_id, key), ()))
    ]


def awaited_of(scheme: SchemeRow, plan_id: int, today: date) -> dict[int, int]:
    """How many marks are awaited of each person who is invited."""
    return Counter(one.seat.person_id for one in awaited_marks(scheme, plan_id, today))


def noted_recusals(scheme: SchemeRow, plan_id: int, held: Panel, viewer: Viewer) -> list[tuple[Seat, Recusal]]:
    """Recusals that the viewer noted and may still take back: of units whose marks nobody sees yet. Where those of an
    indicator are all in, whoever marked now would know what the others gave."""
    mine = [(seat, one) for seat, one in held.recused if one.noted_by == viewer.person_id]
    seen = _seen_units(scheme, plan_id, held) if mine else set()
    return [(seat, one) for seat, one in mine if one.unit_id not in seen]


def _seen_units(scheme: SchemeRow, plan_id: int, held: Panel) -> set[int]:
    rows = entered_facts(scheme.series_id, plan_id)
    veiled = _not_all_in(rows, held)
    return {row.unit_id for row in rows if row.kind == "mark" and row.id not in veiled}


def _by_slot(rows: Iterable[FactRow]) -> dict[Slot, list[FactRow]]:
    slots: dict[Slot, list[FactRow]] = {}
    for row in rows:
        slots.setdefault((row.unit_id, row.indicator), []).append(row)
    return slots


def to_invite(held: Panel, today: date) -> list[tuple[int, str]]:
    """Evaluators who may be invited, those who were excused too: (person, name) by name."""
    sitting = {seat.person_id for seat in held.sitting}
    statement = (
        select(Person.id, Person.name)
        .where(Person.is_active, Person.grants.any((Grant.role == Role.EVALUATOR) & Grant.held_on(today)))
        .order_by(Person.name, Person.id)
    )  # fmt: skip
    return [(number, name) for number, name in session.execute(statement) if number not in sitting]
