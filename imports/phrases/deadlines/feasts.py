"""Feasts (节日) by which a time is called: 春节前, “五一”前, 国庆节后一周内; and the day of each, year by year. No clock.

Feasts of the lunar calendar stand in a table (astronomical new moons, Beijing time); 清明 is a solar term and is computed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from imports.phrases.chars import fold

_FIRST_YEAR = 2020
_LUNAR = {
    "春节": (
        "0125 0212 0201 0122 0210 0129 0217 0206 0126 0213 0203 0123 0211 0131 0219 0208 "
        "0128 0215 0204 0124 0212 0201 0122 0210 0130 0217 0206 0126 0214 0202 0123"
    ),
    "端午": (
        "0625 0614 0603 0622 0610 0531 0619 0609 0528 0616 0605 0624 0612 0601 0620 0610 "
        "0530 0618 0607 0527 0614 0603 0622 0611 0531 0619 0608 0529 0615 0604 0623"
    ),
    "中秋": (
        "1001 0921 0910 0929 0917 1006 0925 0915 1003 0922 0912 1001 0919 0908 0927 0916 "
        "1004 0924 0913 1002 0920 0910 0928 0917 1005 0925 0915 1004 0922 0911 0930"
    ),
    "重阳": (
        "1025 1014 1004 1023 1011 1029 1018 1008 1026 1016 1005 1024 1012 1001 1020 1009 "
        "1027 1017 1007 1026 1014 1003 1022 1011 1029 1018 1008 1027 1016 1005 1024"
    ),
}
"""Month and day from 2020 on."""
_TABLE = {name: days.split() for name, days in _LUNAR.items()}
_SOLAR = {
    "元旦": (1, 1), "三八": (3, 8), "妇女节": (3, 8), "植树节": (3, 12), "五一": (5, 1), "劳动节": (5, 1), "五四": (5, 4),
    "青年节": (5, 4), "护士节": (5, 12), "六一": (6, 1), "儿童节": (6, 1), "七一": (7, 1), "建党节": (7, 1), "八一": (8, 1),
    "建军节": (8, 1), "医师节": (8, 19), "教师节": (9, 10), "十一": (10, 1), "国庆": (10, 1), "记者节": (11, 8),
    "宪法日": (12, 4),
}  # fmt: skip
_FROM_SPRING = {"除夕": -1, "元宵": 14}
"""Days from the Spring Festival."""
DAYS_OFF = frozenset({"元旦", "春节", "除夕", "清明", "五一", "劳动节", "端午", "中秋", "十一", "国庆"})
"""Feasts with public holidays around them."""
NAMES = "|".join((*_SOLAR, *_TABLE, *_FROM_SPRING, "清明")).replace("十一|", "")
"""For patterns of running text: 十一 without quotation marks is a number."""
_NAMED = (
    rf"(?:国际|全国|国家)?(?:{NAMES}|十一)"
    r"(?:(?<=五一)(?:国际)?劳动节|(?<=六一)(?:国际)?儿童节|(?<=三八)(?:国际)?妇女节|(?<=五四)青年节|(?<=七一)建党节|(?<=八一)建军节|(?<=十一)国庆节?)?"
    r"(?:佳?节)?"
)
_FEAST = re.compile(
    rf"(?:[\u4e00-\u9fff]{{0,4}}[于在])?(?:(?P<year>20\d\d|今|本|当|次|明|来|每)年度?的?)?(?P<names>{_NAMED}(?:[、和及与]?{_NAMED}){{0,5}})"
    r"(?:小长假|长假|黄金周|假期|放假)?"
    r"(?:(?:来临|到来|开始)?(?:之前|以前|前)|(?:结束)?[之以]?后的?(?P<span>[\d一二两三四五六七八九十半]{1,3}\s*个?(?:工作日|自然日|日|天|周|星期|月)(?:之内|以内|内)))"
)
_EACH = re.compile(_NAMED)
_NAME = re.compile(f"{NAMES}|十一")
_QUOTES = re.compile(r"[“”\"‘’\s]")


@dataclass(frozen=True, slots=True)
class Feast:
    """A time that is called by one feast."""

    name: str
    year: str
    """As it is printed before it: `2026`, `今`, `明`, `每`; empty where none is."""
    span: str
    """What is counted from its end (`一周内`); empty: the time ends before it."""


def feasts(text: str) -> tuple[Feast, ...]:
    """The feasts by which the whole text is called, each a time of its own (`五一、国庆节前`); none where it is no such time."""
    found = _FEAST.fullmatch(_QUOTES.sub("", fold(text)))
    if found is None:
        return ()
    names = (_NAME.search(one.group()) for one in _EACH.finditer(found["names"]))
    return tuple(Feast(name.group(), found["year"] or "", found["span"] or "") for name in names if name)


def feast_day(name: str, year: int) -> date | None:
    """The day of a feast; None where the table does not reach that year."""
    if name in _SOLAR:
        return date(year, *_SOLAR[name])
    if name == "清明":
        short = year % 100
        return date(year, 4, (short * 2422 + 48100) // 10000 - short // 4) if 2000 <= year < 2100 else None
    days = _TABLE["春节" if name in _FROM_SPRING else name]
    at = year - _FIRST_YEAR
    if not 0 <= at < len(days):
        return None
    return date(year, int(days[at][:2]), int(days[at][2:])) + timedelta(days=_FROM_SPRING.get(name, 0))
