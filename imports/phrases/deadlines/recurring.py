"""What comes again (周期性): the period that the words name, and its days."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from functools import lru_cache

from imports.draft import Deadline
from imports.phrases.chars import BLANKS, chinese_number
from imports.phrases.deadlines import patterns

Hit = tuple[int, int, Deadline]
"""First and last position, and what stands there."""


_ONCE = {
    ("年", 1): "yearly", ("年", 2): "half_yearly", ("年", 4): "quarterly",
    ("季", 1): "quarterly", ("月", 1): "monthly", ("周", 1): "weekly",
}  # fmt: skip


def more_of(text: str, folded: str, start: int, recurrence: str) -> Iterator[Hit]:
    """Further days of `每年6月底、12月底` and `每月5日和20日前`: they recur every year and every month, too."""
    yearly = recurrence.startswith("yearly:")
    pattern = patterns.MORE_OF_THE_YEAR if yearly else patterns.MORE_OF_THE_MONTH
    while found := pattern.match(folded, start):
        day = int(found["day"]) if found["day"] else None
        name = _of_the_year(int(found["month"]), day) if yearly else f"monthly:{day}"
        yield found.start() + 1, found.end(), Deadline(text[found.start() + 1 : found.end()], "recurring", None, name)
        start = found.end()


def recurring(printed: str, found: re.Match[str], _year: int | None) -> Deadline | None:
    """Whole text of the expression: `每月5日前` → monthly:5, `每季度末月20日前` → quarterly:20, `每年1月31日前` → yearly:01-31."""
    return _recurring(printed, found["rec"], found["at"] or "", found["quarter"], found["half"], found["end"])


@lru_cache(maxsize=1024)
def _recurring(
    printed: str, every: str, at: str, quarter: str | None, half: str | None, end: str | None
) -> Deadline | None:
    days = re.findall(rf"({patterns.N})\s*[日号]", at)
    number = chinese_number(days[-1]) if days else None  # of 每月1日至5日 the end counts
    month = 0
    if "年" in every and "半年" not in every and not patterns.EVERY_SO_MANY.search(every):
        month = _month_of(at, quarter, half, end)
    if month:
        return Deadline(printed.strip(BLANKS), "recurring", None, _of_the_year(month, number))
    if re.search(r"首|第[一二]|(?<!最)后|季.*[次下]个?月", f"{every}{at}"):
        number = None  # a day of the first month, or of those after the end, has no name of its own
    return recurring_named(printed, every, number)


def _month_of(at: str, quarter: str | None, half: str | None, end: str | None) -> int:
    """The month of the year in which `每年一季度`, `每年上半年`, `每年6月`, `每年年底` end; 0 where none is printed."""
    if quarter:
        return patterns.END_OF_QUARTER[chinese_number(quarter) or 4]
    if half:
        return 6 if half == "上" else 12
    month = re.search(rf"({patterns.N})\s*月", at)
    if month:
        return chinese_number(month.group(1)) or 0
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


def recurring_named(printed: str, every: str, number: int | None = None) -> Deadline:
    """By the period that the words name (none where it is a number of them: 每两周), with the day of the month or of the
    quarter's last month where one is printed."""
    name: str | None
    if patterns.EVERY_SO_MANY.search(every):
        name = None
    elif "半年" in every:
        name = "half_yearly"
    elif "季" in every:
        name = f"quarterly:{number}" if number else "quarterly"
    elif "月" in every:
        name = f"monthly:{number}" if number else "monthly"
    elif "周" in every or "星期" in every:
        name = "weekly"
    else:
        name = "yearly" if "年" in every else "daily"
    return Deadline(printed.strip(BLANKS), "recurring", None, name)
