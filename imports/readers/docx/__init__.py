"""Word documents (.docx) in document order: what Word shows, with the numbers it makes itself, tables with their areas."""

from imports.readers.docx.package import read_docx

__all__ = ["read_docx"]
