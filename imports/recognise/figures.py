"""Tables of figures (budgets, statistics): nobody is asked to do anything in them, whatever numbers their cells begin with."""

from __future__ import annotations

import re

from imports.document import Table
from imports.phrases.chars import fold, squeeze

_FIGURE = re.compile(r"[-+]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?%?|[-—/]{1,2}")
_SHARE = 0.25
_LEAST_ROWS = 2


def is_figures(table: Table) -> bool:
    """Is a good part of the cells numbers that are no row numbers? Asked of tables in which no task header was found."""
    filled = [cell for row in table.grid for cell in row[1:] if cell and not cell.isspace()]
    figures = sum(1 for cell in filled if _FIGURE.fullmatch(squeeze(fold(cell))))
    rows = sum(1 for row in table.grid if sum(1 for cell in row if cell and not cell.isspace()) > 1)
    return rows > _LEAST_ROWS and figures > _SHARE * len(filled)
