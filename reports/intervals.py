"""The figure of rank intervals: information about how firmly ranks stand, never a result."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from reports.figure import INK, SERIES_LOOKS, Cell, Figure, Table, height_for, layout, names_axis, number_axis
from reports.words import Translate

_REACH = 0.3
"""How far a bar goes beyond the ranks at its ends: an interval of one rank has one to be seen, too."""


@dataclass(frozen=True, slots=True)
class RankInterval:
    unit: str
    rank: int
    low: int
    """The better end of the interval."""
    high: int
    href: str | None = None


def rank_intervals(title: str, units: Sequence[RankInterval], _: Translate) -> Figure:
    """A bar over the ranks of its interval for each unit, the first on top, and a diamond at its rank in the result: one of
    equals shares a rank there that it need not have in any draw."""
    interval, result = _("九成抽样的名次区间"), _("结果名次")
    places = list(range(len(units)))
    data = [
        {
            "type": "bar", "orientation": "h", "name": interval, "y": places, "width": 0.4,
            "base": [unit.low - _REACH for unit in units], "x": [unit.high - unit.low + 2 * _REACH for unit in units],
            "text": [f"{unit.low}–{unit.high}" if unit.high > unit.low else str(unit.low) for unit in units],
            "textposition": "none", "marker": {"color": SERIES_LOOKS[0].colour},
            "customdata": [unit.href for unit in units], "hovertemplate": "%{y}：%{text}<extra></extra>",
        },
        {
            "type": "scatter", "mode": "markers", "name": result, "y": places, "x": [unit.rank for unit in units],
            "cliponaxis": False,
            "marker": {"symbol": "diamond", "size": 11, "color": "#FFFFFF", "line": {"color": INK, "width": 2}},
            "customdata": [unit.href for unit in units], "hovertemplate": "%{y}：%{x}<extra></extra>",
        },
    ]  # fmt: skip
    ranks = {**number_axis(_("名次")), "rangemode": "normal", "tickformat": "d", **_marks(units)}
    arrangement = layout(height=height_for(len(units)), xaxis=ranks, yaxis=names_axis([unit.unit for unit in units]))

    def table() -> Table:
        rows = ((Cell(unit.unit, unit.href), Cell(unit.rank), Cell(unit.low), Cell(unit.high)) for unit in units)
        return Table((_("单位"), result, _("区间最好名次"), _("区间最差名次")), tuple(rows))

    return Figure(title, {"data": data, "layout": arrangement}, table)


def _marks(units: Sequence[RankInterval]) -> dict[str, Any]:
    """The axis from the first rank to the last one. Ranks are whole, so are its marks: each of a few has one."""
    last = max((max(unit.high, unit.rank) for unit in units), default=1)
    steps = {"dtick": 1} if last <= 10 else {"nticks": 6}
    return {"range": [1 - 2 * _REACH, last + 2 * _REACH], **steps}
