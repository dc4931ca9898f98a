"""Bytes in, one neutral document out: every piece with its locator, every oddity a problem, every limit by its name.

`read_document` reads a file by its content, `read_pasted` what a person pasted. Both are pure: nothing is fetched,
executed or written, and a file that cannot be read raises UnreadableDocument, whose text says why and what to do.
"""

from __future__ import annotations

from imports.readers.reading import read_document, read_pasted

__all__ = ["read_document", "read_pasted"]
