"""Whose table it is: a line over its header (`责任单位：市教育局`) that names who is to do all of it."""

from __future__ import annotations

import re

from imports.document import Piece, Table
from imports.draft import Role
from imports.phrases.chars import fold
from imports.phrases.units import looks_like_units, parse_units
from imports.phrases.units.vocabulary import LABEL, LEVEL, PLACE
from imports.recognise.headers import Header
from imports.recognise.tables.layout import Layout

_OFFICE_OF_A_BODY = re.compile(r"[科处股]室")
"""A column of a body's own offices leaves open whose they are."""
_MOST = 3


def units_over(table: Table, header: Header, layout: Layout) -> list[tuple[Piece, Role]]:
    """The line over a table that names its bodies, where no column of it names any but their offices."""
    if layout.marked or any(not _OFFICE_OF_A_BODY.search(layout.labels[column]) for column, _ in layout.units):
        return []
    lines = (piece for row in range(max(header.top, 0)) for piece in table.pieces(row).values())
    return [(piece, "responsible") for piece in lines if _names_bodies(piece[1])][:1]


def _names_bodies(text: str) -> bool:
    label = LABEL.match(fold(text))
    if label is None or label["time"] or label["person"]:
        return False
    units = parse_units(text).units
    return (
        0 < len(units) <= _MOST
        and looks_like_units(text[label.end() :])
        and all(
            not (unit.collective or unit.open) and (LEVEL.match(unit.text) or PLACE.match(unit.text)) for unit in units
        )
    )
