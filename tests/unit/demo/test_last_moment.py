from __future__ import annotations

from datetime import date, datetime

import pytest

from tracker.clock import CHINA
from tracker.demo.diary import Diary
from tracker.demo.load import last_moment

TODAY = date(2026, 11, 22)


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=CHINA)


@pytest.mark.parametrize(
    ("now", "until"),
    [
        pytest.param(at(22, 1, 43), at(22, 1, 43), id="in the night of today"),
        pytest.param(at(22, 21), at(22, 18), id="after work"),
        pytest.param(at(25, 1), at(22, 18), id="for a day that is past"),
        pytest.param(at(1, 9), at(22, 18), id="for a day to come, as asked"),
    ],
)
def test_the_city_has_worked_until_the_evening_or_until_now(now: datetime, until: datetime) -> None:
    assert last_moment(TODAY, now) == until


def test_nothing_is_done_after_the_last_moment() -> None:
    done: list[datetime] = []
    diary = Diary(until=last_moment(TODAY, at(22, 1, 43)))
    for moment in (at(22, 16, 54), at(21, 16, 54), at(22, 1, 43)):
        diary.put(moment, done.append)
    diary.live()
    assert done == [at(21, 16, 54), at(22, 1, 43)]
