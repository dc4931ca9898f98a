"""What is marked on a workbook: findings with their places, the first sheet that lists them, what it is known again by.

Nothing of the person's own is changed: a colour is a conditional format over the cell, a text is a comment, and the names
that tell where a task stands move with its cell when rows are put in or sorted. So all of it can be taken off again.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, NamedTuple

Level = Literal["error", "warning", "note", "done"]

SEAL = "_luoshi"
"""Name of the sheet that no program shows: what the workbook was made from. Names of anchors begin with it, too."""
CHECKLIST_NAME = f"{SEAL}_"
"""Name that leads to the first sheet, whatever it is called beside the person's own."""
AUTHOR = "落实"
TAG = "luoshi-{level}"
"""Stands in the formula of a conditional format of ours, which is always true."""
BEGIN = "【核对】"
"""Begins what is ours in a comment; what stands before it is the person's."""

SHAPES: Mapping[Level, str] = {"error": "■", "warning": "▲", "note": "●", "done": "✓"}
FILLS: Mapping[Level, str] = {"error": "FFFBDAD7", "warning": "FFFFEFC2", "note": "FFDDEBFA", "done": "FFDDF1E1"}
INKS: Mapping[Level, str] = {"error": "FFA61B1B", "warning": "FF8A5A00", "note": "FF1F4E8C", "done": "FF1E6B3A"}
"""Each at least 5:1 against white and against its fill."""
GRAVITY: tuple[Level, ...] = ("error", "warning", "note", "done")

CHECKLIST_COLUMNS = 9
"""Number, level, place, what, what to do, state, what is decided, why, and, hidden, what the line is known again by."""


class Place(NamedTuple):
    """A cell of the workbook, or none where `ref` is empty."""

    sheet: str
    ref: str
    shown: str
    """As a person reads it: `任务!D7`, or a place of the document that the workbook was made from."""


class Anchor(NamedTuple):
    """A name that goes with a cell: `name` is letters, digits and underscores."""

    name: str
    sheet: str
    ref: str


@dataclass(frozen=True, slots=True)
class Item:
    """A finding, or a correction made so far."""

    level: Level
    text: str
    hint: str
    places: tuple[Place, ...]
    state: str = ""
    """What was done with it, in words; such an item is listed, not marked at its cells."""
    key: str = ""
    mark: bool = True


@dataclass(frozen=True, slots=True)
class Words:
    """The words of the first sheet and of the comments, in the person's language."""

    sheet: str
    heading: str
    lines: tuple[str, ...]
    labels: tuple[str, ...]
    """Of the first sheet's columns but the hidden one."""
    levels: Mapping[Level, str]
    accepted: str
    """What may be chosen as decided: checked and right as it stands."""
    nothing: str
    page: str
    """The footer: `第 &P 页 共 &N 页`."""


@dataclass(frozen=True, slots=True)
class Book:
    """Everything that is put on a workbook."""

    words: Words
    items: tuple[Item, ...]
    seal: tuple[tuple[str, ...], ...]
    """Lines of the hidden sheet."""
    anchors: tuple[Anchor, ...] = ()
