"""Reading back what was written, with a library that had no part in writing it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from io import BytesIO
from zipfile import ZipFile

from openpyxl import Workbook, load_workbook
from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.worksheet.worksheet import Worksheet

from reports.workbook import Column, Sheet, workbook_bytes
from tests.unit.reports.samples import PROPERTIES


def written(sheets: Sequence[Sheet]) -> Workbook:
    return load_workbook(BytesIO(workbook_bytes(sheets, properties=PROPERTIES)))


def table(columns: Sequence[Column], rows: Iterable[tuple[object, ...]], **more: object) -> Sheet:
    """A sheet with one heading row and one row of labels: data begins in row 3."""
    return Sheet("表", "标题", tuple(columns), rows, **more)  # type: ignore[arg-type]  # the tests name real fields


def cells(paper: Worksheet) -> list[Cell]:
    return [cell for row in paper.iter_rows() for cell in row if isinstance(cell, Cell)]


def formulas(book: Workbook) -> list[str]:
    return [str(cell.value) for paper in book.worksheets for cell in cells(paper) if cell.data_type == "f"]


def part(data: bytes, name: str) -> str:
    with ZipFile(BytesIO(data)) as package:
        return package.read(name).decode()


def part_names(data: bytes) -> list[str]:
    with ZipFile(BytesIO(data)) as package:
        return package.namelist()


def leads_to(cell: Cell | MergedCell, tab: str) -> str:
    """The cell of `tab` that a link leads to."""
    assert cell.hyperlink is not None
    place, at = str(cell.hyperlink.location).rsplit("!", 1)
    assert place == f"'{tab}'"
    return at


def target(cell: Cell) -> str:
    assert cell.hyperlink is not None
    return str(cell.hyperlink.target)


def footer(paper: Worksheet) -> str:
    assert paper.oddFooter is not None
    assert paper.oddFooter.center is not None
    return str(paper.oddFooter.center.text)
