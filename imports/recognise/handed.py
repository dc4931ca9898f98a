"""Notes that hold for more than the item they stand at: of a chapter, or of the last of several items."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from imports.document import Piece
from imports.draft import Role
from imports.phrases.chars import fold
from imports.phrases.deadlines import time_clause
from imports.phrases.units import parse_units
from imports.recognise.columns import within_a_year
from imports.recognise.items import says_when
from imports.recognise.nodes import Group, Node

_DONE_BY = re.compile(r"(?P<time>.{2,20}?)的(?:任务|事项|问题|工作|项目)(?:清单)?(?:\(.{1,8}\))?")


def hand_down(node: Node, notes: Sequence[Piece], year: int | None) -> None:
    """Gives notes to an item, or to the items within it. Those that name who is to do it, or a time, keep their own; the lead
    of a chapter leads those too that only say who answers, and who answers there does so for those that only say who helps."""
    noted = [group for group in node.groups if group.notes]
    below = any(one.has_notes for one in node.walk())
    if not noted or (below and any(group.text for group in node.groups)):
        for child in node.children:
            hand_down(child, notes, year)
    if not noted:
        if not node.children:
            node.groups = node.groups or [Group()]
            node.groups[-1].notes.extend(notes)
        return
    for group in noted:
        own, handed = _roles(group.notes), _roles(notes)
        if "lead" not in own and ("lead" in handed or ("responsible" in handed and "responsible" not in own)):
            group.notes[:0] = [note for note in notes if parse_units(note[1]).names_a_doer]
    if not says_when(node, year):
        node.groups[-1].notes.extend(note for note in notes if not parse_units(note[1]).units)


def _roles(notes: Iterable[Piece]) -> set[Role]:
    return {unit.role for _, raw in notes for unit in parse_units(raw).units}


def time_of_heading(node: Node, year: int | None) -> list[Piece]:
    """When a chapter's items are to be done, where that is all that its heading says: `6月底前完成的任务(3项)`, `3月份`."""
    found = _DONE_BY.fullmatch(fold(node.title))
    time = node.title[: found.end("time")] if found else node.title if within_a_year(node.title) else ""
    return [(node.locator, time)] if time and time_clause(time, year) is not None else []


def inherited_note(node: Node) -> list[Piece] | None:
    """Units in brackets behind a chapter's heading hold for all its items that name none."""
    if not node.has_notes or any(group.text for group in node.groups):
        return None
    notes = [note for group in node.groups for note in group.notes]
    node.groups = []
    return notes


def shared_note(node: Node) -> list[Piece] | None:
    """A note on a line of its own after the last of several items that have none: it speaks for all of them."""
    last = node.children[-1]
    if (
        len(node.children) < 2
        or any(child.has_notes for child in node.children[:-1])
        or last.children
        or not last.groups
    ):
        return None
    notes = last.groups[-1].notes
    own_line = [
        piece
        for piece in notes
        if all(piece[0] != text[0] for text in last.groups[-1].texts) and piece[0] != last.locator
    ]
    if not own_line or any(child.children for child in node.children):
        return None
    return own_line
