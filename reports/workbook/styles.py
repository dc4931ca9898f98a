"""How cells look: one table of formats a workbook, each made once."""

from __future__ import annotations

from collections.abc import Mapping

from xlsxwriter import Workbook
from xlsxwriter.format import Format

from reports.words import LightKind
from reports.workbook.sheet import Align, Column, Kind

BODY_FONT = "宋体"
BODY_SIZE = 10
HEADING_FONT = "黑体"

LIGHT_COLOURS: Mapping[LightKind, str] = {
    "on_time": "#1E6B3A",
    "near": "#8A5A00",
    "soon": "#1F4E8C",
    "behind": "#8A5A00",
    "reminded": "#1F4E8C",
    "warned": "#A04000",
    "overdue": "#A61B1B",
    "done": "#1F4E8C",
    "caught_up": "#8A5A00",
    "none": "#555555",
}
"""Each at least 5:1 against white; black and white print still shows shape and word."""

_ALIGN: Mapping[Kind, Align] = {
    "text": "left",
    "number": "right",
    "integer": "right",
    "percent": "right",
    "date": "center",
    "datetime": "center",
    "light": "center",
    "link": "left",
}

WRAPPED: tuple[Kind, ...] = ("text", "link")
"""Kinds whose text goes on in a further line of its cell."""

_LINES: Mapping[str, object] = {"border": 1, "border_color": "#7A7A7A"}

Properties = tuple[tuple[str, object], ...]


class Styles:
    """The formats of one workbook."""

    def __init__(self, workbook: Workbook) -> None:
        self._workbook = workbook
        self._made: dict[Properties, Format] = {}

    def heading(self) -> Format:
        return self._get(font_name=HEADING_FONT, font_size=16, align="center", valign="vcenter", text_wrap=True)

    def line(self) -> Format:
        return self._get(align="left", valign="vcenter", text_wrap=True, font_color="#333333")

    def label(self) -> Format:
        look = {**_LINES, "font_name": HEADING_FONT, "bold": True, "bg_color": "#E8EDF4"}
        return self._get(**look, align="center", valign="vcenter", text_wrap=True)

    def cell(
        self, column: Column, *, quoted: bool = False, light: LightKind | None = None, linked: bool = False
    ) -> Format:
        """`quoted` marks text that must stay text even after someone edits the cell."""
        look: dict[str, object] = {
            **_LINES,
            "valign": "vcenter",
            "align": column.align or _ALIGN[column.kind],
            "text_wrap": column.kind in WRAPPED,
        }
        number_format = "@" if column.typed else _number_format(column)
        if number_format:
            look["num_format"] = number_format
        if column.entry:
            look["locked"] = False
        if column.shaded:
            look["bg_color"] = "#ECEFF3"
        if quoted:
            look["quote_prefix"] = True
        if light:
            look["font_color"] = LIGHT_COLOURS[light]
        if linked:
            look |= {"font_color": "#0B5394", "underline": 1}
        return self._get(**look)

    def total(self, column: Column) -> Format:
        look: dict[str, object] = {**_LINES, "bold": True, "align": column.align or _ALIGN[column.kind]}
        look |= {"top": 2, "valign": "vcenter", "bg_color": "#F4F6F9"}
        number_format = _number_format(column)
        if number_format:
            look["num_format"] = number_format
        return self._get(**look)

    def _get(self, **look: object) -> Format:
        key = tuple(sorted(look.items()))
        if key not in self._made:
            self._made[key] = self._workbook.add_format(look)
        return self._made[key]


def _number_format(column: Column) -> str | None:
    if column.entry or column.exact:
        return None  # what is typed, marked or measured is shown as it is
    decimals = "." + "0" * column.places if column.places else ""
    formats: Mapping[Kind, str] = {
        "number": f"0{decimals}",
        "integer": "0",
        "percent": f"0{decimals}%",
        "date": "yyyy-mm-dd",
        "datetime": "yyyy-mm-dd hh:mm",
    }
    return formats.get(column.kind)
