"""An issued plan for every test of progress, on a frozen clock."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import time_machine

from tests.support.issued import Issued, issued
from tests.support.place import AT, Place
from tests.support.standing import Standing


@pytest.fixture(autouse=True)
def clock_stands(app: object) -> Iterator[time_machine.Traveller]:
    """Nine o'clock on Monday, 2 March 2026, in China; `clock_stands.move_to(…)` goes on from there."""
    with time_machine.travel(AT, tick=False) as traveller:
        yield traveller


@pytest.fixture
def plan(place: Place, standing: Standing) -> Issued:
    """The plan of `tests.support.issued`, issued on that Monday."""
    return standing.begin(issued, place)
