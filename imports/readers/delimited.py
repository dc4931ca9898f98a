"""CSV and TSV files → one table whose rows are cited by their line."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from imports.document import Document, Table
from imports.problems import Problem, UnreadableDocument
from imports.readers import limits
from imports.readers.records import Record, UnclosedQuote, record_at, records, split_lines

_DELIMITERS = ",\t;|"
_SAMPLE_CHARS = 200_000
_SAMPLE_LINES = 50


def read_delimited(text: str) -> Document:
    """The one table of a delimited file; blank lines are left out, line numbers stay true."""
    delimiter = sniffed_delimiter(text) or ","
    try:
        rows = list(_sound(records(text, delimiter)))
    except UnclosedQuote as error:
        raise UnreadableDocument("quote-unclosed", place=f"line {error.line}") from error
    problems = _oddities(rows)
    table = as_table(rows, "table 1")
    return Document("csv", [table] if table.grid else [], problems)


def sniffed_delimiter(text: str) -> str | None:
    """The delimiter that parts the first lines most evenly into two columns or more; None where none does."""
    lines = [line for line in split_lines(text[:_SAMPLE_CHARS])[:_SAMPLE_LINES] if line.strip()]
    scores: list[tuple[float, int, str]] = []
    for rank, delimiter in enumerate(_DELIMITERS):
        widths = _widths(lines, delimiter)
        if not widths:
            continue
        width, count = widths.most_common(1)[0]
        if width > 1:
            scores.append((count / widths.total(), -rank, delimiter))
    return max(scores)[2] if scores else None


def _widths(lines: list[str], delimiter: str) -> Counter[int]:
    widths: Counter[int] = Counter()
    at = 0
    while at < len(lines):
        try:
            record = record_at(lines, at, delimiter)
        except UnclosedQuote:
            break
        widths[len(record.fields)] += 1
        at += record.lines
    return widths


def _sound(rows: Iterable[Record]) -> Iterable[Record]:
    """The records with anything in them, every bound checked while they come."""
    cells = 0
    for record in rows:
        place = f"line {record.line}"
        if record.line > limits.MAX_ROWS:
            raise UnreadableDocument("too-many-rows", place=place, limit=str(limits.MAX_ROWS))
        cells += len(record.fields)
        if cells > limits.MAX_GRID_CELLS:
            raise UnreadableDocument("too-many-cells", place=place, limit=str(limits.MAX_GRID_CELLS))
        for field in record.fields:
            if len(field) > limits.MAX_CELL_CHARS:
                raise UnreadableDocument("cell-too-long", place=place, limit=str(limits.MAX_CELL_CHARS))
        if any(field.strip() for field in record.fields):
            yield record


def as_table(rows: list[Record], locator: str) -> Table:
    """Records as a grid: short rows are filled up with blanks, columns that are blank throughout at the end dropped."""
    width = max((_filled_width(record.fields) for record in rows), default=0)
    if width * len(rows) > limits.MAX_GRID_CELLS:
        raise UnreadableDocument("grid-too-large", place=locator, limit=str(limits.MAX_GRID_CELLS))
    grid = [(record.fields + [""] * width)[:width] for record in rows]
    return Table(locator=locator, grid=grid, row_labels=[f"line {record.line}" for record in rows])


def _filled_width(fields: list[str]) -> int:
    width = len(fields)
    while width and not fields[width - 1]:
        width -= 1
    return width


def _oddities(rows: list[Record]) -> list[Problem]:
    problems = []
    stray = tuple(f"line {record.line}" for record in rows if record.stray_quote)
    if stray:
        problems.append(Problem("quote-stray", stray))
    if rows:
        head = len(rows[0].fields)
        wide = tuple(f"line {record.line}" for record in rows if head > 1 and _filled_width(record.fields) > head)
        if wide:
            problems.append(Problem("ragged-row", wide))
    return problems
