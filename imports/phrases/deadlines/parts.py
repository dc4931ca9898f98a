"""The part of a year in which something comes again: 下半年每月, 自7月起每周, 2026年至2028年每年, 除12月外每月, 每周三…至10月31日止."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from imports.phrases.chars import chinese_number, fold

_N = r"\d{1,2}|[一二三四五六七八九十]{1,3}"
_TO = r"\s*(?:至|到|[-~—]+)\s*"
_LISTED = (
    rf"(?:(?:{_N})\s*(?:月份?)?\s*[、和及与]\s*)*(?:{_N})\s*月份?|"
    r"(?:第?[一二三四1-4](?:季度?)?\s*[、和及与]\s*)*第?[一二三四1-4]季度"
)
FRONT = (
    r"(?=[每自从\d一二三四五六七八九十上下第前后此之其以随除])"  # most places fail at once
    rf"(?:每年度?的?(?:[\u4e00-\u9fff]{{1,4}}[期季节]间?\()?)?[自从]?(?:(?P<since>20\d\d)年(?:起|开始)|(?P<begun>20\d\d)\s*年?(?:{_TO}|(?:[、和及]20\d\d年?)*[、和及])(?P<over>20\d\d)\s*年度?(?:期间|[底末])?|"
    r"(?:(?P<year>20\d\d)年)?(?:第?(?P<fourth>[一二三四1-4])季度(?:起|开始)|(?<![去全])(?P<part>[上下])半年起?|"
    r"(?:前|第?[一1](?:季度)?(?:至|到|[-~—]+)第?)(?P<until>[二三两23])个?季度|后(?P<latter>[二三两23])个?季度|"
    rf"(?<![\d一二三四五六七八九十])(?P<first>{_N})月?份?(?:(?P<day>{_N})[日号])?(?:(?<=[月份日号])(?:起|开始)|"
    rf"{_TO}(?:(?P<later>20\d\d|[次翌明来])年)?(?P<last>{_N})月份?(?:(?P<lastday>{_N})[日号]|[底末])?(?:[\u4e00-\u9fff]{{0,5}}期间?|\([\u4e00-\u9fff]{{1,6}}\))?)|(?<![\d一二三四五六七八九十、和及与第])(?P<only>{_LISTED})(?:期间|内|\([\u4e00-\u9fff]{{1,6}}\))?)|[此之其以随]后|"
    rf"除(?P<but>{_LISTED})[以之]?外|(?<![\d一二三四五六七八九十])(?P<except>{_LISTED})除外)(?=[,)]?[每逢双单隔按逐])"
)
"""Before the period. 除12月外 leaves the dates of December out."""
UNNAMED = re.sub(r"\?P<\w+>", "?:", FRONT)
"""For where it only has to be found: without groups it is quicker."""
BEHIND_SIGN = re.compile("[外止]|不报|免报|结束|直至")
_LEFT_OUT = rf"[,(]\s*(?:除(?P<but>{_LISTED})[以之]?外|(?P<except>{_LISTED})(?:除外|不报|免报))\)?"
_UNTIL = (
    rf",?(?:(?P<straight>直至)|[至到])(?:(?P<year>20\d\d|[次翌明来])年)?(?P<last>{_N})月份?(?:(?P<lastday>{_N})[日号]|[底末])?"
    r"(?:为?止|结束|(?(straight)|(?!)))"
)
BEHIND = re.compile(rf"[^,;。、()]{{0,8}}{_LEFT_OUT}|[^;。()]{{0,24}}?{_UNTIL}")
"""Behind the period, a few words between: `每月15日前报送（12月除外）`, `每周三报送进度，至10月31日止`."""
AFTERWARDS = re.compile(r"[此之其以随]后,?(?=[每逢双单隔按逐])")
"""What comes again after the date before it: `6月底前完成，之后每季度报送`."""
_FRONT = re.compile(rf"(?:{FRONT})[,)]?")
_AT_THE_END = re.compile(rf"(?:{_LEFT_OUT}|{_UNTIL})$")
_BEGIN, _END, _NEVER = (1, 1), (12, 31), (0, 0)
"""Month and day."""
_YEAR = frozenset(range(1, 13))


@dataclass(frozen=True, slots=True)
class Part:
    """Of one year: from when and until when (month and day), without which months; `words` say the rest."""

    begins: tuple[int, int]
    ends: tuple[int, int]
    without: frozenset[int]
    words: str
    opens: int
    """The year in which it begins, or the one that is asked about."""

    def holds(self, day: date) -> bool:
        return self.begins <= (day.month, day.day) <= self.ends and day.month not in self.without


def within(text: str, year: int) -> Part:
    """The part of this year that is printed with a recurrence, which begins with it or ends with it."""
    folded = fold(text)
    begins, ends, without = _BEGIN, _END, frozenset[int]()
    behind = _AT_THE_END.search(folded)
    if behind:
        without = _months(behind["but"] or behind["except"] or "")
        ends = _end(behind, _year_of(behind["year"], year), year) if behind["last"] else _END
        text, folded = text[: behind.start()], folded[: behind.start()]
    front = _FRONT.match(folded)
    if front:
        first, last = _span(front, year)
        without |= _months(front["but"] or front["except"] or "")
        if front["only"]:
            without |= _YEAR - _months(front["only"])
        begins, ends, text = max(begins, first), min(ends, last), text[front.end() :]
    opens = int(front["since"] or front["begun"] or front["year"] or year) if front else year
    return Part(begins, ends, without, text, max(opens, year))


def _span(found: re.Match[str], year: int) -> tuple[tuple[int, int], tuple[int, int]]:
    """The first day of this year that is inside, and the last one."""
    if found["since"]:
        return _BEGIN, _END if int(found["since"]) <= year else _NEVER
    if found["begun"]:
        return _BEGIN, _END if int(found["begun"]) <= year <= int(found["over"]) else _NEVER
    if found["until"]:
        return _BEGIN, (3 * (chinese_number(found["until"]) or 3), 31)
    if found["latter"]:
        return (13 - 3 * (chinese_number(found["latter"]) or 3), 1), _END
    if found["part"]:
        return ((1, 1), (6, 30)) if found["part"] == "上" else ((7, 1), _END)
    if not (found["fourth"] or found["first"]):
        return _BEGIN, _END
    start = int(found["year"] or year)
    month = 3 * (chinese_number(found["fourth"]) or 1) - 2 if found["fourth"] else chinese_number(found["first"]) or 1
    last = chinese_number(found["last"] or "")
    end = _year_of(found["later"], start) if found["later"] else start + (last < month if last else 0)
    first_day = (month, chinese_number(found["day"] or "") or 1) if start == year else _BEGIN
    if start > year or (last and end < year):
        return _BEGIN, _NEVER
    return first_day, _end(found, end, year) if last else _END


def _year_of(printed: str | None, year: int) -> int:
    """次年 and the like are the year after."""
    return int(printed) if printed and printed.isdecimal() else year + 1 if printed else year


def _end(found: re.Match[str], of: int, year: int) -> tuple[int, int]:
    if of != year:
        return _END if of > year else _NEVER
    return chinese_number(found["last"]) or 12, chinese_number(found["lastday"] or "") or 31


def _months(printed: str) -> frozenset[int]:
    """`1、2月`, `第四季度`."""
    numbers = [chinese_number(number) or 0 for number in re.findall(_N, printed)]
    if "季" in printed:
        return frozenset(month for number in numbers for month in range(3 * number - 2, 3 * number + 1))
    return frozenset(numbers)
