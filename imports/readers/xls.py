"""Old workbooks (.xls, also saved by WPS) through xlrd: values as shown, merged areas, hidden rows, columns and sheets."""

from __future__ import annotations

import io
import struct
from collections.abc import Iterator

import xlrd
from xlrd.biffh import error_text_from_code
from xlrd.book import Book
from xlrd.sheet import Sheet as XlsSheet

from imports.document import Block, Document
from imports.problems import Problem, UnreadableDocument
from imports.readers import limits
from imports.readers.grid import Sheet, as_table
from imports.readers.names import column_letters, shown
from imports.readers.numfmt import Show, compiled, general

_FORMULA = 0x0006
_SHEET_ENTRY = 0x0085
_BEGIN_OF_SUBSTREAM = 0x0809
_END_OF_SUBSTREAM = 0x000A
_VALIDATIONS = 0x01B2
_LOOKED_AT = 16
_LOCKED = ("encrypt", "password")


def read_xls(data: bytes, all_digits: bool = False) -> Document:
    """Every worksheet with any text as a table named after it. Raises UnreadableDocument."""
    book = _opened(data)
    problems: list[Problem] = []
    blocks: list[Block] = []
    budget, cells_left = limits.MAX_GRID_CELLS, limits.MAX_CELLS
    if book.nsheets > limits.MAX_SHEETS:
        raise UnreadableDocument("too-many-sheets", limit=str(limits.MAX_SHEETS))
    shows = _shows(book, all_digits)
    for number in range(book.nsheets):
        source = _loaded(book, number)
        sheet, count = _sheet(source, shows, cells_left)
        cells_left -= count
        sheet.problems += _formulas(book, number, source.name)
        table = as_table(sheet, budget)
        if table is not None:
            budget -= len(table.grid) * len(table.grid[0])
            blocks.append(table)
        problems += sheet.problems
    return Document("xls", blocks, problems)


def _opened(data: bytes) -> Book:
    try:
        return xlrd.open_workbook(
            file_contents=data, formatting_info=True, on_demand=True, ragged_rows=True, logfile=io.StringIO()
        )
    except Exception as error:  # xlrd meets damage with whatever its parsing trips over
        raise _damage(error) from error


def _loaded(book: Book, number: int) -> XlsSheet:
    try:
        return book.sheet_by_index(number)
    except Exception as error:  # as above, in the sheet's own records
        raise _damage(error) from error


def _damage(error: Exception) -> UnreadableDocument:
    locked = any(word in str(error).lower() for word in _LOCKED)
    return UnreadableDocument("encrypted" if locked else "damaged-archive")


def _shows(book: Book, all_digits: bool) -> list[Show]:
    """For each cell style how it shows a number."""
    shows: list[Show] = []
    for style in book.xf_list:
        form = book.format_map.get(style.format_key)
        shows.append(compiled(form.format_str if form is not None else "General", bool(book.datemode), all_digits))
    return shows


def _sheet(source: XlsSheet, shows: list[Show], cells_left: int) -> tuple[Sheet, int]:
    """The sheet and how many cells with text it has."""
    cells: dict[int, dict[int, str]] = {}
    errors: list[str] = []
    count = 0
    for row in range(source.nrows):
        texts: dict[int, str] = {}
        for column, cell in enumerate(source.row(row)):
            text = _text(cell.ctype, cell.value, shows, cell.xf_index)
            if text:
                texts[column] = text
            if cell.ctype == xlrd.XL_CELL_ERROR:
                errors.append(f"{source.name}!{column_letters(column)}{row + 1}")
        if texts:
            cells[row] = texts
            count += len(texts)
        if count > cells_left:
            raise UnreadableDocument("too-many-cells", place=shown(source.name), limit=str(limits.MAX_CELLS))
    sheet = Sheet(
        name=source.name,
        cells=cells,
        merges=[(top, left, bottom - 1, right - 1) for top, bottom, left, right in source.merged_cells],
        hidden_rows=frozenset(row for row, info in source.rowinfo_map.items() if info.hidden or info.height == 0),
        hidden_columns=[
            (column, column) for column, info in source.colinfo_map.items() if info.hidden or info.width == 0
        ],
        hidden=source.visibility != 0,
    )
    if errors:
        sheet.problems.append(Problem("cell-error-value", tuple(errors)))
    return sheet, count


def _text(kind: int, value: object, shows: list[Show], style: int | None) -> str:
    if kind == xlrd.XL_CELL_TEXT:
        return str(value).replace("\r\n", "\n").replace("\r", "\n")
    if kind in (xlrd.XL_CELL_NUMBER, xlrd.XL_CELL_DATE) and isinstance(value, float):
        raw = str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
        return (shows[style] if style is not None and 0 <= style < len(shows) else general)(raw)
    if kind == xlrd.XL_CELL_BOOLEAN:
        return "TRUE" if value else "FALSE"
    if kind == xlrd.XL_CELL_ERROR and isinstance(value, int):
        return error_text_from_code.get(value, "#ERR!")
    return ""


def _formulas(book: Book, number: int, name: str) -> list[Problem]:
    """Formula cells, told by their records: xlrd gives their stored results only."""
    memory = book.mem or b""
    starts = [
        struct.unpack_from("<I", body)[0] + book.base
        for kind, body in _records(memory, book.base)
        if kind == _SHEET_ENTRY and len(body) > 5 and body[5] == 0
    ]
    if number >= len(starts):
        return []
    places: list[str] = []
    validations = False
    for kind, body in _records(memory, starts[number]):
        if kind == _FORMULA and len(body) >= 4:
            row, column = struct.unpack_from("<HH", body)
            places.append(f"{name}!{column_letters(column)}{row + 1}")
        elif kind == _VALIDATIONS:
            validations = True
    problems = [Problem("formula-cell", tuple(places))] if places else []
    return [*problems, Problem("data-validation", (name,))] if validations else problems


def _records(memory: bytes, at: int) -> Iterator[tuple[int, bytes]]:
    """The records of the substream at `at`: kind and first bytes. Charts are substreams within: left out."""
    depth = 0
    while at + 4 <= len(memory):
        kind, length = struct.unpack_from("<HH", memory, at)
        if kind == _BEGIN_OF_SUBSTREAM:
            depth += 1
        elif kind == _END_OF_SUBSTREAM:
            depth -= 1
            if depth <= 0:
                return
        elif depth == 1:
            yield kind, bytes(memory[at + 4 : at + 4 + min(length, _LOOKED_AT)])
        at += 4 + length
