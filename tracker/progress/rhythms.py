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

from imports.phrases.chars import fold
from imports.phrases.deadlines import parse_time_cell
from imports.phrases.deadlines.parts import within
from imports.phrases.deadlines.rarer import rhythm, unbracketed
from tracker.progress.calendar import ONE_DAY, Workdays
from tracker.progress.one_by_one import one_by_one
from tracker.progress.spans import number_of
from tracker.progress.weekdays import WEEKDAYS, weekdays

Due = tuple[date, str]
"""The day, and the period that is reported on: see `Obligation.period`."""

EARLY_DAY = 15
"""A day of the month up to this one reports on the period before, a later one on the period it falls in."""
MONTHS = {"monthly": 1, "two_monthly": 2, "quarterly": 3, "four_monthly": 4, "half_yearly": 6, "yearly": 12}
"""How many months a period has."""
UNDATED = frozenset({"", "daily"})
"""Recurrences that give no dates: every day would be form without substance, and of 每三年, 每学期 the document does not say
when."""
_NUMBER = r"(\d{1,2}|[一二三四五六七八九十]{1,3})"
_NUMBER_OR_TWO = r"(\d{1,2}|[一二三四五六七八九十两]{1,3})"
_AFTER = re.compile(rf"(?:(?<!最)后的?|(?:结束|终了)(?:之日起)?的?){_NUMBER_OR_TWO}\s*个?\s*(工作)?([日天月周星])")
_FIRST_DAYS = re.compile(
    rf"(?:首个?(?=[工日天])|(?<!倒数)(?<![末底了束之])[前头第]{_NUMBER}\s*个?|[月初]的?{_NUMBER}\s*个?(?=(?:工作)?[日天](?:之|以)?内))\s*(工作)?[日天]"
)
_BEFORE_END = re.compile(rf"(?:[末底]|结束|终了)之?前的?{_NUMBER}\s*个?\s*(工作)?[日天]")
_FROM_LAST = re.compile(rf"(?:倒数第{_NUMBER}\s*个?\s*|最[后末](?:\d{{1,2}}|[一二三四五六七八九十])?个?)(工作)?[日天]")
_WEEK = re.compile(rf"(?:(首)|第{_NUMBER}|(最后))[一1]?个?(?:周|星期)的?(?:周|星期)?([一二三四五六日天])?")
_MONTH_WORD = r"(?P<after>首个?月|第[一1]个?月|[次下翌]一?个?月|后的?当月)|(?P<second>第[二2]个?月|中间一?个?月)"
_MONTH = re.compile(rf"{_MONTH_WORD}|末|最后|第[三3]个?月")
_MONTH_ITSELF = re.compile(rf"{_MONTH_WORD}|(?:末|第[三3]个?|最后[一1]?个)月")
_OF_THE_YEAR = re.compile(rf"{_NUMBER}\s*月")

_DAY = re.compile(rf"{_NUMBER}\s*[日号]")
_TO_ITS_END = re.compile(r"[日号]?\s*(?:至|到|[-~—]+)\s*(?:当?月)?[底末]")
"""`每月25日至月底`."""
_THIRDS = (
    (re.compile("上、?中、?下旬|下旬|下半月"), None), (re.compile("上旬|初"), 10), (re.compile("中旬"), 20),
    (re.compile("月中|上半月"), 15),
)  # fmt: skip
_TIMES = re.compile(r"[每全]年度?(?:[^,，;；。、\d一二两三四六十]{0,12}?)([两二三四六2346]|十二|12)次(?![性数])")
_OF_A_YEAR = {2: "half_yearly", 3: "four_monthly", 4: "quarterly", 6: "two_monthly", 12: "monthly"}
_WITHIN_A_MONTH = {2: "half_monthly", 3: "ten_daily", 4: "weekly"}
_OF_A_MONTH = re.compile(
    r"每个?月(?:[^,，;；。、\d一二两三]{0,8}?)([两二三四2-4])次(?![性数])|[上中下](?:、?[上中下]){2}旬"
)
_AHEAD = re.compile(rf"(?<=[日号])(?:之|以)?前的?{_NUMBER}\s*个?\s*(工作)?[日天](?:之|以)?内?$")
"""`每月20日前3个工作日`."""


@dataclass(frozen=True, slots=True)
class _Period:
    begin: date
    end: date
    name: str
    before: str
    """Name of the period before."""
    months: int = 0
    """How many; 0 for a part of a month."""

    def day(self, month: int, day: int | None) -> date:
        """A day of one of its months (1 is the first); the month's last one where none is given or it is shorter."""
        return day_of_month(self.begin.year, self.begin.month - 1 + month, day)


def dates(name: str, at: str, text: str, year: int, workdays: Workdays) -> Iterator[Due]:
    """`name` and `at` are the two sides of a recurrence: `quarterly`, `20`. `text` is what was printed of it."""
    part = within(unbracketed(text), year)
    if part.opens > year:  # 自2028年起，每年6月底前: the first year that has any
        yield from dates(name, at, text, part.opens, workdays)
        return
    for words in one_by_one(fold(part.words)):
        for day, period in _in_a_year(name, at, words, year, workdays):
            if part.holds(day):
                yield day, period


def _in_a_year(name: str, at: str, text: str, year: int, workdays: Workdays) -> Iterator[Due]:
    ahead = _AHEAD.search(text)
    if ahead:
        yield from _ahead(name, text[: ahead.start()], number_of(ahead[1]), bool(ahead[2]), year, workdays)
        return
    match name:
        case "weekly":
            yield from _weekly(text, year, workdays)
        case "fortnightly" | "odd_fortnights":
            yield from _fortnightly(text, year, 0 if name == "fortnightly" else 1)
        case "even_months" | "odd_months":
            yield from _every_other_month(text, year, 2 if name == "even_months" else 1, workdays)
        case "half_monthly" | "ten_daily":
            for period in _parts_of_months(year, name):
                yield _counted(period, text, workdays) or (period.end, period.name)
        case "yearly":
            yield _yearly(at, text, year, workdays)
        case _:
            for period in _periods(name, year):
                counted = None if at else _counted(_month_within(period, text), text, workdays)
                yield counted or _in_months(period, int(at) if at else None, text)


def _ahead(name: str, text: str, days: int, counts_workdays: bool, year: int, workdays: Workdays) -> Iterator[Due]:
    """So many days before each of the dates that the words before them give: `每年12月31日前10个工作日`."""
    (one,) = parse_time_cell(f"{text}前", year)
    for day, period in dates(name, (one.recurrence or "").partition(":")[2], one.text, year, workdays):
        yield (workdays.add_workdays(day, -days) if counts_workdays else day - days * ONE_DAY), period


def named(recurrence: str | None, text: str, words: str) -> str:
    """The recurrence, by a name of its own where the draft has none (每两个月) or where it comes oftener: 每年至少两次 is every
    half-year. `text` is what was printed of the time, `words` with what is to be done. Empty where it has no dates."""
    if not recurrence:
        return rhythm(text) or ""
    if recurrence == "yearly" and (often := _TIMES.search(words)):
        return _OF_A_YEAR[number_of(often[1])]
    if recurrence == "monthly" and (often := _OF_A_MONTH.search(words)):
        return _WITHIN_A_MONTH[number_of(often[1]) if often[1] else 3]
    return recurrence


def _periods(name: str, year: int) -> Iterator[_Period]:
    months = MONTHS[name]
    before = _name_of(year - 1, 13 - months, months)
    for first in range(1, 13, months):
        period = _name_of(year, first, months)
        yield _Period(date(year, first, 1), day_of_month(year, first + months - 1, None), period, before, months)
        before = period


def _name_of(year: int, first: int, months: int) -> str:
    """`2026-03`, `2026-Q1`, `2026-H1`; `2026-01~02`, and `2025-12~01` where the months lie in two years."""
    match months:
        case 1:
            return f"{year}-{first:02d}"
        case 3 | 6:
            return f"{year}-{'Q' if months == 3 else 'H'}{first // months + 1}"
    return f"{year}-{first:02d}~{(first + months - 2) % 12 + 1:02d}"


def _parts_of_months(year: int, name: str) -> Iterator[_Period]:
    """Halves (半月) that end on the 15th, or thirds (旬) that end on the 10th and the 20th."""
    ends: tuple[int | None, ...] = (15, None) if name == "half_monthly" else (10, 20, None)
    letter = "H" if name == "half_monthly" else "T"
    begin, before = date(year, 1, 1), f"{year - 1}-12-{letter}{len(ends)}"
    for month in range(1, 13):
        for part, day in enumerate(ends, 1):
            end, period = day_of_month(year, month, day), f"{year}-{month:02d}-{letter}{part}"
            yield _Period(begin, end, period, before)
            begin, before = end + ONE_DAY, period


def _month_within(period: _Period, text: str) -> _Period:
    """The month of a longer period that is named (首月前5个工作日), else all of it. What falls in the first one reports on the
    period before."""
    found = _MONTH_ITSELF.search(text) if period.months > 1 else None
    if found is None:
        return period
    month = 1 if found["after"] else 2 if found["second"] else period.months
    name = period.before if found["after"] else period.name
    return _Period(period.day(month, 1), period.day(month, None), name, name, 1)


def _counted(period: _Period, text: str, workdays: Workdays) -> Due | None:
    """What is counted from the end of a period or from its beginning: in days, in workdays, in weeks."""
    eve = period.begin - ONE_DAY
    if found := _BEFORE_END.search(text):
        days = number_of(found[1])
        return (workdays.add_workdays(period.end, -days) if found[2] else period.end - days * ONE_DAY), period.name
    if found := _AFTER.search(text):
        return _after(period.begin, number_of(found[1]), found[2] or found[3], workdays), period.before
    if found := _FROM_LAST.search(text):
        back = number_of(found[1]) if found[1] else 1
        morrow = period.end + ONE_DAY
        return (workdays.add_workdays(morrow, -back) if found[2] else morrow - back * ONE_DAY), period.name
    if found := _FIRST_DAYS.search(text):
        days = number_of(found[1] or found[2]) if found[1] or found[2] else 1
        return (workdays.add_workdays(eve, days) if found[3] else eve + days * ONE_DAY), period.before
    found = _WEEK.search(text)
    return _of_weeks(period, found) if found else None


def _after(begin: date, count: int, unit: str, workdays: Workdays) -> date:
    """So many days, workdays or months after a period that ends on the eve of `begin`."""
    match unit:
        case "工作":
            return workdays.add_workdays(begin - ONE_DAY, count)
        case "月":
            return day_of_month(begin.year, begin.month + count - 1, None)
        case "周" | "星":
            return begin + (7 * count - 1) * ONE_DAY
    return begin + (count - 1) * ONE_DAY


def _of_weeks(period: _Period, found: re.Match[str]) -> Due:
    """每月第一个周一; a week without its day ends on Friday. The fifth one of a month that has but four is the last."""
    weekday = WEEKDAYS[found[4] or "五"]
    last = period.end - timedelta(days=(period.end.weekday() - weekday) % 7)
    if found[3]:
        return last, period.name
    first = period.begin + timedelta(days=(weekday - period.begin.weekday()) % 7)
    day = min(first + timedelta(weeks=(number_of(found[2]) if found[2] else 1) - 1), last)
    return day, period.before if (day - period.begin).days < EARLY_DAY else period.name


def _in_months(period: _Period, day: int | None, text: str) -> Due:
    """每季度末月20日前 falls in the quarter's last month, 每季度首月10日前 in its first, and so does 每季度10日前."""
    if period.months == 1:
        day = day or _third(text) or _printed_day(text)
        return period.day(1, day), period.before if day and day <= EARLY_DAY else period.name
    named_month = _MONTH.search(text)
    day = day or (_third(text) if named_month or "初" in text else None) or _printed_day(text)
    if named_month is None:
        early = day is not None and day <= EARLY_DAY
        return period.day(1 if early else period.months, day), period.before if early else period.name
    if named_month["after"]:
        return period.day(1, day), period.before
    return period.day(2 if named_month["second"] else period.months, day), period.name


def _every_other_month(text: str, year: int, first: int, workdays: Workdays) -> Iterator[Due]:
    """双月25日前 falls in the even months, 单月10日前 in the odd ones: each reports on the two months that end with it, or
    before it where the day is an early one."""
    after = _AFTER.search(text) is not None  # 双月结束后5日内 falls in the odd months
    for month in range(3 - first if after else first, 13, 2):
        begin, end = date(year, month, 1), day_of_month(year, month, None)
        period = _Period(begin, end, _two_months(year, month), _two_months(year, month - 1), 1)
        yield _counted(period, text, workdays) or _in_months(period, _third(text) or _printed_day(text), text)


def _two_months(year: int, last: int) -> str:
    begin = last - 1
    return _name_of(year - (begin < 1), begin if begin > 0 else begin + 12, 2)


def _third(text: str) -> int | None:
    return next((day for words, day in _THIRDS if words.search(text)), None)


def _printed_day(text: str) -> int | None:
    if _TO_ITS_END.search(text):
        return None
    found = _DAY.findall(text)
    return number_of(found[-1]) if found else None  # of 首月5日至10日 the end counts


def _yearly(at: str, text: str, year: int, workdays: Workdays) -> Due:
    whole = _Period(date(year, 1, 1), date(year, 12, 31), str(year), str(year - 1), 12)
    if not at:
        found = _OF_THE_YEAR.search(text)
        if found:  # 每年6月第一个工作日
            month = number_of(found[1])
            whole = _Period(whole.day(month, 1), whole.day(month, None), whole.name, whole.name, 1)
        return _counted(whole, text, workdays) or (whole.end, whole.name)
    month, day = (int(part) for part in at.split("-"))
    ends = (month, day) == (2, 28) and "28" not in text  # 每年2月底前, which the recurrence names by a common year
    return whole.day(month, None if ends else day), whole.name if month > 6 else whole.before


def _weekly(text: str, year: int, workdays: Workdays) -> Iterator[Due]:
    """The weekday that is named, or Friday; a week of holidays has no first workday."""
    named_days = weekdays(text)
    for monday in _mondays(year):
        week = _Period(monday, monday + 6 * ONE_DAY, _week(monday), _week(monday - ONE_DAY))
        counted = _counted(week, text, workdays)
        for day, name in [counted] if counted else [(monday + weekday * ONE_DAY, week.name) for weekday in named_days]:
            if day.year == year and week.begin <= day <= week.end:
                yield day, name


def _fortnightly(text: str, year: int, odd: int) -> Iterator[Due]:
    """Every other week of the calendar (ISO 8601): each names the second of its two weeks."""
    weekday = weekdays(text)[0]
    for monday in _mondays(year):
        day, week = monday + weekday * ONE_DAY, monday.isocalendar()
        if day.year == year and week.week % 2 == odd:
            yield day, f"{week.year}-F{week.week:02d}"


def _mondays(year: int) -> Iterator[date]:
    monday = date(year, 1, 1)
    monday -= monday.weekday() * ONE_DAY
    while monday.year <= year:
        yield monday
        monday += timedelta(days=7)


def _week(day: date) -> str:
    year, week, _ = day.isocalendar()
    return f"{year}-W{week:02d}"


def day_of_month(year: int, month: int, day: int | None) -> date:
    """A day of a month; its last one where none is given or the month is shorter."""
    last = days_of.monthrange(year, month)[1]
    return date(year, month, min(day, last) if day else last)
