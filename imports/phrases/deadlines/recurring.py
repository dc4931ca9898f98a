"""What comes again (周期性): the period that the words name, and its days."""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import lru_cache

from imports.draft import Deadline
from imports.phrases.chars import BLANKS, chinese_number
from imports.phrases.deadlines import every, parts, patterns
from imports.phrases.deadlines.rarer import month_of_each, rhythm

Hit = tuple[int, int, Deadline]
"""First and last position, and what stands there."""

_NUMBER = re.compile(every.N)
_SHARED = (every.SHARED_MONTHS, every.SHARED_DAYS, every.SHARED_QUARTERS)
_UNIT = re.compile(r"\s*(?:月份?|[日号]|季度?)")
_THIRDS = {"上旬": 10, "中旬": 20, "月初": 10, "月中": 15}
_PARTS = (("下旬", None), ("中上旬", 20), ("中旬", 20), *_THIRDS.items())
"""The same, of several thirds (中下旬) the last."""
_FIRST_DAYS = re.compile(rf"前(?:{every.N})[日天]")
_LEAP = 2024
_DAY_LAST = re.compile(r"[日号旬底末](?:之前|以前|前)?$")
_FURTHER = frozenset("、和及与 0123456789一二三四五六七八九十")
_NAMED = frozenset({"quarterly", "half_yearly"})
_SEVERAL = _NAMED | {"", "two_monthly", "even_months", "odd_months", "four_monthly"}
"""Periods of several months, or without a name of their own."""
_ONCE = {
    ("年", 1): "yearly", ("年", 2): "half_yearly", ("年", 4): "quarterly",
    ("季", 1): "quarterly", ("月", 1): "monthly", ("周", 1): "weekly",
}  # fmt: skip


def of_every_period(text: str, folded: str) -> Iterable[Hit]:
    """Every period that running text names, with the days that share it: `每月5日和20日前` is two."""
    sign = every.RECURRING_SIGN.search(folded)
    return _looked_through(text, folded, _first_place(folded, sign.start())) if sign else ()


def _first_place(folded: str, sign: int) -> int:
    """Where a recurrence may begin: years and what is left out stand farther before its sign."""
    far = max(0, sign - every.FAR_BEFORE_SIGN)
    near = max(0, sign - every.BEFORE_SIGN)
    return far if "年" in folded[far:near] or "除" in folded[far:near] else near


def _looked_through(text: str, folded: str, start: int) -> Iterator[Hit]:
    for pattern in _SHARED if "每" in folded else ():
        yield from _sharing(text, folded, pattern)
    for found in every.RECURRING.finditer(folded, start):
        deadline = recurring(text[found.start() : found.end()], found, None)
        if deadline is None:
            continue
        may_end = parts.BEHIND_SIGN.search(folded, found.end())
        if may_end or found.start("rec") > found.start() or not _is_one_day(folded, found):
            whole = _with_its_part(text, folded, found, deadline, may_end=may_end is not None)
            if whole:
                yield whole
                continue
        yield found.start(), found.end(), deadline
        if deadline.recurrence == "weekly" and found["weekday"]:
            yield from _more_of(text, folded, found.end(), every.MORE_OF_THE_WEEK, _of_the_week)
        elif deadline.recurrence and deadline.recurrence.startswith("yearly:"):
            yield from _more_of(text, folded, found.end(), every.MORE_OF_THE_YEAR, _next_of_the_year)
        elif deadline.recurrence and deadline.recurrence.startswith("monthly") and found["at"]:
            yield from _more_of(text, folded, found.end(), every.MORE_OF_THE_MONTH, _next_of_the_month)


def _is_one_day(folded: str, found: re.Match[str]) -> bool:
    """Whether nothing stands behind it that could be a further day."""
    return folded[found.end() : found.end() + 1] not in _FURTHER


def _with_its_part(
    text: str, folded: str, found: re.Match[str], deadline: Deadline, *, may_end: bool
) -> Hit | None:  # fmt: skip
    """One deadline of all that its dates are told from, where one day does not say it: several days of a longer period
    (`双月15日和30日前`), several days of a part of the year (`6—9月，每月10日、20日`), a part printed behind (`每月5日前（12月除外）`)."""
    days = _further_days(folded, found, deadline, in_part=True)
    behind = parts.BEHIND.match(folded, days or found.end()) if may_end else None
    if not behind and found.start("rec") == found.start():
        days = _further_days(folded, found, deadline, in_part=False)
    end = behind.end() if behind else days
    if not end:
        return None
    whole = text[found.start() : end]
    return found.start(), end, recurring_named(whole, found["rec"]) if days else replace(deadline, text=whole)


def _further_days(folded: str, found: re.Match[str], deadline: Deadline, *, in_part: bool) -> int:
    """Where several days of a period that is longer than a month end, and of any period `in_part` of a year: they are told from
    the printed words; 0 where it is one day."""
    name, at = (deadline.recurrence or "").partition(":")[0], found["at"] or ""
    if in_part and name == "weekly" and found["weekday"]:
        further = every.MORE_WEEKDAYS.match(folded, found.end())
        return further.end() if further else 0
    if not (in_part and name == "monthly") and (
        name not in _SEVERAL or (not name and rhythm(deadline.text) not in _SEVERAL)
    ):
        return 0
    pattern = every.MORE_DAYS if _DAY_LAST.search(at) else every.SHARING_DAY
    further = pattern.match(folded, found.end())
    return further.end() if further else 0


def _more_of(
    text: str, folded: str, start: int, pattern: re.Pattern[str], name: Callable[[re.Match[str]], str]
) -> Iterator[Hit]:
    """Further days of `每年6月底、12月底` and `每月5日和20日前`: they recur every year and every month, too."""
    while found := pattern.match(folded, start):
        yield (
            found.start() + 1,
            found.end(),
            Deadline(text[found.start() + 1 : found.end()].strip(BLANKS), "recurring", None, name(found)),
        )
        start = found.end()


def _of_the_week(_found: re.Match[str]) -> str:
    return "weekly"


def _next_of_the_year(found: re.Match[str]) -> str:
    day = int(found["day"]) if found["day"] else _THIRDS.get(found["third"] or "")
    return _of_the_year(12 if found["end"] else int(found["month"]), day)


def _next_of_the_month(found: re.Match[str]) -> str:
    return f"monthly:{int(found['day'])}" if found["day"] else "monthly"


def _sharing(text: str, folded: str, pattern: re.Pattern[str]) -> Iterator[Hit]:
    """Numbers that share what follows the last one: `每月5、20日前`, `每年1月、7月10日前`."""
    for found in pattern.finditer(folded):
        numbers = [*_NUMBER.finditer(folded, found.start("first"), found.end("first"))]
        numbers.append(next(_NUMBER.finditer(folded, found.start("last"))))
        values = [chinese_number(number[0]) or 0 for number in numbers]
        monthly = pattern is every.SHARED_DAYS
        wraps = found.groupdict().get("next") or values[-1] < values[0]
        ordered = values[:-1] if wraps else values  # 每年7月、次年1月10日前
        if ordered != sorted(set(ordered)) or not 1 <= min(values) <= max(values) <= (31 if monthly else 12):
            continue
        for number, value in zip(numbers, values, strict=True):
            if pattern is every.SHARED_QUARTERS:
                name = _of_the_year(patterns.END_OF_QUARTER[value], None)
            else:
                name = f"monthly:{value}" if monthly else _of_the_year(value, _day_shared(found, value))
            first = found.start() if number is numbers[0] else number.start()
            if number is numbers[-1]:
                first = found.start("last")  # with 次年 before it
            unit = _UNIT.match(folded, number.end())
            last = found.end() if number is numbers[-1] else unit.end() if unit else number.end()
            yield first, last, Deadline(text[first:last].strip(BLANKS), "recurring", None, name)
        if monthly:
            yield from _more_of(text, folded, found.end(), every.MORE_OF_THE_MONTH, _next_of_the_month)


def _day_shared(found: re.Match[str], month: int) -> int | None:
    """None for the last one: also where the month has no such day, `每年6月、12月31日前`."""
    day = chinese_number(found["day"] or "") or _THIRDS.get(found["third"] or "")
    return day if day and day <= calendar.monthrange(_LEAP, month)[1] else None


def recurring(printed: str, found: re.Match[str], _year: int | None) -> Deadline | None:
    """Whole text of the expression: `每月5日前` → monthly:5, `每季度末月20日前` → quarterly:20, `每年1月31日前` → yearly:01-31."""
    period, months, at, quarter, half, end, early = found.group(
        "rec", "months", "at", "quarter", "half", "end", "early"
    )
    if months:
        return _in_these_months(printed, period, months, at or "")
    return _recurring(printed, period, at or "", quarter, half, end, early)


def _in_these_months(printed: str, period: str, months: str, at: str) -> Deadline | None:
    """`每季度（3月、6月、9月、12月）20日前`; None where the months are not those of the period."""
    which = month_of_each(months, period)
    if which is None:
        return None
    days = re.findall(rf"({every.N})\s*[日号]", at)
    plain = days and which == "末月" and not every.NO_NAME.search(at)
    return recurring_named(printed, period, chinese_number(days[-1]) if plain else None)


@lru_cache(maxsize=1024)
def _recurring(
    printed: str, period: str, at: str, quarter: str | None, half: str | None, end: str | None, early: str | None
) -> Deadline | None:
    days = re.findall(rf"({every.N})\s*[日号]", at)
    number = chinese_number(days[-1]) if days else None  # of 每月1日至5日 the end counts
    month = 0
    if "年" in period and every.NOT_A_DAY.search(at) and "半年" not in period:
        return recurring_named(printed, period)
    if "年" in period and "半年" not in period and not every.EVERY_SO_MANY.search(period):
        month = _month_of(at, quarter, half, end, early)
    if month:
        day = number or next((day for third, day in _PARTS if third in at), None)
        if month <= 12 and day and day > calendar.monthrange(_LEAP, month)[1]:
            return Deadline(printed.strip(BLANKS), "date", None)  # 每年2月30日前: no calendar has it
        return Deadline(printed.strip(BLANKS), "recurring", None, _of_the_year(month, day))
    if every.NO_NAME.search(f"{period}{at}") or ("月" not in period and _FIRST_DAYS.search(at)):
        number = None  # a day of the first month, or of those after the end, has no name of its own
    return recurring_named(printed, period, number)


def _month_of(at: str, quarter: str | None, half: str | None, end: str | None, early: str | None) -> int:
    """The month of the year in which `每年一季度`, `每年上半年`, `每年6月`, `每年年初`, `每年年底` end; 0 where none is printed."""
    if quarter:
        return patterns.END_OF_QUARTER[chinese_number(quarter) or 4]
    if half:
        return 6 if half == "上" else 12
    months = re.findall(rf"({every.N})\s*月", at)
    if months and "后" not in at:
        return chinese_number(months[-1]) or 0  # of 每年3月至5月 the end counts
    if re.match("的?[首末]个?月", at):
        return 1 if "首" in at else 12
    if early:
        return 1 if "初" in early else 6
    return 12 if end else 0


def once(printed: str, found: re.Match[str]) -> Deadline:
    """`一年两次` → half_yearly, `一月一调度` → monthly; what the week, month, quarter and year do not give has no name."""
    amount = found["amount"]
    times = chinese_number(found["times"] or "一")
    name: str | None = None
    if amount == "半":
        name = {("年", 1): "half_yearly", ("年", 2): "quarterly"}.get((found["span"], times or 1))
    elif amount in {None, "一", "1"}:
        name = _ONCE.get((found["span"][0], times or 1))
    return Deadline(printed.strip(BLANKS), "recurring", None, name)


def _of_the_year(month: int, day: int | None) -> str:
    """`yearly:06-30`; a month without a day ends on its last."""
    if not 1 <= month <= 12:
        return "yearly"
    return f"yearly:{month:02d}-{day or calendar.monthrange(2023, month)[1]:02d}"


def recurring_named(printed: str, period: str, number: int | None = None) -> Deadline:
    """By the period that the words name (none where the draft has no word for it: 每两周), with the day of the month or of the
    quarter's last month where one is printed."""
    name: str | None
    if every.EVERY_SO_MANY.search(period):
        name = rhythm(period)
        name = name if name in _NAMED else None
    elif "半年" in period:
        name = "half_yearly"
    elif "季" in period:
        name = f"quarterly:{number}" if number else "quarterly"
    elif "月" in period:
        name = f"monthly:{number}" if number else "monthly"
    elif "周" in period or "星期" in period:
        name = "weekly"
    else:
        name = "yearly" if "年" in period else "daily"
    return Deadline(printed.strip(BLANKS), "recurring", None, name)
