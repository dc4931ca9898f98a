"""PDF files that hold text: lines put together to paragraphs, ruled tables with their merged areas. By pdfplumber."""

from imports.readers.pdf.package import read_pdf

__all__ = ["read_pdf"]
