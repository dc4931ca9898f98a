"""Rows that were copied out of a page with single blanks between their cells, some of which go on over several lines
(`1 专利培育 每万人拥有量达到8件 市市场监管局、` / `市科技局` / `12月底前`): dealt out as if every part stood on a line of its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from imports.document import Block, Paragraph, Table
from imports.recognise.bare import ends_run, run_of_bare_cells
from imports.recognise.cells import is_section
from imports.recognise.columns import UNIT_ROLES, Column, column_of

_LEAST_COLUMNS = 3


def run_of_streamed_rows(blocks: Sequence[Block], start: int) -> tuple[int, Table | None]:
    """The table whose header begins at `start`, its words parted by blanks, the first that of the numbers; None where its
    parts cannot be told apart."""
    first = blocks[start]
    columns = [column_of(word) for word in first.text.split()] if isinstance(first, Paragraph) else []
    if len(columns) < _LEAST_COLUMNS or columns[0] is not Column.NUMBER or not set(columns) & set(UNIT_ROLES):
        return start, None
    end = start
    parts: list[Block] = []
    ends: list[int] = []
    while end < len(blocks):
        block = blocks[end]
        if not isinstance(block, Paragraph) or block.noise or ends_run(block.text):
            break
        words = [block.text] if is_section(block.text) else block.text.split()
        parts.extend(replace(block, text=word) for word in words)
        end += 1
        ends.extend([end] * len(words))
    last, table = run_of_bare_cells(parts, 0)
    whole = table is not None and (last == len(parts) or ends[last - 1] < ends[last])
    return (ends[last - 1], table) if whole else (start, None)
