"""Looks added to a workbook's own: what our first sheet needs, and the overlays of marked cells."""

from __future__ import annotations

from collections.abc import Mapping

from lxml import etree

from reports.markup.model import FILLS, GRAVITY, INKS, SHAPES, Level
from reports.markup.parts import Parts, q, root_of

STYLES_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"
_LINE = "FF7A7A7A"
_BEFORE = (
    "numFmts", "fonts", "fills", "borders", "cellStyleXfs", "cellXfs", "cellStyles", "dxfs", "tableStyles", "colors",
    "extLst",
)  # fmt: skip


class Looks:
    """The styles part of one workbook, to which looks are added; what is there keeps its number."""

    def __init__(self, parts: Parts, main: str) -> None:
        found = parts.linked(main, "styles")
        if found:
            self._root = parts.tree(found[0][1])
        else:
            self._root = root_of("styleSheet")
            parts.put("xl/styles.xml", self._root)
            parts.say_type("xl/styles.xml", STYLES_TYPE)
            parts.link(main, "styles", "xl/styles.xml")
        for name in ("fonts", "fills", "borders", "cellStyleXfs", "cellXfs"):
            self._first(name)
        self._made: dict[tuple[object, ...], int] = {}

    def heading(self) -> int:
        return self._cell(font=("黑体", 16, None, False), align="center")

    def line(self) -> int:
        return self._cell(font=("宋体", 10, "FF333333", False), align="left")

    def label(self) -> int:
        return self._cell(font=("黑体", 10, None, True), align="center", fill="FFE8EDF4", lined=True)

    def text(self, *, quoted: bool = False, centred: bool = False) -> int:
        align = "center" if centred else "left"
        return self._cell(font=("宋体", 10, None, False), align=align, lined=True, quoted=quoted)

    def level(self, level: Level) -> int:
        return self._cell(font=("宋体", 10, INKS[level], True), align="center", fill=FILLS[level], lined=True)

    def link(self) -> int:
        return self._cell(font=("宋体", 10, "FF0B5394", False, "u"), align="left", lined=True)

    def to_fill(self) -> int:
        """A cell that is to be filled in: it looks open."""
        return self._cell(font=("宋体", 10, None, False), align="left", fill="FFFFFFF0", lined=True, typed=True)

    def overlay(self, level: Level, *, shaped: bool) -> int:
        """Number of a differential look; `shaped` shows the level's sign before the text, which itself stays as it is."""
        holder = self._first("dxfs", empty=True)
        look = etree.SubElement(holder, q("dxf"))
        if shaped:
            sign = f'"{SHAPES[level]} "@'
            etree.SubElement(look, q("numFmt"), numFmtId=str(900 + GRAVITY.index(level)), formatCode=sign)
        fill = etree.SubElement(etree.SubElement(look, q("fill")), q("patternFill"), patternType="solid")
        etree.SubElement(fill, q("fgColor"), rgb=FILLS[level])
        etree.SubElement(fill, q("bgColor"), rgb=FILLS[level])
        border = etree.SubElement(look, q("border"))
        for side in ("left", "right", "top", "bottom"):
            etree.SubElement(etree.SubElement(border, q(side), style="thin"), q("color"), rgb=INKS[level])
        holder.set("count", str(len(holder)))
        return len(holder) - 1

    def _first(self, name: str, *, empty: bool = False) -> etree._Element:
        """A list of the part; where there is none it is made, with one plain entry unless it may be empty."""
        held = self._root.find(q(name))
        if held is not None:
            return held
        held = etree.Element(q(name))
        rank = _BEFORE.index(name)
        later = {q(other) for other in _BEFORE[rank + 1 :]}
        place = next((number for number, other in enumerate(self._root) if other.tag in later), len(self._root))
        self._root.insert(place, held)
        if not empty:
            _plain(held, name)
        return held

    def _cell(
        self, *, font: tuple[object, ...], align: str, fill: str = "", lined: bool = False, quoted: bool = False,
        typed: bool = False,
    ) -> int:  # fmt: skip
        key = (font, align, fill, lined, quoted, typed)
        if key not in self._made:
            look = etree.SubElement(
                self._first("cellXfs"), q("xf"), numFmtId="49" if typed else "0", fontId=str(self._font(font)),
                fillId=str(self._fill(fill)), borderId=str(self._border(lined)), xfId="0", applyFont="1", applyFill="1",
                applyBorder="1", applyAlignment="1", applyNumberFormat="1",
            )  # fmt: skip
            if quoted:
                look.set("quotePrefix", "1")
            etree.SubElement(look, q("alignment"), horizontal=align, vertical="center", wrapText="1")
            self._made[key] = self._counted("cellXfs")
        return self._made[key]

    def _font(self, font: tuple[object, ...]) -> int:
        name, size, colour, bold = font[:4]
        held = etree.SubElement(self._first("fonts"), q("font"))
        if bold:
            etree.SubElement(held, q("b"))
        if len(font) > 4:
            etree.SubElement(held, q("u"))
        etree.SubElement(held, q("sz"), val=str(size))
        if colour:
            etree.SubElement(held, q("color"), rgb=str(colour))
        etree.SubElement(held, q("name"), val=str(name))
        return self._counted("fonts")

    def _fill(self, colour: str) -> int:
        if not colour:
            return 0
        pattern = etree.SubElement(
            etree.SubElement(self._first("fills"), q("fill")), q("patternFill"), patternType="solid"
        )
        etree.SubElement(pattern, q("fgColor"), rgb=colour)
        return self._counted("fills")

    def _border(self, lined: bool) -> int:
        if not lined:
            return 0
        held = etree.SubElement(self._first("borders"), q("border"))
        for side in ("left", "right", "top", "bottom"):
            etree.SubElement(etree.SubElement(held, q(side), style="thin"), q("color"), rgb=_LINE)
        etree.SubElement(held, q("diagonal"))
        return self._counted("borders")

    def _counted(self, name: str) -> int:
        held = self._first(name)
        held.set("count", str(len(held)))
        return len(held) - 1


def _plain(held: etree._Element, name: str) -> None:
    """The entries that every workbook begins with."""
    kinds: Mapping[str, str] = {
        "fonts": "font",
        "fills": "fill",
        "borders": "border",
        "cellStyleXfs": "xf",
        "cellXfs": "xf",
    }
    entry = etree.SubElement(held, q(kinds[name]))
    if name == "fonts":
        etree.SubElement(entry, q("sz"), val="11")
        etree.SubElement(entry, q("name"), val="宋体")
    if name == "fills":
        etree.SubElement(entry, q("patternFill"), patternType="none")
        gray = etree.SubElement(held, q("fill"))
        etree.SubElement(gray, q("patternFill"), patternType="gray125")
    if kinds[name] == "xf":
        entry.attrib.update({"numFmtId": "0", "fontId": "0", "fillId": "0", "borderId": "0"})
    held.set("count", str(len(held)))
