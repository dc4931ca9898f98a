"""Rebuilding a table that was flattened to lines: one cell a line, one row a line with bars, or header words line by line."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from imports.document import Area, Block, Paragraph, Table
from imports.phrases.chars import BLANKS, fold, squeeze
from imports.phrases.numbering import read_label
from imports.recognise.barred import is_ruler, table_of_lines
from imports.recognise.beside import parted
from imports.recognise.columns import UNIT_ROLES, Column, Kind, column_of, kind_of
from imports.recognise.dealing import deal, with_requirement
from imports.recognise.forms import turn
from imports.recognise.headers import guess_header

_GAP = re.compile(r"[ \t\u3000\xa0]{2,}")
_LEAST_COLUMNS = 3
_MAX_GAP = 3
_DASH = "——"
_LEAST_DASHES = 2
_MAX_LEVELS = 3


@dataclass(frozen=True, slots=True)
class _Cell:
    locator: str
    text: str
    over_page: bool = False
    """The title that a page prints again, over the header."""


def rebuild(blocks: Sequence[Block]) -> list[Block]:
    """The blocks with every run of flattened cells replaced by a table. A form is turned
    into a table, tables side by side are parted; all other blocks are passed on as they are."""
    rebuilt: list[Block] = []
    position = 0
    while position < len(blocks):
        block = blocks[position]
        if isinstance(block, Paragraph) and not block.noise:
            end, table = _run(blocks, position, block)
            if table is not None:
                rebuilt.append(table)
                position = end
                continue
        rebuilt.extend(parted(turn(block) or block) if isinstance(block, Table) else [block])
        position += 1
    return rebuilt


def _run(blocks: Sequence[Block], position: int, first: Paragraph) -> tuple[int, Table | None]:
    if "|" in fold(first.text):
        return _run_with_bars(blocks, position)
    if first.text.count(_DASH) >= _LEAST_DASHES:
        return _run_with_dashes(blocks, position)
    if len(_columns(first.text)) >= _LEAST_COLUMNS:
        return _run_with_blanks(blocks, position)
    return _run_of_words(blocks, position)


def _columns(text: str) -> list[str]:
    return [cell for cell in _GAP.split(text.strip(BLANKS)) if cell]


def _run_with_blanks(blocks: Sequence[Block], start: int) -> tuple[int, Table | None]:
    """A header and lines of as many parts, set in columns by blanks alone."""
    rows: list[tuple[str, list[str]]] = []
    for block in blocks[start:]:
        cells = _columns(block.text) if isinstance(block, Paragraph) else []
        if not isinstance(block, Paragraph) or (rows and len(cells) != len(rows[0][1])):
            break
        rows.append((block.locator, cells))
    roles = {column_of(word) for word in rows[0][1]}
    if len(rows) < 2 or None in roles or not roles & set(UNIT_ROLES):
        return start, None
    return start + len(rows), Table(rows[0][0], [cells for _, cells in rows], [locator for locator, _ in rows])


def _run_with_dashes(blocks: Sequence[Block], start: int) -> tuple[int, Table | None]:
    """Lines of as many parts between dashes each (`整理目录——市大数据局——5月底前`), where one part names units."""
    rows: list[Paragraph] = []
    for block in blocks[start:]:
        if not isinstance(block, Paragraph) or (rows and block.text.count(_DASH) != rows[0].text.count(_DASH)):
            break
        rows.append(block)
    if len(rows) < 2:
        return start, None
    grid = [[cell.strip(BLANKS) for cell in row.text.split(_DASH)] for row in rows]
    table = Table(rows[0].locator, grid, [row.locator for row in rows])
    return (start + len(rows), table) if guess_header(table) else (start, None)


def _run_with_bars(blocks: Sequence[Block], start: int) -> tuple[int, Table | None]:
    """Lines with bars from `start` on, with at most a few lines without one in between (a cell that was broken)."""
    end, position = start, start
    while position < len(blocks) and position - end <= _MAX_GAP:
        block = blocks[position]
        if not isinstance(block, Paragraph):
            break
        if "|" in fold(block.text):
            end = position + 1
        position += 1
    lines = [block for block in blocks[start:end] if isinstance(block, Paragraph) and block.text.strip(BLANKS)]
    if len(lines) < 2:
        return start, None
    barred = [line for line in lines if "|" in fold(line.text)]
    several = sum(1 for line in barred if fold(line.text).strip(BLANKS + "|").count("|") >= 1 or is_ruler(line.text))
    table = table_of_lines(lines) if several * 2 > len(barred) else _cells_with_bars(lines)
    return (end, table) if table is not None else (start, None)


def _cells_with_bars(lines: Sequence[Paragraph]) -> Table | None:
    cells: list[_Cell] = []
    broken: list[_Cell] = []
    words: set[str] = set()
    for line in lines:
        folded = fold(line.text)
        if "|" not in folded:
            broken.append(_Cell(line.locator, line.text.strip(BLANKS)))
            continue
        text = line.text.strip(BLANKS).strip("|｜").strip(BLANKS)
        if text in words:  # the header again: what stands over it is the title of the page
            cells.extend(replace(one, over_page=True) for one in broken)
            broken = []
        cells.append(_Cell(line.locator, "\n".join([*(one.text for one in broken), text])))
        broken = []
        if column_of(text) is not None:
            words.add(text)
    if broken and cells:
        cells[-1] = _Cell(cells[-1].locator, "\n".join([cells[-1].text, *(one.text for one in broken)]))
    return arrange(cells)


def _run_of_words(blocks: Sequence[Block], start: int) -> tuple[int, Table | None]:
    """Header words line by line without any bar: at least three in a row, one of them a unit column."""
    words = 0
    for block in blocks[start : start + 12]:
        if not isinstance(block, Paragraph) or column_of(block.text) is None:
            break
        words += 1
    found = {column_of(block.text) for block in blocks[start : start + words] if isinstance(block, Paragraph)}
    if words < 3 or not found & set(UNIT_ROLES) or not found & {Column.REQUIREMENT, Column.LEVEL, Column.NAME}:
        return start, None
    end = start + words
    while end < len(blocks):
        block = blocks[end]
        if not isinstance(block, Paragraph) or block.noise or _ends_run(block.text):
            break
        end += 1
    cells = [
        _Cell(block.locator, block.text.strip(BLANKS)) for block in blocks[start:end] if isinstance(block, Paragraph)
    ]
    table = arrange([cell for cell in cells if cell.text])
    return (end, table) if table is not None else (start, None)


_END = re.compile(
    r"\(?(?:20\d{2}|二[〇零].{2})年\d{1,2}月\d{1,2}日(?:印发)?\)?$|^(?:注|备注|说明)[:]|^(?:附件|上一[条篇]|下一[条篇]|信息来源|打印|关闭|分享)"
)


def _ends_run(text: str) -> bool:
    return bool(_END.search(fold(text).strip(BLANKS)))


def arrange(cells: Sequence[_Cell]) -> Table | None:
    """Cells in reading order as a table, found by the cheapest way to deal them out to the header's columns.

    A header such as 工作任务 may stand over two or three merged columns, of which a row prints only what changes: with one
    to three level columns tried, the arrangement with the least misfit wins.
    """
    first, count = _header(cells)
    if count < 2:
        return None
    header = cells[first : first + count]
    roles = with_requirement([column_of(cell.text) or Column.REMARK for cell in header])
    body, pages = _without_repeated(cells[first + count :], header)
    if not any(role in UNIT_ROLES or role is Column.REQUIREMENT for role in roles) or not body:
        return _assemble(cells[:first], header, roles, [], 1) if not body and count >= 3 else None
    if Column.LEVEL not in roles:
        return _with_sections(cells[:first], header, roles, body)
    best: tuple[float, list[int], list[Column], int] | None = None
    top = next((index for index, role in enumerate(roles) if role is Column.LEVEL), None)
    for levels in range(1, _MAX_LEVELS + 1 if top is not None and Column.REQUIREMENT in roles else 2):
        expanded = roles if top is None else [*roles[:top], *([Column.LEVEL] * levels), *roles[top + 1 :]]
        cost, path = deal([cell.text for cell in body], expanded)
        if best is None or cost < best[0] - 0.5 * levels:
            best = (cost, path, expanded, levels)
    if best is None:
        return None
    return _assemble(cells[:first], header, roles, _rows(body, best[1], pages), best[3])


def _without_repeated(body: Sequence[_Cell], header: Sequence[_Cell]) -> tuple[list[_Cell], dict[int, Sequence[_Cell]]]:
    """The cells without those that print the header again under the title of the page, and these by the position that they
    stand before."""
    words = [squeeze(cell.text) for cell in header]
    kept: list[_Cell] = []
    pages: dict[int, Sequence[_Cell]] = {}
    at = 0
    while at < len(body):
        if squeeze(body[at].text) == words[0]:
            run = body[at : at + len(words)]
            if [squeeze(cell.text) for cell in run] == words:
                while kept and kept[-1].over_page:
                    run = [kept.pop(), *run]
                pages[len(kept)] = run
                at += len(words)
                while at < len(body) and not body[at].text:
                    at += 1  # a blank cell at the head of a page is merged with the one on the page before
                continue
        kept.append(body[at])
        at += 1
    return kept, pages


def _rows(
    body: Sequence[_Cell], path: Sequence[int], pages: Mapping[int, Sequence[_Cell]] | None = None
) -> list[dict[int, _Cell]]:
    rows: list[dict[int, _Cell]] = []
    last = -1
    for at, (cell, column) in enumerate(zip(body, path, strict=True)):
        page = pages.get(at, ()) if pages else ()
        titles = [one for one in page if one.over_page]
        above = [{0: title} for title in titles] + [dict(enumerate(page[len(titles) :]))] * bool(page)
        if column <= last or not rows:
            rows.extend([*above, {}])
        else:
            rows[-1:-1] = above  # the page broke within a row: it is read as one
        rows[-1][column] = cell
        last = column
    return rows


def _with_sections(
    before: Sequence[_Cell], header: Sequence[_Cell], roles: Sequence[Column], body: Sequence[_Cell]
) -> Table:
    """Without a heading column, a cell such as `一、城建项目` was a row over the whole width."""
    rows: list[dict[int, _Cell]] = []
    run: list[_Cell] = []
    for cell in [*body, None]:
        if cell is not None and not _is_section(cell.text):
            run.append(cell)
            continue
        rows.extend(_rows(run, deal([cell.text for cell in run], roles)[1]) if run else [])
        run = []
        if cell is not None:
            rows.append({0: cell})
    return _assemble(before, header, roles, rows, 1)


def _is_section(text: str) -> bool:
    label = read_label(text)
    return (
        label is not None
        and label.form in {"cn", "chapter"}
        and label.length < len(text)
        and kind_of(text) is Kind.SHORT
    )


def _header(cells: Sequence[_Cell]) -> tuple[int, int]:
    """Position and length of the first run of header words within the first cells."""
    for first in range(min(6, len(cells))):
        count = 0
        while first + count < len(cells) and column_of(cells[first + count].text) is not None:
            count += 1
        if count >= 2:
            return first, count
    return 0, 0


def _assemble(
    before: Sequence[_Cell],
    header: Sequence[_Cell],
    roles: Sequence[Column],
    rows: Sequence[dict[int, _Cell]],
    levels: int,
) -> Table:
    top = next((index for index, role in enumerate(roles) if role is Column.LEVEL), None)
    extra = levels - 1 if top is not None else 0
    width = len(roles) + extra
    grid: list[list[str]] = []
    labels: list[str] = []
    cited: dict[tuple[int, int], str] = {}
    for cell in before:
        cited[(len(grid), 0)] = cell.locator
        labels.append(cell.locator)
        grid.append([cell.text] + [""] * (width - 1))
    merges: list[Area] = [Area(row, 0, row, width - 1) for row in range(len(grid)) if width > 1]
    line = [""] * width
    for index, cell in enumerate(header):
        column = index + (extra if top is not None and index > top else 0)
        line[column] = cell.text
        cited[(len(grid), column)] = cell.locator
    if extra and top is not None:
        merges.append(Area(len(grid), top, len(grid), top + extra))
    grid.append(line)
    labels.append(header[0].locator)
    requirement = next((index for index, role in enumerate(roles) if role is Column.REQUIREMENT), 0)
    requirement += extra if top is not None and requirement > top else 0
    for row in rows:
        line = [""] * width
        for column, cell in row.items():
            line[column] = cell.text
            cited[(len(grid), column)] = cell.locator
        labels.append((row.get(requirement) or next(iter(row.values()))).locator)
        grid.append(line)
    return Table(header[0].locator, grid, labels, cell_labels=cited, merges=merges)
