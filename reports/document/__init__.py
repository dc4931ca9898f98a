"""Word documents (.docx) from plain blocks: headings, paragraphs, tables. A4 upright, margins of GB/T 9704.

document_bytes(Document(title, author, created, blocks))
"""

from reports.document.model import Banner, Block, Column, Document, Heading, Linked, Paragraph, Table
from reports.document.writer import document_bytes

__all__ = ["Banner", "Block", "Column", "Document", "Heading", "Linked", "Paragraph", "Table", "document_bytes"]
