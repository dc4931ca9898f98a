"""Figures for pages: plain plotly dictionaries, each with the table of its numbers.

Tests hold every figure against plotly's own schema. Names are data: what looks like markup in them is shown as it was
typed. Each number may lead to the list it counts: its address stands in `customdata` of its bar or point and in the table.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import cycle

from reports.figure import (
    INK,
    LEGEND,
    LIGHT_LOOKS,
    PATTERN,
    SERIES_LOOKS,
    Cell,
    Figure,
    Look,
    Table,
    height_for,
    layout,
    names_axis,
    number_axis,
    pale,
    plain,
)
from reports.words import LIGHTS, N_, LightKind, Translate

SHARE = "%{x:.1~f}%"
"""A percent with one decimal where it has one."""
_STATE_NAMES: Mapping[LightKind, str] = {**LIGHTS, "none": N_("– 未到期")}


@dataclass(frozen=True, slots=True)
class UnitProgress:
    unit: str
    percent: float
    """0–100."""
    overdue: int
    href: str | None = None
    overdue_href: str | None = None
    """The list of what is overdue; without it the unit's own list."""


@dataclass(frozen=True, slots=True)
class Series:
    """One layer of stacked bars: a number for every category, in their order."""

    name: str
    values: Sequence[int | float]
    hrefs: Sequence[str | None] = ()
    look: Look | None = None


@dataclass(frozen=True, slots=True)
class Month:
    month: str
    """`2026-03`."""
    planned: float | None
    """Percent that should be reached by the month's end."""
    actual: float | None
    """None for months to come."""
    href: str | None = None
    """What is due in the month."""
    planned_href: str | None = None
    """What is due by its end, of which `planned` is the share."""
    actual_href: str | None = None
    """What of that is accepted."""


def completion_by_unit(units: Sequence[UnitProgress], _: Translate) -> Figure:
    """Horizontal bars, the first unit on top. Units with something overdue are a trace of their own, with a pattern, and
    say beside the bar by shape and number what is late."""
    late = [(place, unit) for place, unit in enumerate(units) if unit.overdue]
    fine: dict[str, object] = {
        "y0": 0,
        "dy": 1,
        "x": [None if unit.overdue else unit.percent for unit in units],
        "customdata": _hrefs([unit.href for unit in units]),
    }
    overdue: dict[str, object] = {
        "y": [place for place, _unit in late],
        "x": [unit.percent for _place, unit in late],
        "text": [unit.overdue for _place, unit in late],
        "customdata": _hrefs([unit.href for _place, unit in late]),
    }
    data = [
        _completion_trace(_("无逾期"), fine, LIGHT_LOOKS["done"], SHARE),
        _completion_trace(_("有逾期"), overdue, LIGHT_LOOKS["overdue"], f"{SHARE}　{_(LIGHTS['overdue'])} %{{text}}"),
    ]
    arrangement = layout(
        height=height_for(len(units)),
        xaxis={**number_axis(_("完成率（%）")), "range": [0, 125], "tickvals": [0, 20, 40, 60, 80, 100]},
        yaxis=names_axis([unit.unit for unit in units]),
    )
    arrangement["barmode"] = "overlay"

    def table() -> Table:
        rows = tuple(
            (Cell(unit.unit, unit.href), Cell(unit.percent), Cell(unit.overdue, unit.overdue_href or unit.href))
            for unit in units
        )
        return Table((_("单位"), _("完成率（%）"), _("逾期（项）")), rows)

    return Figure(_("各单位完成率"), {"data": data, "layout": arrangement}, table)


def _completion_trace(name: str, values: dict[str, object], look: Look, words: str) -> dict[str, object]:
    return values | {
        "type": "bar",
        "orientation": "h",
        "name": name,
        "width": 0.62,
        "texttemplate": words,
        "textposition": "outside",
        "textangle": 0,
        "cliponaxis": False,
        "marker": {"color": look.colour, "pattern": {**PATTERN, "shape": look.pattern}},
        "hovertemplate": f"%{{y}}：{words}<extra></extra>",
    }


def states_by_chapter(
    chapters: Sequence[str], counts: Mapping[LightKind, Sequence[int]], _: Translate, *,
    hrefs: Mapping[LightKind, Sequence[str | None]] | None = None,
) -> Figure:  # fmt: skip
    """Stacked horizontal bars: how many tasks of each chapter stand under which light. `counts` by light, in the order
    of the chapters; lights that are not named are left out."""
    series = [
        Series(_(_STATE_NAMES[kind]), counts[kind], (hrefs or {}).get(kind, ()), look)
        for kind, look in LIGHT_LOOKS.items()
        if kind in counts
    ]
    return stacked_bars(
        _("各领域报送状态"), chapters, series, category=_("工作领域"), measure=_("报送（项）"), horizontal=True
    )


def grades_by_group(groups: Sequence[str], grades: Sequence[Series], _: Translate) -> Figure:
    """Stacked columns: how many units of each group got which grade; `grades` best first."""
    return stacked_bars(_("各组别等次分布"), groups, grades, category=_("组别"), measure=_("单位（个）"))


def stacked_bars(
    title: str,
    categories: Sequence[str],
    series: Sequence[Series],
    *,
    category: str,
    measure: str,
    horizontal: bool = False,
) -> Figure:
    """Stacked bars of any series. Raises ValueError where a series is not as long as the categories."""
    if any(len(layer.values) != len(categories) for layer in series):
        raise ValueError("every series needs one value for each category")
    along_axis, name_axis = ("x", "y") if horizontal else ("y", "x")
    data = []
    for layer, name, usual in zip(series, plain([layer.name for layer in series]), cycle(SERIES_LOOKS), strict=False):
        look = layer.look or usual
        data.append(
            {
                "type": "bar",
                "name": name,
                "orientation": "h" if horizontal else "v",
                along_axis: [value or None for value in layer.values],
                f"{name_axis}0": 0,
                f"d{name_axis}": 1,
                "texttemplate": f"%{{{along_axis}}}",
                "textposition": "inside",
                "insidetextanchor": "middle",
                "textangle": 0,
                "textfont": {"color": INK},
                "customdata": _hrefs(layer.hrefs),
                "marker": {
                    "color": pale(look.colour),
                    "line": {"color": look.colour, "width": 1},
                    "pattern": {**PATTERN, "fgcolor": look.colour, "shape": look.pattern, "solidity": 0.15},
                },
                "hovertemplate": f"%{{{name_axis}}}　%{{fullData.name}}：%{{{along_axis}}}<extra></extra>",
            }
        )
    names, numbers = names_axis(categories, down=horizontal), number_axis(measure)
    arrangement = layout(
        height=height_for(len(categories)) if horizontal else 380,
        xaxis=numbers if horizontal else names,
        yaxis=names if horizontal else numbers,
    )
    arrangement |= {"barmode": "stack", "legend": {**LEGEND, "traceorder": "normal"}}
    return Figure(title, {"data": data, "layout": arrangement}, partial(_stacked_table, categories, series, category))


def progress_by_month(months: Sequence[Month], _: Translate) -> Figure:
    """Two lines: what should be reached by each month's end and what was."""
    planned, actual = _("计划进度（%）"), _("实际进度（%）")
    data = [
        _line(planned, months, [(one.planned, one.planned_href) for one in months], "none", "dash", "square-open"),
        _line(actual, months, [(one.actual, one.actual_href) for one in months], "done", "solid", "circle"),
    ]
    arrangement = layout(
        height=360,
        xaxis={**number_axis(""), "type": "category", "showgrid": False},
        yaxis={**number_axis(_("进度（%）")), "range": [0, 105]},
    )

    def table() -> Table:
        rows = (
            (Cell(one.month, one.href), Cell(one.planned, one.planned_href), Cell(one.actual, one.actual_href))
            for one in months
        )
        return Table((_("月份"), planned, actual), tuple(rows))

    return Figure(_("按月进度"), {"data": data, "layout": arrangement}, table)


def _line(
    name: str, months: Sequence[Month], points: Sequence[tuple[float | None, str | None]], light: LightKind,
    dash: str, symbol: str,
) -> dict[str, object]:  # fmt: skip
    """One line over the months, in a light's colour, and told apart from the others by its dashes and marks as well."""
    colour = LIGHT_LOOKS[light].colour
    return {
        "type": "scatter",
        "mode": "lines+markers",
        "name": name,
        "x": [month.month for month in months],
        "y": [value for value, _href in points],
        "customdata": _hrefs([href for _value, href in points]),
        "connectgaps": False,
        "line": {"color": colour, "width": 2, "dash": dash},
        "marker": {"symbol": symbol, "size": 8, "color": colour},
        "hovertemplate": "%{x} %{fullData.name}：%{y}<extra></extra>",
    }


def _stacked_table(categories: Sequence[str], series: Sequence[Series], category: str) -> Table:
    rows = []
    for place, name in enumerate(categories):
        cells = (Cell(layer.values[place], layer.hrefs[place] if layer.hrefs else None) for layer in series)
        rows.append((Cell(name), *cells))
    return Table((category, *(layer.name for layer in series)), tuple(rows))


def _hrefs(hrefs: Sequence[str | None]) -> list[str | None]:
    """Addresses for `customdata`; nothing where there is none, which keeps the JSON short."""
    return list(hrefs) if any(hrefs) else []
