"""How values are written on pages."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from tracker.web.locale import day


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (date(2026, 3, 5), "2026-03-05"),
        (datetime(2026, 3, 4, 16, 0, tzinfo=UTC), "2026-03-05"),  # midnight in China
        (datetime(2026, 3, 4, 15, 59, tzinfo=UTC), "2026-03-04"),
        (None, "–"),
    ],
)
def test_a_day_is_written_alike_in_both_languages(value: date | None, written: str):
    assert day(value) == written
