"""How much a document may hold. Every bound has its reason; what lies beyond is refused by name, never cut off silently."""

from __future__ import annotations

MEBIBYTE = 1 << 20

PARSE_SECONDS = 60
"""Reading and understanding one file: 100,000 rows take about ten seconds, a child that takes longer is ended."""
PARSE_MEGABYTES = 3_072
"""Address space of the child: 100,000 rows take about a third of it."""

MAX_FILE_BYTES = 50 * MEBIBYTE
"""An upload. The largest task list we know of is under 5 MB; pictures inside may add some tens."""

# -- office packages (a zip of parts) ----------------------------------------------------------------------------------
MAX_ENTRIES = 10_000
"""Parts in a package. A workbook of 1,000 sheets with pictures has about 4,000."""
MAX_UNZIPPED_BYTES = 256 * MEBIBYTE
"""All parts together, as declared. 100,000 rows of 12 columns are about 60 MB of XML."""
MAX_PART_BYTES = 192 * MEBIBYTE
"""One streamed part (a worksheet, the shared strings), counted while it is read."""
MAX_RATIO = 400
"""Unzipped : zipped of one part above `RATIO_FLOOR_BYTES`. Worksheet XML reaches 10–60, a bomb 1,030."""
RATIO_FLOOR_BYTES = 16 * MEBIBYTE
"""Below this a part may shrink as well as it likes: it does no harm."""
MAX_TREE_BYTES = 32 * MEBIBYTE
"""A part that is held as a tree (Word text, styles). 1,000 pages of Word are about 15 MB."""
MAX_TREE_NODES = 4_000_000
"""Tags and attributes in a tree: about 100 bytes each in memory."""
MAX_XML_TOKEN_BYTES = 2 * MEBIBYTE
"""One tag, comment or attribute. The parser looks at an unfinished one again with every chunk."""

# -- grids -------------------------------------------------------------------------------------------------------------
MAX_ROWS = 1_048_576
MAX_COLUMNS = 16_384
MAX_CELL_CHARS = 32_767
"""The three are Excel's own: no sound workbook goes beyond."""
MAX_CELLS = 2_000_000
"""Cells with text in one document: 100,000 rows of 20 columns."""
MAX_GRID_CELLS = 6_000_000
"""Rows × columns of all grids, blank cells too: 8 bytes each."""
MAX_BLANK_RUN = 20
"""Blank rows or columns in a row that a grid keeps. Longer gaps are left out; labels go on naming the true place."""
MAX_MERGES = 200_000
"""Merged areas in one sheet or table: two on each of 100,000 rows."""
MAX_SHEETS = 1_000
MAX_COLSPAN = 1_000
"""HTML's own bound on columns a cell may span."""
MAX_FORMATS = 65_490
"""Excel's own bound on cell styles."""

# -- text --------------------------------------------------------------------------------------------------------------
MAX_LINES = 1_000_000
MAX_LINE_CHARS = 1_000_000
"""A line of text. A paragraph of a government document has at most some thousand characters."""
MAX_QUOTED_LINES = 1_000
"""Lines one quoted CSV field may run over: beyond, its quote was never closed."""
MAX_PASTED_CELL_LINES = 40
"""Lines one cell of a pasted table may run over: beyond, its quote is a plain character."""
MAX_HTML_BYTES = 20 * MEBIBYTE
MAX_HTML_NODES = 1_000_000
"""Tags and attributes in a page: about 300 bytes each with their texts. The largest pages we know of have 100,000."""
MAX_PDF_PAGES = 1_000
MAX_PARAGRAPHS = 500_000
