"""Web tables: which of them hold data, and where their cells stand."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field

from lxml import etree

from imports.problems import UnreadableDocument
from imports.readers import limits
from imports.readers.html.tags import BLOCKS, CELLS, NO_CONTENT, ROW_GROUPS, collapsed, is_hidden, positive
from imports.readers.names import kept
from imports.readers.spans import PlacedCell

_LAYOUT_HEADINGS = ("h1", "h2", "h3")
_PLACED = frozenset({"tr", "caption"}) | CELLS | ROW_GROUPS


@dataclass(slots=True)
class WebTable:
    """The cells of one data table with what stands in it besides."""

    cells: list[PlacedCell] = field(default_factory=list)
    rows: int = 0
    hidden_rows: list[int] = field(default_factory=list)
    hidden_texts: list[tuple[int, str]] = field(default_factory=list)
    """Row and text."""
    nested: list[etree._Element] = field(default_factory=list)
    clipped: bool = False
    caption: str = ""
    stray: str = ""
    """Text that stands between the cells."""


def layout_tables(root: etree._Element) -> frozenset[etree._Element]:
    """The tables that only arrange the page: they say so, are one cell, or frame headings or bigger tables.

    One walk for all of them: asking each for its descendants would cost a page of nested tables the square of its size.
    """
    found: list[etree._Element] = []
    around: list[_Weight] = []
    for event, element in etree.iterwalk(root, events=("start", "end"), tag=("table", *CELLS, *_LAYOUT_HEADINGS)):
        if element.tag == "table":
            if event == "start":
                around.append(_Weight())
            elif around:
                weight = around.pop()
                if around:
                    around[-1].inner += weight.own + weight.inner
                if weight.is_layout or element.get("role") in ("presentation", "none"):
                    found.append(element)
        elif event == "start" and around:
            around[-1].own += element.tag in CELLS
            around[-1].headings |= element.tag in _LAYOUT_HEADINGS
    return frozenset(found)


@dataclass(slots=True)
class _Weight:
    """Cells of a table itself and of the tables within it."""

    own: int = 0
    inner: int = 0
    headings: bool = False

    @property
    def is_layout(self) -> bool:
        return self.own <= 1 or self.headings or self.inner >= self.own


def read_table(table: etree._Element, locator: str) -> WebTable:
    """Places all cells as a browser does; rows and columns a span claims beyond the table are not made."""
    found = WebTable()
    groups = list(_grouped_rows(table))
    ends: dict[int, int] = {}
    for at, (group, _) in enumerate(groups):
        ends[group] = at
    placing = _Placing()
    for at, (group, row) in enumerate(groups):
        if is_hidden(row):
            found.hidden_rows.append(at)
        placing.begin(at)
        if placing.looked_at > limits.MAX_GRID_CELLS:
            raise UnreadableDocument("grid-too-large", place=locator, limit=str(limits.MAX_GRID_CELLS))
        for cell in _cells(row):
            _place(cell, at, ends[group], placing, found)
        if len(found.cells) > limits.MAX_CELLS:
            raise UnreadableDocument("too-many-cells", place=locator, limit=str(limits.MAX_CELLS))
    found.rows = len(groups)
    found.caption = "\n".join(filter(None, (cell_content(item).text for item in table.iterchildren("caption"))))
    for text, tables in _strays(table):
        found.stray = collapsed(f"{found.stray} {text}")
        found.nested += tables
    return found


def _grouped_rows(table: etree._Element) -> Iterator[tuple[int, etree._Element]]:
    """Rows with the number of their row group: a span never leaves its group. Old pages put a form around rows."""
    group = 0
    for child in table:
        if child.tag == "tr":
            yield group, child
        elif _holds(child, ("tr",)):
            group += 1
            for row in child.iterchildren("tr"):
                yield group, row
            group += 1


def _cells(row: etree._Element) -> Iterator[etree._Element]:
    for child in row:
        if child.tag in CELLS:
            yield child
        elif _holds(child, CELLS):
            yield from child.iterchildren(*CELLS)


def _holds(element: etree._Element, tags: Collection[str]) -> bool:
    return element.tag not in CELLS and element.tag != "table" and next(element.iterchildren(*tags), None) is not None


def _strays(table: etree._Element) -> Iterator[tuple[str, list[etree._Element]]]:
    """Texts and tables that stand in a table without standing in a cell: no page should, many do."""
    containers = [table, *(child for child in table if child.tag in ROW_GROUPS or _holds(child, ("tr",)))]
    containers += [row for _, row in _grouped_rows(table)]
    containers += [child for _, row in _grouped_rows(table) for child in row if _holds(child, CELLS)]
    for container in containers:
        yield container.text or "", []
        for child in container:
            yield child.tail or "", []
            if child.tag not in _PLACED and not _holds(child, ("tr",)) and not _holds(child, CELLS):
                content = cell_content(child)
                yield content.text, content.tables


class _Placing:
    """Which columns of the current row are taken by cells that reach down from above."""

    def __init__(self) -> None:
        self._reaching: list[tuple[int, int, int]] = []
        """First column, column behind the last, last row: from rows above, ordered."""
        self._begun: list[tuple[int, int, int]] = []
        """Likewise, from the current row: of no account before the next."""
        self._row = self._column = self._next = 0
        self.looked_at = 0
        """Cells from above that all rows together had to step over: each is at least one cell of the grid."""

    def begin(self, row: int) -> None:
        self._row, self._column, self._next = row, 0, 0
        if self._begun or self._reaching:
            self._reaching = sorted(item for item in self._reaching + self._begun if item[2] >= row)
            self._begun = []
            self.looked_at += len(self._reaching)

    def take(self, width: int, bottom: int) -> int:
        """The first free column for a cell, which then is taken down to row `bottom`."""
        while self._next < len(self._reaching) and self._reaching[self._next][0] <= self._column:
            self._column = max(self._column, self._reaching[self._next][1])
            self._next += 1
        column = self._column
        self._column += width
        if bottom > self._row:
            self._begun.append((column, column + width, bottom))
        return column


def _place(cell: etree._Element, row: int, last_row: int, placing: _Placing, found: WebTable) -> None:
    content = cell_content(cell)
    found.nested += content.tables
    if content.hidden:
        found.hidden_texts.append((row, kept(content.hidden)))
    if is_hidden(cell):
        return
    width = max(positive(cell.get("colspan"), 1, limits.MAX_COLSPAN), 1)
    claimed = positive(cell.get("rowspan"), 1, limits.MAX_ROWS)
    bottom = last_row if claimed == 0 else min(row + claimed - 1, last_row)
    found.clipped |= bottom < row + claimed - 1
    column = placing.take(width, bottom)
    found.cells.append(PlacedCell(row, column, content.text, width, bottom - row + 1))


def _is_frame(table: etree._Element) -> bool:
    """An inner table of one column only puts a frame around the lines of its cell."""
    return table.find(".//table") is None and all(sum(1 for _ in row.iter(*CELLS)) <= 1 for row in table.iter("tr"))


@dataclass(slots=True)
class CellContent:
    text: str
    hidden: str
    tables: list[etree._Element]


def cell_content(cell: etree._Element) -> CellContent:
    """The text of a cell, a line for each block and `<br>`; hidden text and inner tables apart."""
    if not len(cell):
        text = collapsed(cell.text or "")
        return CellContent("", text, []) if is_hidden(cell) else CellContent(text, "", [])
    lines: list[list[str]] = [[]]
    hidden: list[str] = []
    tables: list[etree._Element] = []
    walker = etree.iterwalk(cell, events=("start", "end"))
    for event, element in walker:
        tag = element.tag
        outer = element is cell
        if event == "start":
            if tag == "br" or (tag in BLOCKS and not outer):
                lines.append([])
            if is_hidden(element) and tag not in NO_CONTENT:
                hidden.append("".join(map(str, element.itertext())))
                walker.skip_subtree()
            elif tag == "table" and not outer and not _is_frame(element):
                tables.append(element)
                walker.skip_subtree()
            elif tag in NO_CONTENT:
                walker.skip_subtree()
            else:
                lines[-1].append(element.text or "")
        elif not outer:
            if tag in BLOCKS:
                lines.append([])
            lines[-1].append(element.tail or "")
    texts = filter(None, (collapsed("".join(line)) for line in lines))
    return CellContent("\n".join(texts), collapsed(" ".join(hidden)), tables)
