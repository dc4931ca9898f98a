"""The lines of a cell of a PDF: those that were broken because the cell is too narrow are one, those that an author began anew
are kept apart. A file says only where each sign stands.

lines_of(signs) → lines; padding_of(boxes, lines) → points; joined(lines, room) → the cell's text.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from imports.readers.pdf.lines import LABEL

Sign = dict[str, Any]
"""A character as pdfplumber gives it: text, x0, x1, top, bottom, in points."""
Box = tuple[float, float, float, float]

_MOST_PADDING = 6.0
"""Points between a cell's rule and its text, at most: what stands further in is indented or centred."""
_SLACK = 1.0
_GAP = 0.3
"""Of a sign's height: a wider gap is a blank."""
_NO_LINE_BEGINS = "，。、；：！？）》」』”’,.;:!?)%"
"""Signs that are kept with the one before them (GB/T 15834-2011, 5.1)."""


@dataclass(frozen=True, slots=True)
class CellLine:
    signs: tuple[Sign, ...]
    """From left to right, without blanks."""

    @property
    def left(self) -> float:
        return float(self.signs[0]["x0"])

    @property
    def right(self) -> float:
        return float(self.signs[-1]["x1"])

    @property
    def text(self) -> str:
        text = ""
        before: Sign | None = None
        for sign in self.signs:
            if before is not None and sign["x0"] - before["x1"] > _GAP * (sign["bottom"] - sign["top"]):
                text += " "
            text += sign["text"]
            before = sign
        return text

    @property
    def beginning(self) -> float:
        """Points that the first signs take which no break may part."""
        last = 0
        while last + 1 < len(self.signs) and _hold_together(self.signs[last], self.signs[last + 1]):
            last += 1
        return float(self.signs[last]["x1"]) - self.left


def lines_of(signs: Sequence[Sign]) -> list[CellLine]:
    rows: list[list[Sign]] = []
    for sign in sorted(
        (one for one in signs if not one["text"].isspace()), key=lambda one: (one["top"] + one["bottom"], one["x0"])
    ):
        middle = (sign["top"] + sign["bottom"]) / 2
        if rows and rows[-1][0]["top"] < middle < rows[-1][0]["bottom"]:
            rows[-1].append(sign)
        else:
            rows.append([sign])
    return [CellLine(tuple(sorted(row, key=lambda one: one["x0"]))) for row in rows]


def padding_of(boxes: Sequence[Box], lines: Sequence[Sequence[CellLine]]) -> float:
    """How far the text of a table stands from the rules of its cells."""
    gaps = [line.left - box[0] for box, held in zip(boxes, lines, strict=True) for line in held]
    return max(0.0, min([_MOST_PADDING, *gaps]))


def joined(lines: Sequence[CellLine], room: float) -> str:
    """`room`: points that a line may be long."""
    text = ""
    for number, line in enumerate(lines):
        text += f"{parting(lines[number - 1], line, room)}{line.text}" if number else line.text
    return text


def parting(one: CellLine, other: CellLine, room: float) -> str:
    """What stands between two lines: nothing (a blank between Latin words) where the first had no room for what begins the
    second, unless that begins an item."""
    if LABEL.match(other.text) or one.right - one.left + other.beginning + _SLACK < room:
        return "\n"
    signs = one.text[-1] + other.text[0]
    return " " if signs.isascii() and signs.isalpha() else ""


def _hold_together(one: Sign, other: Sign) -> bool:
    first, second = str(one["text"]), str(other["text"])
    return second in _NO_LINE_BEGINS or (first.isascii() and second.isascii() and (first + second).isalnum())
