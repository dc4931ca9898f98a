"""What a figure is made of: its dictionary and its table, the looks of its marks, axes and layout.

No `plotly` object is built: that costs thirty times the JSON itself. Colour never stands alone: bars carry a pattern and
their number, lines a dash and a marker.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

from reports.words import LightKind

FONT = '"Noto Sans CJK SC","Source Han Sans SC","PingFang SC","Microsoft YaHei",sans-serif'
INK, GRID = "#1F2937", "#D5DAE1"
BAR_HEIGHT = 30
"""Pixels of one bar in a chart that grows with its rows."""

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


PATTERN: Mapping[str, object] = {"fillmode": "overlay", "fgcolor": "#FFFFFF", "size": 7, "solidity": 0.3}
LEGEND: Mapping[str, object] = {"orientation": "h", "x": 0, "y": 1.02, "xanchor": "left", "yanchor": "bottom"}


class Cell(NamedTuple):
    """A cell of a figure's table: what it says, and where it leads."""

    value: str | int | float | None
    href: str | None = None


@dataclass(frozen=True, slots=True)
class Table:
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True)
class Figure:
    """`figure` is what plotly.js takes: data and layout. `table` says the same to who cannot see it."""

    title: str
    figure: dict[str, Any]
    make_table: Callable[[], Table]

    @cached_property
    def table(self) -> Table:
        """Made when it is asked for: an answer that carries the figure alone does not pay for it."""
        return self.make_table()

    def as_json(self) -> str:
        """JSON that may stand inside a `<script type="application/json">` as it is."""
        text = json.dumps(self.figure)
        return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


def plain(names: Sequence[str]) -> list[str]:
    """Names as plotly shows them as typed: it reads `<b>` and `<a href>` in labels as markup."""
    together = "".join(names)
    if "<" in together or "&" in together:
        return [name.translate(_MARKUP) for name in names]
    return list(names)


def layout(*, height: int, xaxis: dict[str, object], yaxis: dict[str, object]) -> dict[str, object]:
    return {
        "height": height,
        "margin": {"l": 8, "r": 16, "t": 40, "b": 40},
        "font": {"family": FONT, "size": 13, "color": INK},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "bargap": 0.35,
        "showlegend": True,
        "legend": LEGEND,
        "xaxis": xaxis,
        "yaxis": yaxis,
    }


def number_axis(title: str) -> dict[str, object]:
    return {
        "title": {"text": title},
        "gridcolor": GRID,
        "zerolinecolor": GRID,
        "automargin": True,
        "fixedrange": True,
        "rangemode": "tozero",
    }


def names_axis(names: Sequence[str], *, down: bool = True) -> dict[str, object]:
    """An axis of names at whole numbers, so that two bars of one name stay two. `down` puts the first on top."""
    axis: dict[str, object] = {
        "tickmode": "array",
        "tickvals": list(range(len(names))),
        "ticktext": plain(names),
        "automargin": True,
        "fixedrange": True,
        "showgrid": False,
        "zeroline": False,
    }
    if down:
        axis["autorange"] = "reversed"
    return axis


def height_for(bars: int) -> int:
    return max(180, BAR_HEIGHT * bars + 100)


def pale(colour: str) -> str:
    """The colour at a third of its strength, dark text on which is easy to read (above 7:1)."""
    parts = (int(colour[place : place + 2], 16) for place in (1, 3, 5))
    return "#" + "".join(f"{round(255 - (255 - part) * 0.34):02X}" for part in parts)
