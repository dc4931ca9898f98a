"""Spans of time (印发后30日内, 20个工作日内) and the day on which they end. Standard library and the calendar only; no clock.

A span is a deadline where it counts from the document: 印发之日起30日内. 受理后7日内办结 is a limit that a service keeps.
What is told from the day of writing (本周五前, 下月5日前) counts from the document, too: see `near`.
"""

from __future__ import annotations

import calendar as days_of
import re
from datetime import date, timedelta

from tracker.progress.calendar import Workdays
from tracker.progress.near import near, near_end

_SPAN = re.compile(
    r"(?P<amount>\d{1,4}|[一二两三四五六七八九十]{1,3}|半)\s*个?\s*"
    r"(?P<unit>工作日|自然日|小时|星期|季度|天|日|周|月|年)\s*(?:之内|以内|内|$)"
)
_FROM_A_DATE = re.compile(
    r".*(?:[日号底末内](?:之前|以前|前)的?[\d一二三四五六七八九十]|[\d一二三四五六七八九十]月份?的?[首前第最倒])[^,;。]{0,12}"
)
"""What counts from a date or inside a month that is printed: see `single`."""
_FROM_DOCUMENT = (
    r"(?:(?<![策性]文件)印发|下发|(?<!收到)(?<!接到)(?<!接)(?<!收到本)(?<!接到本)(?:通知(?=之日)|交办)|发文|发布|公布|"
    r"(?<!收到)(?<!接到)(?:本通知|本方案|本意见|(?<![策性本])文件(?!出台)|(?<!收到本)(?<!接到本)(?<=本)文件))"
    r"[^,，。;；、]{0,8}"
)
_DIGITS = {char: value for value, char in enumerate("零一二三四五六七八九")} | {"两": 2}


def counts_from_document(span: str, context: str) -> bool:
    """Whether the context has the span count from the document's own date: 印发之日起30日内, 文件下发后20个工作日内."""
    if near(span):
        return True
    return bool(span) and re.search(_FROM_DOCUMENT + re.escape(span), context) is not None


def stands_alone(span: str) -> bool:
    """Whether a span that is all that is said counts from the document: 30日内, 印发之日起30日内; 会后3日内 does not."""
    if near(span):
        return True
    if _FROM_A_DATE.fullmatch(span):
        return False
    found = _SPAN.search(span)
    before = span[: found.start()] if found else "后"
    return not re.search(r"[后起]", before) or re.search(f"{_FROM_DOCUMENT}$", before) is not None


def span_end(text: str, base: date, workdays: Workdays) -> date | None:
    """The last day of a span that counts from a day, which itself does not count; None where the text is no span.

    Months and years end on the same day of the month, or its last one: one month from 31 January is the end of February.
    """
    if near(text):
        return near_end(text, base)
    found = _SPAN.search(text)
    if found is None:
        return None
    amount, unit = number_of(found["amount"]), found["unit"]
    if found["amount"] == "半":
        return _months(base, 6) if unit == "年" else base + timedelta(days=15) if unit == "月" else None
    match unit:
        case "工作日":
            return workdays.add_workdays(base, amount)
        case "小时":
            return base + timedelta(days=-(-amount // 24))
        case "星期" | "周":
            return base + timedelta(weeks=amount)
        case "月" | "季度" | "年":
            return _months(base, amount * {"月": 1, "季度": 3, "年": 12}[unit])
    return base + timedelta(days=amount)


def number_of(text: str) -> int:
    """30, 三十, 十五, 两."""
    if text.isdecimal():
        return int(text)
    tens, ten, ones = text.rpartition("十")
    return (_DIGITS.get(tens, 1) * 10 if ten else 0) + _DIGITS.get(ones, 0)


def _months(day: date, count: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + count, 12)
    return date(year, month + 1, min(day.day, days_of.monthrange(year, month + 1)[1]))
