"""The last day of a time that is called by a feast (春节前, 国庆节后一周内). The calendar only; no clock.

What is to be done before a feast is to be done by the last workday before it: 春节前 of 2026 ends before the holiday that begins
on 15 February, and not on the feast's eve. Where no holiday plan covers the year, the days off are not known: then only
weekends are left out, and what counts from the end of the holiday has no day.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from imports.phrases.deadlines.feasts import DAYS_OFF, Feast, feast_day, feasts
from tracker.progress.calendar import ONE_DAY, Workdays
from tracker.progress.spans import span_end

_BY_FEAST = re.compile(rf"(?:{'|'.join(sorted(DAYS_OFF))})[^,，。;；]{{0,12}}?[前后]")
_FEAST_AFTER = timedelta(days=10)
"""A time before a feast ends at most so long before it."""


def days_off_known(words: str, last: date) -> tuple[date, ...]:
    """Days whose years need a holiday plan, where a time that ends on `last` counts in workdays or is called by a feast with days
    off: 元旦前 ends in one year by the holiday of the next. None where it does neither."""
    if _BY_FEAST.search(words):
        return last, last + _FEAST_AFTER
    return (last,) if "工作日" in words else ()


@dataclass(frozen=True, slots=True)
class FeastDay:
    """A time that is called by a feast, with the day on which it ends."""

    name: str
    feast_on: date
    last: date
    known: bool
    """Whether a holiday plan says which days around it are off."""


def feast_ends(text: str, year: int, workdays: Workdays, issued: date | None = None) -> tuple[FeastDay, ...]:
    """One of each feast that the words name (五一、国庆节前); none where they name none, or one whose day is not known.

    Without a year of its own it is the first one after the document was `issued`. Where that is not known either, it is the
    one of the document's year; 元旦前 is then that year's end, and 元旦、春节前 the end of that winter.
    """
    named = feasts(text)
    found = []
    for one in named:
        after_new_year = issued is None and not one.year and [each.name for each in named] == ["元旦", "春节"]
        day = feast_day(one.name, year + 1) if after_new_year else _day(one, year, issued)
        ends = _ends(one, day, workdays) if day else None
        if ends is None:
            return ()
        found.append(ends)
    return tuple(found)


def _ends(one: Feast, day: date, workdays: Workdays) -> FeastDay | None:
    has_holiday = one.name in DAYS_OFF
    known = workdays.covers(day) or not has_holiday
    if one.span:
        last = span_end(one.span, _holiday_end(day, workdays) if has_holiday else day, workdays) if known else None
    else:
        last = workdays.previous_workday(day)
    return FeastDay(one.name, day, last, known) if last else None


def _day(one: Feast, year: int, issued: date | None) -> date | None:
    if one.year.isdecimal():
        return feast_day(one.name, int(one.year))
    if one.year in {"今", "本", "当"}:
        return feast_day(one.name, year)
    if one.year:
        new_year = one.year == "每" and one.name == "元旦" and not one.span
        return feast_day(one.name, year if one.year == "每" and not new_year else year + 1)
    if issued is None:
        return feast_day(one.name, year + 1 if one.name == "元旦" and not one.span else year)
    days = (feast_day(one.name, of) for of in (issued.year, issued.year + 1))
    return next((day for day in days if day and day > issued), None)


def _holiday_end(day: date, workdays: Workdays) -> date:
    while not workdays.is_workday(day + ONE_DAY):
        day += ONE_DAY
    return day
