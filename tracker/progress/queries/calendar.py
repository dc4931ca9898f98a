"""The workday calendar as it stands in the database."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select

from tracker.db import session
from tracker.progress.calendar import Workdays
from tracker.progress.models import CalendarDay, CalendarYear


def workdays() -> Workdays:
    """The calendar as a value. Two statements."""
    rows = session.execute(select(CalendarDay.day, CalendarDay.is_workday).order_by(CalendarDay.day))
    years = session.scalars(select(CalendarYear.year).order_by(CalendarYear.year))
    return Workdays({row.day: row.is_workday for row in rows}, frozenset(years))


def last_covered_year() -> int | None:
    """The last year whose holiday plan is known."""
    return session.scalar(select(func.max(CalendarYear.year)))


@dataclass(frozen=True, slots=True)
class YearRow:
    year: int
    source: str
    days: int
    """Days that are not what their weekday says."""


def years() -> list[YearRow]:
    """Covered years, the newest first."""
    counts: dict[int, int] = {}
    for day in session.scalars(select(CalendarDay.day).order_by(CalendarDay.day)):
        counts[day.year] = counts.get(day.year, 0) + 1
    rows = session.scalars(select(CalendarYear).order_by(CalendarYear.year.desc()))
    return [YearRow(row.year, row.source, counts.get(row.year, 0)) for row in rows]


@dataclass(frozen=True, slots=True)
class DayRow:
    day: date
    is_workday: bool
    name: str


def days_of(year: int) -> list[DayRow]:
    """The days of a year that are not what their weekday says, in order."""
    statement = (
        select(CalendarDay)
        .where(CalendarDay.day >= date(year, 1, 1), CalendarDay.day <= date(year, 12, 31))
        .order_by(CalendarDay.day)
    )
    return [DayRow(row.day, row.is_workday, row.name) for row in session.scalars(statement)]
