"""Days that only the calendar of workdays tells: 12月31日前10个工作日, 6月最后一个工作日, 5月、8月第一周. Pure; no clock."""

from __future__ import annotations

import re
from datetime import date

from imports.phrases.chars import chinese_number, fold
from imports.phrases.deadlines import parse_time_cell
from imports.phrases.deadlines.every import COUNTED, N
from tracker.progress.calendar import Workdays
from tracker.progress.rhythms import dates
from tracker.progress.spans import number_of

_AHEAD = re.compile(
    r"(?P<until>.+?[日号底末内](?:之前|以前|前))的?\s*(?P<amount>\d{1,2}|[一二两三四五六七八九十]{1,3})\s*个?\s*工作日(?:之内|以内|内)?"
)
_OF_MONTHS = re.compile(
    rf"(?:(?:(?P<year>20\d\d)|今|本)年度?)?(?P<further>(?:(?:{N})\s*(?:月份?)?\s*[、和及与]\s*)*)(?P<last>{N})\s*月份?\s*的?(?P<words>{COUNTED})"
)


def single_days(text: str, year: int, workdays: Workdays) -> tuple[date, ...]:
    """One of each month that is named; none where the text is no such time. `year` stands in where none is printed."""
    folded = fold(text)
    found = _OF_MONTHS.fullmatch(folded)
    if found is None:
        day = _ahead(folded, year, workdays)
        return (day,) if day else ()
    of = (chinese_number(found["year"]) if found["year"] else None) or year
    months = [*re.findall(N, found["further"]), found["last"]]
    return tuple(
        day for month in months for day, _ in dates("yearly", "", f"每年{month}月{found['words']}", of, workdays)
    )


def _ahead(text: str, year: int, workdays: Workdays) -> date | None:
    """So many workdays before a date (12月31日前10个工作日); None where the text is no such time. `year` stands in where none is
    printed."""
    found = _AHEAD.fullmatch(text)
    base = parse_time_cell(found["until"], year) if found else ()
    if found is None or len(base) != 1 or base[0].date is None:
        return None
    return workdays.add_workdays(base[0].date, -number_of(found["amount"]))
