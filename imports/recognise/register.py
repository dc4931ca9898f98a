"""The register entry over a published document (信息公开目录): names of fields, and beside or under each what it holds."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from imports.document import Piece, Table
from imports.draft import DraftHeader
from imports.phrases.chars import BLANKS, fold, squeeze
from imports.recognise.title import NUMBER, date_in

_FIELDS = re.compile(
    r"(?:索引号|信息索引|信息分类|主题分类|主题词|体裁分类|组配分类|服务对象|名称|标题|信息名称|文件名称|发布机构|发文机关|发布单位|制发机关|信息来源|"
    r"发文字号|文号|文件编号|成文日期|成文时间|发文日期|印发日期|发布日期|发布时间|公开日期|生成日期|生效日期|生效时间|废止日期|失效日期|"
    r"公开方式|公开形式|公开时限|公开范围|公开类型|有效性|效力状态|是否有效|关键词|内容概述)[:]?"
)
_NUMBER = ("发文字号", "文号", "文件编号")
_ISSUER = ("发文机关", "制发机关", "发布机构", "发布单位")
_ISSUED = ("成文日期", "成文时间", "发文日期", "印发日期")
_TITLE = ("标题", "名称", "信息名称", "文件名称")
_SHORTEST_TITLE = 6
_LEAST = 3


def read_register(header: DraftHeader, table: Table) -> list[Piece] | None:
    """Takes number, issuer and date of issue from a register entry, and a title for a text that prints none. What of it
    stands nowhere else is returned, to be set aside; None where the table is none."""
    rows = [list(table.pieces(row).values()) for row in range(len(table.grid))]
    names = sum(1 for row in rows for _, text in row if _name(text))
    if names < _LEAST or 2 * names < sum(map(len, rows)) - 1:
        return None
    left = [piece for row in rows for piece in row]
    for name, piece in _entries(rows):
        if _take(header, name, piece):
            left.remove(piece)
    return left


def _name(text: str) -> str:
    found = _FIELDS.fullmatch(squeeze(fold(text)))
    return found.group().rstrip(":") if found else ""


def _entries(rows: list[list[Piece]]) -> Iterator[tuple[str, Piece]]:
    for row in rows:
        for before, piece in pairwise(row):
            name = _name(before[1])
            if name and not _name(piece[1]):
                yield name, piece


def _take(header: DraftHeader, name: str, piece: Piece) -> bool:
    text = piece[1].strip(BLANKS)
    field = ""
    if name in _TITLE and not header.title and len(text) >= _SHORTEST_TITLE:
        header.title = text
        header.sources["title"] = [piece]
        return False  # a title printed over the text takes its place
    if name in _NUMBER and header.number is None and NUMBER.fullmatch(squeeze(fold(text))):
        header.number, field = squeeze(text), "number"
    elif name in _ISSUER and header.issuer is None and re.fullmatch(r"[\u4e00-\u9fff]{3,30}", text):
        header.issuer, field = text, "issuer"
    elif name in _ISSUED and header.issued_on is None and (day := date_in(fold(text))):
        header.issued_on, field = day, "issued_on"
    if field:
        header.sources.setdefault(field, []).append(piece)
    return bool(field)
