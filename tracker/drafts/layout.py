"""What a person says of a table's columns: which row is its header, and what each column holds. Pure.

A layout is stored as {table's locator: {"row": locator of the header row, "columns": [kind, …]}}. It is carried out on the
neutral document before recognition: where the header row says something else it gets the words that recognition knows for
these kinds, and what stands above it becomes the table's caption. Nothing is lost, and every locator stays.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from imports.document import Area, Block, Document, Paragraph, Table
from imports.recognise.columns import Column, column_of
from imports.recognise.headers import find_header, guess_header
from imports.template import is_helper

WORDS = {
    "number": "序号", "level": "工作任务", "name": "任务名称", "requirement": "工作要求", "goal": "工作目标",
    "lead": "牵头单位", "responsible": "责任单位", "support": "配合单位", "supervise": "督办单位", "deadline": "完成时限",
    "person": "联系人", "phone": "联系电话", "weight": "权重", "progress": "完成情况", "remark": "备注",
}  # fmt: skip
"""Kind of column → a header that recognition takes for it."""
OTHER = "other"
KINDS = (*WORDS, OTHER)
SHOWN_ROWS = 12

Layout = Mapping[str, Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class TableShape:
    """The head of a table as a person sees it when saying what its columns are."""

    locator: str
    rows: list[tuple[str, list[str]]]
    """(locator, cells) of the first rows."""
    width: int
    header: str
    """Locator of the row that is taken for the header; '' where there is none."""
    kinds: list[str]
    remembered: frozenset[int] = frozenset()
    """Columns that were taken by what is remembered of their names."""

    def headers(self, row: str) -> list[str]:
        """Texts of a row, as headers of the columns."""
        return next((cells for locator, cells in self.rows if locator == row), [""] * self.width)


def shapes(document: Document, layout: Layout) -> list[TableShape]:
    """Every visible table with at least two columns and rows that is to be read."""
    return [
        _shape(table, layout.get(table.locator))
        for table in document.tables()
        if not table.hidden and len(table.grid) > 1 and len(table.grid[0]) > 1 and not is_helper(table)
    ]


def _shape(table: Table, said: Mapping[str, Any] | None) -> TableShape:
    header = find_header(table) or guess_header(table)
    kinds = [OTHER] * len(table.grid[0])
    row = ""
    if header is not None:
        kinds = [column.value if column is not None and column.value in WORDS else OTHER for column in header.columns]
        row = table.row_labels[header.bottom] if header.bottom >= 0 else ""
    if said is not None:
        row, kinds = said["row"], list(said["columns"])
    first = list(zip(table.row_labels, table.grid, strict=True))[:SHOWN_ROWS]
    by_memory = frozenset(map(int, said.get("memory", {}))) if said is not None else frozenset[int]()
    return TableShape(table.locator, first, len(table.grid[0]), row, kinds, by_memory)


def laid_out(document: Document, layout: Layout) -> Document:
    """The document as it is read with what a person said of its tables."""
    if not layout:
        return document
    blocks: list[Block] = []
    for block in document.blocks:
        said = layout.get(block.locator) if isinstance(block, Table) else None
        if isinstance(block, Table) and said is not None and _says_anew(said, block):
            top = block.row_labels.index(said["row"])
            blocks += [*_above(block, top), _carried_out(block, top, said["columns"])]
        else:
            blocks.append(block)
    return replace(document, blocks=blocks)


def _says_anew(said: Mapping[str, Any], table: Table) -> bool:
    """Whether it is another header row, or another column, than the table is taken to have by itself."""
    own = _shape(table, None)
    return said["row"] in table.row_labels and (said["row"], list(said["columns"])) != (own.header, own.kinds)


def _above(table: Table, top: int) -> Iterator[Paragraph]:
    """What stands above the header: the title, perhaps its number and date, each line for itself."""
    for label, row in zip(table.row_labels[:top], table.grid, strict=False):
        text = " ".join(cell.strip() for cell in row if cell.strip())
        if text:
            yield Paragraph(label, text, hidden=table.hidden)


def _carried_out(table: Table, top: int, kinds: list[str]) -> Table:
    marked = _marked(table, top)
    head = [
        text if kind == OTHER and column in marked else _word(kind, text)
        for column, (kind, text) in enumerate(zip(kinds, table.grid[top], strict=True))
    ]
    labels = table.cell_labels
    return Table(
        table.locator,
        [head, *(list(row) for row in table.grid[top + 1 :])],
        table.row_labels[top:],
        table.column_labels,
        None if labels is None else {(row - top, column): text for (row, column), text in labels.items() if row >= top},
        [_moved(area, top) for area in table.merges if area.bottom > top],
        frozenset(row - top for row in table.hidden_rows if row >= top),
        table.hidden_columns,
        table.hidden,
        table.caption,
    )


def _marked(table: Table, header: int) -> set[int]:
    """Columns of marks under units: such a column keeps its head, by which it is known."""
    own = find_header(table)
    if own is None or own.bottom != header:
        return set()
    return {column for column, kind in enumerate(own.columns) if kind is Column.MARK}


def _moved(area: Area, top: int) -> Area:
    """An area as it lies once the header row is the first; the header row itself has none."""
    return Area(max(area.top - top, 1), area.left, area.bottom - top, area.right)


def _word(kind: str, text: str) -> str:
    """The header of a column that was said to be of a kind: its own where that says so, too, since it also names what is
    kept beside the task (责任领导, 完成情况)."""
    found = column_of(text)
    if found is not None and found.value == kind:
        return text
    if kind == OTHER:
        return f"其他信息（{text.strip()}）" if text.strip() else ""
    return WORDS[kind]
