"""From what a cell stores to the text it shows."""

from __future__ import annotations

import re
from collections.abc import Sequence

from imports.problems import UnreadableDocument
from imports.readers import limits
from imports.readers.numfmt import Show, general
from imports.readers.xlsx.content import SheetContent
from imports.readers.xlsx.strings import unescaped

_DDE = re.compile(r"\||\bDDE\w*\s*\(", re.IGNORECASE)
_QUOTED = re.compile(r'"[^"]*"')
_BOOLEANS = {"1": "TRUE", "0": "FALSE"}


class Values:
    """The strings and styles that all sheets of a workbook share; numbers already shown are remembered."""

    def __init__(self, strings: Sequence[str], styles: Sequence[Show]) -> None:
        self.strings = strings
        self._styles = styles
        self._numbers: dict[tuple[str | None, str], str] = {}

    def text(self, kind: str, style: str | None, value: str, row: int, column: int, content: SheetContent) -> str:
        """The text of a cell of type `kind` (ECMA-376 part 1, 18.18.11). Raises UnreadableDocument."""
        if kind == "n":
            known = self._numbers.get((style, value))
            return self._number(style, value, row, column, content) if known is None else known
        if kind == "s":
            try:
                return self.strings[int(value)]
            except (ValueError, IndexError) as error:
                raise UnreadableDocument("shared-text-missing", place=content.place(row, column)) from error
        _check_length(value, row, column, content)
        if kind == "b":
            return _BOOLEANS.get(value, value)
        if kind == "e":
            content.error_values.append(content.place(row, column))
        return unescaped(value)

    def _number(self, style: str | None, value: str, row: int, column: int, content: SheetContent) -> str:
        _check_length(value, row, column, content)
        show = self._style(style)
        if show is None:
            content.styles_missing.append(content.place(row, column))
            return general(value)
        text = show(value) if value else ""
        self._numbers[style, value] = text
        return text

    def _style(self, style: str | None) -> Show | None:
        """How style number `style` shows numbers; None where the workbook has no such style."""
        if style is None:
            return self._styles[0]
        number = int(style) if style.isascii() and style.isdigit() and len(style) < 9 else -1
        return self._styles[number] if 0 <= number < len(self._styles) else None


def note_formula(content: SheetContent, row: int, column: int, formula: str, missing: bool) -> None:
    """Sorts a formula cell into what the reader has to say of it."""
    place = content.place(row, column)
    if _DDE.search(_QUOTED.sub("", formula)):
        content.calls_out.append(place)
    elif missing:
        content.formulas_without_value.append(place)
    else:
        content.formulas.append(place)


def _check_length(value: str, row: int, column: int, content: SheetContent) -> None:
    if len(value) > limits.MAX_CELL_CHARS:
        raise UnreadableDocument("cell-too-long", place=content.place(row, column), limit=str(limits.MAX_CELL_CHARS))
