"""Printing a table or a text as a file of each kind, and reading it back by the reader of that kind."""

from __future__ import annotations

import csv
import html as markup
import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from docx.document import Document as WordDocument
from openpyxl.worksheet.worksheet import Worksheet

from imports.document import Document
from imports.readers import read_document, read_pasted
from tests.files.office import word, workbook

Read = Callable[[], Document]


@dataclass(frozen=True, slots=True)
class Cell:
    row: int
    column: int
    text: str
    height: int
    width: int


@dataclass(frozen=True, slots=True)
class Grid:
    """A table as it is drawn: cells with the rows and columns they cover."""

    cells: tuple[Cell, ...]
    rows: int
    columns: int


def grid(drawn: str) -> Grid:
    """A table from lines of cells parted by ` | `: `^` goes on the cell above, `<` the cell to the left, `\\n` is a break."""
    lines = [[cell.strip() for cell in line.split("|")] for line in drawn.strip("\n").split("\n")]
    width = max(map(len, lines))
    lines = [line + [""] * (width - len(line)) for line in lines]
    cells = []
    for row, line in enumerate(lines):
        for column, text in enumerate(line):
            if text in {"^", "<"}:
                continue
            right, down = column + 1, row + 1
            while right < width and line[right] == "<":
                right += 1
            while down < len(lines) and lines[down][column] == "^":
                down += 1
            cells.append(Cell(row, column, text.replace("\\n", "\n"), down - row, right - column))
    return Grid(tuple(cells), len(lines), width)


def flat(table: Grid) -> list[list[str]]:
    """Rows of texts; what a merged cell covers is blank."""
    rows = [[""] * table.columns for _ in range(table.rows)]
    for cell in table.cells:
        rows[cell.row][cell.column] = cell.text
    return rows


def _filler(table: Grid, top: int, left: int, hidden: Sequence[int]) -> Callable[[Worksheet], None]:
    def fill(sheet: Worksheet) -> None:
        for cell in table.cells:
            row, column = top + cell.row, left + cell.column
            if cell.text:
                sheet.cell(row, column, cell.text)
            if cell.height * cell.width > 1:
                sheet.merge_cells(
                    start_row=row,
                    start_column=column,
                    end_row=row + cell.height - 1,
                    end_column=column + cell.width - 1,
                )
        for row in hidden:
            sheet.row_dimensions[row].hidden = True

    return fill


def xlsx(*drawn: str, at: tuple[int, int] = (1, 1), titles: Sequence[str] = (), hidden: Sequence[int] = ()) -> Read:
    """A workbook with one sheet for each table, its corner `at` row and column."""
    fills = [_filler(grid(one), *at, hidden) for one in drawn]
    return lambda: read_document(workbook(*fills, titles=titles), "book.xlsx")


def docx(*blocks: str | Grid) -> Read:
    def fill(document: WordDocument) -> None:
        for block in blocks:
            if isinstance(block, str):
                for line in block.strip("\n").split("\n"):
                    document.add_paragraph(line)
                continue
            table = document.add_table(block.rows, block.columns)
            for cell in block.cells:
                first = table.cell(cell.row, cell.column)
                if cell.height * cell.width > 1:
                    first = first.merge(table.cell(cell.row + cell.height - 1, cell.column + cell.width - 1))
                first.text = cell.text

    return lambda: read_document(word(fill), "letter.docx")


def page(*blocks: str | Grid, name: str = "page.html") -> Read:
    """A web page; text that begins with `<` is taken as it is."""
    parts = []
    for block in blocks:
        if isinstance(block, Grid):
            parts.append(_table(block))
        elif block.lstrip().startswith("<"):
            parts.append(block)
        else:
            parts.extend(f"<p>{markup.escape(line)}</p>" for line in block.strip("\n").split("\n"))
    data = f'<html><head><meta charset="utf-8"></head><body>{"".join(parts)}</body></html>'.encode()
    return lambda: read_document(data, name)


def _table(table: Grid) -> str:
    rows: list[list[str]] = [[] for _ in range(table.rows)]
    for cell in table.cells:
        spans = (f' rowspan="{cell.height}"' if cell.height > 1 else "") + (
            f' colspan="{cell.width}"' if cell.width > 1 else ""
        )
        rows[cell.row].append(f"<td{spans}>{markup.escape(cell.text).replace(chr(10), '<br>')}</td>")
    return "<table border=1>" + "".join(f"<tr>{''.join(row)}</tr>" for row in rows) + "</table>"


def comma(drawn: str, encoding: str = "utf-8", delimiter: str = ",") -> Read:
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter).writerows(flat(grid(drawn)))
    return lambda: read_document(out.getvalue().encode(encoding), "table.csv")


def text(content: str, encoding: str = "utf-8", name: str = "text.txt") -> Read:
    return lambda: read_document(content.strip("\n").encode(encoding), name)


def paste(content: str, markup_text: str | None = None) -> Read:
    return lambda: read_pasted(content.strip("\n"), markup_text)


def tabbed(drawn: str) -> str:
    """A table as a spreadsheet puts it on the clipboard."""
    out = io.StringIO()
    csv.writer(out, delimiter="\t", lineterminator="\n").writerows(flat(grid(drawn)))
    return out.getvalue()


def marked_up(drawn: str) -> str:
    """A table as a browser puts it on the clipboard."""
    return _table(grid(drawn))


def barred(drawn: str) -> str:
    """A table that lost its borders: one filled cell a line, each closed by a bar."""
    return "\n".join(f"{cell} |" for row in flat(grid(drawn)) for cell in row if cell)
