"""What comes again (周期): the days of a year on which it is due, and the period that each reports on. Pure; no clock.

The name of a recurrence (`quarterly:20`) says which day of a period's last month. What it has no word for is read from the
printed text: 首月, 第二个月, 上旬, 结束后10日内, 前5个工作日内, 最后一个工作日.
"""

from __future__ import annotations

import calendar as days_of
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from tracker.progress.calendar import ONE_DAY, Workdays
from tracker.progress.spans import number_of

Due = tuple[date, str]
"""The day, and the period that is reported on: 2026-03, 2026-Q1, 2026-H1, 2026, 2026-W07."""

EARLY_DAY = 15
"""A day of the month up to this one reports on the period before, a later one on the period it falls in."""
WEEKDAYS = {"一": 0, "二": 1, "三": 2, "四": 3, "五": 4, "六": 5, "日": 6, "天": 6}
MONTHS = {"monthly": 1, "quarterly": 3, "half_yearly": 6}
"""How many months a period has."""
_NUMBER = r"(\d{1,2}|[一二三四五六七八九十]{1,3})"
_AFTER = re.compile(rf"(?<!最)后的?{_NUMBER}个?(工作)?[日天]")
_FIRST_WORKDAYS = re.compile(rf"(?:首|[前第]{_NUMBER})个工作日")
_LAST_WORKDAY = "最后一个工作日"
_MONTH = re.compile(r"(?P<after>首个?月|第一个月|[次下]个?月)|(?P<second>第二个月)|末|最后|第三个月")
_DAY = re.compile(rf"{_NUMBER}\s*[日号]")
_THIRDS = {"上旬": 10, "中旬": 20}
_TIMES = re.compile(r"每年度?(?:至少|不少于|不低于)?([两二2四4])次")


@dataclass(frozen=True, slots=True)
class _Period:
    begin: date
    months: int
    name: str
    before: str
    """Name of the period before."""

    def day(self, month: int, day: int | None) -> date:
        """A day of one of its months (1 is the first); the month's last one where none is given or it is shorter."""
        return day_of_month(self.begin.year, self.begin.month - 1 + month, day)

    @property
    def end(self) -> date:
        return self.day(self.months, None)


def dates(name: str, at: str, text: str, year: int, workdays: Workdays) -> Iterator[Due]:
    """`name` and `at` are the two sides of a recurrence: `quarterly`, `20`. `text` is what was printed of it."""
    if name == "weekly":
        yield from _weekly(text, year)
        return
    if name == "yearly":
        yield _yearly(at, text, year, workdays)
        return
    for period in _periods(name, year):
        counted = None if at else _counted(period, text, workdays)
        yield counted or _in_months(period, int(at) if at else None, text)


def oftener(recurrence: str, words: str) -> str:
    """每年至少两次 is every half-year: `words` are those of the phrase, what is to be done included."""
    often = _TIMES.search(words) if recurrence == "yearly" else None
    if often is None:
        return recurrence
    return "quarterly" if number_of(often[1]) == 4 else "half_yearly"


def _periods(name: str, year: int) -> Iterator[_Period]:
    months = MONTHS[name]
    count = 12 // months
    letter = {"monthly": "", "quarterly": "Q", "half_yearly": "H"}[name]
    names = [f"{year - 1}-{letter}{count}"]
    names += [f"{year}-{letter}{number}" if letter else f"{year}-{number:02d}" for number in range(1, count + 1)]
    for number in range(count):
        yield _Period(date(year, number * months + 1, 1), months, names[number + 1], names[number])


def _counted(period: _Period, text: str, workdays: Workdays) -> Due | None:
    """What is counted from the end of a period before, or in workdays."""
    if after := _AFTER.search(text):
        days, eve = number_of(after[1]), period.begin - ONE_DAY
        return (workdays.add_workdays(eve, days) if after[2] else eve + timedelta(days=days)), period.before
    if first := _FIRST_WORKDAYS.search(text):
        return workdays.add_workdays(period.begin - ONE_DAY, number_of(first[1]) if first[1] else 1), period.before
    if _LAST_WORKDAY in text:
        return workdays.previous_workday(period.end + ONE_DAY), period.name
    return None


def _in_months(period: _Period, day: int | None, text: str) -> Due:
    """每季度末月20日前 falls in the quarter's last month, 每季度首月10日前 in its first, and so does 每季度10日前."""
    if period.months == 1:
        day = day or _third(text)
        return period.day(1, day), period.before if day and day <= EARLY_DAY else period.name
    named = _MONTH.search(text)
    if named is None:
        early = day is not None and day <= EARLY_DAY
        return period.day(1 if early else period.months, day), period.before if early else period.name
    day = day or _third(text) or _printed_day(text)
    if named["after"]:
        return period.day(1, day), period.before
    return period.day(2 if named["second"] else period.months, day), period.name


def _third(text: str) -> int | None:
    return next((day for words, day in _THIRDS.items() if words in text), None)


def _printed_day(text: str) -> int | None:
    found = _DAY.search(text)
    return number_of(found[1]) if found else None


def _yearly(at: str, text: str, year: int, workdays: Workdays) -> Due:
    whole = _Period(date(year, 1, 1), 12, str(year), str(year - 1))
    if not at:
        return _counted(whole, text, workdays) or (whole.end, whole.name)
    month, day = (int(part) for part in at.split("-"))
    ends = (month, day) == (2, 28) and "28" not in text  # 每年2月底前, which the recurrence names by a common year
    return whole.day(month, None if ends else day), whole.name if month > 6 else whole.before


def _weekly(text: str, year: int) -> Iterator[Due]:
    named = re.search(r"(?:周|星期)([一二三四五六日天])", text)
    weekday = WEEKDAYS[named.group(1)] if named else WEEKDAYS["五"]
    day = date(year, 1, 1)
    day += timedelta(days=(weekday - day.weekday()) % 7)
    while day.year == year:
        week = day.isocalendar()
        yield day, f"{week.year}-W{week.week:02d}"
        day += timedelta(days=7)


def day_of_month(year: int, month: int, day: int | None) -> date:
    """A day of a month; its last one where none is given or the month is shorter."""
    last = days_of.monthrange(year, month)[1]
    return date(year, month, min(day, last) if day else last)
