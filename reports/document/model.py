"""What a document is made of, without a word of its format: it is written as a file, and drawn on a page that is printed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar, Literal

TEXT_WIDTH = 156
"""Millimetres between the margins of GB/T 9704: 210 − 28 − 26."""


@dataclass(frozen=True, slots=True)
class Heading:
    """`level` 0 is the title of the document, in the middle."""

    kind: ClassVar[str] = "heading"
    text: str
    level: int = 1


@dataclass(frozen=True, slots=True)
class Banner:
    """The head of an official paper: who issues it in large red letters (发文机关标志), below them its number and what stands at
    the other end of that line, over a red rule."""

    kind: ClassVar[str] = "banner"
    text: str
    left: str
    right: str = ""


@dataclass(frozen=True, slots=True)
class Paragraph:
    kind: ClassVar[str] = "paragraph"
    text: str
    is_note: bool = False
    """Small: what a reader may pass over."""
    look: Literal["", "body", "flush", "signed"] = ""
    """Of an official paper (GB/T 9704: 3号, 22 lines a page): its text, indented by two characters; whom it is to (主送), which is
    not; who signs (落款), to the right."""


@dataclass(frozen=True, slots=True)
class Linked:
    """A text that opens an http(s) address; without one it is plain."""

    text: str
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Column:
    label: str
    width: int
    """Millimetres."""
    align: Literal["left", "center", "right"] = "left"


Cell = str | Linked


@dataclass(frozen=True, slots=True)
class Table:
    """Its labels are repeated on every page. `strong` are the rows, from 0, that stand out."""

    kind: ClassVar[str] = "table"
    columns: Sequence[Column]
    rows: Sequence[Sequence[Cell]]
    strong: frozenset[int] = frozenset()
    is_form: bool = False
    """A form to fill in: without the row of labels, the first column says what is asked, and it stays on one page."""
    is_large: bool = False
    """Of an official paper: its letters are nearer to those of the text."""


Block = Banner | Heading | Paragraph | Table


@dataclass(frozen=True, slots=True)
class Document:
    """`created`: UTC. Equal documents give equal bytes."""

    title: str
    author: str
    created: datetime
    blocks: Sequence[Block]
    language: str = "zh-CN"
