"""Putting marks on a workbook: overlays and comments at cells, the first sheet, the sheet it is known again by."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterable, Mapping

from lxml import etree

from reports.markup.checklist import checklist_sheet, quoted, reference, write_text
from reports.markup.comments import add_comments, cell_of
from reports.markup.looks import Looks
from reports.markup.model import CHECKLIST_NAME, GRAVITY, SEAL, SHAPES, TAG, Book, Level
from reports.markup.parts import Parts, place_in, q, root_of
from reports.markup.workbook import (
    SheetEntry,
    add_name,
    add_sheet,
    is_plain,
    main_part,
    remove_macros,
    repeat_row,
    sheet_entries,
)
from reports.workbook.text import tab_names

LARGEST_PART = 64 << 20
"""Bytes of XML of a sheet that is changed as a tree; a larger one is given as a table of its tasks."""
_DAMAGE = (zipfile.BadZipFile, zlib.error, etree.XMLSyntaxError, EOFError, KeyError, ValueError, RuntimeError, OSError)


def can_be_marked(data: bytes) -> bool:
    """Whether it is a workbook of the usual kind whose sheets can be held."""
    try:
        parts = Parts(data)
        main = main_part(parts)
        if not is_plain(parts, main):
            return False
        sheets = [entry.part for entry in sheet_entries(parts, main) if entry.part]
        return bool(sheets) and all(parts.size(part) <= LARGEST_PART for part in sheets)
    except _DAMAGE:
        return False


def mark_workbook(data: bytes, book: Book) -> bytes:
    """The workbook with everything of `book` on it, without macros. What it said before it says still."""
    parts = Parts(data)
    main = main_part(parts)
    remove_macros(parts, main)
    entries = {entry.name: entry for entry in sheet_entries(parts, main) if entry.part}
    looks = Looks(parts, main)
    for number, (name, entry) in enumerate(entries.items(), 1):
        _show_alone(parts, entry)
        texts, levels = _at_cells(book, name)
        if texts:
            _overlay(parts.tree(entry.part), levels, looks)
            add_comments(parts, entry.part, texts, number=number + 40)
    workbook = parts.tree(main)
    for anchor in book.anchors:
        if anchor.sheet in entries:
            row, _column = cell_of(anchor.ref)
            letters = anchor.ref.rstrip("0123456789")
            add_name(workbook, f"{SEAL}_{anchor.name}", reference(anchor.sheet, f"${letters}${row + 1}"))
    add_sheet(parts, main, SEAL, _seal_sheet(book.seal))
    taken = [entry.name for entry in sheet_entries(parts, main)]
    name = tab_names([*taken, book.words.sheet])[-1]
    add_sheet(parts, main, name, checklist_sheet(book, looks), first=True)
    add_name(workbook, CHECKLIST_NAME, reference(name, "$A$1"))
    repeat_row(workbook, quoted(name), len(book.words.lines) + 2)
    return parts.saved()


def seal_workbook(data: bytes, seal: Iterable[tuple[str, ...]]) -> bytes:
    """A workbook of ours with nothing but the sheet that it is known again by."""
    parts = Parts(data)
    add_sheet(parts, main_part(parts), SEAL, _seal_sheet(seal))
    return parts.saved()


def _show_alone(parts: Parts, entry: SheetEntry) -> None:
    """Only the first sheet is chosen when the workbook opens: what is typed goes into every sheet that is."""
    part = entry.part
    data = parts.read(part)
    if b"tabSelected" in data[:20_000]:
        for view in parts.tree(part).iterfind(f"{q('sheetViews')}/{q('sheetView')}"):
            view.attrib.pop("tabSelected", "")


def _at_cells(book: Book, sheet: str) -> tuple[dict[str, str], dict[str, Level]]:
    """For each cell its comment and its gravest level."""
    held: dict[str, list[tuple[Level, str]]] = {}
    for item in book.items:
        if not item.mark:
            continue
        said = f"{SHAPES[item.level]} {book.words.levels[item.level]}：{item.text}"
        for place in item.places:
            if place.sheet == sheet and place.ref:
                held.setdefault(place.ref, []).append((item.level, f"{said}\n　{item.hint}" if item.hint else said))
    texts, levels = {}, {}
    for ref, found in held.items():
        found.sort(key=lambda one: GRAVITY.index(one[0]))
        texts[ref], levels[ref] = "\n".join(dict.fromkeys(text for _level, text in found)), found[0][0]
    return texts, levels


def _overlay(sheet: etree._Element, levels: Mapping[str, Level], looks: Looks) -> None:
    texts = _cells_with_text(sheet, levels)
    priority = _lowest_priority(sheet)
    for level in GRAVITY:
        for shaped in (True, False):
            refs = [ref for ref, one in levels.items() if one == level and (ref in texts) == shaped]
            if not refs:
                continue
            priority += 1
            holder = etree.Element(q("conditionalFormatting"), sqref=" ".join(refs))
            rule = etree.SubElement(
                holder,
                q("cfRule"),
                type="expression",
                dxfId=str(looks.overlay(level, shaped=shaped)),
                priority=str(priority),
            )
            etree.SubElement(rule, q("formula")).text = f'LEN("{TAG.format(level=level)}")>0'
            place_in(sheet, holder)


def _lowest_priority(sheet: etree._Element) -> int:
    """Of the rules that are there: theirs come first."""
    found = [rule.get("priority") or "" for rule in sheet.iter(q("cfRule"))]
    return max((int(one) for one in found if one.isdecimal()), default=0)


def _cells_with_text(sheet: etree._Element, wanted: Iterable[str]) -> set[str]:
    asked = set(wanted)
    return {
        ref
        for cell in sheet.iter(q("c"))
        if (ref := cell.get("r") or "") in asked and cell.get("t") in {"s", "inlineStr"}
    }


def _seal_sheet(lines: Iterable[tuple[str, ...]]) -> etree._Element:
    root = root_of("worksheet", linking=True)
    data = etree.SubElement(root, q("sheetData"))
    for number, cells in enumerate(lines, 1):
        row = etree.SubElement(data, q("row"), r=str(number))
        for column, text in enumerate(cells):
            write_text(etree.SubElement(row, q("c"), r=f"{_letters(column)}{number}"), text)
    return root


def _letters(column: int) -> str:
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name
