"""The holiday plans that a library knows (chinese_calendar, 2004 on): what the calendar's table begins with."""

from __future__ import annotations

from datetime import date

from chinese_calendar import constants

from tracker.progress.calendar import DayEntry, Workdays

SOURCE = "chinese_calendar"


def known_days() -> list[DayEntry]:
    """Days that are not what their weekday says, and holidays at a weekend, in order."""
    names = {one.value: one.chinese for one in constants.Holiday}
    days: dict[date, DayEntry] = {
        day: DayEntry(day, is_workday, names[name])
        for is_workday, table in ((False, constants.holidays), (True, constants.workdays))
        for day, name in table.items()
    }
    return [days[day] for day in sorted(days)]


def known_calendar() -> Workdays:
    """The calendar of these days, for where there is no table yet."""
    days = known_days()
    return Workdays({one.day: one.is_workday for one in days}, frozenset(one.day.year for one in days))
