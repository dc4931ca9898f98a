"""Facts that people entered, as the book takes them and as pages show them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from sqlalchemy import or_, select

from tracker.accounts.models import Person
from tracker.assessment.models import ScoredFact
from tracker.assessment.sources import Fact
from tracker.clock import start_of
from tracker.db import session
from tracker.units.models import Unit


@dataclass(frozen=True, slots=True)
class FactRow:
    """One entered fact, with the names a person knows."""

    id: int
    unit_id: int
    unit_name: str
    indicator: str | None
    kind: str
    amount: Decimal | None
    times: int | None
    met: bool | None
    reason: str
    obligation_id: int | None
    evidence_id: int | None
    by_id: int
    by_name: str
    at: datetime
    withdrawn_at: datetime | None
    withdrawn_reason: str


def entered_facts(
    series_id: int, plan_id: int, *, unit_id: int | None = None, as_of: date | None = None, withdrawn: bool = False
) -> list[FactRow]:
    """Facts in the order they were entered. With `as_of`: those that stood at the end of that day."""
    statement = (
        select(ScoredFact, Unit.name, Person.name)
        .join(Unit, Unit.id == ScoredFact.unit_id)
        .join(Person, Person.id == ScoredFact.by_id)
        .where(ScoredFact.series_id == series_id, ScoredFact.plan_id == plan_id)
        .order_by(ScoredFact.id)
    )
    if unit_id is not None:
        statement = statement.where(ScoredFact.unit_id == unit_id)
    if as_of is not None:
        end = start_of(as_of + timedelta(days=1))
        stood = or_(ScoredFact.withdrawn_at.is_(None), ScoredFact.withdrawn_at >= end)
        statement = statement.where(ScoredFact.at < end, stood)
    elif not withdrawn:
        statement = statement.where(ScoredFact.withdrawn_at.is_(None))
    return [
        FactRow(
            fact.id, fact.unit_id, unit_name, fact.indicator, fact.kind, fact.amount, fact.times, fact.met, fact.reason,
            fact.obligation_id, fact.evidence_id, fact.by_id, by_name, fact.at, fact.withdrawn_at, fact.withdrawn_reason,
        )
        for fact, unit_name, by_name in session.execute(statement)
    ]  # fmt: skip


def book_facts(rows: Sequence[FactRow], units: frozenset[str]) -> list[Fact]:
    """The facts in the contract's form, for the units of the book."""
    return [_fact(row) for row in rows if str(row.unit_id) in units]


def _fact(row: FactRow) -> Fact:
    fact: Fact = {"unit": str(row.unit_id)}
    if row.indicator is not None:
        fact["indicator"] = row.indicator
    amount = format(row.amount, "f") if row.amount is not None else "0"
    match row.kind:
        case "deduction":
            fact |= {"each": amount, "count": row.times or 1}
        case "mark":
            fact |= {"mark": amount, "evaluator": str(row.by_id)}
        case "value" | "bonus" | "penalty":
            fact[row.kind] = amount
        case "met":
            fact["met"] = bool(row.met)
        case "not_applicable" | "veto":
            fact[row.kind] = True
    if row.reason:
        fact["reason"] = row.reason
    return fact
