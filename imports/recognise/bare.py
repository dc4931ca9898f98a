"""Cells that were copied off a page one a line, without any bar: the number of a row is what begins it.

Several units of one row stand on as many lines, and a cell that was blank left no line: which column a line belongs to is
told by what it is.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise

from imports.document import Area, Block, Paragraph, Table
from imports.phrases.chars import BLANKS, fold, squeeze
from imports.recognise.cells import Cell, assembled, sections_before_numbers, unknown_words, without_repeated
from imports.recognise.columns import UNIT_ROLES, Column, column_of
from imports.recognise.dealing import deal, with_requirement
from imports.recognise.kinds import misfit
from imports.recognise.title import ORGAN, date_in

_END = re.compile(
    r"\(?(?:20\d{2}|二[〇零].{2})年\d{1,2}月\d{1,2}日(?:印发)?\)?$|^(?:注|备注|说明)[:]|"
    r"^\(?(?:此件|本文)[\u4e00-\u9fff]{0,4}(?:公开|发布)|^(?:附件|上一[条篇]|下一[条篇]|信息来源|来源:|责任编辑|打印|关闭|分享|扫一扫)"
)
_LEAST_WORDS = 3
_LEAST_ROWS = 2
_MISFITTING = 0.7
"""Most that the lines misfit their columns on average: where they do more, nobody can tell the cells apart."""


def ends_run(text: str) -> bool:
    """Does a line say that the table is over?"""
    return bool(_END.search(fold(text).strip(BLANKS)))


def without_signature(blocks: Sequence[Block], end: int, last: Column | None) -> int:
    """The end of a run before the signature that stands over its date, where the `last` column holds no units."""
    below = blocks[end] if end < len(blocks) else None
    above = blocks[end - 1]
    dated = isinstance(below, Paragraph) and date_in(fold(below.text)) is not None
    signed = isinstance(above, Paragraph) and ORGAN.search(squeeze(fold(above.text))) is not None
    return end - 1 if dated and signed and last is not None and last not in UNIT_ROLES else end


def run_of_bare_cells(blocks: Sequence[Block], start: int) -> tuple[int, Table | None]:
    """The table whose header begins at `start` with the word for its numbers, and where it ends; None where its rows are
    not numbered from 1 on, or their cells cannot be told apart."""
    first = blocks[start]
    if not isinstance(first, Paragraph) or column_of(first.text) is not Column.NUMBER:
        return start, None
    end, lines = _lines(blocks, start)
    header = _header(lines)
    printed = sum(cell.text.count("\n") + 1 for cell in header)
    last = column_of(header[-1].text) if header else None
    if header and (shorter := without_signature(blocks, end, last)) < end:
        end, lines = shorter, lines[:-1]
    body = lines[printed:]
    roles = with_requirement([column_of(cell.text) or Column.REMARK for cell in header])
    numbers = [int(cell.text) for cell in body if cell.text.isdecimal()]
    if (
        len(header) < _LEAST_WORDS
        or not set(roles) & set(UNIT_ROLES)
        or Column.REQUIREMENT not in roles
        or len(numbers) < _LEAST_ROWS
        or numbers != list(range(1, len(numbers) + 1))
    ):
        return start, None
    body, sections = _without_sections(body)
    body, pages = without_repeated(body, lines[:printed])
    path = deal([cell.text for cell in body], roles, several=True)[1]
    misfits = sum(misfit(roles[column], cell.text) for cell, column in zip(body, path, strict=True))
    rows = _rows(body, path, roles, {at: _again(run, header) for at, run in pages.items()})
    if misfits > _MISFITTING * len(body) or not all(_says_what(row, roles) for row in rows):
        return start, None
    return end, _table(header, roles, rows, sections)


def _lines(blocks: Sequence[Block], start: int) -> tuple[int, list[Cell]]:
    end = start
    while end < len(blocks):
        block = blocks[end]
        if not isinstance(block, Paragraph) or block.noise or ends_run(block.text):
            break
        end += 1
    lines = [block for block in blocks[start:end] if isinstance(block, Paragraph)]
    return end, [Cell(line.locator, line.text.strip(BLANKS)) for line in lines if line.text.strip(BLANKS)]


def _header(lines: Sequence[Cell]) -> list[Cell]:
    """The words of the header; one may be broken over two lines (`市政府` / `分管领导`)."""
    header: list[Cell] = []
    at = 0
    while at < len(lines):
        one, following = lines[at], lines[at + 1].text if at + 1 < len(lines) else ""
        if column_of(one.text) is not None:
            header.append(one)
        elif following and column_of(following) is not None and column_of(one.text + following) is not None:
            header.append(Cell(one.locator, f"{one.text}\n{following}"))
            at += 1
        else:
            break
        at += 1
    if header and at == len(header):
        header.extend(lines[at : at + unknown_words([line.text for line in lines], at)])
    return header


def _again(run: Sequence[Cell], header: Sequence[Cell]) -> dict[int, Cell]:
    """The lines of a header that is printed again as the cells of the first one."""
    left = list(run)
    row: dict[int, Cell] = {}
    for column, cell in enumerate(header):
        height = cell.text.count("\n") + 1
        row[column] = Cell(left[0].locator, "\n".join(line.text for line in left[:height]))
        del left[:height]
    return row


def _rows(
    body: Sequence[Cell], path: Sequence[int], roles: Sequence[Column], again: Mapping[int, dict[int, Cell]]
) -> list[dict[int, Cell]]:
    """`again`: headers by the position that they stand before; within a row they go before it."""
    rows: list[dict[int, Cell]] = []
    last = len(roles)
    for at, (cell, column) in enumerate(zip(body, path, strict=True)):
        goes_on = column > last or (column == last and roles[column] in UNIT_ROLES)
        if at in again:
            rows.insert(len(rows) - goes_on, again[at])
        if not goes_on:
            rows.append({column: cell})
        elif column == last:
            known = rows[-1][column]
            rows[-1][column] = Cell(known.locator, f"{known.text}\n{cell.text}")
        else:
            rows[-1][column] = cell
        last = column
    return [*rows, again[len(body)]] if len(body) in again else rows


def _without_sections(body: Sequence[Cell]) -> tuple[list[Cell], dict[str, list[Cell]]]:
    """The lines without those that head a section (`一、项目建设`, `(一)产业项目`), and these by the place of the number that
    follows."""
    heads = sections_before_numbers([cell.text for cell in body])
    sections: dict[str, list[Cell]] = {}
    kept: list[Cell] = []
    above: list[Cell] = []
    for at, cell in enumerate(body):
        if at in heads:
            above.append(cell)
            continue
        if above:
            sections[cell.locator], above = above, []
        kept.append(cell)
    return kept, sections


def _says_what(row: dict[int, Cell], roles: Sequence[Column]) -> bool:
    """Has a numbered row a requirement?"""
    return roles.index(Column.NUMBER) not in row or roles.index(Column.REQUIREMENT) in row


def _heads(row: dict[int, Cell], below: dict[int, Cell], number: int) -> bool:
    """A text alone, right before a row whose number is `(一)`: it heads what follows, its own number was lost."""
    return len(row) == 1 and number not in row and number in below and not below[number].text.isdecimal()


def _table(
    header: Sequence[Cell],
    roles: Sequence[Column],
    rows: Sequence[dict[int, Cell]],
    sections: Mapping[str, Sequence[Cell]],
) -> Table:
    number = roles.index(Column.NUMBER)
    placed: list[dict[int, Cell]] = []
    heading: list[int] = []
    for row, below in pairwise([*rows, {}]):
        first = next(iter(row.values()))
        for above in sections.get(first.locator, ()):
            heading.append(len(placed))
            placed.append({0: above})
        alone = _heads(row, below, number)
        if alone:
            heading.append(len(placed))
        placed.append({0: first} if alone else row)
    table = assembled([], header, roles, placed, 1)
    table.merges += [Area(at + 1, 0, at + 1, len(roles) - 1) for at in heading]
    return table
