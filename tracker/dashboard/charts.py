"""Charts of the dashboard: figures with the addresses of the lists that each number counts."""

from __future__ import annotations

import calendar
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from urllib.parse import urlencode

from flask import url_for
from flask_babel import gettext as _

from reports.figure import Figure
from reports.figures import (
    Month,
    Series,
    UnitProgress,
    completion_by_unit,
    grades_by_group,
    progress_by_month,
    states_by_chapter,
)
from reports.words import LightKind
from tracker.dashboard.queries.dashboard import Dashboard, Grades
from tracker.progress.forms.filters import WITH
from tracker.progress.queries import Counts, MonthCounts, UnitCounts

BARS = 10
"""Bars of one chart; the list of the group below has all units."""
HEIGHTS = (200, 260, 320, 400, 520, 680)
STATES: tuple[LightKind, ...] = ("done", "on_time", "near", "overdue")


@dataclass(frozen=True, slots=True)
class Chart:
    """What the macro of charts takes."""

    id: str
    title: str
    figure: dict[str, Any]
    table: dict[str, Any]
    height: int
    note: str = ""
    paper: bool = True
    """Whether it is printed: what a list on the same sheet says is not."""
    wide: bool = False
    """Whether it takes the whole width."""
    href: str = ""
    link: str = ""
    """Where a line below it leads."""


def _say(message: str, /, **values: object) -> str:
    return _(message, **values)


def _chart(name: str, made: Figure, *, note: str = "", title: str = "", paper: bool = True) -> Chart:
    wanted = int(made.figure["layout"].pop("height", 320))
    height = next((height for height in HEIGHTS if height >= wanted), HEIGHTS[-1])
    rows = [[(cell.value, cell.href) if cell.href else cell.value for cell in row] for row in made.table.rows]
    return Chart(
        name, title or made.title, made.figure, {"columns": list(made.table.columns), "rows": rows}, height, note, paper
    )


Where = Callable[..., str]


def work_address(plan_id: int | None, *, archived: bool = False) -> Where:
    """Addresses of the ledger within the chosen plan, or with archived plans among the others."""
    of_plans: dict[str, Any] = {"plan": plan_id} if plan_id is not None else {"archived": WITH} if archived else {}
    base = url_for("progress.work")  # once: a page leads to the ledger two hundred times

    def address(**filters: Any) -> str:
        chosen: dict[str, Any] = of_plans | filters
        query = urlencode({name: value for name, value in chosen.items() if value is not None})
        return f"{base}?{query or 'state='}"  # what asks for nothing would leave out what is finished

    return address


def charts(found: Dashboard, today: date) -> list[Chart]:
    """In the order of the page: months beside grades, chapters or plans, units by group."""
    where = work_address(found.plan_id)
    made = [_months(found.months, found.total, where, today)] if found.months else []
    grades = _grades(found.grades)
    made += [grades] if grades else []
    wide = len(made) != 1
    if found.chapters:
        rows = [(one.chapter, one.counts, {"chapter": one.chapter_id}) for one in found.chapters]
        made.append(replace(_states("chapters", rows, where, title=_("各领域报送状态")), wide=wide))
    if len(found.by_plan) > 1:
        plans = [(one.plan, one.counts, {"plan": one.plan_id}) for one in found.by_plan]
        made.append(replace(_states("plans", plans, where, title=_("各计划报送状态")), wide=wide))
    made += [_units(place, group, units, where) for place, (group, units) in enumerate(found.groups)]
    return made


def _grades(found: Grades | None) -> Chart | None:
    if found is None or not found.counts:
        return None
    groups = list(found.counts)
    series = []
    for grade in found.grades:
        counts = [found.counts[group].get(grade, 0) for group in groups]
        hrefs = [
            url_for("assessment.run", run_id=found.run_id, group=group, grade=grade) if count else None
            for group, count in zip(groups, counts, strict=True)
        ]
        series.append(Series(grade, counts, hrefs))
    note = _("%(scheme)s，截至 %(day)s", scheme=found.scheme, day=found.as_of.isoformat())
    made = _chart("grades", grades_by_group([_say(group) for group in groups], series, _say), note=note)
    return replace(made, href=url_for("assessment.run", run_id=found.run_id), link=_("查看得分表"))


def _units(place: int, group: str, units: Sequence[UnitCounts], where: Where) -> Chart:
    shown = units[:BARS]
    bars = [
        UnitProgress(
            one.unit, one.counts.done_rate, one.counts.overdue, where(unit=one.unit_id),
            where(unit=one.unit_id, light="overdue"),
        )
        for one in shown
    ]  # fmt: skip
    note = _("逾期多、完成低的 %(n)s 个", n=BARS) if len(units) > BARS else ""
    title = _("%(group)s完成率", group=_say(group))
    return _chart(f"units-{place}", completion_by_unit(bars, _say), note=note, title=title, paper=False)


def _states(name: str, rows: Sequence[tuple[str, Counts, dict[str, Any]]], where: Where, *, title: str) -> Chart:
    values: dict[LightKind, list[int]] = {
        kind: [getattr(counts, kind) for _name, counts, _by in rows] for kind in STATES
    }
    hrefs = {kind: [where(light=kind, **by) for _name, _counts, by in rows] for kind in STATES}
    made = states_by_chapter([label for label, _counts, _by in rows], values, _say, hrefs=hrefs)
    return _chart(name, made, title=title)


def _months(months: Sequence[MonthCounts], total: Counts, where: Where, today: date) -> Chart:
    """Of everything that is to be reported: how much was due by each month's end, and how much of that is accepted."""
    points, due, done = [], 0, 0
    for one in months:
        due, done = due + one.counts.total, done + one.counts.done
        first = date.fromisoformat(f"{one.month}-01")
        last = first.replace(day=calendar.monthrange(first.year, first.month)[1])
        actual = _percent(done, total.total) if first <= today else None
        by_then = {"due_to": last.isoformat()}
        points.append(
            Month(
                one.month, _percent(due, total.total), actual, where(due_from=first.isoformat(), **by_then),
                where(**by_then), where(state="accepted", **by_then),
            )
        )  # fmt: skip
    note = _("按期限累计：应完成与已核的占比")
    return _chart("months", progress_by_month(points, _say), note=note)


def _percent(part: int, whole: int) -> float:
    """One decimal, half up; counts are whole, so this is exact before the last step."""
    return ((2000 * part + whole) // (2 * whole)) / 10 if whole else 0.0
