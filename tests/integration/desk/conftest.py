"""The place with an issued plan, on a day in July."""

from __future__ import annotations

from datetime import date

import pytest

from tests.support.issued import Issued, at, issued, reported
from tests.support.place import Place
from tracker import clock

TODAY = date(2026, 7, 1)


@pytest.fixture(autouse=True)
def july(monkeypatch):
    """It is ten o'clock of that day for everything that asks the clock."""
    monkeypatch.setattr(clock, "now", lambda: at(TODAY))


@pytest.fixture
def plan(place, standing) -> Issued:
    """With one report at the lead office, one in its unit's own review, and one begun."""
    return standing.begin(begun, place)


def begun(place: Place) -> Issued:
    made = issued(place)
    first, second, *_ = made.obligations("压减审批时限", "市财政局")
    reported(made, first.id, day=date(2026, 3, 18))
    reported(made, second.id, day=date(2026, 6, 25), reviewer=None)
    return made
