"""Figures for pages: plain plotly dictionaries, each with the table of its numbers.

No `plotly` object is built here: that costs thirty times the JSON itself. Tests hold every figure against plotly's own
schema. Colour never stands alone: bars carry a pattern and their number, lines a dash and a marker. Names are data: what
looks like markup in them is shown as it was typed. Each number may lead to the list it counts: its address stands in
`customdata` of its bar or point and in the table.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from reports.words import LIGHTS, N_, LightKind, Translate

FONT = '"Noto Sans CJK SC","Source Han Sans SC","PingFang SC","Microsoft YaHei",sans-serif'
INK, GRID = "#1F2937", "#D5DAE1"
BAR_HEIGHT = 30
"""Pixels of one bar in a chart that grows with its rows."""

_SCRIPT_SAFE = str.maketrans({"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"})
_MARKUP = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})


class Look(NamedTuple):
    colour: str
    pattern: str


LIGHT_LOOKS: Mapping[LightKind, Look] = {
    "done": Look("#1F5FA8", ""),
    "on_time": Look("#2E7D4F", "."),
    "near": Look("#B26A00", "/"),
    "overdue": Look("#B3261E", "x"),
    "none": Look("#6B7280", "-"),
}
"""Each 3:1 or more against white, and told apart by pattern alone in black and white."""

SERIES_LOOKS = (
    Look("#1F5FA8", ""),
    Look("#B26A00", "/"),
    Look("#2E7D4F", "."),
    Look("#B3261E", "x"),
    Look("#6B4FA0", "\\"),
    Look("#0F766E", "|"),
    Look("#6B7280", "-"),
    Look("#9D3C72", "+"),
)


class Cell(NamedTuple):
    """A cell of a figure's table: what it says, and where it leads."""

    value: str | int | float | None
    href: str | None = None


@dataclass(frozen=True, slots=True)
class Table:
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True, slots=True)
class Figure:
    """`figure` is what plotly.js takes: data and layout. `table` says the same to who cannot see it."""

    title: str
    figure: dict[str, Any]
    table: Table

    def as_json(self) -> str:
        """JSON that may stand inside a `<script type="application/json">` as it is."""
        return json.dumps(self.figure, ensure_ascii=False, separators=(",", ":")).translate(_SCRIPT_SAFE)


@dataclass(frozen=True, slots=True)
class UnitProgress:
    unit: str
    percent: float
    """0–100."""
    overdue: int
    href: str | None = None


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


def completion_by_unit(units: Sequence[UnitProgress], _: Translate) -> Figure:
    """Horizontal bars, the first unit on top. What is overdue is said beside the bar by shape and number."""
    late, fine = LIGHT_LOOKS["overdue"], LIGHT_LOOKS["done"]
    overdue_text = _("■ 逾期")
    trace = {
        "type": "bar",
        "orientation": "h",
        "y": list(range(len(units))),
        "x": [unit.percent for unit in units],
        "text": [
            f"{unit.percent:g}%　{overdue_text} {unit.overdue}" if unit.overdue else f"{unit.percent:g}%"
            for unit in units
        ],
        "textposition": "outside",
        "textangle": 0,
        "cliponaxis": False,
        "customdata": [unit.href for unit in units],
        "marker": {
            "color": [late.colour if unit.overdue else fine.colour for unit in units],
            "pattern": {**_PATTERN, "shape": [late.pattern if unit.overdue else fine.pattern for unit in units]},
        },
        "hovertemplate": "%{y}：%{text}<extra></extra>",
    }
    names = [unit.unit for unit in units]
    layout = _layout(
        height=_height(len(units)),
        xaxis={**_axis(_("完成率（%）")), "range": [0, 125], "tickvals": [0, 20, 40, 60, 80, 100]},
        yaxis=_names_axis(names),
        showlegend=False,
    )
    rows = tuple((Cell(unit.unit, unit.href), Cell(unit.percent), Cell(unit.overdue, unit.href)) for unit in units)
    table = Table((_("单位"), _("完成率（%）"), _("逾期（项）")), rows)
    return Figure(_("各单位完成率"), {"data": [trace], "layout": layout}, table)


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
        _("各领域任务状态"), chapters, series, category=_("工作领域"), measure=_("任务（项）"), horizontal=True
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
    places = list(range(len(categories)))
    data = []
    for number, layer in enumerate(series):
        look = layer.look or SERIES_LOOKS[number % len(SERIES_LOOKS)]
        values = list(layer.values)
        along, across = (values, places) if horizontal else (places, values)
        data.append(
            {
                "type": "bar",
                "name": plain(layer.name),
                "orientation": "h" if horizontal else "v",
                "x": along,
                "y": across,
                "text": [f"{value:g}" if value else "" for value in values],
                "textposition": "inside",
                "insidetextanchor": "middle",
                "textangle": 0,
                "textfont": {"color": INK},
                "customdata": list(layer.hrefs),
                "marker": {
                    "color": _pale(look.colour),
                    "line": {"color": look.colour, "width": 1},
                    "pattern": {**_PATTERN, "fgcolor": look.colour, "shape": look.pattern},
                },
                "hovertemplate": "%{fullData.name}：%{text}<extra></extra>",
            }
        )
    names, numbers = _names_axis(categories, down=horizontal), _axis(measure)
    layout = _layout(
        height=_height(len(categories)) if horizontal else 380,
        xaxis=numbers if horizontal else names,
        yaxis=names if horizontal else numbers,
        showlegend=True,
    )
    layout |= {"barmode": "stack", "legend": {**_LEGEND, "traceorder": "normal"}}
    return Figure(title, {"data": data, "layout": layout}, _stacked_table(categories, series, category))


def progress_by_month(months: Sequence[Month], _: Translate) -> Figure:
    """Two lines: what should be reached by each month's end and what was."""
    planned, actual = _("计划进度（%）"), _("实际进度（%）")
    names = [month.month for month in months]
    hrefs = [month.href for month in months]
    data = [
        {
            "type": "scatter",
            "mode": "lines+markers",
            "name": name,
            "x": names,
            "y": values,
            "customdata": hrefs,
            "connectgaps": False,
            "line": {"color": look.colour, "width": 2, "dash": dash},
            "marker": {"symbol": symbol, "size": 8, "color": look.colour},
            "hovertemplate": "%{x} %{fullData.name}：%{y}<extra></extra>",
        }
        for name, values, look, dash, symbol in (
            (planned, [month.planned for month in months], LIGHT_LOOKS["none"], "dash", "square-open"),
            (actual, [month.actual for month in months], LIGHT_LOOKS["done"], "solid", "circle"),
        )
    ]
    layout = _layout(
        height=360,
        xaxis={**_axis(""), "type": "category", "showgrid": False},
        yaxis={**_axis(_("进度（%）")), "range": [0, 105]},
        showlegend=True,
    )
    layout["legend"] = _LEGEND
    rows = tuple(
        (Cell(month.month, month.href), Cell(month.planned), Cell(month.actual, month.href)) for month in months
    )
    return Figure(_("按月进度"), {"data": data, "layout": layout}, Table((_("月份"), planned, actual), rows))


def plain(text: str) -> str:
    """A name as plotly shows it as typed: it reads `<b>` and `<a href>` in labels as markup."""
    return text.translate(_MARKUP)


_STATE_NAMES: Mapping[LightKind, str] = {**LIGHTS, "none": N_("– 未到期")}
_PATTERN: Mapping[str, object] = {"fillmode": "overlay", "fgcolor": "#FFFFFF", "size": 7, "solidity": 0.3}
_LEGEND: Mapping[str, object] = {"orientation": "h", "x": 0, "y": 1.02, "xanchor": "left", "yanchor": "bottom"}


def _stacked_table(categories: Sequence[str], series: Sequence[Series], category: str) -> Table:
    rows = []
    for place, name in enumerate(categories):
        cells = (Cell(layer.values[place], layer.hrefs[place] if layer.hrefs else None) for layer in series)
        rows.append((Cell(name), *cells))
    return Table((category, *(layer.name for layer in series)), tuple(rows))


def _layout(*, height: int, xaxis: dict[str, object], yaxis: dict[str, object], showlegend: bool) -> dict[str, object]:
    return {
        "height": height,
        "margin": {"l": 8, "r": 16, "t": 40 if showlegend else 8, "b": 40},
        "font": {"family": FONT, "size": 13, "color": INK},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "bargap": 0.35,
        "showlegend": showlegend,
        "xaxis": xaxis,
        "yaxis": yaxis,
    }


def _axis(title: str) -> dict[str, object]:
    return {
        "title": {"text": title},
        "gridcolor": GRID,
        "zerolinecolor": GRID,
        "automargin": True,
        "fixedrange": True,
        "rangemode": "tozero",
    }


def _names_axis(names: Sequence[str], *, down: bool = True) -> dict[str, object]:
    """An axis of names at whole numbers, so that two bars of one name stay two. `down` puts the first on top."""
    axis: dict[str, object] = {
        "tickmode": "array",
        "tickvals": list(range(len(names))),
        "ticktext": [plain(name) for name in names],
        "automargin": True,
        "fixedrange": True,
        "showgrid": False,
        "zeroline": False,
    }
    if down:
        axis["autorange"] = "reversed"
    return axis


def _height(bars: int) -> int:
    return max(180, BAR_HEIGHT * bars + 100)


def _pale(colour: str) -> str:
    """The colour at a third of its strength, dark text on which is easy to read (above 7:1)."""
    parts = (int(colour[place : place + 2], 16) for place in (1, 3, 5))
    return "#" + "".join(f"{round(255 - (255 - part) * 0.34):02X}" for part in parts)
