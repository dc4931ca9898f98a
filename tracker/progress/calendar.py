"""The workday calendar (工作日历): weekends, holidays (节假日) and make-up workdays (调休), as published for a year.

Standard library only. What no published plan covers falls back to Monday–Friday; `covers` says where that is so.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

ONE_DAY = timedelta(days=1)
SATURDAY = 5


@dataclass(frozen=True, slots=True)
class Workdays:
    """Which days are workdays. `exceptions` are the days that are not what their weekday says."""

    exceptions: Mapping[date, bool] = field(default_factory=dict)
    """Day → whether it is a workday."""
    years: frozenset[int] = frozenset()
    """Years whose holiday plan is known; in others only the weekday counts."""

    def covers(self, day: date) -> bool:
        return day.year in self.years

    @property
    def last_year(self) -> int | None:
        return max(self.years, default=None)

    def is_workday(self, day: date) -> bool:
        return self.exceptions.get(day, day.weekday() < SATURDAY)

    def next_workday(self, day: date) -> date:
        """The first workday after a day."""
        return self._seek(day + ONE_DAY, ONE_DAY)

    def previous_workday(self, day: date) -> date:
        """The last workday before a day."""
        return self._seek(day - ONE_DAY, -ONE_DAY)

    def _seek(self, day: date, step: timedelta) -> date:
        while not self.is_workday(day):
            day += step
        return day

    def add_workdays(self, day: date, count: int) -> date:
        """The workday that is `count` workdays after (negative: before) a day; the day itself does not count."""
        move = self.next_workday if count > 0 else self.previous_workday
        for _ in range(abs(count)):
            day = move(day)
        return day

    def roll(self, day: date, rule: str) -> date:
        """Where a due date goes that falls on a day off: `next`, `previous`, or `none` (it stays)."""
        if rule == "none" or self.is_workday(day):
            return day
        return self.next_workday(day) if rule == "next" else self.previous_workday(day)


@dataclass(frozen=True, slots=True)
class DayEntry:
    """One line of a holiday plan."""

    day: date
    is_workday: bool
    name: str


@dataclass(frozen=True, slots=True)
class FaultyLine:
    number: int
    """From 1."""
    text: str
    reason: str
    """`columns`, `date`, `kind`, `twice`."""


_OFF = frozenset({"休", "放假", "假", "休息", "节假日", "off", "holiday", "0", "false"})
_WORK = frozenset({"班", "上班", "调休", "补班", "工作", "工作日", "work", "workday", "1", "true"})
_DATE = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?")
_CUT = re.compile(r"[,，;；\t]|\s{1,}(?=\S)")


def parse_plan(text: str) -> tuple[list[DayEntry], list[FaultyLine]]:
    """Reads a holiday plan, one day a line: `2027-01-01,休,元旦` or `2027-02-20,班`. Blank lines and a header are skipped.

    Separators are commas, semicolons, tabs or blanks, full-width ones too.
    """
    entries: dict[date, DayEntry] = {}
    faults: list[FaultyLine] = []
    for number, line in enumerate(text.lstrip("\ufeff").splitlines(), 1):
        words = line.strip()
        if not words or (number == 1 and not _DATE.match(words) and "日期" in words):
            continue
        read = _read_line(words)
        if isinstance(read, str):
            faults.append(FaultyLine(number, words, read))
        elif read.day in entries:
            faults.append(FaultyLine(number, words, "twice"))
        else:
            entries[read.day] = read
    return [entries[day] for day in sorted(entries)], faults


def _read_line(words: str) -> DayEntry | str:
    found = _DATE.match(words)
    if found is None:
        return "date"
    try:
        day = date(*(int(part) for part in found.groups()))
    except ValueError:
        return "date"
    rest = words[found.end() :].lstrip(",，;；\t ")
    kind, _, name = _partition(rest)
    if not kind:
        return "columns"
    if kind.lower() not in _OFF | _WORK:
        return "kind"
    return DayEntry(day, kind.lower() in _WORK, name.strip()[:40])


def _partition(text: str) -> tuple[str, str, str]:
    found = _CUT.search(text)
    return (text[: found.start()].strip(), found.group(), text[found.end() :]) if found else (text.strip(), "", "")


def uncovered(days: Iterable[date], covers: Callable[[date], bool]) -> tuple[int, ...]:
    """The years among these days that no holiday plan covers, in order."""
    return tuple(sorted({day.year for day in days if not covers(day)}))
