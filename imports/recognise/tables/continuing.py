"""What a row leaves to the row above: the beginning of a requirement that was cut, units whose cells were merged."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from imports.document import Piece
from imports.draft import Role
from imports.recognise.tables.rows import Row

_COMMA = ("，", ",", "、")
_STOP = ("。", "；", ";")
_TERMINAL = (*_STOP, "！", "？", "!", "?", ")", "）", "”", "》")


def goes_on(
    above: str, cells: Mapping[int, Piece], requirement: int, headed: Collection[int | None], after_header: bool
) -> bool:
    """Is a row the rest of the requirement `above`, cut by a page break? That one breaks off at a comma, or only the rest of
    its text stands in the row, under the header printed again or up to a full stop that it lacked.

    `headed`: the columns of headings and numbers, with which a task of its own begins.
    """
    if requirement not in cells:
        return False
    alone = len(cells) == 1
    if after_header and above.endswith(_COMMA):
        return alone or not any(column in cells for column in headed)
    if not alone or not above or above.endswith(_TERMINAL):
        return False
    return after_header or above.endswith(_COMMA) or cells[requirement][1].rstrip().endswith(_STOP)


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
