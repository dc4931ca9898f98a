"""One expression of time as the deadline that it sets: a moment, a range, a span; the last day counts."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from datetime import date, timedelta

from imports.draft import Deadline, DeadlineKind
from imports.phrases.chars import BLANKS, chinese_number, fold
from imports.phrases.deadlines import patterns


def folded_time(text: str) -> str:
    """As `fold`, with 元月 as the first month and Q3 as 3季; every character keeps its place."""
    folded = fold(text)
    if "Q" in folded or "q" in folded:
        folded = patterns.NAMED_Q.sub(r"\2季", folded)
    return patterns.FIRST_MONTH.sub("一月", folded) if "元月" in folded else folded


def year_of(printed: str | None, year: int | None) -> int | None:
    if printed is None or printed in {"今", "本", "当"}:
        return year
    if printed in {"次", "明", "翌", "来", "下", "下一", "第二"}:
        return year + 1 if year is not None else None
    number = chinese_number(printed.replace(" ", ""))
    return number + 2000 if number is not None and number < 100 else number


def moment(printed: str, found: re.Match[str], year: int | None, *, bare: bool) -> Deadline | None:
    deadline = _moment(printed, found, year, bare=bare)
    if deadline is None or not found["ahead"]:
        return deadline
    if found["unit"] == "工作日":
        return Deadline(deadline.text, "phase")  # its day is told by the calendar of workdays
    days = timedelta(days=chinese_number(found["ahead"]) or 0)
    return Deadline(deadline.text, "date", deadline.date - days if deadline.date else None)


def _moment(printed: str, found: re.Match[str], year: int | None, *, bare: bool) -> Deadline | None:
    groups = found.groupdict()
    actual = year_of(groups["year"], year)
    text = _without_preposition(printed, found)
    if groups["month"] and groups["counted"]:
        return Deadline(text, "phase")  # told by the calendar of workdays, as what is ahead of a date
    if groups["month"]:
        return _month(text, groups, actual, bare=bare)
    if groups["midyear"]:
        return end_of_month(text, actual, 6)
    if groups["half"]:
        return end_of_month(text, actual, 6 if groups["half"] == "上" else 12)
    if groups["quarter"]:
        quarter = chinese_number(groups["quarter"]) or 4
        if groups["qmonth"] or groups["endday"]:
            return _in_a_quarter(text, groups, quarter, actual)
        return end_of_month(text, actual, patterns.END_OF_QUARTER[quarter])
    if groups["yearend"] or groups["tail"] or (groups["year"] and (bare or groups["to"] or groups["before"])):
        return Deadline(text, "year_end", date(actual, 12, 31) if actual else None)
    return None


def _in_a_quarter(text: str, groups: dict[str, str | None], quarter: int, year: int | None) -> Deadline:
    """`第三季度首月10日前`, `二季度末月20日前`, `二季度末20日前`."""
    word = (groups["qmonth"] or "末").removesuffix("个")
    month = 3 * quarter - 3 + {"首": 1, "第一": 1, "第1": 1, "第二": 2, "第2": 2, "次": 4}.get(word, 3)
    actual, month = (year + 1 if year else None, 1) if month > 12 else (year, month)
    third = {"上旬": "10", "中旬": "20"}.get(groups["qthird"] or "")
    day = groups["qday"] or groups["endday"] or third
    if day is None:
        return end_of_month(text, actual, month)
    return Deadline(text, "date", calendar_day(actual, month, chinese_number(day) or 0))


_DROPPED = frozenset({"截至", "截止", "截止到", "于", "在", "自", "从"})


def _without_preposition(printed: str, found: re.Match[str]) -> str:
    """`于9月底前` is printed `9月底前`; `到2027年底` keeps its 到, which makes it a deadline."""
    preposition = found.groupdict().get("to")
    text = printed.strip(BLANKS)
    return text[len(preposition) :].strip(BLANKS) if preposition in _DROPPED else text


_PARTS: dict[str | None, int] = {"上旬": 10, "上半月": 15, "中旬": 20, "上中旬": 20, "中上旬": 20}
"""The day that a part of a month ends on, where that is not its last."""


def _month(text: str, groups: dict[str, str | None], year: int | None, *, bare: bool) -> Deadline | None:
    month = chinese_number(groups["month"] or "") or 0
    if not 1 <= month <= 12:
        return Deadline(text, "month_end", None) if bare or groups["before"] or groups["end"] else None
    if groups["day"]:
        return Deadline(text, "date", calendar_day(year, month, chinese_number(groups["day"]) or 0))
    if groups["third"] in _PARTS:
        return Deadline(text, "date", calendar_day(year, month, _PARTS[groups["third"]]))
    if groups["end"] and groups["end"][0] in "初中":
        return Deadline(text, "date", calendar_day(year, month, 10 if groups["end"][0] == "初" else 15))
    return end_of_month(text, year, month)


def end_of_month(text: str, year: int | None, month: int) -> Deadline:
    kind: DeadlineKind = "month_end"
    return Deadline(text, kind, date(year, month, calendar.monthrange(year, month)[1]) if year else None)


def calendar_day(year: int | None, month: int, day: int) -> date | None:
    if year is None or not 1 <= day <= calendar.monthrange(year, month)[1]:
        return None
    return date(year, month, day)


def numeric(printed: str, found: re.Match[str], _year: int | None) -> Deadline | None:
    actual, month = int(found["year"]), int(found["month"])
    text = printed.strip(BLANKS)
    if not 1 <= month <= 12:
        return Deadline(text, "date", None)
    if found["day"]:
        return Deadline(text, "date", calendar_day(actual, month, int(found["day"])))
    return None if "年" in printed else end_of_month(text, actual, month)


def years(printed: str, found: re.Match[str], year: int | None) -> Deadline:
    """`2026—2028年`, `今明两年`: the last one counts."""
    last = int(found["last"]) if found["last"] else year + 1 if year else None
    return Deadline(printed.strip(BLANKS), "year_end", date(last, 12, 31) if last else None)


def turn_of_year(printed: str, found: re.Match[str], year: int | None) -> Deadline:
    """`2027年初` ends with January."""
    if found["ends"]:
        return Deadline(printed.strip(BLANKS), "year_end", date(year, 12, 31) if year else None)
    named = found["begins"].removesuffix("初").rstrip("年度")
    return end_of_month(printed.strip(BLANKS), year_of(named or None, year), 1)


def range_of(printed: str, found: re.Match[str], year: int | None) -> Deadline | None:
    """`3—6月`, `2020年3月至6月`: the end counts."""
    actual = year_of(found["year2"] or found["year1"], year)
    month = chinese_number(found["m2"]) or 0
    if not 1 <= month <= 12:
        return None
    day = {"上旬": 10, "中旬": 20}.get(found["third"]) if found["third"] else chinese_number(found["d2"] or "")
    if day:
        return Deadline(printed.strip(BLANKS), "date", calendar_day(actual, month, day))
    return end_of_month(printed.strip(BLANKS), actual, month)


def relative(printed: str, _found: re.Match[str], _year: int | None) -> Deadline:
    return Deadline(printed.strip(BLANKS), "phase")


def spans(text: str, folded: str, year: int | None, known: set[int]) -> Iterator[tuple[int, int, Deadline]]:
    """All of a running text, with their positions. `known` are the ends of what is counted from a period that comes again
    (应于每季度结束后10日内)."""
    for found in patterns.AFTER_PERIOD.finditer(folded):
        known.add(found.end())
        yield found.start(), found.end(), _after_period(text[found.start() : found.end()], found, year)
    for found in patterns.RELATIVE.finditer(folded):
        limit = patterns.LIMIT_BEFORE.search(folded, max(0, found.start() - 24), found.start())
        if found.end() not in known and not limit:
            anchor = patterns.ANCHOR.search(folded, max(0, found.start() - 20), found.start())
            start = anchor.start("anchor") if anchor else found.start()
            yield start, found.end(), relative(text[start : found.end()], found, year)


def numeric_range(printed: str, found: re.Match[str], _year: int | None) -> Deadline:
    """`2026.5-2026.10`, `2026.5.1—10.31`: the end counts, in the first year where it prints none."""
    actual, month = int(found["year"] or printed[:4]), int(found["month"])
    text = printed.strip(BLANKS)
    if not 1 <= month <= 12:
        return Deadline(text, "date", None)
    if found["day"]:
        return Deadline(text, "date", calendar_day(actual, month, int(found["day"])))
    return end_of_month(text, actual, month)


def figures(printed: str, found: re.Match[str], year: int | None) -> Deadline:
    """`6.30`: a day whose year is the document's."""
    groups = found.groupdict()
    day = int(groups["day"] or groups["ones"] or 0)
    return Deadline(printed.strip(BLANKS), "date", calendar_day(year, int(groups["month"] or 0), day))


def figures_range(printed: str, found: re.Match[str], year: int | None) -> Deadline:
    """`6.1-6.30`: the end counts."""
    return Deadline(printed.strip(BLANKS), "date", calendar_day(year, int(found["month"]), int(found["day"])))


def days_of(printed: str, found: re.Match[str], year: int | None) -> Deadline | None:
    """`5月15日—31日`, `6月上旬至中旬`: the end counts."""
    actual, month = year_of(found["year"], year), chinese_number(found["month"]) or 0
    if not 1 <= month <= 12:
        return None
    if found["third"] == "下旬":
        return end_of_month(printed.strip(BLANKS), actual, month)
    day = {"上旬": 10, "中旬": 20}.get(found["third"] or "") or chinese_number(found["day"] or "") or 0
    return Deadline(printed.strip(BLANKS), "date", calendar_day(actual, month, day))


def _after_period(printed: str, found: re.Match[str], year: int | None) -> Deadline:
    """`上半年结束后15日内`: so many days after the end of the one half or quarter that is named."""
    text, days = printed.strip(BLANKS), chinese_number(found["days"]) or 0
    month = 6 if found["half"] else patterns.END_OF_QUARTER[chinese_number(found["quarter"]) or 1]
    if year is None:
        return Deadline(text, "date", None)
    return Deadline(text, "date", date(year, month, calendar.monthrange(year, month)[1]) + timedelta(days=days))


def quarters(printed: str, found: re.Match[str], year: int | None) -> Deadline:
    """`一至三季度`: the end counts."""
    last = chinese_number(found["quarter"]) or 4
    return end_of_month(printed.strip(BLANKS), year_of(found["year"], year), patterns.END_OF_QUARTER[last])
