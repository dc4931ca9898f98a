"""When a deduction that a unit was told of counts."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from tracker.assessment.notices import Notice, counts_on

LAST = date(2026, 7, 7)
TOLD = Notice(datetime(2026, 7, 2, tzinfo=UTC), LAST, None, "", None, "", "")
AFTER = LAST + timedelta(days=1)


@pytest.mark.parametrize(
    ("agrees", "decision", "today", "state", "counts"),
    [
        (None, "", LAST, "open", False),
        (None, "", AFTER, "settled", True),
        (True, "", LAST, "settled", True),
        (False, "", LAST, "waiting", False),
        (False, "", AFTER, "waiting", False),
        (False, "upheld", LAST, "upheld", True),
        (False, "cancelled", AFTER, "cancelled", False),
    ],
)
def test_states(agrees: bool | None, decision: str, today: date, state: str, counts: bool) -> None:
    notice = replace(TOLD, agrees=agrees, decision=decision)
    assert (notice.state(today), counts_on(notice, today)) == (state, counts)


def test_without_a_notice_a_deduction_counts_at_once() -> None:
    assert counts_on(None, LAST)
