"""Workbooks (.xlsx, .xlsm) by a light pass of our own: macros never run, links are never followed, nothing is recalculated."""

from imports.readers.xlsx.workbook import read_xlsx

__all__ = ["read_xlsx"]
