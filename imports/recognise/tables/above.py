"""Headings that stand in the text, each over a table of its own: `一、共性任务` and its table, `二、行业任务` and its table."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from imports.document import Block, Paragraph, Piece
from imports.phrases.chars import BLANKS, fold
from imports.phrases.numbering import read_label

_FORMS = frozenset({"cn", "cn-bracket", "chapter"})
_LONGEST = 40
_LEAST_TABLES = 2


def headings_over_tables(blocks: Sequence[Block], tables: Collection[int]) -> dict[int, Piece]:
    """For each table (by its position) the heading right over it; none where not every table has one of the same form.

    One heading over one table alone says what the text goes on with, not what its tasks are about.
    """
    found: dict[int, Piece] = {}
    forms: set[str] = set()
    for position in sorted(tables):
        before = next((block for block in reversed(blocks[:position]) if not _is_blank(block)), None)
        text = unsigned(before) if isinstance(before, Paragraph) else ""
        label = read_label(text)
        if before is None or label is None or not _is_heading(text):
            return {}
        found[position] = (before.locator, text)
        forms.add(label.form)
    return found if len(found) >= _LEAST_TABLES and len(forms) == 1 and forms <= _FORMS else {}


def unsigned(paragraph: Paragraph) -> str:
    """The text of a paragraph without Markdown's sign of a heading."""
    if paragraph.heading_level is not None and paragraph.text.lstrip().startswith("#"):
        return paragraph.text.lstrip().lstrip("#").lstrip()
    return paragraph.text


def _is_blank(block: Block) -> bool:
    return isinstance(block, Paragraph) and not block.text.strip()


def _is_heading(text: str) -> bool:
    plain = fold(text).strip(BLANKS)
    return len(plain) <= _LONGEST and not plain.endswith(("。", ";", ":")) and "\n" not in plain
