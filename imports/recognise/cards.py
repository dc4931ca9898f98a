"""Cards of running text: a title alone on its line, perhaps below its number, over lines that say by a label what is to be
done and by whom (`农村供水保障` / `主要内容：…` / `牵头单位：…`)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from imports.document import Paragraph
from imports.phrases.chars import BLANKS, fold, one_line
from imports.phrases.numbering import read_label
from imports.recognise.bullets import TEXT_LABEL
from imports.recognise.lines import is_note_line
from imports.recognise.nodes import Node

_LEAST_CARDS = 2
_LONGEST_TITLE = 40
_ENDS = "。；;：:，,、！!？?"
_RANK = 8.0
"""Below whatever has a number."""


@dataclass(frozen=True, slots=True)
class CardHead:
    number: Paragraph | None
    title: Paragraph

    def node(self) -> Node:
        lines = [line for line in (self.number, self.title) if line is not None]
        label = None
        if self.number is not None:
            printed = self.number.text.strip(BLANKS)
            label = read_label(f"{printed}.x")
            label = replace(label, length=len(printed)) if label is not None else None
        rank = label.rank if label is not None else _RANK
        return Node(rank, label, one_line(self.title.text), [(line.locator, line.text) for line in lines])


def card_heads(lines: Sequence[Paragraph]) -> dict[int, CardHead | None]:
    """The heads of cards by the position of their title, and None for that of a number; nothing where there are not two, or
    where one stands right behind running text."""
    found: dict[int, CardHead | None] = {}
    for at in range(len(lines) - 1):
        if not TEXT_LABEL.match(fold(lines[at + 1].text)) or not _is_title(lines[at].text):
            continue
        number = lines[at - 1] if at and lines[at - 1].text.strip(BLANKS).isdecimal() else None
        before = at - 1 if number is None else at - 2
        if found and (before < 0 or not is_note_line(fold(lines[before].text).strip(BLANKS))):
            return {}
        if number is not None:
            found[at - 1] = None
        found[at] = CardHead(number, lines[at])
    return found if sum(head is not None for head in found.values()) >= _LEAST_CARDS else {}


def _is_title(text: str) -> bool:
    plain = fold(text).strip(BLANKS)
    return (
        1 < len(plain) <= _LONGEST_TITLE
        and plain[-1] not in _ENDS
        and read_label(plain) is None
        and not plain.isdecimal()
        and not is_note_line(plain)
        and TEXT_LABEL.match(plain) is None
    )
