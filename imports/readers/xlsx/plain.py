"""Rows in the plain form that every office program writes, taken out of a worksheet before expat sees it.

Nearly all of a large workbook are rows of addressed cells with a number or a shared string. One regular expression takes
such a row whole, in a third of the time that events need. What is written in any other way (a formula, an inline string,
another prefix) stays in the part, and the full pass reads it. The grammar is strict: what it takes is sound XML.
"""

from __future__ import annotations

import re

from imports.readers import limits
from imports.readers.names import column_index
from imports.readers.xlsx.content import SheetContent
from imports.readers.xlsx.values import Values

_ROW = re.compile(
    rb'<row r="([1-9][0-9]{0,6}+)"((?: [\w:.]{1,40}+="[^"<&]{0,200}+")*+)>'
    rb'((?:<c r="[A-Z]{1,3}+\1"(?: s="[0-9]{1,5}+")?+(?: t="[ns]")?+(?:/>|><v>[0-9.Ee+-]{1,25}+</v></c>))*+)</row>'
)
_CELL = re.compile(rb'<c r="([A-Z]+)[^"]+"([^>]*)><v>([^<]+)<')
"""Of a row that is known to be plain, the cells with a value: letters, style and kind, value."""
_STYLE = re.compile(rb's="(\d+)"')
_SHARED = b' t="s"'
_HIDDEN_ROW = re.compile(rb' (?:hidden="(?:1|true)"|ht="0")')


class Columns(dict[bytes, int]):
    """0-based numbers of columns by their letters. Raises KeyError beyond the last that there is."""

    def __missing__(self, letters: bytes) -> int:
        column = column_index(letters.decode("ascii"))
        if column is None or column >= limits.MAX_COLUMNS:
            raise KeyError(letters)
        self[letters] = column
        return column


class Styles(dict[bytes, str | None]):
    """The style that the attributes of a cell name."""

    def __missing__(self, said: bytes) -> str | None:
        found = _STYLE.search(said)
        style = self[said] = found.group(1).decode("ascii") if found else None
        return style


class PlainRows:
    """Takes the plain rows of one worksheet into its content."""

    def __init__(self, content: SheetContent, values: Values, columns: Columns) -> None:
        self.count = 0
        """Cells taken since it was last asked."""
        self.last = -1
        """The last row taken."""
        self._content, self._values, self._columns = content, values, columns
        self._styles = Styles()

    def rest(self, data: bytes) -> bytes:
        """`data`, which ends behind a row, without the rows that were taken."""
        return _ROW.sub(self._take, data)

    def _take(self, match: re.Match[bytes]) -> bytes:
        """Nothing where the row was taken, the row itself where the full pass has to say what is wrong with it."""
        number, attributes, inner = match.groups()
        row = int(number) - 1
        if row >= limits.MAX_ROWS or row in self._content.cells:
            return match.group()
        found = _CELL.findall(inner)
        columns, strings = self._columns, self._values.strings
        try:
            cells = {
                columns[letters]: strings[int(value)]
                if said[-6:] == _SHARED
                else self._number(said, value, row, columns[letters])
                for letters, said, value in found
            }
        except (KeyError, ValueError, IndexError):
            return match.group()
        if len(cells) < len(found):  # a cell stands there twice
            return match.group()
        if "" in cells.values():
            cells = {column: text for column, text in cells.items() if text}
        if cells:
            self._content.cells[row] = cells
            self.count += len(cells)
        if b" h" in attributes and _HIDDEN_ROW.search(attributes):
            self._content.hidden_rows.add(row)
        self.last = row
        return b""

    def _number(self, said: bytes, value: bytes, row: int, column: int) -> str:
        return self._values.text("n", self._styles[said], value.decode("ascii"), row, column, self._content)
