"""The figure of rank intervals: information about how firmly ranks stand, never a result."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from reports.figure import INK, SERIES_LOOKS, Cell, Figure, Table, height_for, layout, names_axis, number_axis
from reports.words import Translate


@dataclass(frozen=True, slots=True)
class RankInterval:
    unit: str
    rank: int
    low: int
    """The better end of the interval."""
    high: int
    href: str | None = None


def rank_intervals(title: str, units: Sequence[RankInterval], _: Translate) -> Figure:
    """A bar from the better to the worse end for each unit, the first on top, and a diamond at its rank in the result.
    A unit whose rank never moves has a bar of no length: its diamond stands alone."""
    interval, result = _("九成抽样的名次区间"), _("结果名次")
    places = list(range(len(units)))
    data = [
        {
            "type": "bar", "orientation": "h", "name": interval, "y": places, "width": 0.4,
            "base": [unit.low for unit in units], "x": [unit.high - unit.low for unit in units],
            "text": [f"{unit.low}–{unit.high}" if unit.high > unit.low else str(unit.low) for unit in units],
            "textposition": "none", "marker": {"color": SERIES_LOOKS[0].colour},
            "customdata": [unit.href for unit in units], "hovertemplate": "%{y}：%{text}<extra></extra>",
        },
        {
            "type": "scatter", "mode": "markers", "name": result, "y": places, "x": [unit.rank for unit in units],
            "marker": {"symbol": "diamond", "size": 11, "color": "#FFFFFF", "line": {"color": INK, "width": 2}},
            "customdata": [unit.href for unit in units], "hovertemplate": "%{y}：%{x}<extra></extra>",
        },
    ]  # fmt: skip
    ranks = {**number_axis(""), "rangemode": "normal", "tickformat": "d", "side": "top", "dtick": _step(units)}
    arrangement = layout(height=height_for(len(units)), xaxis=ranks, yaxis=names_axis([unit.unit for unit in units]))

    def table() -> Table:
        rows = ((Cell(unit.unit, unit.href), Cell(unit.rank), Cell(unit.low), Cell(unit.high)) for unit in units)
        return Table((_("单位"), result, _("区间最好名次"), _("区间最差名次")), tuple(rows))

    return Figure(title, {"data": data, "layout": arrangement}, table)


def _step(units: Sequence[RankInterval]) -> int:
    """Ranks are whole: so are the marks of their axis, ten or so of them."""
    return max(1, -(-max((unit.high for unit in units), default=1) // 10))
