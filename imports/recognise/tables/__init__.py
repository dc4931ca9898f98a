"""From a table to tasks: section rows, merged cells filled down within their group, continuation, totals, notes."""

from imports.recognise.tables.reader import read_table

__all__ = ["read_table"]
