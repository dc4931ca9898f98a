"""The clock. Moments are aware and in UTC; a day is a day of China Standard Time (UTC+8, no summer time).

Rules never ask for today: it is handed to them. Only the edges (a request, a command, a job) read this clock.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

CHINA = timezone(timedelta(hours=8), "CST")


def now() -> datetime:
    """The present moment, aware, in UTC."""
    return datetime.now(UTC)


def day_of(moment: datetime) -> date:
    """The day of China Standard Time on which a moment falls."""
    return moment.astimezone(CHINA).date()


def today() -> date:
    """The present day of China Standard Time."""
    return day_of(now())


def start_of(day: date) -> datetime:
    """The first moment of a day of China Standard Time, in UTC."""
    return datetime(day.year, day.month, day.day, tzinfo=CHINA).astimezone(UTC)


def to_the_minute(moment: datetime) -> str:
    """2026-03-05 14:07, in China Standard Time."""
    return f"{moment.astimezone(CHINA):%Y-%m-%d %H:%M}"
