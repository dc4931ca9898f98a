"""The last day of a time told from the day of writing: 本周内, 下周五前, 本月底前, 下月5日前, 本季度内. Pure; no clock."""

from __future__ import annotations

import calendar as days_of
from datetime import date, timedelta

from imports.phrases.chars import chinese_number, fold
from imports.phrases.deadlines.near import NEAR
from tracker.progress.weekdays import WEEKDAYS

SUNDAY = 6
_THIRDS = {"上": 10, "中": 20}


def near(text: str) -> bool:
    """Whether all of the text is such a time."""
    return NEAR.fullmatch(fold(text)) is not None


def near_end(text: str, written: date) -> date | None:
    """None where it is none, or where its month has no such day (本月31日前)."""
    found = NEAR.fullmatch(fold(text))
    if found is None:
        return None
    later = found["next"] == "下"
    if found["week"]:
        monday = written - timedelta(days=written.weekday()) + timedelta(weeks=later)
        return monday + timedelta(days=WEEKDAYS[found["weekday"]] if found["weekday"] else SUNDAY)
    months = 3 - (written.month - 1) % 3 - 1 + 3 * later if found["quarter"] else int(later)
    year, month = divmod(written.year * 12 + written.month - 1 + months, 12)
    last = days_of.monthrange(year, month + 1)[1]
    day = chinese_number(found["day"]) if found["day"] else _THIRDS.get(found["third"] or "", last)
    return date(year, month + 1, day) if day and day <= last else None
