"""Results that were flattened to lines (序号, 单位, 得分, 等次 and the cells below, one a line): the table that they were, in which
nobody is asked to do anything."""

from __future__ import annotations

import re
from collections.abc import Sequence

from imports.document import Block, Paragraph, Table
from imports.phrases.chars import BLANKS, fold, squeeze
from imports.recognise.bare import ends_run
from imports.recognise.columns import UNIT_ROLES, Column, column_of

_RESULT = re.compile(
    r"[\u4e00-\u9fff]{0,6}(?:得分|分数|总分|评分|成绩|等次|等级|档次|名次|排名|位次)(?:\([^()]{1,6}\))?"
)
_BODY = re.compile(r"(?:县区|区县|县市区|县\(市、区\)|乡镇|镇街|镇\(街道\)|乡镇\(街道\)|街道)(?:名称)?")
_BAR = BLANKS + "|"
_LEAST_WORDS = 3
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
    """The table whose header begins at `start`, and where it ends; None where the header goes on with
    a word for tasks or times."""
    first = _cell(blocks[start])
    if not first or not _is_word(first):
        return start, None
    end, cells = start, list[tuple[str, str]]()
    while end < len(blocks):
        block, text = blocks[end], _cell(blocks[end])
        if not isinstance(block, Paragraph) or text is None or len(text) > _LONGEST or ends_run(text):
            break
        if text:
            cells.append((block.locator, text))
        end += 1
    width = next((at for at, (_, text) in enumerate(cells) if not _is_word(text)), len(cells))
    words = [text for _, text in cells[:width]]
    if (
        width < _LEAST_WORDS
        or len(cells) < 2 * width
        or not any(map(_is_result, words))
        or not any(map(_is_body, words))
        or column_of(cells[width][1]) is not None
        or (column_of(words[0]) is Column.NUMBER and not cells[width][1].isdecimal())
    ):
        return start, None
    rows = [cells[at : at + width] for at in range(0, len(cells), width)]
    grid = [[text for _, text in row] + [""] * (width - len(row)) for row in rows]
    cited = {(row, column): cell[0] for row, line in enumerate(rows) for column, cell in enumerate(line)}
    return end, Table(cells[0][0], grid, [row[0][0] for row in rows], cell_labels=cited)


def _cell(block: Block) -> str | None:
    """What the line of one cell says, '' for a bar or a blank line alone; None where it is none."""
    if not isinstance(block, Paragraph) or block.noise or block.hidden:
        return None
    text = fold(block.text).strip(_BAR)
    return None if "|" in text or "。" in text else block.text.strip(_BAR + "｜")


def _is_word(text: str) -> bool:
    """A word for numbers, bodies, results or remarks; one for tasks or times is none."""
    return _is_result(text) or _is_body(text) or column_of(text) in {Column.NUMBER, Column.REMARK}


def _is_body(text: str) -> bool:
    return column_of(text) in UNIT_ROLES or _BODY.fullmatch(squeeze(fold(text))) is not None


def _is_result(text: str) -> bool:
    return _RESULT.fullmatch(squeeze(fold(text))) is not None
