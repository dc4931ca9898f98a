"""One worksheet in one pass over its XML: texts as shown, merged areas, hidden rows and columns, and what is odd.

Expat's events are taken as they come and the sheet's XML is never held as a tree: 10,000 rows cost a few times what
expat needs to look at them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from imports.problems import UnreadableDocument
from imports.readers import limits
from imports.readers.names import column_index, column_letters, shown
from imports.readers.numfmt import Show, general
from imports.readers.xlsx.strings import unescaped
from imports.readers.xml import feed, guarded_parser

Bounds = tuple[int, int, int, int]
"""top, left, bottom, right: 0-based, inclusive."""

_DIGITS = "0123456789"
_RANGE = re.compile(r"\$?([A-Za-z]{1,6})\$?(\d{1,7}):\$?([A-Za-z]{1,6})\$?(\d{1,7})$")
_DDE = re.compile(r"\||\bDDE\w*\s*\(", re.IGNORECASE)
_QUOTED = re.compile(r'"[^"]*"')


@dataclass(slots=True)
class SheetContent:
    """What one worksheet holds. Row and column numbers are 0-based; `cells` has only what shows any text."""

    cells: dict[int, dict[int, str]] = field(default_factory=dict)
    merges: list[Bounds] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: list[tuple[int, int]] = field(default_factory=list)
    """Runs of columns, first and last."""
    formulas: list[str] = field(default_factory=list)
    """Addresses (`D7`), likewise below."""
    formulas_without_value: list[str] = field(default_factory=list)
    calls_out: list[str] = field(default_factory=list)
    error_values: list[str] = field(default_factory=list)
    styles_missing: list[str] = field(default_factory=list)
    validations: int = 0


class SheetReader:
    """Reads worksheets of one workbook, whose strings and styles they share."""

    def __init__(self, strings: Sequence[str], styles: Sequence[Show]) -> None:
        self._strings = strings
        self._styles = styles
        self._columns: dict[str, int] = {}
        self._numbers: dict[tuple[str | None, str], str] = {}
        self._cells_left = limits.MAX_CELLS

    def read(self, chunks: Iterable[bytes], name: str, part: str) -> SheetContent:
        """The content of the sheet called `name`. Raises UnreadableDocument where it is damaged or beyond a limit."""
        parser = guarded_parser(part)
        content = SheetContent()
        finish = self._cell_finisher(content, name)
        pieces: list[str] = []
        tags: dict[str, str] = {}
        cells: dict[int, str] = {}
        row = column = -1
        row_text = ""
        kind, value = "n", ""
        style: str | None = None
        formula: str | None = None
        in_cell = in_phonetic = False

        def start(tag: str, attributes: dict[str, str]) -> None:
            nonlocal row, column, row_text, kind, value, style, formula, in_cell, in_phonetic, cells
            known = tags.get(tag)
            if known is None:
                if not tags:
                    tags.update(_tags_of(tag))
            elif known == "c":
                if in_cell:
                    raise UnreadableDocument("xml-too-deep", part=shown(part))
                address = attributes.get("r")
                if address is None:
                    column += 1
                    if column >= limits.MAX_COLUMNS:
                        raise _too_many_columns(name)
                else:
                    letters = address.rstrip(_DIGITS)
                    if address[len(letters) :] != row_text:
                        raise UnreadableDocument("cell-address", place=f"{name}!{shown(address, 20)}")
                    found = self._columns.get(letters)
                    column = self._column(letters, name) if found is None else found
                in_cell = True
                kind = attributes.get("t", "n")
                style = attributes.get("s")
                formula = None
                value = ""
            elif known == "v":
                pieces.clear()
                parser.CharacterDataHandler = pieces.append
            elif known == "row":
                row = _row_number(attributes.get("r"), row, name)
                row_text = str(row + 1)
                column = -1
                cells = content.cells.get(row, {})
                if attributes.get("hidden") in ("1", "true") or attributes.get("ht") == "0":
                    content.hidden_rows.add(row)
            elif known == "f" or (known == "t" and in_cell and not in_phonetic):
                pieces.clear()
                parser.CharacterDataHandler = pieces.append
            elif known == "rPh":
                in_phonetic = True
            else:
                _note_rest(known, attributes, content, name)

        def end(tag: str) -> None:
            nonlocal value, formula, in_cell, in_phonetic
            known = tags.get(tag)
            if known == "v":
                parser.CharacterDataHandler = None
                value = "".join(pieces)
            elif known == "c":
                in_cell = False
                if value or formula is not None:
                    finish(cells, row, column, kind, style, value, formula)
            elif known == "row":
                if cells:
                    content.cells[row] = cells
            elif known == "t" and in_cell and not in_phonetic:
                parser.CharacterDataHandler = None
                value += "".join(pieces)
            elif known == "f":
                parser.CharacterDataHandler = None
                formula = "".join(pieces)
            elif known == "rPh":
                in_phonetic = False

        parser.buffer_text = True
        parser.StartElementHandler = start
        parser.EndElementHandler = end
        feed(parser, chunks, part)
        return content

    def _column(self, letters: str, name: str) -> int:
        column = column_index(letters)
        if column is None:
            raise UnreadableDocument("cell-address", place=f"{name}!{shown(letters, 20)}")
        if column >= limits.MAX_COLUMNS:
            raise _too_many_columns(name)
        self._columns[letters] = column
        return column

    def _cell_finisher(
        self, content: SheetContent, name: str
    ) -> Callable[[dict[int, str], int, int, str, str | None, str, str | None], None]:
        strings, numbers = self._strings, self._numbers

        def finish(
            cells: dict[int, str], row: int, column: int, kind: str, style: str | None, value: str, formula: str | None
        ) -> None:
            if kind == "n":
                text = numbers.get((style, value))
                if text is None or formula is not None:
                    text = self._number(style, value, row, column, content)
            elif kind == "s":
                try:
                    text = strings[int(value)]
                except (ValueError, IndexError) as error:
                    raise UnreadableDocument("shared-text-missing", place=_place(name, row, column)) from error
            else:
                text = self._other(kind, style, value, row, column, content, name)
            if formula is not None:
                _note_formula(content, row, column, formula, text if kind != "str" else None)
            if text:
                if column in cells:
                    raise UnreadableDocument("cell-twice", place=_place(name, row, column))
                cells[column] = text
                self._cells_left -= 1
                if self._cells_left < 0:
                    raise UnreadableDocument("too-many-cells", place=name, limit=str(limits.MAX_CELLS))

        return finish

    def _number(self, style: str | None, value: str, row: int, column: int, content: SheetContent) -> str:
        show = self._style(style)
        if show is None:
            content.styles_missing.append(_address(row, column))
            return general(value)
        if len(value) > limits.MAX_CELL_CHARS:
            raise UnreadableDocument("cell-too-long", place=_address(row, column), limit=str(limits.MAX_CELL_CHARS))
        text = show(value) if value else ""
        self._numbers[style, value] = text
        return text

    def _style(self, style: str | None) -> Show | None:
        """How style number `style` shows numbers; None where the workbook has no such style."""
        if style is None:
            return self._styles[0]
        number = int(style) if style.isascii() and style.isdigit() and len(style) < 9 else -1
        return self._styles[number] if 0 <= number < len(self._styles) else None

    def _other(
        self, kind: str, style: str | None, value: str, row: int, column: int, content: SheetContent, name: str
    ) -> str:
        if len(value) > limits.MAX_CELL_CHARS:
            raise UnreadableDocument("cell-too-long", place=_place(name, row, column), limit=str(limits.MAX_CELL_CHARS))
        if kind == "b":
            return {"1": "TRUE", "0": "FALSE"}.get(value, value)
        if kind == "e":
            content.error_values.append(_address(row, column))
        return unescaped(value)


def _tags_of(root: str) -> dict[str, str]:
    """Tag as written → its local name, for the tags that matter, under the prefix that the root element uses."""
    prefix = root[: root.find(":") + 1]
    names = ("c", "v", "row", "f", "t", "rPh", "mergeCell", "col", "dataValidation")
    return {root: ""} | {prefix + name: name for name in names}


def _row_number(text: str | None, before: int, name: str) -> int:
    if text is None:
        row = before + 1
    elif text.isascii() and text.isdigit() and len(text) <= 10:
        row = int(text) - 1
    else:
        raise UnreadableDocument("cell-address", place=f"{name}!{shown(text, 20)}")
    if row < 0:
        raise UnreadableDocument("cell-address", place=f"{name}!{shown(text or '', 20)}")
    if row >= limits.MAX_ROWS:
        raise UnreadableDocument("too-many-rows", place=name, limit=str(limits.MAX_ROWS))
    return row


def _note_rest(known: str, attributes: dict[str, str], content: SheetContent, name: str) -> None:
    if known == "mergeCell":
        bounds = _bounds(attributes.get("ref") or "")
        if bounds is not None:
            content.merges.append(bounds)
            if len(content.merges) > limits.MAX_MERGES:
                raise UnreadableDocument("too-many-merges", place=name, limit=str(limits.MAX_MERGES))
    elif known == "dataValidation":
        content.validations += 1
    elif known == "col" and (attributes.get("hidden") in ("1", "true") or attributes.get("width") == "0"):
        first, last = attributes.get("min") or "", attributes.get("max") or ""
        if first.isdigit() and last.isdigit() and len(content.hidden_columns) < limits.MAX_COLUMNS:
            content.hidden_columns.append((int(first) - 1, int(last) - 1))


def _bounds(reference: str) -> Bounds | None:
    match = _RANGE.match(reference)
    if match is None:
        return None
    left, right = column_index(match.group(1)), column_index(match.group(3))
    top, bottom = int(match.group(2)) - 1, int(match.group(4)) - 1
    if left is None or right is None or top < 0 or bottom < top or right < left:
        return None
    return top, left, bottom, right


def _note_formula(content: SheetContent, row: int, column: int, formula: str, shown_number: str | None) -> None:
    """Sorts a formula cell; a text result (None here) may rightly be blank, a number may not."""
    address = _address(row, column)
    if _DDE.search(_QUOTED.sub("", formula)):
        content.calls_out.append(address)
    elif shown_number != "":
        content.formulas.append(address)
    else:
        content.formulas_without_value.append(address)


def _address(row: int, column: int) -> str:
    return f"{column_letters(column)}{row + 1}"


def _place(name: str, row: int, column: int) -> str:
    return f"{name}!{_address(row, column)}"


def _too_many_columns(name: str) -> UnreadableDocument:
    return UnreadableDocument("too-many-columns", place=name, limit=str(limits.MAX_COLUMNS))
