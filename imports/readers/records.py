"""Delimited records (CSV, TSV, cells copied out of a spreadsheet): an own small reader that keeps every field as it is.

The standard module drops quotes that do not pair and swallows the rest of a file behind one that is never closed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from imports.problems import UnreadableDocument
from imports.readers import limits

_OTHER_LINE_ENDS = "\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029"
"""What str.splitlines() takes for line ends besides CR and LF."""


@dataclass(frozen=True, slots=True)
class Record:
    line: int
    """1-based number of its first line."""
    fields: list[str]
    lines: int
    """How many lines it takes."""
    stray_quote: bool
    """A quoted field goes on behind its closing quote: kept with its quotes."""


class UnclosedQuote(Exception):
    """The quote opened on `line` is not closed within reach."""

    def __init__(self, line: int) -> None:
        super().__init__(line)
        self.line = line


def split_lines(text: str) -> list[str]:
    """Lines without their ends. Only CR LF, LF and CR end a line: U+2028 or a form feed inside one does not."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    if lines[-1] == "":
        lines.pop()
    return lines


def lines_with_ends(text: str) -> list[str]:
    """Lines as `split_lines`, each with its end."""
    if not any(mark in text for mark in _OTHER_LINE_ENDS):
        return text.splitlines(keepends=True)
    lines: list[str] = []
    for line in text.split("\n"):
        lines.extend(f"{part}\r" for part in line.split("\r")[:-1])
        lines.append(line.rsplit("\r", 1)[-1] + "\n")
    if text.endswith("\n"):
        lines.pop()
    else:
        lines[-1] = lines[-1].removesuffix("\n")
    return _with_pairs_joined(lines)


def _with_pairs_joined(lines: Sequence[str]) -> list[str]:
    """A CR that stands right before an LF ends no line of its own."""
    joined: list[str] = []
    for line in lines:
        if line == "\n" and joined and joined[-1].endswith("\r"):
            joined[-1] += line
        elif line:
            joined.append(line)
    return joined


def record_at(lines: Sequence[str], at: int, delimiter: str, reach: int = limits.MAX_QUOTED_LINES) -> Record:
    """The record that begins on line index `at` of `lines` (with their ends).

    Raises UnclosedQuote where it would take more than `reach` lines.
    """
    line = lines[at].rstrip("\r\n")
    if '"' not in line:
        _check_width(line.count(delimiter) + 1, at)
        return Record(at + 1, line.split(delimiter), 1, stray_quote=False)
    return _Cursor(lines, at, delimiter, reach).record()


def records(text: str, delimiter: str) -> Iterator[Record]:
    """All records of a text. Raises UnclosedQuote; line ends inside quotes are kept as printed."""
    lines = lines_with_ends(text)
    at = 0
    while at < len(lines):
        record = record_at(lines, at, delimiter)
        yield record
        at += record.lines


class _Cursor:
    """A place within a record that may run over several lines."""

    def __init__(self, lines: Sequence[str], at: int, delimiter: str, reach: int) -> None:
        self._lines, self._at, self._delimiter, self._reach = lines, at, delimiter, reach
        self._used = 0
        self._stray = False
        self._next_line()

    def record(self) -> Record:
        fields: list[str] = []
        while True:
            quoted = self._place < self._end and self._line[self._place] == '"'
            fields.append(self._quoted() if quoted else self._plain())
            _check_width(len(fields), self._at)
            if self._place >= self._end:
                return Record(self._at + 1, fields, self._used, self._stray)
            self._place += 1

    def _next_line(self) -> None:
        self._line = self._lines[self._at + self._used]
        self._end = len(self._line.rstrip("\r\n"))
        self._place = 0
        self._used += 1

    def _plain(self) -> str:
        """Up to the next delimiter or the end of the line."""
        start = self._place
        stop = self._line.find(self._delimiter, start, self._end)
        self._place = self._end if stop < 0 else stop
        return self._line[start : self._place]

    def _quoted(self) -> str:
        parts: list[str] = []
        self._place += 1
        while True:
            closing = self._line.find('"', self._place)
            if closing < 0:
                parts.append(self._line[self._place :])
                if self._at + self._used >= len(self._lines) or self._used >= self._reach:
                    raise UnclosedQuote(self._at + 1)
                self._next_line()
            elif self._line.startswith('"', closing + 1):
                parts.append(self._line[self._place : closing + 1])
                self._place = closing + 2
            else:
                parts.append(self._line[self._place : closing])
                self._place = closing + 1
                break
        text, rest = "".join(parts), self._plain()
        if rest:
            self._stray = True
            return f'"{text}"{rest}'
        return text


def _check_width(fields: int, at: int) -> None:
    if fields > limits.MAX_COLUMNS:
        raise UnreadableDocument("too-many-columns", place=f"line {at + 1}", limit=str(limits.MAX_COLUMNS))
