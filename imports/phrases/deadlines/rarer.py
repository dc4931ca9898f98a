"""Rhythms that the draft's vocabulary has no name for: 双月, 每半月, 每旬, 每两周. Whoever makes dates of a deadline asks here."""

from __future__ import annotations

import re

from imports.phrases.chars import chinese_number, fold
from imports.phrases.deadlines.parts import within

_RHYTHMS = (
    (r"每?[两二2]个?季", "half_yearly"),
    (r"季度?[两二2]次", "quarterly"),
    (r"周[两二2三3四4]次|月[四4]次", "weekly"),
    (r"季度?[三3]次", "monthly"),
    (r"隔(?:[三四五六3-6]|[两二2]个?[周月星])|[两二三四五六2-6](?:个)?(?:年|季|天|学)|学[期年]", None),
    (r"双数?月|偶数月", "even_months"),
    (r"单数?月|奇数月", "odd_months"),
    (r"单周", "odd_fortnights"),
    (r"[双隔]周|隔一?个?周|[两二2]个?(?:周|星期)", "fortnightly"),
    (r"隔一?个?月|[两二2]个?月|年六次|年6次", "two_monthly"),
    (r"三个?月|3个?月", "quarterly"),
    (r"四个?月|4个?月|年[三3]次", "four_monthly"),
    (r"六个?月|6个?月", "half_yearly"),
    (r"半个?月|月[两二2]次", "half_monthly"),
    (r"旬|月[三3]次", "ten_daily"),
    (r"半年[三3]次", "two_monthly"),
)
_KNOWN = tuple((re.compile(pattern), name) for pattern, name in _RHYTHMS)

_NUMBER = r"(\d{1,2}|[一二三四五六七八九十]{1,3})"
_EVERY_MONTH = re.compile(rf"[末底]?\((?:于)?(?P<months>(?:{_NUMBER}\s*月?份?[底末]?\s*[、和及与]?\s*)+)\)")


def month_of_each(months: str, period: str) -> str | None:
    """Which month of each quarter or half-year those in brackets are: `首月`, `第二个月`, `末月`; None where they are no such months.

    `months` is the bracket as it is printed, folded.
    """
    length = 6 if "半年" in period else 3
    values = [chinese_number(one) or 0 for one in re.findall(r"\d{1,2}|[一二三四五六七八九十]{1,3}", months)]
    known = {1: "首月", length: "末月"} | ({2: "第二个月"} if length == 3 else {})
    return next((name for first, name in known.items() if values == list(range(first, 13, length))), None)


def unbracketed(text: str) -> str:
    """With the name of the month for the months in brackets: `每季度（3、6、9、12月）20日前` → `每季度末月20日前`."""
    folded = fold(text)
    found = _EVERY_MONTH.search(folded)
    name = month_of_each(found["months"], folded[: found.start()]) if found else None
    if found is None or name is None:
        return text
    return f"{folded[: found.start()]}{name}{folded[found.end() :].removeprefix('末月').removeprefix('首月').removeprefix('的')}"


def rhythm(text: str) -> str | None:
    """`two_monthly`, `even_months`, `odd_months`, `four_monthly`, `half_monthly`, `ten_daily`, `fortnightly`,
    `odd_fortnights`, or a name of the draft's own; None where the words give no days in each year (每学期, 每三年)."""
    folded = fold(within(text, 0).words)
    return next((name for pattern, name in _KNOWN if pattern.search(folded)), None)
