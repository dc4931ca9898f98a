"""The workbook part: which sheets there are, putting ours among them, taking macros out."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

from lxml import etree

from reports.markup.parts import LINKS, MAIN, Parts, q, resolved

SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
_MAIN_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
_BEFORE_NAMES = (
    "fileVersion", "fileSharing", "workbookPr", "workbookProtection", "bookViews", "sheets", "functionGroups",
    "externalReferences",
)  # fmt: skip
_MACRO_LINKS = frozenset(
    {"vbaProject", "vbaProjectSignature", "xlMacrosheet", "xlIntlMacrosheet", "attachedToolbars", "extensibility"}
)
_RUN_AT = re.compile(r"(?:_xlnm\.)?auto_(?:open|close|activate|deactivate)", re.IGNORECASE)


class SheetEntry(NamedTuple):
    element: etree._Element
    name: str
    part: str
    """'' where it is no worksheet."""


def main_part(parts: Parts) -> str:
    found = parts.linked("", "officeDocument")
    return found[0][1] if found else "xl/workbook.xml"


def sheet_entries(parts: Parts, main: str) -> list[SheetEntry]:
    targets = {
        item.get("Id"): ((item.get("Type") or "").rsplit("/", 1)[-1], resolved(main, item.get("Target") or ""))
        for item in parts.links(main)
    }
    entries: list[SheetEntry] = []
    for element in parts.tree(main).iterfind(f"{q('sheets')}/{q('sheet')}"):
        kind, part = targets.get(element.get(q("id", LINKS)), ("", ""))
        name = element.get("name") or f"Sheet{len(entries) + 1}"
        entries.append(SheetEntry(element, name, part if kind == "worksheet" and parts.has(part) else ""))
    return entries


def add_sheet(parts: Parts, main: str, name: str, root: etree._Element, *, first: bool = False) -> None:
    """Adds a worksheet in front of all, or behind all where no program shows it."""
    part = parts.unused("xl/worksheets/luoshi{}.xml")
    parts.put(part, root)
    parts.say_type(part, SHEET_TYPE)
    link = parts.link(main, "worksheet", part)
    sheets = parts.tree(main).find(q("sheets"))
    assert sheets is not None
    number = max((int(item.get("sheetId") or 0) for item in sheets), default=0) + 1
    element = etree.Element(q("sheet"), {"name": name, "sheetId": str(number), q("id", LINKS): link})
    if first:
        sheets.insert(0, element)
        renumber_names(parts.tree(main), {old: old + 1 for old in range(len(sheets))})
    else:
        element.set("state", "veryHidden")
        sheets.append(element)


def remove_sheets(parts: Parts, main: str, entries: list[SheetEntry]) -> None:
    """Takes sheets out; names that were of one of them go with it."""
    sheets = parts.tree(main).find(q("sheets"))
    assert sheets is not None
    gone = {id(entry.element) for entry in entries}
    kept: dict[int, int] = {}
    for old, element in enumerate(list(sheets)):
        if id(element) in gone:
            _drop_sheet(parts, main, element)
            sheets.remove(element)
        else:
            kept[old] = len(kept)
    renumber_names(parts.tree(main), kept)


def _drop_sheet(parts: Parts, main: str, element: etree._Element) -> None:
    for item in parts.links(main):
        if item.get("Id") == element.get(q("id", LINKS)):
            part = resolved(main, item.get("Target") or "")
            for kind in ("comments", "vmlDrawing", "drawing", "printerSettings"):
                for _item, below in parts.linked(part, kind):
                    parts.drop(below)
            parts.unlink(item, part)


def renumber_names(workbook: etree._Element, new: Mapping[int, int]) -> None:
    """Names of one sheet (print areas, filters) know it by its number, which has changed; so does the view."""
    for item in list(workbook.iterfind(f"{q('definedNames')}/{q('definedName')}")):
        local = item.get("localSheetId")
        if local is None or not local.isdecimal():
            continue
        if int(local) in new:
            item.set("localSheetId", str(new[int(local)]))
        else:
            _remove(item)
    for view in workbook.iterfind(f"{q('bookViews')}/{q('workbookView')}"):
        for name in ("activeTab", "firstSheet"):
            view.attrib.pop(name, "")


def repeat_row(workbook: etree._Element, sheet: str, row: int) -> None:
    """Prints a row of the first sheet on every page of it."""
    item = add_name(workbook, "_xlnm.Print_Titles", f"{sheet}!${row}:${row}")
    item.set("localSheetId", "0")
    item.attrib.pop("hidden")


def add_name(workbook: etree._Element, name: str, reference: str) -> etree._Element:
    names = workbook.find(q("definedNames"))
    if names is None:
        names = etree.Element(q("definedNames"))
        place = 0
        for number, other in enumerate(workbook):
            if other.tag in {q(one) for one in _BEFORE_NAMES}:
                place = number + 1
        workbook.insert(place, names)
    item = etree.SubElement(names, q("definedName"), name=name, hidden="1")
    item.text = reference
    return item


def names_of(workbook: etree._Element, prefix: str) -> dict[str, str]:
    return {
        name: (item.text or "").strip()
        for item in workbook.iterfind(f"{q('definedNames')}/{q('definedName')}")
        if (name := item.get("name") or "").startswith(prefix)
    }


def remove_names(workbook: etree._Element, prefix: str) -> None:
    for item in list(workbook.iterfind(f"{q('definedNames')}/{q('definedName')}")):
        if (item.get("name") or "").startswith(prefix):
            _remove(item)


def _remove(item: etree._Element) -> None:
    parent = item.getparent()
    assert parent is not None
    parent.remove(item)
    if not len(parent) and parent.tag == q("definedNames"):
        above = parent.getparent()
        if above is not None:
            above.remove(parent)


def remove_macros(parts: Parts, main: str) -> None:
    """Takes macros, macro sheets and what would start them out; the workbook is then a plain one."""
    links = {item.get("Id"): (item.get("Type") or "").rsplit("/", 1)[-1] for item in parts.links(main)}
    macro_sheets = [
        entry
        for entry in sheet_entries(parts, main)
        if links.get(entry.element.get(q("id", LINKS)), "") in _MACRO_LINKS
    ]
    if macro_sheets:
        remove_sheets(parts, main, macro_sheets)
    for source in ("", main):
        for item in parts.links(source):
            if (item.get("Type") or "").rsplit("/", 1)[-1] in _MACRO_LINKS:
                parts.unlink(item, resolved(source, item.get("Target") or ""))
    for name in sorted(parts.names):
        if name.rsplit("/", 1)[-1] in {"vbaproject.bin", "vbadata.xml"} or name.startswith("xl/macrosheets/"):
            parts.drop(name)
    workbook = parts.tree(main)
    for item in list(workbook.iterfind(f"{q('definedNames')}/{q('definedName')}")):
        runs = any(item.get(mark) in {"1", "true"} for mark in ("function", "vbProcedure", "xlm"))
        if runs or _RUN_AT.match(item.get("name") or ""):
            _remove(item)
    parts.say_type(main, _MAIN_TYPE)


def is_plain(parts: Parts, main: str) -> bool:
    """Whether it is of the usual kind, and not of the strict one, whose names are others."""
    return parts.has(main) and parts.tree(main).tag == f"{{{MAIN}}}workbook"
