"""Cards that lost their borders: every line names a field and says what it holds (`整改措施：…`), or names the field that
the next line holds."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from imports.document import Block, Paragraph, Piece, Table
from imports.phrases.chars import BLANKS
from imports.phrases.numbering import read_label
from imports.recognise.columns import Column, column_of
from imports.recognise.forms import turn

_FIELD = re.compile(
    r"(?P<name>(?P<key>[\u4e00-\u9fff]{2,8}?)(?P<count>[\d一二三四五六七八九十]{0,3})[:：]?)(?=[\s:：]{2}|(?<=[:：])|\t|$)\s*"
)
_BARS = BLANKS + "|｜"
_BEGINS = frozenset({Column.LEVEL, Column.NAME, Column.NUMBER, Column.REQUIREMENT, Column.PROGRESS})
_LEAST_CARDS = 2
_MOST_LINES = 4
"""That a value stands on, below its name."""


@dataclass(slots=True)
class _Line:
    name: Piece
    key: str
    values: list[Piece]
    below: bool
    """Does the value stand below the name?"""
    ends: list[int]
    """Behind the line itself, and behind each line of the value below it."""

    def cut(self) -> None:
        """Leaves the last value below a name its first line: what follows may be other text."""
        if self.below:
            del self.values[1:], self.ends[2:]


def run_of_fields(blocks: Sequence[Block], start: int) -> tuple[int, Table | None]:
    """The table that the cards beginning at `start` are, one row each, and where they end; None where there are not two."""
    first = _field(blocks, start)
    if first is None or not (column_of(first.key) in _BEGINS or first.name[1].strip(":：") != first.key):
        return start, None
    lines = _lines(blocks, start)
    cards = sum(line.key == first.key for line in lines)
    if cards < _LEAST_CARDS or Column.REQUIREMENT not in {column_of(line.key) for line in lines}:
        return start, None
    lines[-1].cut()
    cited = {(row, 0): line.name[0] for row, line in enumerate(lines)}
    cited.update({(row, 1): line.values[0][0] for row, line in enumerate(lines) if line.values})
    grid = [[line.name[1], "\n".join(text for _, text in line.values)] for line in lines]
    table = turn(Table(lines[0].name[0], grid, [line.name[0] for line in lines], cell_labels=cited))
    return (lines[-1].ends[-1], table) if table is not None else (start, None)


def _lines(blocks: Sequence[Block], start: int) -> list[_Line]:
    found: list[_Line] = []
    for position in range(start, len(blocks)):
        block = blocks[position]
        line = _field(blocks, position)
        if line is not None:
            found.append(line)
        elif not isinstance(block, Paragraph) or block.noise:
            break
        elif text := block.text.strip(_BARS):
            if not found[-1].below or len(found[-1].values) >= _MOST_LINES or read_label(text) is not None:
                break
            found[-1].values.append((block.locator, text))
            found[-1].ends.append(position + 1)
    return found


def _field(blocks: Sequence[Block], position: int) -> _Line | None:
    block = blocks[position]
    if not isinstance(block, Paragraph) or block.noise:
        return None
    text = block.text.strip(_BARS)
    found = _FIELD.match(text)
    if found is None or read_label(text) is not None or (column_of(found["key"]) is None and not found["count"]):
        return None
    value = text[found.end() :]
    values = [(block.locator, value)] if value else []
    return _Line((block.locator, found["name"]), found["key"], values, not value, [position + 1])
