"""The one writer of workbooks: every report goes through here, so that what holds for one holds for all."""

from reports.workbook.library import column_letters
from reports.workbook.sheet import SHUT, Column, Entry, Formula, Light, Link, Properties, RowOf, RowsOf, Sheet
from reports.workbook.writer import ExportStopped, workbook_bytes, write_workbook

__all__ = [
    "SHUT",
    "Column",
    "Entry",
    "ExportStopped",
    "Formula",
    "Light",
    "Link",
    "Properties",
    "RowOf",
    "RowsOf",
    "Sheet",
    "column_letters",
    "workbook_bytes",
    "write_workbook",
]
