"""Rows whose cells ran together to a line each, under a header that did so too (`序号重点任务责任单位完成时限`): the number of a
row stands right before its first cell."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from imports.document import Block, Paragraph
from imports.phrases.chars import BLANKS, fold
from imports.phrases.numbering import read_label
from imports.recognise.columns import column_of

_COUNTER = re.compile(r"(?:序号|编号)(?=.)")
_NUMBER = re.compile(r"\d{1,3}(?=[^\d.、)%])")
_LEAST_WORDS = 3
_LONGEST_WORD = 12
_LEAST_ROWS = 2


def with_numbers_apart(blocks: Sequence[Block]) -> list[Block]:
    """The blocks with a blank behind the number of every such row; nothing is changed where they do not count from 1 on."""
    start = next(
        (at for at, block in enumerate(blocks) if isinstance(block, Paragraph) and _is_header(block.text)), None
    )
    if start is None:
        return list(blocks)
    found = list(blocks)
    rows = 0
    for at, block in enumerate(blocks[start + 1 :], start + 1):
        if not isinstance(block, Paragraph):
            break
        text = block.text.lstrip(BLANKS)
        number = _NUMBER.match(fold(text))
        if number is not None and int(number.group()) == rows + 1 and read_label(text) is None:
            rows += 1
            found[at] = replace(block, text=f"{text[: number.end()]} {text[number.end() :]}")
    return found if rows >= _LEAST_ROWS else list(blocks)


def _is_header(text: str) -> bool:
    """`序号` and at least two more words of a header, with nothing between them."""
    plain = fold(text).strip(BLANKS)
    found = _COUNTER.match(plain)
    return found is not None and (_words(plain[found.end() :]) or 0) + 1 >= _LEAST_WORDS


def _words(text: str) -> int | None:
    """How many words of headers the text is; None where it is anything else."""
    if not text:
        return 0
    for length in range(min(_LONGEST_WORD, len(text)), 1, -1):
        if column_of(text[:length]) is not None and (rest := _words(text[length:])) is not None:
            return rest + 1
    return None
