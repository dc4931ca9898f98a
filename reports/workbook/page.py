"""What surrounds a table: heading, column labels, page set-up for A4 landscape."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from xlsxwriter.format import Format

from reports.words import Translate
from reports.workbook.library import TextSheet
from reports.workbook.sheet import Column, Entry, Sheet
from reports.workbook.styles import BODY_SIZE, Styles
from reports.workbook.text import fit, printed_lines

PAGE_WIDTH = 150.0
"""Half-width characters across A4 landscape at full size."""
SMALLEST_SCALE = 0.65
"""A table that would have to be printed smaller than this goes over several pages side by side instead."""
LINE_HEIGHT = 13.5
"""Points of a line of the body font."""
ROW_ROOM = 4.5
"""Points of a row besides its lines."""
TALLEST_ROW = 409.0
"""Points; the office programs allow no more."""
A4 = 9


def rows_above(sheet: Sheet) -> int:
    """Rows before the first row of data: heading, lines, bands where there are any, labels."""
    return 1 + len(sheet.lines) + (1 if has_bands(sheet) else 0) + 1


def has_bands(sheet: Sheet) -> bool:
    return any(column.band for column in sheet.columns)


def write_top(paper: TextSheet, sheet: Sheet, styles: Styles) -> None:
    """Heading, lines and labels; sets widths, frozen panes and the set-up of the page."""
    for col, column in enumerate(sheet.columns):
        paper.set_column(col, col, column.width, None, {"hidden": 1} if column.hidden else {})
    paper.set_default_row(row_height(1))
    _across(paper, 0, sheet, sheet.heading, styles.heading())
    for row, line in enumerate(sheet.lines, start=1):
        _across(paper, row, sheet, line, styles.line())
    _labels(paper, sheet, styles)
    above = rows_above(sheet)
    paper.freeze_panes(above, sheet.freeze_columns)
    paper.repeat_rows(above - (2 if has_bands(sheet) else 1), above - 1)


def write_notes(paper: TextSheet, row: int, sheet: Sheet, styles: Styles) -> None:
    for offset, note in enumerate(sheet.notes):
        _across(paper, row + offset, sheet, note, styles.line())


def set_up_page(paper: TextSheet, sheet: Sheet, _: Translate) -> None:
    paper.set_landscape()
    paper.set_paper(A4)
    paper.set_margins(left=0.45, right=0.45, top=0.55, bottom=0.65)
    paper.center_horizontally()
    paper.set_footer("&C" + _("第 &P 页 共 &N 页"))
    if fits_one_page(sheet.columns):
        paper.fit_to_pages(1, 0)
        return
    paper.set_print_scale(round(SMALLEST_SCALE * 100))
    if sheet.freeze_columns:
        paper.repeat_columns(0, sheet.freeze_columns - 1)


def fits_one_page(columns: Sequence[Column]) -> bool:
    return sum(column.width for column in columns) * SMALLEST_SCALE <= PAGE_WIDTH


def row_height(lines: int) -> float:
    """Points of a row of data with `lines` lines of text."""
    return min(TALLEST_ROW, LINE_HEIGHT * lines + ROW_ROOM)


def bounds(entry: Entry | None) -> dict[str, object]:
    """What the office programs are told of what may be typed, and say of anything else."""
    if entry is None or entry.kind == "text":
        return {"error_message": entry.refusal} if entry else {}
    return {
        "validate": "integer" if entry.kind == "whole" else "decimal", "criteria": "between", "minimum": str(entry.low),
        "maximum": str(entry.high), "error_message": entry.refusal, "error_type": "stop" if entry.firm else "warning",
    }  # fmt: skip


def _heading_columns(columns: Sequence[Column]) -> int:
    """How many columns the heading spans: all that are printed side by side, else its middle would lie out of sight."""
    if fits_one_page(columns):
        return len(columns)
    width, count = 0.0, 0
    for column in columns:
        if count and width + column.width > PAGE_WIDTH:
            break
        width, count = width + column.width, count + 1
    return count


def _across(paper: TextSheet, row: int, sheet: Sheet, text: str, style: Format) -> None:
    """One text over the columns of the heading. Merged cells do not grow by themselves: the height is reckoned here."""
    columns = sheet.columns[: _heading_columns(sheet.columns)]
    size = style.font_size / BODY_SIZE
    lines = printed_lines(text, sum(column.width for column in columns) / size)
    paper.set_row(row, LINE_HEIGHT * size * lines + ROW_ROOM)
    paper.text(row, 0, fit(text, "…"), style)
    for col in range(1, len(columns)):
        paper.blank(row, col, style)
    if len(columns) > 1:
        paper.span(row, 0, row, len(columns) - 1)


def _labels(paper: TextSheet, sheet: Sheet, styles: Styles) -> None:
    """The labels, and above them the bands; a column without a band has one label over both rows."""
    banded = has_bands(sheet)
    row = rows_above(sheet) - 1
    style = styles.label()
    if banded:
        _bands(paper, row - 1, sheet.columns, styles)
    lines = max(printed_lines(column.label, column.width - 1) for column in sheet.columns)
    paper.set_row(row, row_height(lines) + ROW_ROOM)
    for col, column in enumerate(sheet.columns):
        if banded and not column.band:
            paper.blank(row, col, style)
            paper.span(row - 1, col, row, col)
        else:
            paper.text(row, col, fit(column.label, "…"), style)


def _bands(paper: TextSheet, row: int, columns: Sequence[Column], styles: Styles) -> None:
    style = styles.label()
    paper.set_row(row, row_height(1) + ROW_ROOM)
    for band, members in groupby(enumerate(columns), key=lambda pair: pair[1].band):
        places = [col for col, _column in members]
        for col in places:
            if not band:
                paper.text(row, col, fit(columns[col].label, "…"), style)
            elif col == places[0]:
                paper.text(row, col, fit(band, "…"), style)
            else:
                paper.blank(row, col, style)
        if band and len(places) > 1:
            paper.span(row, places[0], row, places[-1])
