"""Taking marks off again: what comes back is the person's own workbook, with what they changed in its cells."""

from __future__ import annotations

import re

from reports.markup.comments import remove_comments
from reports.markup.model import CHECKLIST_NAME, SEAL, TAG
from reports.markup.parts import Parts, q
from reports.markup.workbook import main_part, names_of, remove_macros, remove_names, remove_sheets, sheet_entries

_NAME = re.compile(r"^(?:'((?:[^']|'')+)'|([^'!]+))!\$?([A-Z]{1,3})\$?(\d+)$")
_OURS = TAG.format(level="")


def unmark_workbook(data: bytes, *, checklist: str) -> tuple[bytes, dict[str, str]]:
    """The workbook without what was put on it, and where each anchor stands now (`Sheet1!B7`, by its name).

    `checklist` is what the first sheet is usually called. Raises what lxml and zipfile raise for a file that is damaged.
    """
    parts = Parts(data)
    main = main_part(parts)
    remove_macros(parts, main)
    workbook = parts.tree(main)
    checklist = checklist_of(data, checklist)
    anchors = {
        name.removeprefix(f"{SEAL}_"): place
        for name, text in names_of(workbook, f"{SEAL}_").items()
        if (place := _place(text)) and name != CHECKLIST_NAME
    }
    remove_names(workbook, f"{SEAL}_")
    entries = sheet_entries(parts, main)
    remove_sheets(parts, main, [entry for entry in entries if entry.name in {SEAL, checklist}])
    for entry in entries:
        if entry.part and entry.name not in {SEAL, checklist}:
            _remove_overlays(parts, entry.part)
            remove_comments(parts, entry.part)
    return parts.saved(), anchors


def checklist_of(data: bytes, usual: str) -> str:
    """What the first sheet is called; `usual` where a program has dropped the name that leads to it."""
    parts = Parts(data)
    main = main_part(parts)
    place = _place(names_of(parts.tree(main), CHECKLIST_NAME).get(CHECKLIST_NAME, ""))
    return place.rpartition("!")[0] or usual


def _place(text: str) -> str:
    found = _NAME.match(text)
    if found is None:
        return ""
    sheet = found.group(1).replace("''", "'") if found.group(1) else found.group(2)
    return f"{sheet}!{found.group(3)}{found.group(4)}"


def _remove_overlays(parts: Parts, part: str) -> None:
    if _OURS.encode() not in parts.read(part):
        return
    sheet = parts.tree(part)
    for holder in list(sheet.iterfind(q("conditionalFormatting"))):
        for rule in list(holder):
            if any(_OURS in (formula.text or "") for formula in rule.iterfind(q("formula"))):
                holder.remove(rule)
        if not len(holder):
            sheet.remove(holder)
