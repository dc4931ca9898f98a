"""The body of a Word document, block by block in document order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from lxml import etree

from imports.document import Block, Paragraph
from imports.problems import Problem, UnreadableDocument
from imports.readers import limits
from imports.readers.docx.numbering import Numbering
from imports.readers.docx.paragraph import Settings, content_of
from imports.readers.docx.styles import Meaning, Styles
from imports.readers.docx.tags import (
    CELL,
    CONTROL,
    DROPPED,
    PARAGRAPH,
    ROW,
    TABLE,
    WRAPPERS,
    W,
    child_of,
    is_on,
    number_of,
)
from imports.readers.names import kept
from imports.readers.spans import PlacedCell, as_table

_CELL_PROPERTIES = f"{W}tcPr"
_ROW_PROPERTIES = f"{W}trPr"
_SPAN = f"{W}gridSpan"
_DOWN = f"{W}vMerge"
_ACROSS = f"{W}hMerge"
_CELLS_BESIDE = 2
_MOST_ROWS_WITHIN = 8


@dataclass(slots=True)
class _Text:
    """A paragraph as shown, with what its style says of it."""

    text: str
    meaning: Meaning
    heading: int | None
    hidden: str
    boxes: Sequence[etree._Element]


@dataclass(slots=True)
class _Later:
    """What stands inside a table but is no text of a cell: read right behind the table."""

    boxes: list[etree._Element] = field(default_factory=list)
    tables: list[etree._Element] = field(default_factory=list)


class BodyReader:
    """Yields blocks and gathers problems; counters and labels go on from part to part."""

    def __init__(self, styles: Styles, numbering: Numbering) -> None:
        self.blocks: list[Block] = []
        self._styles = styles
        self._numbering = numbering
        self._paragraphs = 0
        self._tables = 0
        self._cells = 0
        self._places: dict[str, list[str]] = {}
        self._texts: list[Problem] = []

    @property
    def problems(self) -> list[Problem]:
        return [*(Problem(code, tuple(dict.fromkeys(places))) for code, places in self._places.items()), *self._texts]

    def read(self, container: etree._Element, noise: bool = False) -> None:
        """The blocks of a body, a text box or a content control."""
        for child in flattened(container):
            if child.tag == PARAGRAPH:
                self._paragraph(child, noise)
            elif child.tag == TABLE:
                self._table(child, noise)

    def read_apart(self, container: etree._Element, locator: str, noise: bool = False) -> None:
        """A footnote, a header: all its text as one paragraph with a locator of its own."""
        text = "\n".join(filter(None, (self._shown(item, locator).text for item in container.iter(PARAGRAPH))))
        if text.strip():
            self.blocks.append(Paragraph(locator, text, noise=noise))

    def _paragraph(self, element: etree._Element, noise: bool) -> None:
        locator = f"paragraph {self._paragraphs + 1}"
        shown = self._shown(element, locator)
        hidden = shown.hidden.strip() and not shown.text.strip()
        text = shown.hidden if hidden else shown.text
        if text.strip():
            self._paragraphs += 1
            if self._paragraphs > limits.MAX_PARAGRAPHS:
                raise UnreadableDocument("too-many-paragraphs", limit=str(limits.MAX_PARAGRAPHS))
            self.blocks.append(Paragraph(locator, text, shown.heading, bool(hidden), noise or shown.meaning.contents))
        for box in shown.boxes:
            self.read(box, noise)

    def _shown(self, element: etree._Element, locator: str) -> _Text:
        settings = Settings(element)
        meaning = self._styles.meaning(settings.style)
        content = content_of(element)
        text, hidden = content.text, content.hidden_text
        if meaning.hidden:
            text, hidden = "", text + hidden
        if content.tracked:
            self._note("tracked-changes", locator)
        if content.struck_text.strip():
            self._texts.append(Problem("struck-text", (locator,), {"text": kept(content.struck_text)}))
        if hidden.strip():
            self._texts.append(Problem("hidden-text", (locator,), {"text": kept(hidden)}))
        label = self._label(settings, meaning)
        if label and (text.strip() or not (hidden.strip() or content.struck_text.strip())):
            text = f"{label} {text}" if label[-1].isalnum() and text else label + text
        outline = settings.outline
        heading = meaning.heading if outline is None else (outline + 1 if outline < 9 else None)
        return _Text(text, meaning, heading, hidden, content.boxes or ())

    def _label(self, settings: Settings, meaning: Meaning) -> str:
        """The automatic number, if any; the paragraph's own settings go before its style's, number 0 takes it away."""
        own = settings.numbering
        if own is None and meaning.number is None:
            return ""
        number = number_of(own.find(f"{W}numId")) if own is not None else None
        level = number_of(own.find(f"{W}ilvl")) if own is not None else None
        if number is None:
            number = meaning.number
        if not number:
            return ""
        if level is None:
            bound = self._numbering.level_of_style(number, settings.style or "")
            level = bound if meaning.level is None else meaning.level
        return self._numbering.label(number, level)

    def _table(self, element: etree._Element, noise: bool) -> None:
        self._tables += 1
        locator = f"table {self._tables}"
        later = _Later()
        grid = _Grid(locator)
        for row in _rows(element):
            self._row(row, grid, later)
        if grid.cells:
            table = as_table(grid.cells, grid.rows, locator, frozenset(grid.hidden_rows))
            self.blocks.append(table)
        if grid.hidden_rows:
            self._places.setdefault("hidden-rows", []).extend(f"{locator} row {row + 1}" for row in grid.hidden_rows)
        for text, places in grid.covered.items():
            self._texts.append(Problem("merged-hidden-text", tuple(places), {"text": text}))
        for box in later.boxes:
            self.read(box, noise)
        for nested in later.tables:
            self._note("nested-table", locator)
            self._table(nested, noise)

    def _row(self, row: etree._Element, grid: _Grid, later: _Later) -> None:
        properties = child_of(row, _ROW_PROPERTIES)
        if properties is not None:
            if properties.find(f"{W}del") is not None:
                self._note("deleted-row", grid.locator)
                return
            if properties.find(f"{W}ins") is not None:
                self._note("tracked-changes", grid.row_locator)
            if is_on(properties.find(f"{W}hidden")):
                grid.hidden_rows.append(grid.rows)
        column = (number_of(properties.find(f"{W}gridBefore")) or 0) if properties is not None else 0
        first, nested = len(grid.cells), len(later.tables)
        for cell in flattened(row):
            if cell.tag != CELL:
                continue
            self._cells += 1
            if self._cells > limits.MAX_CELLS:
                raise UnreadableDocument("too-many-cells", place=grid.locator, limit=str(limits.MAX_CELLS))
            column = grid.place(cell, column, self._cell_text(cell, grid.row_locator, later))
        if len(later.tables) == nested + 1:
            self._fill_from_nested(grid, first, later)
        grid.end_row()

    def _fill_from_nested(self, grid: _Grid, first: int, later: _Later) -> None:
        """A cell that holds nothing but a table, in a row whose other cells hold texts, says what that table says."""
        blank = [cell for cell in grid.cells[first:] if not cell.text.strip()]
        if len(blank) != 1 or len(grid.cells) - first <= _CELLS_BESIDE:
            return
        inner = later.tables.pop()
        inside = _Later()
        rows = [
            " ".join(
                text
                for cell in flattened(row)
                if cell.tag == CELL and (text := self._cell_text(cell, grid.row_locator, inside).strip())
            )
            for row in _rows(inner)
        ]
        if len(rows) > _MOST_ROWS_WITHIN or inside.boxes or inside.tables:
            later.tables.append(inner)
            return
        blank[0].text = "\n".join(filter(None, rows))
        self._note("nested-text", grid.row_locator)

    def _cell_text(self, cell: etree._Element, locator: str, later: _Later) -> str:
        lines = []
        for child in flattened(cell):
            if child.tag == PARAGRAPH:
                shown = self._shown(child, locator)
                later.boxes.extend(shown.boxes)
                if shown.text:
                    lines.append(shown.text)
            elif child.tag == TABLE:
                later.tables.append(child)
        return lines[0] if len(lines) == 1 else "\n".join(lines)

    def _note(self, code: str, locator: str) -> None:
        self._places.setdefault(code, []).append(locator)


class _Grid:
    """The cells of one table while its rows come."""

    def __init__(self, locator: str) -> None:
        self.locator = locator
        self.cells: list[PlacedCell] = []
        self.rows = 0
        self.hidden_rows: list[int] = []
        self.covered: dict[str, list[str]] = {}
        self.row_locator = f"{locator} row 1"
        self._open: dict[int, PlacedCell] = {}
        self._touched: set[int] = set()

    def place(self, cell: etree._Element, column: int, text: str) -> int:
        """Sets a cell at `column`; gives the column behind it."""
        properties = child_of(cell, _CELL_PROPERTIES)
        span, down, across = 1, None, None
        for item in properties if properties is not None else ():
            tag = item.tag
            if tag == _SPAN:
                span = number_of(item) or 1
            elif tag == _DOWN:
                down = item
            elif tag == _ACROSS:
                across = item
        if column + span > limits.MAX_COLUMNS:
            raise UnreadableDocument("too-many-columns", place=self.locator, limit=str(limits.MAX_COLUMNS))
        if across is not None and across.get(f"{W}val") != "restart" and self.cells and self.cells[-1].row == self.rows:
            self.cells[-1].width += span
            self._cover(text)
            return column + span
        above = self._open.get(column)
        if down is not None and down.get(f"{W}val") != "restart" and above is not None:
            above.height += 1
            self._touched.add(column)
            self._cover(text)
            return column + span
        placed = PlacedCell(self.rows, column, text, width=span)
        self.cells.append(placed)
        if down is not None:
            self._open[column] = placed
            self._touched.add(column)
        return column + span

    def end_row(self) -> None:
        """An area goes on only where the very next row says so."""
        if self._open:
            self._open = {column: cell for column, cell in self._open.items() if column in self._touched}
            self._touched.clear()
        self.rows += 1
        self.row_locator = f"{self.locator} row {self.rows + 1}"

    def _cover(self, text: str) -> None:
        if text.strip():
            self.covered.setdefault(kept(text), []).append(self.row_locator)


def flattened(container: etree._Element) -> Iterator[etree._Element]:
    """Children with content controls and tracked insertions opened up, tracked deletions left out."""
    for child in container:
        tag = child.tag
        if tag in WRAPPERS:
            content = child_of(child, f"{W}sdtContent") if tag == CONTROL else child
            if content is not None:
                yield from flattened(content)
        elif tag not in DROPPED:
            yield child


def _rows(table: etree._Element) -> Iterator[etree._Element]:
    return (child for child in flattened(table) if child.tag == ROW)
