"""An issued plan for every test of rectification, on a frozen clock, and hands that put a finding on its way."""

from __future__ import annotations

import io
from dataclasses import dataclass
from datetime import date, timedelta

import pytest

from tests.integration.progress.conftest import clock_stands, plan
from tests.support.issued import Issued, at
from tests.support.place import AT, DAY, FOUNDED
from tracker.accounts import service as accounts
from tracker.accounts.models import Person
from tracker.accounts.passwords import NOBODY
from tracker.accounts.roles import Role
from tracker.db import session
from tracker.rectification import service
from tracker.rectification.models import Finding

UNIT = "市财政局"
DUE = DAY + timedelta(days=15)


__all__ = ["clock_stands", "plan"]
"""Fixtures of progress that hold here too."""


@dataclass(frozen=True)
class Hands:
    """Steps of a finding, each by whom it falls to unless somebody else is named. Within a transaction."""

    plan: Issued

    def register(
        self, *, by: str = "lead", day: date = DAY, now: bool = True, unit: str = UNIT, **more: object
    ) -> Finding:
        found = service.Found(
            str(more.pop("source", "leader")), "栏目没有更新", "最近一条发布于六月。", self.plan.place.units[unit], DUE,
            self.plan.plan_id, **more,
        )  # type: ignore[arg-type]  # ids by name  # fmt: skip
        return service.register(found, assign_now=now, by=self.plan.viewer(by), at=at(day))

    def city_reviewer(self) -> None:
        """Somebody who reviews for the whole city."""
        place = self.plan.place
        person = Person(
            username="city_reviewer", name="尤审签", password_hash=NOBODY, password_set_at=AT, created_at=AT
        )
        session.add(person)
        session.flush()
        place.people["city_reviewer"] = person.id
        accounts.grant(person, Role.REVIEWER, place.units["云岫市"], by=None, at=AT, since=FOUNDED)

    def plan_measure(self, finding: int, *, by: str = "reporter", day: date = DAY) -> None:
        measure = service.Measure("明确专人每周更新。", "办公室主任", DUE - timedelta(days=2))
        service.plan_measure(finding, measure, by=self.plan.viewer(by), at=at(day))

    def write(self, finding: int, *phases: str, by: str = "reporter", day: date = DAY, done: str = "已更新。") -> None:
        who = self.plan.viewer(by)
        service.save_report(finding, done=done, by=who, at=at(day))
        for phase in phases:
            data = io.BytesIO(f"{phase} {day}".encode())
            service.attach(finding, phase=phase, stream=data, name=f"{phase}.txt", by=who, at=at(day))

    def hand_in(self, finding: int, *phases: str, by: str = "reporter", day: date = DAY) -> None:
        self.write(finding, *(phases or ("before", "after")), by=by, day=day)
        service.hand_in(finding, by=self.plan.viewer(by), at=at(day))

    def report(self, finding: int, *phases: str, by: str = "reporter", day: date = DAY) -> None:
        """Handed in by one, approved by the other."""
        self.hand_in(finding, *phases, by=by, day=day)
        other = "reviewer" if by == "reporter" else "second_reviewer"
        service.approve(finding, by=self.plan.viewer(other), at=at(day))

    def to_verify(self, *, day: date = DAY, **more: object) -> int:
        """A finding that waits to be verified."""
        finding = self.register(**more).id  # type: ignore[arg-type]  # as above
        self.plan_measure(finding)
        self.report(finding, day=day)
        return finding


@pytest.fixture
def hands(plan: Issued) -> Hands:
    return Hands(plan)
