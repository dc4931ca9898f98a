"""What a row leaves to the row above: the rest of cells that a page break cut, units whose cells were merged."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cached_property, lru_cache

from imports.document import Piece, Table
from imports.draft import Role
from imports.phrases.chars import fold, squeeze
from imports.phrases.units.vocabulary import COLLECTIVE, ENDINGS, LEVEL, NOBODY, STRONG_END, TAIL_HINT
from imports.recognise.headers import Header
from imports.recognise.tables.layout import Layout
from imports.recognise.tables.rows import Pieces, Row, own_label

_COMMA = ("，", ",", "、")
_STOP = ("。", "；", ";")
_TERMINAL = (*_STOP, "！", "？", "!", "?", ")", "）", "”", "》")
_SIGNS = "、,;/ \n"
_PARTED = re.compile(rf"[{_SIGNS}](?![^()]*\))")
_WITHIN_A_TIME = "底末前月日旬"
_DAY = re.compile(r"月\d{1,2}日")
_OFFICE = re.compile(r"[\u4e00-\u9fff]{2,4}[办部委站所]")
"""`经发办` over `民政办`: two offices, each by its whole name."""
_SAMPLE = 60
_MOSTLY = 0.7
_LEAST_ROWS = 3
_LONGEST_SAID = 4
_SAID_ABOVE = frozenset({"同上", "同前", "〃", "″", '"', "＂"})


class PageBreaks:
    """Knows of one table how its rows end and begin, and so which row is the rest of the one above."""

    def __init__(self, table: Table, header: Header, layout: Layout) -> None:
        self._table, self._header, self._layout = table, header, layout
        self._under_merges = {row for area in table.merges for row in range(area.top + 1, area.bottom + 1)}
        """Rows that share a cell with the row above: whoever drew them meant two."""

    def cut(self, row: int, above: Row, cells: Pieces, after_header: bool) -> bool:
        """Is a row the rest of the row `above`? That one breaks off in its requirement, and nothing that a task of its own
        begins with stands here: only the rest of that text, or with it the rest of other cells that were cut as well.

        `after_header`: the header was printed again in between.
        """
        requirement = cells.get(self._layout.requirement)
        if requirement is None or not above.text or above.lacking or above.text.endswith(_STOP):
            return False
        headed = any(column in cells for column in self._layout.headed)
        if above.text.endswith(_COMMA) and after_header and not headed:
            return True
        if headed or (above.text.endswith(_TERMINAL) and not self._stopped):
            return False
        if row in self._under_merges and len(cells) > 1:
            return False
        if len(cells) == 1:
            return after_header or above.text.endswith(_COMMA) or requirement[1].rstrip().endswith(_STOP)
        return own_label(requirement[1]) is None and self._goes_on_beside(above, cells, after_header)

    def _goes_on_beside(self, above: Row, cells: Pieces, after_header: bool) -> bool:
        """Do the units and times beside an unfinished text go on as well, or stand on the lower of the two pages only?"""
        certain, likely = self._lacks_its_number(cells), after_header
        for column in (*(index for index, _ in self._layout.units), *self._layout.times):
            if column not in cells:
                continue
            if not above.prints(column):
                likely = True
            elif is_rest(above.cells[column], cells[column], time=column in self._layout.times):
                certain = True
            else:
                return False
        return certain or (likely and self._closed)

    def _lacks_its_number(self, cells: Pieces) -> bool:
        return self._layout.number is not None and self._layout.number not in cells and self._numbered

    @cached_property
    def _rows(self) -> list[Sequence[str]]:
        """The first rows that have a requirement."""
        rows = self._table.grid[self._header.bottom + 1 : self._header.end]
        found = (cells for cells in rows if cells[self._layout.requirement].strip())
        return [cells for cells, _ in zip(found, range(_SAMPLE), strict=False)]

    @cached_property
    def _closed(self) -> bool:
        """Do the texts of this table end with a sign?"""
        return self._mostly_ends_with(_TERMINAL)

    @cached_property
    def _stopped(self) -> bool:
        """With a full stop, so that not even a closed bracket or quotation is an end?"""
        return self._mostly_ends_with(_STOP)

    def _mostly_ends_with(self, signs: tuple[str, ...]) -> bool:
        ended = sum(cells[self._layout.requirement].rstrip().endswith(signs) for cells in self._rows)
        return ended >= max(_LEAST_ROWS - 1, _MOSTLY * (len(self._rows) - 1))

    @cached_property
    def _numbered(self) -> bool:
        """Has every task of this table a number of its own?"""
        number = self._layout.number
        printed = [cells[number] for cells in self._rows if number is not None and cells[number].strip()]
        return len(printed) >= max(_LEAST_ROWS - 1, _MOSTLY * len(self._rows)) and len(set(printed)) == len(printed)


def is_rest(above: Piece | None, below: Piece, *, time: bool) -> bool:
    """Does a cell break off within a word that the cell below goes on with? (`市发展改` / `革委、市财政局`)"""
    if above is None:
        return False
    upper, lower = fold(above[1]).rstrip(), fold(below[1]).lstrip()
    if upper[-1] in _SIGNS or lower[0] in _SIGNS or lower[0] == "(":
        return True
    if time:
        return upper[-1].isdecimal() or lower[0] in _WITHIN_A_TIME or _DAY.match(upper[-1] + lower) is not None
    last = _PARTED.split(upper)[-1]
    if STRONG_END.search(last) or TAIL_HINT.search(last) or COLLECTIVE.search(last) or last in NOBODY:
        return False
    if _OFFICE.fullmatch(last) and _OFFICE.fullmatch(_PARTED.split(lower)[0]):
        return False
    return not (ENDINGS.search(last) and LEVEL.match(lower))


def says_as_above(text: str) -> bool:
    """`同上`: the cell says what the one above it says."""
    return len(text) <= _LONGEST_SAID and _is_said_above(text)


@lru_cache(maxsize=4096)
def _is_said_above(text: str) -> bool:
    return squeeze(text) in _SAID_ABOVE


def fill_down(current: Row, above: Row, roles: Sequence[Role], fresh: bool) -> bool:
    """Merged cells that lost their borders: units that a row does not name, the row above names for its group. A row that
    begins an inner group (`fresh`) is still in the outer one.

    Where only some roles are named, the first of the table's `roles` is filled down: every task of a group has it.
    """
    outer = current.headings[:1] if len(current.headings) > 1 and not current.headings[0].section else ()
    if not (outer and above.headings[:1] == outer) and (fresh or above.headings != current.headings):
        return False
    first = "lead" if "lead" in roles else roles[0]
    if not current.units:
        said = above.units
    elif above.headings and first not in {role for _, role in current.units}:
        said = [unit for unit in above.units if unit[1] == first]
    else:
        return False
    current.units[:0] = said
    return bool(said)
