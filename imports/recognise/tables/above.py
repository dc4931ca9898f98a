"""Headings that stand in the text, each over a table of its own: `一、共性任务` and its table, `二、行业任务` and its table."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from imports.document import Block, Paragraph, Piece, Table
from imports.phrases.chars import BLANKS, fold
from imports.phrases.numbering import read_label

_FORMS = frozenset({"cn", "cn-bracket", "chapter"})
_LONGEST = 40
_LEAST_TABLES = 2


def headings_over_tables(blocks: Sequence[Block], tables: Collection[int]) -> dict[int, Piece]:
    """For each table (by its position) the heading right over it; none where not every table has one of the same form.

    One heading over one table alone says what the text goes on with, not what its tasks are about, unless the table itself
    goes on with the next one (`二、监管方面` in a row of its own).
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
    if len(found) == 1 and _goes_on_counting(blocks, found):
        return found
    return found if len(found) >= _LEAST_TABLES and len(forms) == 1 and forms <= _FORMS else {}


def _goes_on_counting(blocks: Sequence[Block], found: Mapping[int, Piece]) -> bool:
    """Is the next heading of the same form a row over the whole width of the one table?"""
    ((position, (_, text)),) = found.items()
    table, label = blocks[position], read_label(text)
    if not isinstance(table, Table) or label is None or label.form not in _FORMS:
        return False
    alone = (next(iter(pieces.values()))[1] for row in range(len(table.grid)) if len(pieces := table.pieces(row)) == 1)
    return any(
        below is not None and (below.form, below.value) == (label.form, label.value + 1)
        for below in map(read_label, alone)
    )


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
