"""One worksheet in one pass over its XML: texts as shown, merged areas, hidden rows and columns, and what is odd.

Expat's events are taken as they come and the sheet's XML is never held as a tree: 10,000 rows cost a few times what
expat needs to look at them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from xml.parsers import expat

from imports.problems import UnreadableDocument
from imports.readers import limits
from imports.readers.names import column_index, shown
from imports.readers.xlsx.content import Bounds, SheetContent
from imports.readers.xlsx.pieces import whole_pieces
from imports.readers.xlsx.plain import Columns, PlainRows
from imports.readers.xlsx.values import Values, note_formula
from imports.readers.xml import feed, guarded_parser

_DIGITS = "0123456789"
_RANGE = re.compile(r"\$?([A-Za-z]{1,6})\$?(\d{1,7}):\$?([A-Za-z]{1,6})\$?(\d{1,7})$")
_TRUE = ("1", "true")
_FURNITURE = ("oddHeader", "oddFooter", "evenHeader", "evenFooter", "firstHeader", "firstFooter")
_FURNITURE_CODE = re.compile(r'&(?:"[^"]*"|\d+|K[0-9A-Fa-f]{6}|([A-Za-z&]))')

Attributes = dict[str, str]


class SheetReader:
    """Reads the worksheets of one workbook; the bound on cells is for all of them."""

    def __init__(self, values: Values) -> None:
        self._values = values
        self._columns: dict[str, int] = {}
        self._plain_columns = Columns()
        self._cells = 0

    def read(self, chunks: Iterable[bytes], name: str, part: str) -> SheetContent:
        """The content of the sheet called `name`. Raises UnreadableDocument where it is damaged or beyond a limit."""
        parser = guarded_parser(part)
        work = _Pass(parser, SheetContent(name), self._values, self._columns, part)
        work.count = self._cells
        parser.StartElementHandler = work.start
        parser.EndElementHandler = work.end
        feed(parser, self._without_plain(chunks, work), part)
        self._cells = work.count
        return work.content

    def _without_plain(self, chunks: Iterable[bytes], work: _Pass) -> Iterator[bytes]:
        """The sheet without the rows that are taken as they come; none is where rows may be without their number."""
        rows = PlainRows(work.content, self._values, self._plain_columns)
        numbered = True
        for data, may_be_plain in whole_pieces(chunks, b"</row>"):
            numbered = numbered and _all_numbered(data)
            if not (numbered and may_be_plain):
                yield data
                continue
            yield rows.rest(data)
            work.go_on_behind(rows)


class _Pass:
    """The state between two events."""

    __slots__ = (
        "_cells", "_column", "_columns", "_ends", "_formula", "_in_cell", "_kind", "_parser", "_part", "_phonetic",
        "_pieces", "_row", "_row_text", "_starts", "_style", "_value", "_values", "content", "count",
    )  # fmt: skip

    def __init__(
        self, parser: expat.XMLParserType, content: SheetContent, values: Values, columns: dict[str, int], part: str
    ) -> None:
        parser.buffer_text = True
        self.content = content
        self.count = 0
        self._parser, self._values, self._columns, self._part = parser, values, columns, part
        self._starts: dict[str, Callable[[Attributes], None]] = {}
        self._ends: dict[str, Callable[[], None]] = {}
        self._pieces: list[str] = []
        self._cells: dict[int, str] = {}
        self._row = self._column = -1
        self._row_text = ""
        self._kind, self._value = "n", ""
        self._style: str | None = None
        self._formula: str | None = None
        self._in_cell = self._phonetic = False

    def go_on_behind(self, rows: PlainRows) -> None:
        """Counts what was taken out of the part; a row without a number comes behind it."""
        self.count += rows.count
        rows.count = 0
        self._row = max(self._row, rows.last)
        self._check_count()

    def _check_count(self) -> None:
        if self.count > limits.MAX_CELLS:
            raise UnreadableDocument("too-many-cells", place=self.content.name, limit=str(limits.MAX_CELLS))

    def start(self, tag: str, attributes: Attributes) -> None:
        handler = self._starts.get(tag)
        if handler is not None:
            handler(attributes)
        elif not self._starts:
            self._learn(tag)

    def end(self, tag: str) -> None:
        handler = self._ends.get(tag)
        if handler is not None:
            handler()

    def _learn(self, root: str) -> None:
        """Takes the names of elements under the prefix that the root uses."""
        prefix = root[: root.find(":") + 1]
        starts: dict[str, Callable[[Attributes], None]] = {
            "row": self._start_row,
            "c": self._start_cell,
            "v": self._start_text,
            "f": self._start_text,
            "t": self._start_inline,
            "rPh": self._start_phonetic,
            "mergeCell": self._merge,
            "col": self._columns_hidden,
            "dataValidation": self._validation,
        }
        starts |= dict.fromkeys(_FURNITURE, self._start_text)
        ends: dict[str, Callable[[], None]] = {
            "row": self._end_row,
            "c": self._end_cell,
            "v": self._end_value,
            "f": self._end_formula,
            "t": self._end_inline,
            "rPh": self._end_phonetic,
        }
        ends |= dict.fromkeys(_FURNITURE, self._end_furniture)
        self._starts = {prefix + name: handler for name, handler in starts.items()}
        self._ends = {prefix + name: handler for name, handler in ends.items()}

    # -- rows and cells ------------------------------------------------------------------------------------------------
    def _start_row(self, attributes: Attributes) -> None:
        self._row = row = self._row_number(attributes.get("r"))
        self._row_text = str(row + 1)
        self._column = -1
        self._cells = self.content.cells.get(row) or {}
        if attributes.get("hidden") in _TRUE or attributes.get("ht") == "0":
            self.content.hidden_rows.add(row)

    def _end_row(self) -> None:
        if self._cells:
            self.content.cells[self._row] = self._cells

    def _start_cell(self, attributes: Attributes) -> None:
        if self._in_cell:
            raise UnreadableDocument("xml-too-deep", part=shown(self._part))
        self._in_cell = True
        self._column = self._column_number(attributes.get("r"))
        self._kind = attributes.get("t", "n")
        self._style = attributes.get("s")
        self._formula = None
        self._value = ""

    def _end_cell(self) -> None:
        self._in_cell = False
        value = self._value
        if not value and self._formula is None:
            return
        row, column, kind = self._row, self._column, self._kind
        text = self._values.text(kind, self._style, value, row, column, self.content) if value else ""
        if self._formula is not None:
            note_formula(self.content, row, column, self._formula, missing=not text and kind != "str")
        if not text:
            return
        if column in self._cells:
            raise UnreadableDocument("cell-twice", place=self.content.place(row, column))
        self._cells[column] = text
        self.count += 1
        self._check_count()

    def _row_number(self, text: str | None) -> int:
        if text is None:
            row = self._row + 1
        else:
            row = int(text) - 1 if text.isascii() and text.isdigit() and len(text) <= 10 else -1
            if row < 0:
                raise UnreadableDocument("cell-address", place=f"{self.content.name}!{shown(text, 20)}")
        if row >= limits.MAX_ROWS:
            raise UnreadableDocument("too-many-rows", place=self.content.name, limit=str(limits.MAX_ROWS))
        return row

    def _column_number(self, address: str | None) -> int:
        if address is None:
            column: int | None = self._column + 1
        else:
            letters = address.rstrip(_DIGITS)
            column = self._columns.get(letters)
            if column is None:
                column = column_index(letters)
            if column is None or address[len(letters) :] != self._row_text:
                raise UnreadableDocument("cell-address", place=f"{self.content.name}!{shown(address, 20)}")
            if column < limits.MAX_COLUMNS:
                self._columns[letters] = column
        if column is None or column >= limits.MAX_COLUMNS:
            raise UnreadableDocument("too-many-columns", place=self.content.name, limit=str(limits.MAX_COLUMNS))
        return column

    # -- texts ---------------------------------------------------------------------------------------------------------
    def _start_text(self, _: Attributes) -> None:
        self._pieces.clear()
        self._parser.CharacterDataHandler = self._pieces.append

    def _taken(self) -> str:
        self._parser.CharacterDataHandler = None
        return "".join(self._pieces)

    def _end_value(self) -> None:
        self._value = self._taken()

    def _end_formula(self) -> None:
        self._formula = self._taken()

    def _start_inline(self, attributes: Attributes) -> None:
        if self._in_cell and not self._phonetic:
            self._start_text(attributes)

    def _end_inline(self) -> None:
        if self._in_cell and not self._phonetic:
            self._value += self._taken()

    def _start_phonetic(self, _: Attributes) -> None:
        self._phonetic = True

    def _end_phonetic(self) -> None:
        self._phonetic = False

    # -- beside the cells ----------------------------------------------------------------------------------------------
    def _merge(self, attributes: Attributes) -> None:
        bounds = _bounds(attributes.get("ref") or "")
        if bounds is not None:
            self.content.merges.append(bounds)
        if len(self.content.merges) > limits.MAX_MERGES:
            raise UnreadableDocument("too-many-merges", place=self.content.name, limit=str(limits.MAX_MERGES))

    def _validation(self, _: Attributes) -> None:
        self.content.validations += 1

    def _end_furniture(self) -> None:
        text = _FURNITURE_CODE.sub(lambda code: "&" if code.group(1) == "&" else " ", self._taken()).strip()
        if text:
            self.content.furniture.append(text)

    def _columns_hidden(self, attributes: Attributes) -> None:
        if attributes.get("hidden") not in _TRUE and attributes.get("width") != "0":
            return
        first, last = attributes.get("min") or "", attributes.get("max") or ""
        sound = first.isascii() and first.isdigit() and last.isascii() and last.isdigit() and len(first + last) < 20
        if sound and len(self.content.hidden_columns) < limits.MAX_COLUMNS:
            self.content.hidden_columns.append((int(first) - 1, int(last) - 1))


def _all_numbered(data: bytes) -> bool:
    """Has every row of a piece its number? The tag of page breaks begins as theirs and stands in few pieces."""
    others = data.count(b"<row") - data.count(b'<row r="')
    return not others or others == data.count(b"<rowBreaks")


def _bounds(reference: str) -> Bounds | None:
    match = _RANGE.match(reference)
    if match is None:
        return None
    left, right = column_index(match.group(1)), column_index(match.group(3))
    top, bottom = int(match.group(2)) - 1, int(match.group(4)) - 1
    if left is None or right is None or top < 0 or bottom < top or right < left:
        return None
    return top, left, bottom, right
