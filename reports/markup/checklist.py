"""The first sheet (核对清单): every finding with its place, what is wrong and what to do, linked to its cell."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from lxml import etree

from reports.markup.looks import Looks
from reports.markup.model import CHECKLIST_COLUMNS, SHAPES, Book, Item, Place
from reports.markup.parts import q, root_of
from reports.workbook.library import LINK_LIMIT
from reports.workbook.text import LOOKS_LIKE_FORMULA, fit, printed_lines

_WIDTHS = (5.0, 9.0, 15.0, 46.0, 44.0, 11.0, 11.0, 22.0, 2.0)
_LETTERS = "ABCDEFGHI"
_LAST = _LETTERS[CHECKLIST_COLUMNS - 2]
_CHOSEN, _WHY = 6, 7
_LINE, _ROOM, _TALLEST = 13.5, 4.5, 409.0
_ROW_LIMIT = 100_000
_PRESERVE = "{http://www.w3.org/XML/1998/namespace}space"


class _Line(NamedTuple):
    number: int
    item: Item
    place: Place | None


def checklist_sheet(book: Book, looks: Looks) -> etree._Element:
    words = book.words
    root = root_of("worksheet", linking=True)
    properties = etree.SubElement(root, q("sheetPr"))
    etree.SubElement(properties, q("tabColor"), rgb="FF1F4E8C")
    etree.SubElement(properties, q("pageSetUpPr"), fitToPage="1")
    above = len(words.lines) + 2
    view = etree.SubElement(
        etree.SubElement(root, q("sheetViews")), q("sheetView"), workbookViewId="0", tabSelected="1", showGridLines="0"
    )
    etree.SubElement(
        view, q("pane"), ySplit=str(above), topLeftCell=f"A{above + 1}", activePane="bottomLeft", state="frozen"
    )
    etree.SubElement(root, q("sheetFormatPr"), defaultRowHeight="18")
    columns = etree.SubElement(root, q("cols"))
    for number, width in enumerate(_WIDTHS, 1):
        column = etree.SubElement(
            columns, q("col"), min=str(number), max=str(number), width=str(width), customWidth="1"
        )
        if number == CHECKLIST_COLUMNS:
            column.set("hidden", "1")
    data = etree.SubElement(root, q("sheetData"))
    _top(data, book, looks)
    lines = list(_lines(book))[:_ROW_LIMIT]
    links = _body(data, lines, above, book, looks)
    last = above + max(len(lines), 1)
    if lines:
        etree.SubElement(root, q("autoFilter"), ref=f"A{above}:{_LAST}{last}")
    merges = etree.SubElement(root, q("mergeCells"))
    for row in range(1, above):
        etree.SubElement(merges, q("mergeCell"), ref=f"A{row}:{_LAST}{row}")
    if not lines:
        etree.SubElement(merges, q("mergeCell"), ref=f"A{last}:{_LAST}{last}")
    _choices(root, above + 1, last, words.accepted)
    if links:
        holder = etree.SubElement(root, q("hyperlinks"))
        for ref, target in links[:LINK_LIMIT]:
            etree.SubElement(holder, q("hyperlink"), ref=ref, location=target, display=target)
    _page(root, words.page)
    return root


def _lines(book: Book) -> Iterator[_Line]:
    for number, item in enumerate(book.items, 1):
        for place in item.places or (None,):
            yield _Line(number, item, place)


def _top(data: etree._Element, book: Book, looks: Looks) -> None:
    words = book.words
    width = sum(_WIDTHS[:-1])
    texts = [(words.heading, looks.heading(), 1.6), *((line, looks.line(), 1.0) for line in words.lines)]
    for number, (text, look, size) in enumerate(texts, 1):
        row = _row(data, number, printed_lines(text, width / size) * size)
        _put(row, 0, text, look)
    row = _row(data, len(texts) + 1, 1.4)
    for column, label in enumerate(words.labels):
        _put(row, column, label, looks.label())


def _body(data: etree._Element, lines: list[_Line], above: int, book: Book, looks: Looks) -> list[tuple[str, str]]:
    links: list[tuple[str, str]] = []
    if not lines:
        _put(_row(data, above + 1, 1), 0, book.words.nothing, looks.line())
    for number, (count, item, place) in enumerate(lines, above + 1):
        tall = max(
            printed_lines(text, width - 1) for text, width in zip((item.text, item.hint), _WIDTHS[3:5], strict=True)
        )
        row = _row(data, number, max(tall, 1 if place is None else printed_lines(place.shown, _WIDTHS[2] - 1)))
        _put(row, 0, str(count), looks.text(centred=True))
        _put(row, 1, f"{SHAPES[item.level]} {book.words.levels[item.level]}", looks.level(item.level))
        linked = place is not None and place.ref
        _put(row, 2, place.shown if place else "", looks.link() if linked else looks.text())
        _put(row, 3, item.text, looks.text(quoted=_like_formula(item.text)))
        _put(row, 4, item.hint, looks.text(quoted=_like_formula(item.hint)))
        _put(row, 5, item.state, looks.text(centred=True))
        open_ = bool(item.key) and not item.state
        for column in (_CHOSEN, _WHY):
            _put(row, column, "", looks.to_fill() if open_ else looks.text())
        _put(row, CHECKLIST_COLUMNS - 1, item.key, looks.text())
        if place is not None and place.ref:
            links.append((f"C{number}", reference(place.sheet, place.ref)))
    return links


def reference(sheet: str, ref: str) -> str:
    return f"{quoted(sheet)}!{ref}"


def quoted(sheet: str) -> str:
    name = sheet.replace("'", "''")
    return f"'{name}'"


def _like_formula(text: str) -> bool:
    return bool(LOOKS_LIKE_FORMULA.match(text))


def _row(data: etree._Element, number: int, lines: float) -> etree._Element:
    height = min(_TALLEST, _LINE * lines + _ROOM)
    return etree.SubElement(data, q("row"), r=str(number), ht=f"{height:.1f}", customHeight="1")


def _put(row: etree._Element, column: int, text: str, look: int) -> None:
    cell = etree.SubElement(row, q("c"), r=f"{_LETTERS[column]}{row.get('r')}", s=str(look))
    write_text(cell, text)


_ESCAPE_LIKE = re.compile(r"_(?=x[0-9a-fA-F]{4}_)")


def write_text(cell: etree._Element, text: str) -> None:
    """Puts text into a cell as nothing but text."""
    if text:
        cell.set("t", "inlineStr")
        piece = etree.SubElement(etree.SubElement(cell, q("is")), q("t"))
        piece.set(_PRESERVE, "preserve")
        piece.text = _ESCAPE_LIKE.sub("_x005F_", fit(text, "…"))


def _choices(root: etree._Element, first: int, last: int, accepted: str) -> None:
    holder = etree.SubElement(root, q("dataValidations"), count="1")
    rule = etree.SubElement(
        holder, q("dataValidation"), type="list", allowBlank="1", showErrorMessage="1", sqref=f"G{first}:G{last}"
    )
    etree.SubElement(rule, q("formula1")).text = f'"{accepted}"'


def _page(root: etree._Element, footer: str) -> None:
    etree.SubElement(root, q("printOptions"), horizontalCentered="1")
    etree.SubElement(
        root, q("pageMargins"), left="0.45", right="0.45", top="0.55", bottom="0.65", header="0.3", footer="0.3"
    )
    etree.SubElement(root, q("pageSetup"), paperSize="9", orientation="landscape", fitToWidth="1", fitToHeight="0")
    etree.SubElement(etree.SubElement(root, q("headerFooter")), q("oddFooter")).text = f"&C{footer}"
