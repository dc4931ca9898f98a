"""PDF files that hold text: lines put together to paragraphs, ruled tables with their merged areas. By pdfplumber.

A scan (扫描件) is told from a text by what stands on its pages.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from imports.document import Block, Document, Paragraph
from imports.problems import Problem, UnreadableDocument
from imports.readers import limits
from imports.readers.spaced import SpacedReader, half_widths
from imports.readers.spans import PlacedCell, as_table

_NEAR = 3.0
"""Points within which two edges are one."""
_PAGE_NUMBER = re.compile(r"[-—–－·\s]*(?:第\s*)?\d{1,4}(?:\s*页)?(?:\s*[/／共]\s*\d{1,4}\s*页?)?[-—–－·\s]*")
_LABEL = re.compile(
    r"[（(〔\[]?[一二三四五六七八九十百\d]{1,4}[、.．)）〕\]]|第[一二三四五六七八九十百\d]{1,4}[章节条]|[①-⑳]"
)
_GAP = 1.5
"""Half widths between two characters that stand in two columns."""
_WORD_GAP = 0.3
"""And between two Latin words."""
_FINISHED = "。；;！!？?"
_EDGE = 0.1
"""The share of a page's height at its top and bottom where a bare number is a page number."""


def _library() -> Any:
    """Loaded with the first PDF: other files need not wait for it."""
    import pdfplumber  # noqa: PLC0415 no other file needs it

    return pdfplumber


@dataclass(slots=True)
class _Line:
    text: str
    left: float
    right: float
    top: float
    bottom: float
    noise: bool = False
    spaced: str = ""
    """The text with every part behind a wide gap at its place across the page, counted in half widths."""


@dataclass(slots=True)
class _Ruled:
    """A table in the making; `starts` are the left edges of its columns, by which its rest on the next page is known."""

    starts: list[float]
    top: float
    cells: list[PlacedCell] = field(default_factory=list)
    rows: int = 0


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
    parts: list[_Ruled | list[_Line]] = []
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


def _of_page(page: Any) -> list[_Ruled | list[_Line]]:
    """The tables and the runs of lines of one page, from top to bottom."""
    tables = [(table.bbox, _ruled(page, table)) for table in page.find_tables()]
    tables = [(box, ruled) for box, ruled in tables if any(cell.text.strip() for cell in ruled.cells)]
    boxes = [box for box, _ in tables]
    rest = page.filter(lambda item: not any(_within(item, box) for box in boxes)) if boxes else page
    lines = [_line(item, page.height) for item in rest.extract_text_lines()]
    found: list[_Ruled | list[_Line]] = []
    waiting = sorted((ruled for _, ruled in tables), key=lambda ruled: ruled.top)
    for line in sorted((line for line in lines if line.text.strip()), key=lambda line: line.top):
        while waiting and waiting[0].top < line.top:
            found.append(waiting.pop(0))
        if not found or isinstance(found[-1], _Ruled):
            found.append([])
        last = found[-1]
        if isinstance(last, list):
            last.append(line)
    return [*found, *waiting]


def _within(item: dict[str, Any], box: tuple[float, float, float, float]) -> bool:
    across, down = (item["x0"] + item["x1"]) / 2, (item["top"] + item["bottom"]) / 2
    return bool(box[0] <= across <= box[2] and box[1] <= down <= box[3])


def _line(item: dict[str, Any], height: float) -> _Line:
    text = str(item["text"])
    at_edge = item["bottom"] < _EDGE * height or item["top"] > (1 - _EDGE) * height
    noise = at_edge and _PAGE_NUMBER.fullmatch(text) is not None
    return _Line(text, item["x0"], item["x1"], item["top"], item["bottom"], noise, _spaced(item["chars"]))


def _spaced(signs: Sequence[dict[str, Any]]) -> str:
    text, right = "", None
    for sign in signs:
        if sign["text"].isspace():
            continue
        half = sign["size"] / 2 or 1.0
        if right is None:
            text = " " * round(sign["x0"] / half)
        elif sign["x0"] - right > _GAP * half:
            text += " " * max(2, round(sign["x0"] / half) - half_widths(text))
        elif sign["x0"] - right > _WORD_GAP * half and sign["text"].isascii() and text[-1].isascii():
            text += " "
        text, right = text + sign["text"], sign["x1"]
    return text


def _ruled(page: Any, table: Any) -> _Ruled:
    """A table by the boxes of its cells: a box that reaches over further columns or rows is a merged area."""
    boxes = [box for box in table.cells if box is not None]
    starts, tops = _edges([box[0] for box in boxes]), _edges([box[1] for box in boxes])
    ruled = _Ruled(starts, table.bbox[1], rows=len(tops))
    signs = [sign for sign in page.chars if _within(sign, table.bbox)]
    for left, top, right, bottom in boxes:
        inside = [sign for sign in signs if _within(sign, (left, top, right, bottom))]
        text = str(_library().utils.extract_text(inside)).strip() if inside else ""
        column, row = _place(starts, left), _place(tops, top)
        width = sum(left - _NEAR <= start < right - _NEAR for start in starts)
        height = sum(top - _NEAR <= start < bottom - _NEAR for start in tops)
        ruled.cells.append(PlacedCell(row, column, text, max(width, 1), max(height, 1)))
    return ruled


def _edges(values: Sequence[float]) -> list[float]:
    edges: list[float] = []
    for value in sorted(values):
        if not edges or value - edges[-1] > _NEAR:
            edges.append(value)
    return edges


def _place(edges: Sequence[float], value: float) -> int:
    return min(range(len(edges)), key=lambda index: abs(edges[index] - value))


def _join(parts: list[_Ruled | list[_Line]], part: _Ruled | list[_Line]) -> None:
    """Puts a part behind the others; a table goes on over a page break where nothing but a page number stands between."""
    at = len(parts) - 1
    while isinstance(part, _Ruled) and at >= 0:
        before = parts[at]
        if isinstance(before, _Ruled):
            if _same_columns(before, part):
                _append(before, part)
                return
            break
        if not all(line.noise for line in before):
            break
        at -= 1
    parts.append(part)


def _append(table: _Ruled, part: _Ruled) -> None:
    """The rest of a table behind its beginning; a row that the page break cut in two is one again."""
    shift = table.rows
    last = {cell.column: cell for cell in table.cells if cell.row + cell.height == table.rows}
    first = [cell for cell in part.cells if cell.row == 0 and cell.text]
    if part.rows > 1 and first and len(first) * 2 <= len(part.starts) and all(_cut(last, cell) for cell in first):
        shift -= 1
        for cell in first:
            last[cell.column].text += f"\n{cell.text}"
        part.cells = [cell for cell in part.cells if cell.row > 0]
    table.cells += [
        PlacedCell(cell.row + shift, cell.column, cell.text, cell.width, cell.height) for cell in part.cells
    ]
    table.rows = shift + part.rows


def _cut(last: dict[int, PlacedCell], cell: PlacedCell) -> bool:
    """Does this cell go on with the one above it, which the end of its page left unfinished?"""
    above = last.get(cell.column)
    whole = cell.width > 1 or cell.height > 1 or _LABEL.match(cell.text) is not None
    return not whole and above is not None and above.text != "" and above.text[-1] not in _FINISHED


def _same_columns(one: _Ruled, other: _Ruled) -> bool:
    return len(one.starts) == len(other.starts) and all(
        abs(a - b) <= _NEAR for a, b in zip(one.starts, other.starts, strict=True)
    )


def _blocks(parts: Sequence[_Ruled | list[_Line]]) -> Iterator[Block]:
    tables = paragraphs = cells = 0
    lines = [line for part in parts if isinstance(part, list) for line in part if not line.noise]
    left, right = min((line.left for line in lines), default=0.0), max((line.right for line in lines), default=0.0)
    for part in parts:
        if isinstance(part, _Ruled):
            tables += 1
            cells += len(part.cells)
            if cells > limits.MAX_CELLS:
                raise UnreadableDocument("too-many-cells", place=f"table {tables}", limit=str(limits.MAX_CELLS))
            yield as_table(part.cells, part.rows, f"table {tables}")
            continue
        for found in _spaced_tables(part):
            if isinstance(found, list):
                for text, noise in _paragraphs(found, left, right):
                    paragraphs += 1
                    yield Paragraph(f"paragraph {paragraphs}", text, noise=noise)
            else:
                tables += 1
                yield as_table(found.cells, found.rows, f"table {tables}")


def _spaced_tables(lines: list[_Line]) -> Iterator[_Ruled | list[_Line]]:
    """The lines, and between them the tables that no rules show but the places of their cells."""
    kept = [line for line in lines if not line.noise]
    reader = SpacedReader([line.spaced for line in kept])
    waiting: list[_Line] = []
    at = 0
    while at < len(kept):
        rows = reader.rows_at(at)
        if not rows:
            waiting.append(kept[at])
            at += 1
            continue
        yield waiting
        waiting = []
        ruled = _Ruled([], kept[at].top, rows=len(rows))
        ruled.cells = [
            PlacedCell(row, column, text, 1, 1)
            for row, found in enumerate(rows)
            for column, text in enumerate(found.cells)
        ]
        yield ruled
        at = rows[-1].line + rows[-1].lines
    yield [*waiting, *(line for line in lines if line.noise)]


def _paragraphs(lines: Sequence[_Line], left: float, right: float) -> Iterator[tuple[str, bool]]:
    """Lines that fill the width go on in the next, unless that one is indented or begins with a number of its own."""
    current, before = "", None
    for line in lines:
        if line.noise:
            yield line.text, True
            continue
        height = line.bottom - line.top
        goes_on = (
            before is not None
            and before.right > right - 2 * height
            and line.left < left + 1.5 * height
            and _LABEL.match(line.text) is None
        )
        if goes_on:
            current += line.text
        else:
            if current:
                yield current, False
            current = line.text
        before = line
    if current:
        yield current, False
