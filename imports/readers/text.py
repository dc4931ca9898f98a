"""Plain text and pasted text → its lines, verbatim, with the tables that stand among them.

A table in text is a run of lines parted by tabs (cells copied from a spreadsheet or a page) or by `|` with several cells
a line (Markdown). One cell a line ending in `|` is a flattened table: its lines are left as they are, and recognition
puts them together.
"""

from __future__ import annotations

import re

from imports.document import Block, Document, Paragraph, SourceKind
from imports.problems import Problem, UnreadableDocument
from imports.readers import limits
from imports.readers.delimited import as_table
from imports.readers.records import Record, UnclosedQuote, lines_with_ends, record_at

_PIPE_RULE = re.compile(r"\s*\|?(?:\s*:?-{2,}:?\s*\|)+(?:\s*:?-{2,}:?\s*)?\|?\s*$")
_HEADING = re.compile(r"(#{1,6})[ \t]+(?=\S)")
_LOST = "\ufffd"
_ESCAPED = "\0"
"""Stands for `\\|` while a line is parted; decoded text holds no NUL."""


def read_text(text: str, kind: SourceKind = "text", markdown: bool = False) -> Document:
    """Every line as a paragraph `line N` (blank ones too), runs of table lines as tables with rows `line N`.

    `markdown` gives lines that begin with `#` their heading level; the text stays as printed.
    """
    lines = lines_with_ends(text)
    if len(lines) > limits.MAX_LINES:
        raise UnreadableDocument("too-many-lines", place="text", limit=str(limits.MAX_LINES))
    blocks: list[Block] = []
    at = tables = 0
    while at < len(lines):
        _check_length(lines[at], at)
        rows, used = _table_at(lines, at)
        if rows:
            tables += 1
            blocks.append(as_table(rows, f"table {tables}"))
        else:
            blocks.append(_paragraph(lines[at], at, markdown))
        at += used
    return Document(kind, blocks, _character_problems(lines))


def _paragraph(line: str, at: int, markdown: bool) -> Paragraph:
    text = line.rstrip("\r\n")
    heading = _HEADING.match(text) if markdown else None
    return Paragraph(f"line {at + 1}", text, heading_level=len(heading.group(1)) if heading else None)


def _check_length(line: str, at: int) -> None:
    if len(line) > limits.MAX_LINE_CHARS:
        raise UnreadableDocument("line-too-long", place=f"line {at + 1}", limit=str(limits.MAX_LINE_CHARS))


def _table_at(lines: list[str], at: int) -> tuple[list[Record], int]:
    """The rows of a table that begins on this line and the lines it takes; no rows and 1 where none begins."""
    if "\t" in lines[at]:
        rows = _tabbed_rows(lines, at)
    elif lines[at].count("|") > 0:
        rows = _piped_rows(lines, at)
    else:
        return [], 1
    if len(rows) < 2 or sum(bool(cell.strip()) for cell in rows[0].fields) < 2:
        return [], 1
    return rows, rows[-1].line + rows[-1].lines - 1 - at


def _tabbed_rows(lines: list[str], at: int) -> list[Record]:
    """Consecutive records with as many tabs as the first; a cell copied with line breaks in it stands in quotes."""
    rows: list[Record] = []
    while at < len(lines) and lines[at].strip():
        record = _tabbed_record(lines, at)
        if rows and len(record.fields) != len(rows[0].fields):
            break
        rows.append(record)
        at += record.lines
    return rows


def _tabbed_record(lines: list[str], at: int) -> Record:
    plain = lines[at].rstrip("\r\n").split("\t")
    try:
        record = record_at(lines, at, "\t")
    except UnclosedQuote:
        return Record(at + 1, plain, 1, stray_quote=False)
    return Record(at + 1, plain, 1, stray_quote=False) if record.stray_quote else record


def _piped_rows(lines: list[str], at: int) -> list[Record]:
    """Consecutive lines of several cells parted by `|`; Markdown's rule under the head is border, not content."""
    rows: list[Record] = []
    width = 0
    while at < len(lines):
        line = lines[at].rstrip("\r\n")
        if rows and _PIPE_RULE.match(line):
            rows[-1] = Record(rows[-1].line, rows[-1].fields, rows[-1].lines + 1, stray_quote=False)
        else:
            cells = _piped_cells(line)
            if len(cells) < 2 or (rows and len(cells) != width):
                break
            width = len(cells)
            rows.append(Record(at + 1, cells, 1, stray_quote=False))
        at += 1
    return rows


def _piped_cells(line: str) -> list[str]:
    bare = line.strip()
    if "|" not in bare:
        return []
    bare = bare.removeprefix("|").removesuffix("|")
    cells = bare.replace(r"\|", _ESCAPED).split("|")
    return [cell.strip().replace(_ESCAPED, r"\|") for cell in cells]


def _character_problems(lines: list[str]) -> list[Problem]:
    lost = tuple(f"line {at + 1}" for at, line in enumerate(lines) if _LOST in line)
    return [Problem("replaced-characters", lost)] if lost else []
