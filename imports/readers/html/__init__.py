"""Web pages: their text in reading order and their data tables. Nothing is fetched, no script is run or read as text."""

from imports.readers.html.page import declared_charset, read_html

__all__ = ["declared_charset", "read_html"]
