"""A plan whose returns have come in or not, and a scheme for it: for tests of assessment."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import select

from tests.support.issued import JUNE, Issued, TaskSpec, at, issued
from tests.support.place import AT, FOUNDED, Place
from tracker.accounts import service as accounts_service
from tracker.accounts.models import Person
from tracker.accounts.passwords import NOBODY
from tracker.accounts.roles import Role, Viewer
from tracker.assessment.entry import Entry
from tracker.assessment.queries.schemes import SchemeRow, scheme_row
from tracker.assessment.service import facts as facts_service, schemes as schemes_service
from tracker.assessment.starters import GRADES
from tracker.db import session
from tracker.progress.models import Obligation
from tracker.units import service as units_service

COUNTIES = ("望川县", "临溪县", "青禾县", "石桥区")
DEPARTMENTS = ("市财政局", "市交通运输局")
AS_OF = date(2026, 7, 1)
SCORED_AT = at(date(2026, 7, 2))
TASKS = (
    TaskSpec("压减审批时限", tuple((name, "lead") for name in (*COUNTIES, *DEPARTMENTS))),
    TaskSpec("公开办事指南", tuple((name, "responsible") for name in COUNTIES), (JUNE,), chapter="二、公开透明"),
)
OUTCOMES: dict[str, tuple[str, ...]] = {
    "望川县": ("accepted", "accepted", "accepted"),
    "临溪县": ("accepted", "accepted", "late"),
    "青禾县": ("late", "accepted", "accepted"),
    "石桥区": ("accepted", "open", "open"),
    "市财政局": ("accepted", "accepted"),
    "市交通运输局": ("reported", "late"),
}
"""What became of each unit's obligations up to July, in the order of their due dates."""


def leaf(key: str, name: str, points: str, kind: str, **parameters: Any) -> dict[str, Any]:
    return {"key": key, "name": name, "points": points, "rule": {"kind": kind, **parameters}}


BODY: dict[str, Any] = {
    "rounding": {"places": "2", "mode": "half_up", "stage": "total"},
    "not_applicable": "rescale",
    "bonus": {"cap": "3"},
    "veto": {"mode": "fail"},
    "grades": GRADES,
    "quota_ties": "exclude",
    "ties": "competition",
    "tie_break": [],
    "indicators": {
        "key": "total", "name": "总分", "points": "100", "aggregate": "sum",
        "children": [
            {
                "key": "work", "name": "任务落实", "points": "80", "aggregate": "sum",
                "children": [
                    leaf("done", "任务完成率", "50", "ratio"),
                    leaf("time", "按时报送率", "20", "ratio"),
                    leaf("late", "逾期扣分", "10", "deduction"),
                ],
            },
            leaf("review", "考核组评议", "10", "marks", combine="mean"),
            leaf("order", "公开内容", "10", "deduction"),
        ],
    },
}  # fmt: skip
SOURCES: dict[str, Any] = {
    "done": {"from": "accepted_share"},
    "time": {"from": "on_time_share"},
    "late": {"from": "overdue_each", "each": "0.5"},
    "review": {"from": "entered"},
    "order": {"from": "entered"},
}


@dataclass
class Scored:
    issued: Issued
    scheme_id: int

    @property
    def plan_id(self) -> int:
        return self.issued.plan_id

    @property
    def units(self) -> dict[str, int]:
        return self.issued.place.units

    @property
    def scheme(self) -> SchemeRow:
        return scheme_row(self.scheme_id)

    def viewer(self, username: str) -> Viewer:
        return self.issued.viewer(username)

    def enter(
        self, unit: str, kind: str, indicator: str | None = None, by: str = "evaluator", at: datetime = AT, **given: Any
    ) -> int:
        """Enters a fact; amounts may be given as text."""
        if "amount" in given:
            given["amount"] = Decimal(given["amount"])
        return facts_service.enter_fact(
            self.scheme, Entry(kind=kind, indicator=indicator, **given), plan_id=self.plan_id,
            unit_id=self.units[unit], by=self.viewer(by), at=at,
        ).id  # fmt: skip

    def enter_all_marks(self, mark: str = "9") -> None:
        for unit in (*COUNTIES, *DEPARTMENTS):
            self.enter(unit, "mark", "review", amount=mark)


def found_scored(place: Place, body: dict[str, Any] | None = None, sources: dict[str, Any] | None = None) -> Scored:
    """The plan issued, its returns settled, the scheme in use. Within a transaction."""
    for order, name in enumerate(COUNTIES[2:], 10):
        place.units[name] = units_service.create_unit(
            name=name, kind="county", parent_id=place.units["云岫市"], by=None, at=AT, since=FOUNDED, order=order
        ).id
    person = Person(username="second_evaluator", name="严考核", password_hash=NOBODY, password_set_at=AT, created_at=AT)
    session.add(person)
    session.flush()
    place.people["second_evaluator"] = person.id
    accounts_service.grant(person, Role.EVALUATOR, place.units["云岫市"], by=None, at=AT, since=FOUNDED)
    made = issued(place, TASKS)
    for unit, outcomes in OUTCOMES.items():
        settle(made, unit, outcomes)
    scheme = schemes_service.create_scheme(
        name="重点任务考核", body=body or BODY, sources=sources or SOURCES, plan_id=made.plan_id,
        by=made.viewer("evaluator"), at=AT,
    )  # fmt: skip
    schemes_service.adopt_scheme(scheme, version=scheme.version, by=made.viewer("evaluator"), at=AT)
    return Scored(made, scheme.id)


def settle(made: Issued, unit: str, outcomes: tuple[str, ...]) -> None:
    """Lets a unit's obligations up to July come out as told: accepted, late (and accepted), reported, open."""
    statement = (
        select(Obligation)
        .where(Obligation.unit_id == made.place.units[unit], Obligation.due_on <= AS_OF)
        .order_by(Obligation.due_on, Obligation.id)
    )
    for obligation, outcome in zip(session.scalars(statement).all(), outcomes, strict=True):
        if outcome == "open":
            continue
        obligation.submitted_at = _moment(obligation.due_on)
        obligation.timing = "late" if outcome == "late" else "on_time"
        obligation.state = "reported" if outcome == "reported" else "accepted"
        obligation.accepted_at = None if outcome == "reported" else _moment(obligation.due_on)
    session.flush()


def _moment(due: date) -> datetime:
    return at(due)
