"""What comes again (周期性): the period that the words name, and its days."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator

from imports.draft import Deadline
from imports.phrases.chars import BLANKS
from imports.phrases.deadlines import patterns

Hit = tuple[int, int, Deadline]
"""First and last position, and what stands there."""


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
    every = found["rec"]
    day = re.search(r"(\d{1,2})\s*[日号]", found["at"] or "")
    month = re.search(r"(\d{1,2})\s*月", found["at"] or "")
    number = int(day.group(1)) if day else None
    if month and "年" in every and "半年" not in every:
        return Deadline(printed.strip(BLANKS), "recurring", None, _of_the_year(int(month.group(1)), number))
    if re.search(r"首|第[一二]", found["at"] or ""):
        number = None  # a day of the quarter's first month has no name of its own
    return recurring_named(printed, every, number)


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
