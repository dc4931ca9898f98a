"""Rhythms that the draft's vocabulary has no name for: 双月, 每半月, 每旬, 每两周. Whoever makes dates of a deadline asks here."""

from __future__ import annotations

import re

from imports.phrases.chars import chinese_number, fold

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
_WITHIN = re.compile(
    rf"[自从]?(?:(?P<year>20\d\d)年)?(?:第?(?P<quarter>[一二三四1-4])季度起|(?P<half>[上下])半年|"
    rf"(?P<first>{_NUMBER})月?份?(?:起|(?:至|到|[-~—]+)(?P<last>{_NUMBER})月份?)),?(?=[每逢])"
)


def within(text: str, year: int) -> tuple[range, str]:
    """The months of a year in which it comes again (`下半年每月`, `自7月起，每月`), and the words without them."""
    found = _WITHIN.match(fold(text))
    if found is None:
        return range(1, 13), text
    first, last = 1, 12
    if found["quarter"]:
        first = 3 * (chinese_number(found["quarter"]) or 1) - 2
    elif found["half"]:
        first, last = (1, 6) if found["half"] == "上" else (7, 12)
    else:
        first, last = chinese_number(found["first"]) or 1, chinese_number(found["last"] or "") or 12
    began = found["year"] is not None and int(found["year"]) < year and not found["last"]
    return range(1 if began else first, last + 1), text[found.end() :]


def rhythm(text: str) -> str | None:
    """`two_monthly`, `even_months`, `odd_months`, `four_monthly`, `half_monthly`, `ten_daily`, `fortnightly`,
    `odd_fortnights`, or a name of the draft's own; None where the words give no days in each year (每学期, 每三年)."""
    folded = fold(text)
    return next((name for pattern, name in _KNOWN if pattern.search(folded)), None)
