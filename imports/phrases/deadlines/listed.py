"""What shares what follows: `3、6、9、12月底前`, `4月、7月、10月10日前`, `二、三季度`, `上、下半年`, `上半年、下半年各`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from imports.draft import Deadline
from imports.phrases.chars import BLANKS, chinese_number, fold
from imports.phrases.deadlines import every, patterns
from imports.phrases.deadlines.moments import calendar_day, end_of_month, year_of
from imports.phrases.deadlines.recurring import Hit

_NUMERALS = r"\d一二三四五六七八九十"
_NUMBER = re.compile(patterns.N)
_NUMBERS = re.compile("[.．、①-⑳)）]")
_MONTH = re.compile(r"\s*月份?")
_SIGN = re.compile(rf"[{_NUMERALS}]\s*(?:月份?\s*)?[、和及与]\s*(?:[次翌明来]年)?第?[{_NUMERALS}]|[、和及上]下半年")
_THIRDS = {"上": 10, "初": 10, "中": 20}
"""The day that a third of a month ends on, by its first character; the last one ends with the month."""
_AND = frozenset("、和及与")
_YEAR_ALONE = re.compile(r"20\d{2}\s*年")
_BY_A_YEAR = re.compile(rf"[到至]?\s*{_YEAR_ALONE.pattern}")


def listed(text: str, folded: str, year: int | None, *, cell: bool) -> Iterator[tuple[re.Match[str], list[Hit]]]:
    """Each list with what its numbers mean: whether it binds is for the text around it to say."""
    if not _SIGN.search(folded):
        return
    for found in (*patterns.LISTED.finditer(folded), *patterns.MONTHS.finditer(folded)):
        numbers = [*_NUMBER.finditer(folded, found.start("first"), found.end("first"))]
        numbers.append(
            next(_NUMBER.finditer(folded, found.end("next") if found.groupdict().get("next") else found.start("last")))
        )
        values = [chinese_number(number.group()) or 0 for number in numbers]
        if every.OF_EVERY_YEAR.search(folded, max(0, found.start() - 4), found.start()):
            continue  # they recur: 每年1、4、7、10月10日前
        ordered = values[:-1] if found.groupdict().get("next") else values
        if ordered == sorted(set(ordered)) and values[0] and not _is_numbering(folded, found, values, cell):
            yield (
                found,
                [_counted(text, found)]
                if found["counted"]
                else [_hit(text, found, number, number is numbers[-1], year) for number in numbers],
            )
    for found in patterns.HALVES.finditer(folded):
        first, join, last = found.start(), found.start("join"), found.end("join")
        yield (
            found,
            [
                (first, join, end_of_month(text[first:join], year, 6)),
                (last, found.end(), end_of_month(text[last : found.end()], year, 12)),
            ],
        )


def without_numbers(text: str) -> str:
    """A time cell with blanks for the numbers of its points, where it has several: `1.6月底前完成方案；2.9月底前完成建设`."""
    if not _NUMBERS.search(text):
        return text
    found = [*patterns.NUMBERED.finditer(fold(text))]
    values = [
        ord(one["circled"]) - ord("①") + 1 if one["circled"] else chinese_number(one["number"] or one["bracketed"])
        for one in found
    ]
    in_order = len(values) > 1 and values == [*range(1, len(values) + 1)]  # 二、三季度 is none
    for first, last in (one.span() for one in found) if in_order else ():
        text = f"{text[:first]}{' ' * (last - first)}{text[last:]}"
    return text


def goes_on(folded: str, found: re.Match[str], hits: list[Hit]) -> bool:
    """`到2022年和2030年，…分别不低于22%和30%`: of years in a row the first says that all of them bind."""
    before = hits[-1] if hits else None
    return (
        before is not None
        and before[1] + 1 == found.start()
        and folded[before[1]] in _AND
        and _BY_A_YEAR.fullmatch(before[2].text) is not None
        and _YEAR_ALONE.fullmatch(found.group()) is not None
        and folded[found.end() : found.end() + 1] not in {"的", "度"}
    )


def _is_numbering(folded: str, found: re.Match[str], values: list[int], cell: bool) -> bool:
    """`;2、6月底前完成`: the number of a point and a month."""
    if found.re is patterns.MONTHS:
        return False
    if found["unit"] == "季度":
        return values[-1] > 4
    begins = not found["year"] and (found.start() == 0 or folded[found.start() - 1] in "。;:")
    return values[-1] > 12 or (begins and not cell and len(values) == 2 and "、" in found["first"])


def _hit(text: str, found: re.Match[str], number: re.Match[str], is_last: bool, year: int | None) -> Hit:
    value, year = chinese_number(number.group()) or 0, year_of(found["year"], year)
    if is_last:
        start, end = found.span("last")
        return (
            start,
            end,
            _deadline(text[start:end].strip(BLANKS), found, value, year_of(found.groupdict().get("next"), year)),
        )
    month = _MONTH.match(found.string, number.end())
    start, end = number.start(), month.end() if month else number.end()
    start = found.start() if start == found.start("first") else start  # with the year before it
    shared = _deadline(text[start:end], found, value, year)
    ends = shared.date is None and year is not None  # `6月、12月31日前`
    return start, end, end_of_month(text[start:end], year, value) if ends else shared


def _counted(text: str, found: re.Match[str]) -> Hit:
    """`5月、8月的最后一个工作日`: told by the calendar of workdays, all in one."""
    return found.start(), found.end(), Deadline(text[found.start() : found.end()].strip(BLANKS), "phase")


def _deadline(printed: str, found: re.Match[str], value: int, year: int | None) -> Deadline:
    day = chinese_number(found["day"]) if found["day"] else _THIRDS.get((found["third"] or "")[:1])
    if found["unit"] == "季度":
        month = 3 * value - (2 if (found["qmonth"] or "").startswith("首") else 0)
        if found["day"] or (found["qmonth"] and day is not None):
            return Deadline(printed, "date", calendar_day(year, month, day or 0))
        return end_of_month(printed, year, month if found["qmonth"] else patterns.END_OF_QUARTER[value])
    if day is not None:
        return Deadline(printed, "date", calendar_day(year, value, day))
    return end_of_month(printed, year, value)
