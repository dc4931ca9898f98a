"""Results that were flattened to lines (序号, 单位, 得分, 等次 and the cells below, one a line): the table that they were, in which
nobody is asked to do anything."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice
from operator import itemgetter

from imports.document import Block, Paragraph, Piece, Table
from imports.phrases.chars import BLANKS, fold, squeeze
from imports.recognise.bare import ends_run
from imports.recognise.columns import UNIT_ROLES, Column, column_of

_RESULT = re.compile(
    r"[\u4e00-\u9fff]{0,6}(?:得分|分数|总分|评分|成绩|等次|等级|档次|名次|排名|位次)(?:\([^()]{1,6}\))?"
)
_BODY = re.compile(r"(?:县区|区县|县市区|县\(市、区\)|乡镇|镇街|镇\(街道\)|乡镇\(街道\)|街道)(?:名称)?")
_BAR = BLANKS + "|"
_LEAST_WORDS = 3
_MOST_WORDS = 12
_LONGEST = 30


def with_results(blocks: Sequence[Block]) -> list[Block]:
    """The blocks with every run of lines that holds results as a table."""
    found: list[Block] = []
    at = 0
    while at < len(blocks):
        end, table = _run(blocks, at)
        found.append(blocks[at] if table is None else table)
        at = end if table is not None else at + 1
    return found


def _run(blocks: Sequence[Block], start: int) -> tuple[int, Table | None]:
    """The table whose header begins at `start`, and where it ends; None where none does."""
    first = next(_lines(blocks, start), None)
    if first is None or not first[1] or not _is_word(first[1]):
        return start, None
    head = list(islice(filter(itemgetter(1), _lines(blocks, start)), _MOST_WORDS + 1))
    texts = [text for _, text in head]
    width = next((at for at, text in enumerate(texts) if not _is_word(text)), 0)
    if width < _LEAST_WORDS or not _holds_results(texts[:width], texts[width]):
        return start, None
    lines = list(_lines(blocks, start))
    cells = [piece for piece in lines if piece[1]]
    if len(cells) < 2 * width:
        return start, None
    rows = [cells[at : at + width] for at in range(0, len(cells), width)]
    grid = [[text for _, text in row] + [""] * (width - len(row)) for row in rows]
    cited = {(row, column): cell[0] for row, line in enumerate(rows) for column, cell in enumerate(line)}
    return start + len(lines), Table(cells[0][0], grid, [row[0][0] for row in rows], cell_labels=cited)


def _lines(blocks: Sequence[Block], start: int) -> Iterator[Piece]:
    """The cells from `start` on, one a line, with '' for a bar or a blank line alone: up to what is no cell."""
    for at in range(start, len(blocks)):
        block = blocks[at]
        if not isinstance(block, Paragraph) or block.noise or block.hidden:
            return
        folded = fold(block.text).strip(_BAR)
        if len(folded) > _LONGEST or "|" in folded or "。" in folded or ends_run(folded):
            return
        yield block.locator, block.text.strip(_BAR + "｜")


def _holds_results(words: Sequence[str], following: str) -> bool:
    """Do the words of a header stand over results of bodies, and does it not go on with a word for tasks or times?"""
    numbered = column_of(words[0]) is Column.NUMBER
    return (
        any(map(_is_result, words))
        and any(map(_is_body, words))
        and column_of(following) is None
        and (following.isdecimal() or not numbered)
    )


def _is_word(text: str) -> bool:
    """A word for numbers, bodies, results or remarks; one for tasks or times is none."""
    return _is_result(text) or _is_body(text) or column_of(text) in {Column.NUMBER, Column.REMARK}


def _is_body(text: str) -> bool:
    return column_of(text) in UNIT_ROLES or _BODY.fullmatch(squeeze(fold(text))) is not None


def _is_result(text: str) -> bool:
    return _RESULT.fullmatch(squeeze(fold(text))) is not None
