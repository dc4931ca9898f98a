"""What is going on in the invented city on a given day: which plans are out, and which assessments. Pure.

A plan is one of a calendar year, so early in a year the work that there is to see is that of the year before: until
`_NEW_YEAR_COUNTS` its plan is finished and assessed, while the new year's plans go out one by one.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

_NEW_YEAR_COUNTS = (4, 20)
"""From this day on a year has enough of its own work to be assessed."""
_HALF_YEAR_IS_OUT = (7, 12)
_NEXT_YEAR_BEGINS = (12, 10)
"""From this day on the city speaks of the livelihood projects of the next year."""
_YOUNG = timedelta(days=8)


@dataclass(frozen=True, slots=True)
class Printed:
    """A document of the city, the plan it becomes, and the day of the year on which it goes out."""

    file: str
    plan: str
    month: int
    day: int


OPENNESS = Printed("open-government.txt", "{year}年政务公开重点任务", 1, 16)
LIVELIHOOD = Printed("livelihood.xlsx", "{year}年民生实事项目", 1, 22)
BUSINESS = Printed("business-environment.docx", "{year}年优化营商环境重点任务", 2, 3)
ALL = (OPENNESS, LIVELIHOOD, BUSINESS)


@dataclass(frozen=True, slots=True)
class Issue:
    """A plan of a year, and the day on which it goes out."""

    printed: Printed
    year: int
    on: date

    @property
    def name(self) -> str:
        return self.printed.plan.format(year=self.year)


@dataclass(frozen=True, slots=True)
class Finished:
    """An assessment whose results are published: as of `as_of`, the last acts on `published_on`."""

    name: str
    as_of: date

    @property
    def adopted_on(self) -> date:
        return self.as_of - timedelta(days=10)

    @property
    def marked_on(self) -> date:
        return self.as_of + timedelta(days=6)

    @property
    def scored_on(self) -> date:
        return self.as_of + timedelta(days=10)

    @property
    def published_on(self) -> date:
        return self.as_of + timedelta(days=11)


@dataclass(frozen=True, slots=True)
class Under:
    """An assessment under way: every second unit has its marks, some deductions wait for an answer."""

    name: str
    today: date

    @property
    def adopted_on(self) -> date:
        return self.today - timedelta(days=40)

    @property
    def marked_on(self) -> date:
        return self.today - timedelta(days=18)

    @property
    def told_on(self) -> date:
        return self.today - timedelta(days=3)


@dataclass(frozen=True, slots=True)
class Setting:
    """`issues` in the order in which they go out; `assessed` is the plan that both assessments are about."""

    begins: date
    issues: tuple[Issue, ...]
    assessed: Issue
    finished: Finished
    under_way: Under


def setting_of(today: date) -> Setting:
    """What has happened by the evening before `today`: loaded at night, the city must not know of this morning."""
    main = today.year if (today.month, today.day) >= _NEW_YEAR_COUNTS else today.year - 1
    assessed = _as_printed(OPENNESS, main)
    as_printed = [_as_printed(each, today.year) for each in ALL]
    issues = {assessed} | {one for one in as_printed if one.on < today}
    if main < today.year or (today.month, today.day) >= _NEXT_YEAR_BEGINS:
        young = _young(today)
        issues = {young} | {one for one in issues if one.name != young.name}
    finished = _finished(today, main)
    in_order = sorted(issues, key=lambda one: (one.on, one.year, ALL.index(one.printed)))
    return Setting(date(main, 1, 4), tuple(in_order), assessed, finished, Under("政务公开年度考核方案", today))


def _as_printed(printed: Printed, year: int) -> Issue:
    return Issue(printed, year, date(year, printed.month, printed.day))


def _young(today: date) -> Issue:
    """The livelihood projects of the year that begins: out a week before today, or on their day where that is past."""
    year = today.year + 1 if (today.month, today.day) >= _NEXT_YEAR_BEGINS else today.year
    return Issue(LIVELIHOOD, year, min(_as_printed(LIVELIHOOD, year).on, today - _YOUNG))


def _finished(today: date, main: int) -> Finished:
    if main == today.year and (today.month, today.day) < _HALF_YEAR_IS_OUT:
        return Finished("政务公开一季度考核方案", date(main, 3, 31))
    return Finished("政务公开半年考核方案", date(main, 6, 30))
