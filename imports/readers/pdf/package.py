"""A PDF as a whole: its pages from top to bottom, what goes on over a page, and what is no text.

A scan (扫描件) is told from a text by what stands on its pages.
"""

from __future__ import annotations

import importlib
import io
from collections.abc import Iterator, Sequence
from typing import Any

from imports.document import Block, Document, Paragraph
from imports.problems import Problem, UnreadableDocument
from imports.readers import limits
from imports.readers.pdf.lines import Line, line_of, margins, paragraphs
from imports.readers.pdf.ruled import Ruled, append, ruled_of, same_columns, within
from imports.readers.spaced import SpacedReader
from imports.readers.spans import PlacedCell, as_table


def _library() -> Any:
    """Loaded with the first PDF: other files need not wait for it."""
    return importlib.import_module("pdfplumber")


def read_pdf(data: bytes) -> Document:
    """Paragraphs and tables in reading order. Raises UnreadableDocument for a scan, and for what is locked or damaged."""
    try:
        with _library().open(io.BytesIO(data)) as file:
            return _read(file.pages)
    except (UnreadableDocument, MemoryError, RecursionError):
        raise
    except Exception as error:  # the library raises whatever a damaged file makes it stumble over
        locked = "password" in f"{type(error).__name__} {error.__cause__!r} {error!r}".lower()
        raise UnreadableDocument("encrypted" if locked else "damaged-pdf") from error


def _read(pages: Sequence[Any]) -> Document:
    if len(pages) > limits.MAX_PDF_PAGES:
        raise UnreadableDocument("too-many-pages", limit=str(limits.MAX_PDF_PAGES))
    parts: list[Ruled | list[Line]] = []
    scanned, filled = [], 0
    for number, page in enumerate(pages, 1):
        found = _of_page(page)
        filled += bool(found)
        if not found and page.images:
            scanned.append(f"page {number}")
        for part in found:
            _join(parts, part)
        page.close()
    if not filled:
        raise UnreadableDocument("scan-in-pdf" if scanned else "empty-pdf")
    problems = [Problem("scanned-pages", tuple(scanned))] if scanned else []
    return Document("pdf", list(_blocks(parts)), problems)


def _of_page(page: Any) -> list[Ruled | list[Line]]:
    """The tables and the runs of lines of one page, from top to bottom."""
    tables = [(table.bbox, ruled_of(page, table)) for table in page.find_tables()]
    tables = [(box, ruled) for box, ruled in tables if any(cell.text.strip() for cell in ruled.cells)]
    boxes = [box for box, _ in tables]
    rest = page.filter(lambda item: not any(within(item, box) for box in boxes)) if boxes else page
    lines = [line_of(item, page) for item in rest.extract_text_lines()]
    found: list[Ruled | list[Line]] = []
    waiting = sorted((ruled for _, ruled in tables), key=lambda ruled: ruled.top)
    for line in sorted((line for line in lines if line.text.strip()), key=lambda line: line.top):
        while waiting and waiting[0].top < line.top:
            found.append(waiting.pop(0))
        if not found or isinstance(found[-1], Ruled):
            found.append([])
        last = found[-1]
        if isinstance(last, list):
            last.append(line)
    return [*found, *waiting]


def _join(parts: list[Ruled | list[Line]], part: Ruled | list[Line]) -> None:
    """Puts a part behind the others; a table goes on over a page break where nothing but a page number stands between."""
    at = len(parts) - 1
    while isinstance(part, Ruled) and at >= 0:
        before = parts[at]
        if isinstance(before, Ruled):
            if same_columns(before, part):
                append(before, part)
                return
            break
        if not all(line.noise for line in before):
            break
        at -= 1
    parts.append(part)


def _blocks(parts: Sequence[Ruled | list[Line]]) -> Iterator[Block]:
    tables = count = cells = 0
    left, right = margins([line for part in parts if isinstance(part, list) for line in part if not line.noise])
    for part in parts:
        if isinstance(part, Ruled):
            tables += 1
            cells += len(part.cells)
            if cells > limits.MAX_CELLS:
                raise UnreadableDocument("too-many-cells", place=f"table {tables}", limit=str(limits.MAX_CELLS))
            yield as_table(part.cells, part.rows, f"table {tables}")
            continue
        for found in _spaced_tables(part):
            if isinstance(found, list):
                for text, noise in paragraphs(found, left, right):
                    count += 1
                    yield Paragraph(f"paragraph {count}", text, noise=noise)
            else:
                tables += 1
                yield as_table(found.cells, found.rows, f"table {tables}")


def _spaced_tables(lines: list[Line]) -> Iterator[Ruled | list[Line]]:
    """The lines, and between them the tables that no rules show but the places of their cells."""
    kept = [line for line in lines if not line.noise]
    reader = SpacedReader([line.spaced for line in kept])
    waiting: list[Line] = []
    at = 0
    while at < len(kept):
        rows = reader.rows_at(at)
        if not rows:
            waiting.append(kept[at])
            at += 1
            continue
        yield waiting
        waiting = []
        ruled = Ruled([], kept[at].top, rows=len(rows))
        ruled.cells = [
            PlacedCell(row, column, text, 1, 1)
            for row, found in enumerate(rows)
            for column, text in enumerate(found.cells)
        ]
        yield ruled
        at = rows[-1].line + rows[-1].lines
    yield [*waiting, *(line for line in lines if line.noise)]
