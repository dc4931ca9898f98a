"""The one writer of workbooks: every report goes through here, so that what holds for one holds for all."""

from reports.workbook.sheet import SHUT, Column, Entry, Light, Link, Properties, RowOf, RowsOf, Sheet
from reports.workbook.writer import ExportStopped, workbook_bytes, write_workbook

__all__ = [
    "SHUT",
    "Column",
    "Entry",
    "ExportStopped",
    "Light",
    "Link",
    "Properties",
    "RowOf",
    "RowsOf",
    "Sheet",
    "workbook_bytes",
    "write_workbook",
]
