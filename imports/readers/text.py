"""Plain text and pasted text → its lines, verbatim, with the tables that stand among them.

A table in text is a run of lines parted by tabs (cells copied from a spreadsheet or a page) or by `|` with several cells
a line (Markdown), or one set in columns by blanks whose cells go on over several lines. One cell a line ending in `|` is a
flattened table, and so is a run of rows of which some lack cells: their lines are left as they are, and recognition puts
them together.
"""

from __future__ import annotations

import re

from imports.document import Block, Document, Paragraph, SourceKind
from imports.problems import Problem, UnreadableDocument
from imports.readers import limits
from imports.readers.broken_rows import broken_rows
from imports.readers.delimited import as_table
from imports.readers.encoding import CONTROLS
from imports.readers.records import Record, UnclosedQuote, lines_with_ends, record_at
from imports.readers.spaced import SpacedReader

_PIPE_RULE = re.compile(r"\s*\|?(?:\s*:?-{2,}:?\s*\|)+(?:\s*:?-{2,}:?\s*)?\|?\s*$")
_HEADING = re.compile(r"(#{1,6})[ \t]+(?=\S)")
_BREAK = re.compile(r"\s*<br\s*/?>\s*", re.IGNORECASE)
"""How Markdown breaks a line within a cell."""
_EMPHASIS = re.compile(r"\*\*([^*\n]+)\*\*|__([^_\n]+)__|`([^`\n]+)`")
_LEAST_EMPHASIS = 3
_MARKED_OFF = re.compile(r"\\([\\`*_{}\[\]()#+\-.!>~])")
"""Signs that Markdown would take for its own; `\\|` is left for the cells of tables."""
_LEAST_RAGGED = 2
_ODD_CHARACTERS = (
    ("replaced-characters", re.compile("\ufffd")),
    ("control-characters", CONTROLS),
)
_RULED = re.compile(r"\s*\+(?:[-=]+\+)+\s*$")
"""A rule between the rows of a drawn table, whose rows may have several lines: recognition puts them together."""
_ESCAPED = "\0"
"""Stands for `\\|` while a line is parted; decoded text holds no NUL."""


def read_text(text: str, kind: SourceKind = "text", markdown: bool = False) -> Document:
    """Every line as a paragraph `line N` (blank ones too), runs of table lines as tables with rows `line N`.

    `markdown` gives lines that begin with `#` their heading level; the text stays as printed but for the signs of
    emphasis, which no reader of the text sees.
    """
    if markdown or len(_EMPHASIS.findall(text)) >= _LEAST_EMPHASIS:
        text = _EMPHASIS.sub(lambda found: found.group(1) or found.group(2) or found.group(3), text)
    if markdown:
        text = _MARKED_OFF.sub(r"\1", text)
    lines = lines_with_ends(text)
    if len(lines) > limits.MAX_LINES:
        raise UnreadableDocument("too-many-lines", place="text", limit=str(limits.MAX_LINES))
    blocks: list[Block] = []
    at = tables = ragged = 0
    spaced = SpacedReader(lines)
    while at < len(lines):
        _check_length(lines[at], at)
        ragged = max(ragged, _end_of_ragged(lines, at))
        rows, used = _table_at(lines, at) if at >= ragged else ([], 1)
        if not rows and (found := spaced.rows_at(at)):
            rows = [Record(row.line + 1, row.cells, row.lines, stray_quote=False) for row in found]
            used = found[-1].line + found[-1].lines - at
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
    """The rows of a table that begins on this line and the lines it takes; no rows and 1 where none begins.

    The first row decides before any other is looked at, so that a long run of lines is never walked twice.
    """
    if "\t" in lines[at] and (broken := broken_rows(lines, at)):
        return broken, broken[-1].line + broken[-1].lines - 1 - at
    if "\t" in lines[at] or _opens_quoted_cell(lines[at]):
        first, following = _tabbed_record(lines, at), _tabbed_rows
    elif "|" in lines[at] and not (at and _RULED.match(lines[at - 1])):
        first, following = Record(at + 1, _piped_cells(lines[at].rstrip("\r\n")), 1, stray_quote=False), _piped_rows
    else:
        return [], 1
    if sum(bool(cell.strip()) for cell in first.fields) < 2:
        return [], 1
    rows = following(lines, first)
    return (rows, rows[-1].line + rows[-1].lines - 1 - at) if len(rows) > 1 else ([], 1)


def _opens_quoted_cell(line: str) -> bool:
    """The first cell of a row copied out of a spreadsheet, broken within: its quote is closed on a later line."""
    return line.startswith('"') and line.count('"') % 2 == 1


def _tabbed_rows(lines: list[str], first: Record) -> list[Record]:
    """Consecutive records with as many tabs as the first; a line without any, between two of them, is a full-width row."""
    rows, width = [first], len(first.fields)
    at = first.line - 1 + first.lines
    while at < len(lines) and lines[at].strip():
        record = _tabbed_record(lines, at)
        if len(record.fields) == 1 and _goes_on(lines, at + record.lines, width):
            record = Record(record.line, [*record.fields, *[""] * (width - 1)], record.lines, stray_quote=False)
        if len(record.fields) != width:
            break
        rows.append(record)
        at += record.lines
    return rows


def _goes_on(lines: list[str], at: int, width: int) -> bool:
    """Whether the table goes on with the next line: section rows (一、…) lose their empty cells when they are pasted."""
    return at < len(lines) and len(_tabbed_record(lines, at).fields) == width


def _tabbed_record(lines: list[str], at: int) -> Record:
    """A row copied out of a spreadsheet: a cell with line breaks in it stands in quotes, other quotes are characters."""
    try:
        record = record_at(lines, at, "\t", reach=limits.MAX_PASTED_CELL_LINES)
    except UnclosedQuote:
        record = None
    if record is None or record.stray_quote:
        return Record(at + 1, lines[at].rstrip("\r\n").split("\t"), 1, stray_quote=False)
    return record


def _piped_rows(lines: list[str], first: Record) -> list[Record]:
    """Consecutive lines of as many cells parted by `|`; Markdown's rule under the head is border, not content."""
    rows = [first]
    for at in range(first.line, len(lines)):
        line = lines[at].rstrip("\r\n")
        if at == first.line and _PIPE_RULE.match(line):
            rows[0] = Record(first.line, first.fields, 2, stray_quote=False)
            continue
        cells = _piped_cells(line)
        if len(cells) != len(first.fields):
            break
        rows.append(Record(at + 1, cells, 1, stray_quote=False))
    return rows


def _end_of_ragged(lines: list[str], at: int) -> int:
    """Where a run of lines with bars ends that begins on this line and whose rows lost cells; `at` where none does."""
    if "|" not in lines[at] or (at and "|" in lines[at - 1]):
        return at
    end = at
    while end < len(lines) and "|" in lines[end]:
        end += 1
    width = len(_piped_cells(lines[at]))
    short = any(len(_piped_cells(line)) < width for line in lines[at + 1 : end])
    return end if width > _LEAST_RAGGED and short else at


def _piped_cells(line: str) -> list[str]:
    bare = line.strip()
    if "|" not in bare:
        return []
    bare = bare.removeprefix("|").removesuffix("|")
    cells = bare.replace(r"\|", _ESCAPED).split("|")
    return [_BREAK.sub("\n", cell.strip().replace(_ESCAPED, r"\|")) for cell in cells]


def _character_problems(lines: list[str]) -> list[Problem]:
    """Where characters were lost before the text came here, and where some cannot be seen."""
    problems = []
    for code, pattern in _ODD_CHARACTERS:
        found = tuple(f"line {at + 1}" for at, line in enumerate(lines) if pattern.search(line))
        if found:
            problems.append(Problem(code, found))
    return problems
