"""Rebuilding a table that was flattened to lines: one cell a line, one row a line with bars, or header words line by line."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from imports.document import Block, Paragraph, Table
from imports.phrases.chars import BLANKS, fold
from imports.recognise.bare import ends_run, run_of_bare_cells, without_signature
from imports.recognise.barred import is_ruler, table_of_lines
from imports.recognise.beside import parted
from imports.recognise.cells import Cell, arrange, is_section
from imports.recognise.columns import UNIT_ROLES, Column, column_of
from imports.recognise.forms import turn
from imports.recognise.headers import guess_header
from imports.recognise.labelled import run_of_fields
from imports.recognise.moved import moved_back
from imports.recognise.streamed import run_of_streamed_rows

_PRINTED_ON = re.compile(
    r"\(?(?:20\d{2}|二[〇零○].{2})年[\d一二三四五六七八九十]{1,2}月[\d一二三四五六七八九十]{1,3}日(?:印发)\)?"
)
"""The line that closes a document, perhaps with the bar of the page behind it."""
_GAP = re.compile(r"[ \t\u3000\xa0]{2,}")
_LEAST_COLUMNS = 3
_MAX_GAP = 3
_DASH = re.compile(r"——|→|⇒|➜|[-—]+>")
"""Between the parts of a line: `整理目录——市大数据局——5月底前`, `安装路灯→镇建设办→6月底`."""
_LEAST_DASHES = 2
_LONGEST_HEADER = 80
_SEARCHED_LINES = 24
"""How many lines may hold the words of a header, blank ones among them."""


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
                rebuilt.append(turn(table) or table)
                position = end
                continue
        rebuilt.extend(parted(turn(block) or moved_back(block)) if isinstance(block, Table) else [block])
        position += 1
    return rebuilt


def _run(blocks: Sequence[Block], position: int, first: Paragraph) -> tuple[int, Table | None]:
    end, table = run_of_fields(blocks, position)
    if table is not None:
        return end, table
    if "|" in fold(first.text) or _ends_below(blocks, position):
        return _run_with_bars(blocks, position)
    if len(_DASH.findall(fold(first.text))) >= _LEAST_DASHES:
        return _run_with_dashes(blocks, position)
    if len(_columns(first.text)) >= _LEAST_COLUMNS:
        return _run_with_blanks(blocks, position, _columns)
    if len(first.text) <= _LONGEST_HEADER and len(first.text.split()) >= _LEAST_COLUMNS:
        end, table = _run_with_blanks(blocks, position, str.split)
        return (end, table) if table is not None else run_of_streamed_rows(blocks, position)
    end, table = run_of_bare_cells(blocks, position)
    return (end, table) if table is not None else _run_of_words(blocks, position)


def _ends_below(blocks: Sequence[Block], position: int) -> bool:
    """Does a bar on the next line end the cell that stands here, the first of a header? The second may be blank."""
    lines = [
        fold(block.text).strip(BLANKS) for block in blocks[position : position + 5] if isinstance(block, Paragraph)
    ]
    if lines[1:3] == ["|", "|"]:
        del lines[1]
    return lines[1:4:2] == ["|", "|"] and None not in map(column_of, lines[:4:2])


def _columns(text: str) -> list[str]:
    return [cell for cell in _GAP.split(text.strip(BLANKS)) if cell]


def _run_with_blanks(blocks: Sequence[Block], start: int, cut: Callable[[str], list[str]]) -> tuple[int, Table | None]:
    """A header and lines of as many parts, set in columns by blanks alone, in a copy of a page often by one."""
    first = blocks[start]
    roles = {column_of(word) for word in cut(first.text)} if isinstance(first, Paragraph) else {None}
    if None in roles or not roles & set(UNIT_ROLES):
        return start, None
    rows: list[tuple[str, list[str]]] = []
    for block in blocks[start:]:
        cells = cut(block.text) if isinstance(block, Paragraph) else []
        if not isinstance(block, Paragraph) or (rows and len(cells) != len(rows[0][1])):
            break
        rows.append((block.locator, cells))
    if len(rows) < 2:
        return start, None
    return start + len(rows), Table(rows[0][0], [cells for _, cells in rows], [locator for locator, _ in rows])


def _run_with_dashes(blocks: Sequence[Block], start: int) -> tuple[int, Table | None]:
    """Lines of as many parts between dashes each (`整理目录——市大数据局——5月底前`), where one part names units."""
    rows: list[Paragraph] = []
    grid: list[list[str]] = []
    for block in blocks[start:]:
        parts = _parts(block.text) if isinstance(block, Paragraph) else []
        if not isinstance(block, Paragraph) or (rows and len(parts) != len(grid[0])):
            break
        rows.append(block)
        grid.append(parts)
    if len(rows) < 2:
        return start, None
    table = Table(rows[0].locator, grid, [row.locator for row in rows])
    return (start + len(rows), table) if guess_header(table) else (start, None)


def _parts(text: str) -> list[str]:
    return [cell.strip(BLANKS) for cell in _DASH.split(text)]


def _run_with_bars(blocks: Sequence[Block], start: int) -> tuple[int, Table | None]:
    """Lines with bars from `start` on, with at most a few lines without one in between (a cell that was broken). Without a
    header of their own they end at the next section."""
    end, position = start, start
    headed = _is_headed(blocks[start])
    while position < len(blocks) and position - end <= _MAX_GAP:
        block = blocks[position]
        if not isinstance(block, Paragraph) or (not headed and is_section(block.text)):
            break
        if "|" in fold(block.text):
            end = position + 1
        position += 1
    lines = [block for block in blocks[start:end] if isinstance(block, Paragraph) and block.text.strip(BLANKS)]
    if len(lines) < 2:
        return start, None
    while len(lines) > 2 and _PRINTED_ON.fullmatch(fold(lines[-1].text).strip(BLANKS + "|")):
        end = next(at for at in range(end - 1, start, -1) if blocks[at] is lines[-1])
        lines.pop()
    barred = [line for line in lines if "|" in fold(line.text)]
    several = sum(1 for line in barred if fold(line.text).strip(BLANKS + "|").count("|") >= 1 or is_ruler(line.text))
    table = table_of_lines(lines) if several * 2 > len(barred) else _cells_with_bars(lines)
    return (end, table) if table is not None else (start, None)


def _is_headed(block: Block) -> bool:
    cells = fold(block.text).split("|") if isinstance(block, Paragraph) else []
    return any(column_of(cell) is not None for cell in cells)


def _cells_with_bars(lines: Sequence[Paragraph]) -> Table | None:
    cells: list[Cell] = []
    broken: list[Cell] = []
    words: set[str] = set()
    for line in lines:
        folded = fold(line.text)
        if "|" not in folded:
            broken.append(Cell(line.locator, line.text.strip(BLANKS)))
            continue
        text = line.text.strip(BLANKS + "|｜")
        if text in words:  # the header again: what stands over it is the title of the page
            cells.extend(replace(one, over_page=True) for one in broken)
            broken = []
        if broken and not text:  # the bar stands on a line of its own, below the cell
            cells.append(Cell(broken[0].locator, "\n".join(one.text for one in broken)))
        else:
            cells.append(Cell(line.locator, "\n".join([*(one.text for one in broken), text])))
        broken = []
        if column_of(cells[-1].text) is not None:
            words.add(cells[-1].text)
    if broken and cells:
        cells[-1] = Cell(cells[-1].locator, "\n".join([cells[-1].text, *(one.text for one in broken)]))
    return arrange(cells)


def _run_of_words(blocks: Sequence[Block], start: int) -> tuple[int, Table | None]:
    """Header words line by line without any bar: at least three in a row, one of them a unit column."""
    end, found = _words(blocks, start)
    if len(found) < 3 or not set(found) & set(UNIT_ROLES):
        return start, None
    if not set(found) & {Column.REQUIREMENT, Column.LEVEL, Column.NAME}:
        return start, None
    while end < len(blocks):
        block = blocks[end]
        if not isinstance(block, Paragraph) or block.noise or ends_run(block.text):
            break
        end += 1
    end = without_signature(blocks, end, found[-1])
    cells = [
        Cell(block.locator, block.text.strip(BLANKS)) for block in blocks[start:end] if isinstance(block, Paragraph)
    ]
    table = arrange([cell for cell in cells if cell.text])
    return (end, table) if table is not None else (start, None)


def _words(blocks: Sequence[Block], start: int) -> tuple[int, list[Column]]:
    """Where the header words from `start` on end, and what they say. Blank lines between them are passed over, unless the
    first stands over the numbers: such rows are told apart by these or not at all."""
    end, found = start, list[Column]()
    for position, block in enumerate(blocks[start : start + _SEARCHED_LINES], start):
        if not isinstance(block, Paragraph):
            break
        column = column_of(block.text)
        if column is not None:
            found.append(column)
            end = position + 1
        elif block.text.strip(BLANKS) or found[:1] in ([], [Column.NUMBER]):
            break
    return end, found
