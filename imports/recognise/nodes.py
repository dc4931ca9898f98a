"""The tree of a running text: items with their titles, texts and notes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from imports.document import Piece
from imports.phrases.chars import one_line
from imports.phrases.numbering import Label


@dataclass(slots=True)
class Group:
    """Text and the notes that close it: one task's worth of an item."""

    texts: list[Piece] = field(default_factory=list)
    notes: list[Piece] = field(default_factory=list)
    broken: set[int] = field(default_factory=set)
    """Positions of texts that only continue the text before, cut by a hard line break."""

    @property
    def text(self) -> str:
        return "".join(one_line(raw) for _, raw in self.texts)


@dataclass(slots=True)
class Node:
    rank: float
    label: Label | None
    title: str
    """Heading sentence without its label and full stop; '' where the item has none."""
    pieces: list[Piece]
    """Where label and title were read from."""
    groups: list[Group] = field(default_factory=list)
    children: list[Node] = field(default_factory=list)
    parent: Node | None = None
    inline: bool = False
    """Title and text stand in one paragraph: what follows without a number is perhaps no part of it."""
    goals: list[Piece] = field(default_factory=list)
    """Lines that say what is to be reached (整改目标:…), beside the text of what is to be done."""
    history: list[Piece] = field(default_factory=list)
    """Lines that say where the matter comes from (交办时间:…)."""
    trailing: list[Piece] = field(default_factory=list)
    """Paragraphs after the item was complete."""

    @property
    def locator(self) -> str:
        return self.pieces[0][0] if self.pieces else self.groups[0].texts[0][0]

    @property
    def has_notes(self) -> bool:
        return any(group.notes for group in self.groups)

    def ancestors(self) -> list[Node]:
        """Outermost first, without the node itself and without the root."""
        found: list[Node] = []
        node = self.parent
        while node is not None and node.parent is not None:
            found.append(node)
            node = node.parent
        return found[::-1]

    def walk(self) -> Iterator[Node]:
        for child in self.children:
            yield child
            yield from child.walk()
