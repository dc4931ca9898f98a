"""Cells in reading order, one a line, as the table that they were: dealt out to the columns of their header."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from imports.document import Area, Table
from imports.phrases.chars import squeeze
from imports.phrases.numbering import read_label
from imports.recognise.columns import UNIT_ROLES, Column, column_of
from imports.recognise.dealing import deal, with_requirement
from imports.recognise.kinds import Kind, kind_of

_MAX_LEVELS = 3
_MOST_UNKNOWN = 4
_LONGEST_WORD = 8
_LONGEST_SECTION = 40
_LEVELS = frozenset({"cn", "cn-bracket", "chapter", "section"})
_SIGNS = " .、．。"


@dataclass(frozen=True, slots=True)
class Cell:
    locator: str
    text: str
    over_page: bool = False
    """The title that a page prints again, over the header."""


def arrange(cells: Sequence[Cell]) -> Table | None:
    """Cells in reading order as a table, found by the cheapest way to deal them out to the header's columns.

    A header such as 工作任务 may stand over two or three merged columns, of which a row prints only what changes: with one
    to three level columns tried, the arrangement with the least misfit wins.
    """
    first, count = _header(cells)
    if count < 2:
        return None
    header = cells[first : first + count]
    body, pages = without_repeated(cells[first + count :], header)
    roles = _roles(_columns(header, body), body)
    if not any(role in UNIT_ROLES or role is Column.REQUIREMENT for role in roles) or not body:
        return assembled(cells[:first], header, roles, [], 1) if not body and count >= 3 else None
    runs = list(_runs(body, roles))
    best: tuple[float, list[list[int]], int] | None = None
    top = roles.index(Column.LEVEL) if Column.LEVEL in roles else None
    for levels in range(1, _MAX_LEVELS + 1 if top is not None and Column.REQUIREMENT in roles else 2):
        expanded = roles if top is None else [*roles[:top], *([Column.LEVEL] * levels), *roles[top + 1 :]]
        ways = [deal([cell.text for cell in body[start:end]], expanded) for start, end in runs]
        cost = sum(one for one, _ in ways)
        if best is None or cost < best[0] - 0.5 * levels:
            best = (cost, [path for _, path in ways], levels)
    if best is None:
        return None
    rows: list[dict[int, Cell]] = []
    behind = 0
    for (start, end), path in zip([*runs, (len(body), len(body))], [*best[1], []], strict=True):
        for at in range(behind, start):
            rows.extend([*_page(pages.get(at, ())), {0: body[at]}])
        rows.extend(_rows(body[start:end], path, {at - start: page for at, page in pages.items() if start <= at < end}))
        behind = end
    rows.extend(_page(pages.get(len(body), ())))
    return assembled(cells[:first], header, roles, rows, best[2])


def _page(cells: Sequence[Cell]) -> list[dict[int, Cell]]:
    """The rows that head a page: its title, where that is printed again, and the header."""
    titles = [one for one in cells if one.over_page]
    return [{0: title} for title in titles] + [dict(enumerate(cells[len(titles) :]))] * bool(cells)


def _runs(body: Sequence[Cell], roles: Sequence[Column]) -> Iterator[tuple[int, int]]:
    """Where the cells between those begin and end that were a row over the whole width (`一、城建项目`). Where numbers begin
    the rows, such a cell stands before one; else it is told apart where no column holds headings."""
    heads = sections_before_numbers([cell.text for cell in body]) if roles[0] is Column.NUMBER else set()
    if Column.LEVEL not in roles:
        heads |= {at for at, cell in enumerate(body) if is_section(cell.text)}
    start = 0
    for at in [*sorted(heads), len(body)]:
        if start < at:
            yield start, at
        start = at + 1


def sections_before_numbers(texts: Sequence[str]) -> set[int]:
    """Positions of the cells that head what follows, of whatever level: right before a number (`1`, or `（一）` alone), or before
    another such."""
    found: set[int] = set()
    for at in range(len(texts) - 2, -1, -1):
        below = texts[at + 1]
        if not (at + 1 in found or below.strip(_SIGNS).isdecimal() or kind_of(below) is Kind.INTEGER):
            continue
        label = read_label(texts[at])
        titled = label is not None and label.form in _LEVELS and label.length < len(texts[at]) <= _LONGEST_SECTION
        if titled and kind_of(texts[at]) in {Kind.SHORT, Kind.UNITS}:
            found.add(at)
    return found


def _columns(header: Sequence[Cell], body: Sequence[Cell]) -> list[Column]:
    """What the words of the header say. A blank one stands over numbers, where there are some, or over inner headings."""
    columns = [column_of(cell.text) if cell.text else None for cell in header]
    numbered = Column.NUMBER not in columns and any(cell.text.isdecimal() for cell in body)
    unnamed = Column.NUMBER if numbered else Column.LEVEL
    return [column or (Column.REMARK if cell.text else unnamed) for column, cell in zip(columns, header, strict=True)]


def _roles(columns: Sequence[Column], body: Sequence[Cell]) -> list[Column]:
    """What the columns hold. Beside a heading column one of goals (年度目标) may be what is asked for, where the cells fit so."""
    ways = [with_requirement(columns)]
    if Column.REQUIREMENT not in columns and {Column.GOAL, Column.LEVEL} <= set(columns):
        goal = columns.index(Column.GOAL)
        ways.append([*columns[:goal], Column.REQUIREMENT, *columns[goal + 1 :]])
    texts = [cell.text for cell in body]
    return min(ways, key=lambda roles: deal(texts, roles)[0]) if texts and len(ways) > 1 else ways[0]


def without_repeated(body: Sequence[Cell], header: Sequence[Cell]) -> tuple[list[Cell], dict[int, Sequence[Cell]]]:
    """The cells without those that print the header again under the title of the page, perhaps without its blank cells, and
    these by the position that they stand before."""
    texts = [squeeze(cell.text) for cell in body]
    printed = [squeeze(cell.text) for cell in header]
    ways = [printed, [word for word in printed if word]]
    kept: list[Cell] = []
    pages: dict[int, Sequence[Cell]] = {}
    at = 0
    while at < len(body):
        words = next((words for words in ways if texts[at : at + len(words)] == words), None)
        if words is None:
            kept.append(body[at])
            at += 1
            continue
        run = body[at : at + len(words)]
        while kept and kept[-1].over_page:
            run = [kept.pop(), *run]
        pages[len(kept)] = run
        at += len(words)
        while at < len(body) and not body[at].text:
            at += 1  # a blank cell at the head of a page is merged with the one on the page before
    return kept, pages


def _rows(body: Sequence[Cell], path: Sequence[int], pages: Mapping[int, Sequence[Cell]]) -> list[dict[int, Cell]]:
    rows: list[dict[int, Cell]] = []
    last = -1
    for at, (cell, column) in enumerate(zip(body, path, strict=True)):
        above = _page(pages.get(at, ()))
        if column <= last or not rows:
            rows.extend([*above, {}])
        else:
            rows[-1:-1] = above  # the page broke within a row: it is read as one
        rows[-1][column] = cell
        last = column
    return rows


def is_section(text: str) -> bool:
    """`一、城建项目`: a line that heads what follows."""
    label = read_label(text)
    return (
        label is not None
        and label.form in {"cn", "chapter"}
        and label.length < len(text)
        and kind_of(text) is Kind.SHORT
    )


def _header(cells: Sequence[Cell]) -> tuple[int, int]:
    """Position and length of the first run of header words within the first cells, with at most one blank cell between two."""
    for first in range(min(6, len(cells))):
        count = 0
        while _heads(cells[first + count : first + count + 2], begun=count > 0):
            count += 1
        if count >= 2:
            return first, count + unknown_words([cell.text for cell in cells[first:]], count)
    return 0, 0


def unknown_words(texts: Sequence[str], known: int) -> int:
    """How many cells behind the `known` first words of a header still belong to it, though not all are words that are known:
    those before the first number, where the header begins with the word for numbers and rows are as long as it then is."""
    if column_of(texts[0]) is not Column.NUMBER or "1" not in texts[known : known + _MOST_UNKNOWN + 1]:
        return 0
    width = texts.index("1", known)
    begins = [width]
    for at in range(width + 1, len(texts)):
        if texts[at] == str(len(begins) + 1):
            begins.append(at)
    lengths = Counter(following - at for at, following in pairwise(begins))
    if not lengths or lengths.most_common(1)[0][0] != width or not all(map(_may_head, texts[known:width])):
        return 0
    return width - known


def _may_head(text: str) -> bool:
    return 0 < len(text) <= _LONGEST_WORD and kind_of(text) is Kind.SHORT and not is_section(text)


def _heads(cells: Sequence[Cell], *, begun: bool) -> bool:
    """Does a cell belong to a header: by its word or, once that has begun, as a blank one before such a word?"""
    if begun and len(cells) > 1 and not cells[0].text:
        return _is_header_word(cells[1].text)
    return bool(cells) and _is_header_word(cells[0].text)


def _is_header_word(text: str) -> bool:
    """`目标任务`, not `一、主要目标`, which heads what follows."""
    return column_of(text) is not None and not is_section(squeeze(text))


def assembled(
    before: Sequence[Cell],
    header: Sequence[Cell],
    roles: Sequence[Column],
    rows: Sequence[dict[int, Cell]],
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
