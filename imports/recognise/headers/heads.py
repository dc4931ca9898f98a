"""A header whose words are not known, told by what stands under it: bodies in one column, a sentence each in another."""

from __future__ import annotations

import re
from collections.abc import Sequence

from imports.document import Table
from imports.phrases.chars import fold, squeeze
from imports.recognise.columns import UNIT_ROLES, column_of
from imports.recognise.headers.sampling import SAMPLE
from imports.recognise.kinds import Kind, kind_of

_LEAST = 3
_LONGEST = 12
_MOSTLY = 0.7
_IN_BRACKETS = re.compile(r"\([^()]*\)")
_BODY = re.compile(
    r"^(?!计量|填报|报送|推荐|用人|招聘|发文|来文|申报|执收|采购|审批|违规|违法|获奖|受奖|中标|供货|处罚|被|参赛|检查|抽查).{1,8}(?:单位|部门|科室|机构)$"
)
TELLS = re.compile(r"(?:事实|情况|结果|事迹|理由|依据|原因|答复|成效|进展|经过|简介|介绍|问题|条件|职责|意见|建议)$")
"""Heads of sentences that ask for nothing."""


def heads_tasks(table: Table, row: int) -> bool:
    """Does a row of words, of which one is known, stand over a column of bodies and one of sentences, all different?"""
    heads = [squeeze(_IN_BRACKETS.sub("", fold(cell))) for cell in table.grid[row]]
    words = [word for word in heads if word]
    if len(words) < _LEAST or not all(map(_is_word, words)) or not any(map(column_of, words)):
        return False
    rows = [cells for cells in table.grid[row + 1 : row + 1 + SAMPLE] if sum(map(bool, cells)) > 1]
    columns = [[cells[column] for cells in rows if cells[column].strip()] for column in range(len(heads))]
    return any(
        (column_of(head) in UNIT_ROLES or _BODY.match(head)) and _mostly(cells, Kind.UNITS)
        for head, cells in zip(heads, columns, strict=True)
    ) and any(
        head and not TELLS.search(head) and _mostly(cells, Kind.SENTENCE) and len(set(cells)) == len(cells)
        for head, cells in zip(heads, columns, strict=True)
    )


def _is_word(head: str) -> bool:
    return len(head) <= _LONGEST and (
        column_of(head) is not None or bool(_BODY.match(head)) or kind_of(head) is Kind.SHORT
    )


def _mostly(cells: Sequence[str], kind: Kind) -> bool:
    return len(cells) > 1 and sum(kind_of(cell) is kind for cell in cells) >= _MOSTLY * len(cells)
