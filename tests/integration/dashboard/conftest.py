"""The scored city's plan, looked at in July."""

from __future__ import annotations

from datetime import date

import pytest

from tests.support.issued import TASKS, Issued, at, issued, reported
from tests.support.place import AT, Place
from tracker import clock
from tracker.progress import service

TODAY = date(2026, 7, 1)


@pytest.fixture(autouse=True)
def clock_stands(monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: at(TODAY))


@pytest.fixture
def plan(place, standing) -> Issued:
    """One report accepted, one waiting, others overdue or to come."""
    return standing.begin(half_way, place)


def half_way(place: Place) -> Issued:
    made = issued(place, TASKS)
    first, second, *_ = made.obligations("压减审批时限", "市财政局")
    version = reported(made, first.id, day=date(2026, 3, 18))
    service.accept(version, by=made.viewer("lead"), at=AT)
    reported(made, second.id, day=date(2026, 6, 25))
    return made
